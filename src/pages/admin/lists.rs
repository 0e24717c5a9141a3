//! The lists that employees choose from: external companies, tags.

use super::{
    PageHead,
    confirming::{ConfirmWaiting, Waiting},
};
use crate::{
    client,
    components::{
        base::empty::{Empty, EmptyKind},
        form::field::FieldError,
    },
    i18n::t,
    pages::{explain, field_fault, set_title},
};
use causeway_api::contacts::{ListItem, Lists};
use leptos::{prelude::*, task::spawn_local};

/// External companies.
#[component]
pub fn ExternalCompanies() -> impl IntoView {
    view! { <ListPage list="external-companies" pick=|lists| lists.external_companies/> }
}

/// Tags.
#[component]
pub fn Tags() -> impl IntoView {
    view! { <ListPage list="tags" pick=|lists| lists.tags/> }
}

/// A new entry on its way.
#[derive(Clone, Copy)]
struct Adding {
    list: &'static str,
    name: RwSignal<String>,
    error: RwSignal<Option<String>>,
    items: RwSignal<Option<Result<Vec<ListItem>, String>>>,
    waiting: Waiting,
}

impl Adding {
    fn add(self) {
        spawn_local(async move {
            match client::contacts::add_list_item(self.list, self.name.get_untracked()).await {
                Ok(item) => {
                    self.name.try_set(String::new());
                    self.error.try_set(None);
                    self.items.update(|items| {
                        if let Some(Ok(items)) = items {
                            items.push(item);
                            items.sort_by(|one, other| one.name.cmp(&other.name));
                        }
                    });
                }
                Err(refused) => {
                    if let Err(refused) = self.waiting.hold(refused, move || self.add()) {
                        let why = field_fault(&refused, "name").unwrap_or_else(|| explain(&refused));
                        self.error.try_set(Some(why));
                    }
                }
            }
        });
    }
}

#[component]
fn ListPage(list: &'static str, pick: fn(Lists) -> Vec<ListItem>) -> impl IntoView {
    set_title(&t(list));
    let items = RwSignal::new(None::<Result<Vec<ListItem>, String>>);
    let (name, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    spawn_local(async move {
        let all = client::contacts::get_lists().await;
        items.try_set(Some(all.map(pick).map_err(|error| explain(&error))));
    });
    let adding = Adding { list, name, error, items, waiting: Waiting::new() };
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="page__inner">
                <PageHead title=t(list) text=t(format!("{list}-text"))/>
                <form
                    class="stack-2"
                    novalidate
                    on:submit=move |event| {
                        event.prevent_default();
                        adding.add();
                    }
                >
                    <label class="field__label" for="new-item">{t("new-entry")}</label>
                    <div class="btn-row">
                        <input
                            class="input list-page__name"
                            id="new-item"
                            prop:value=move || name.get()
                            on:input=move |event| name.set(event_target_value(&event))
                            aria-invalid=move || error.with(Option::is_some).then_some("true")
                            aria-describedby="new-item-error"
                        />
                        <button class="btn btn--primary" type="submit">{t("add")}</button>
                    </div>
                    <FieldError id="new-item-error".to_owned() error=error.into()/>
                </form>
                <ConfirmWaiting waiting=adding.waiting/>
                {move || match items.get() {
                    None => view! { <p role="status">{t("loading")}</p> }.into_any(),
                    Some(Err(why)) => view! { <Empty title=t("failed-title") text=why kind=EmptyKind::Failed/> }.into_any(),
                    Some(Ok(list)) if list.is_empty() => view! { <p class="muted">{t("list-empty")}</p> }.into_any(),
                    Some(Ok(list)) => view! {
                        <ul class="config list-page">{list.into_iter().map(|item| view! { <li class="config-row">{item.name}</li> }).collect_view()}</ul>
                    }
                    .into_any(),
                }}
            </div>
        </main>
    }
}
