//! The contacts in view, and the index of letters.

use super::table::{ROW_HEIGHT, Table};
use crate::{
    components::base::{
        avatar::{Avatar, spoken_kind},
        channel::ChannelBadge,
        empty::{Empty, EmptyKind},
    },
    i18n::t,
    routes::Route,
};
use causeway_api::{
    PersonId,
    contacts::{ContactQuery, ContactRow},
    people::PersonKind,
};
use leptos::prelude::*;

/// The contacts in view, or why there are none.
#[component]
pub(super) fn Rows(
    table: Table,
    selected: Memo<Option<PersonId>>,
    is_inviting: RwSignal<bool>,
) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let (first, last) = table.window.get();
        table
            .rows
            .with(|rows| rows.range(first..=last).map(|(at, row)| (*at, row.clone())).collect::<Vec<_>>())
    });
    let above =
        move || format!("{}px", shown.with(|shown| shown.first().map_or(0, |row| row.0)) as f64 * ROW_HEIGHT);
    let below = move || {
        let last = shown.with(|shown| shown.last().map_or(0, |row| row.0 + 1));
        format!("{}px", table.total.get().unwrap_or(0).saturating_sub(last) as f64 * ROW_HEIGHT)
    };
    let unfiltered = |query: &ContactQuery| ContactQuery { tab: query.tab, ..ContactQuery::default() };
    let is_filtered = move || table.query.with(|query| *query != unfiltered(query));
    move || {
        match (table.error.get(), table.total.get()) {
        (Some(why), _) => view! {
            <Empty title=t("failed-title") text=why kind=EmptyKind::Failed>
                <button class="btn" type="button" on:click=move |_| table.reload()>
                    {t("try-again")}
                </button>
            </Empty>
        }
        .into_any(),
        (None, None) => view! {
            <p class="notice" role="status">
                {t("loading")}
            </p>
        }.into_any(),
        (None, Some(0)) if is_filtered() => view! {
            <Empty title=t("no-results-title") text=t("no-results-text")>
                <button
                    class="btn"
                    type="button"
                    on:click=move |_| table.query.update(|query| *query = unfiltered(query))
                >
                    {t("clear-search")}
                </button>
            </Empty>
        }
        .into_any(),
        (None, Some(0)) => view! {
            <Empty title=t("no-contacts-title") text=t("no-contacts-text")>
                <button class="btn btn--primary" type="button" on:click=move |_| is_inviting.set(true)>
                    {t("invite-title")}
                </button>
            </Empty>
        }
        .into_any(),
        (None, Some(_)) => view! {
            <ul class="rows rows--even" style:padding-block-start=above style:padding-block-end=below>
                <For
                    each=move || shown.get()
                    key=|(at, row)| (*at, row.person.clone().id, row.person.name.clone(), row.channels.clone())
                    let:item
                >
                    <Row row=item.1 selected=selected />
                </For>
            </ul>
        }
        .into_any(),
    }
    }
}

/// A contact in the list. A client opens; a colleague does not.
#[component]
fn Row(row: ContactRow, selected: Memo<Option<PersonId>>) -> impl IntoView {
    let ContactRow { person, channels } = row;
    let id = person.id;
    let badges =
        channels.into_iter().map(|(channel, _)| view! { <ChannelBadge channel=channel /> }).collect_view();
    let inside = view! {
        <Avatar name=person.name.clone() kind=person.kind spoken=spoken_kind(person.kind) />
        <span>
            <span class="row__top">
                <span class="row__name" lang=person.name_lang.clone()>
                    {person.name.clone()}
                </span>
            </span>
            " "
            <span class="row__bottom">
                <span class="row__text">{person.about.clone()}</span>
                {badges}
            </span>
        </span>
    };
    match person.kind {
        PersonKind::Client => view! {
            <li>
                <a
                    class="row"
                    href=Route::Contact(id).href()
                    aria-current=move || (selected.get() == Some(id)).then_some("true")
                >
                    {inside}
                </a>
            </li>
        }
        .into_any(),
        PersonKind::Colleague => view! {
            <li>
                <div class="row row--still">{inside}</div>
            </li>
        }
        .into_any(),
    }
}

/// The letters: each leads to the first contact under it.
#[component]
pub(super) fn Index(table: Table) -> impl IntoView {
    let jump = move |place: usize| {
        if let Some(view) = table.view.get_untracked() {
            view.set_scroll_top((place as f64 * ROW_HEIGHT) as i32);
            table.scrolled();
        }
    };
    view! {
        <Show when=move || table.index.with(|index| index.len() > 4) && (table.total.get().unwrap_or(0) > 20)>
            <nav class="letters" aria-label=t("index")>
                {move || {
                    table
                        .index
                        .get()
                        .into_iter()
                        .map(|(letter, place)| {
                            let short: String = letter.chars().take(1).collect();
                            view! {
                                <button
                                    class="letters__letter"
                                    type="button"
                                    aria-label=letter
                                    on:click=move |_| jump(place)
                                >
                                    {short}
                                </button>
                            }
                        })
                        .collect_view()
                }}
            </nav>
        </Show>
    }
}
