//! The lists that employees choose from: external companies, tags.

use super::PageHead;
use crate::{
    client,
    components::{
        base::{
            banner::ErrorBanner,
            empty::{Empty, EmptyKind},
        },
        form::field::FieldFoot,
    },
    i18n::t,
    pages::{
        explain, set_title,
        sign_in::confirm_again::Confirming,
        submission::{Form, Submission, SubmitButton},
    },
};
use causeway_api::contacts::{ListItem, Lists};
use leptos::{prelude::*, task::spawn_local};

/// The list of external companies that profiles choose from.
#[component]
pub fn ExternalCompanies() -> impl IntoView {
    view! { <ListPage list="external-companies" pick=|lists| lists.external_companies /> }
}

/// The list of tags that profiles choose from.
#[component]
pub fn Tags() -> impl IntoView {
    view! { <ListPage list="tags" pick=|lists| lists.tags /> }
}

/// The entries of a list, or why they are not here.
type Items = RwSignal<Option<Result<Vec<ListItem>, String>>>;

/// One of the lists: its entries, and a field that adds one.
#[component]
fn ListPage(list: &'static str, pick: fn(Lists) -> Vec<ListItem>) -> impl IntoView {
    set_title(&t(list));
    let items: Items = RwSignal::new(None);
    spawn_local(async move {
        let all = client::contacts::get_lists().await;
        items.try_set(Some(all.map(pick).map_err(|error| explain(&error))));
    });
    let row = |item: ListItem| view! { <li class="config-row">{item.name}</li> };
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="page__inner">
                <PageHead title=t(list) text=t(format!("{list}-text")) />
                <NewEntry list=list items=items />
                {move || match items.get() {
                    None => view! { <p role="status">{t("loading")}</p> }.into_any(),
                    Some(Err(why)) => {
                        view! { <Empty title=t("failed-title") text=why kind=EmptyKind::Failed /> }.into_any()
                    }
                    Some(Ok(list)) if list.is_empty() => view! { <p class="muted">{t("list-empty")}</p> }.into_any(),
                    Some(Ok(list)) => {
                        view! { <ul class="config list-page">{list.into_iter().map(row).collect_view()}</ul> }
                            .into_any()
                    }
                }}
            </div>
        </main>
    }
}

/// The form that adds an entry to a list.
#[component]
fn NewEntry(list: &'static str, items: Items) -> impl IntoView {
    let (name, submission) = (RwSignal::new(String::new()), Submission::new());
    let error = submission.fault("name");
    let add = move |()| {
        let ask = move || client::contacts::add_list_item(list, name.get_untracked());
        submission.send(ask, move |item: ListItem| {
            name.set(String::new());
            items.update(|items| {
                if let Some(Ok(items)) = items {
                    items.push(item);
                    items.sort_by(|one, other| one.name.cmp(&other.name));
                }
            });
        });
    };
    let input = move |event| {
        error.correct();
        name.set(event_target_value(&event));
    };
    view! {
        <ErrorBanner text=submission.error() />
        <Form class="stack-2" on_submit=add>
            <label class="field__label" for="new-item">
                {t("new-entry")}
            </label>
            <div class="btn-row">
                <input
                    class="input list-page__name"
                    id="new-item"
                    prop:value=move || name.get()
                    on:input=input
                    aria-invalid=move || error.invalid()
                    aria-describedby="new-item-error"
                />
                <SubmitButton label=t("add") is_busy=submission.is_busy() class="btn btn--primary" />
            </div>
            <FieldFoot id="new-item" error=error.text() />
        </Form>
        <Confirming submission=submission />
    }
}
