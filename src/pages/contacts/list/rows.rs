//! The contacts in view, and the index of letters.

use super::table::Table;
use crate::{
    components::{
        base::{
            avatar::{Avatar, spoken_kind},
            channel::ChannelBadge,
            empty::{Empty, Failed},
        },
        list::virtual_rows::VirtualRows,
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
    // The list is drawn once, and not anew with every page that comes.
    let shown = Memo::new(move |_| (table.error.get(), table.total.get().map(|total| total > 0)));
    let key = |row: &ContactRow| (row.person.id, row.person.name.clone(), row.channels.clone());
    let row = move |row: ContactRow| view! { <Row row=row selected=selected /> }.into_any();
    move || match shown.get() {
        (Some(why), _) => view! { <Failed text=why on_retry=move |()| table.reload() /> }.into_any(),
        (None, None) => view! {
            <p class="notice" role="status">
                {t("loading")}
            </p>
        }
        .into_any(),
        (None, Some(false)) => view! { <NoRows table=table is_inviting=is_inviting /> }.into_any(),
        (None, Some(true)) => {
            let total = Signal::derive(move || table.total.get().unwrap_or(0));
            view! { <VirtualRows window=table.window rows=table.rows total=total key=key row=row class="rows rows--even" /> }
            .into_any()
        }
    }
}

/// That there are no contacts, or none that the search and the filters find, and what to do.
#[component]
fn NoRows(table: Table, is_inviting: RwSignal<bool>) -> impl IntoView {
    let unfiltered = |query: &ContactQuery| ContactQuery { tab: query.tab, ..ContactQuery::default() };
    move || {
        if table.query.with(|query| *query == unfiltered(query)) {
            view! {
                <Empty title=t("no-contacts-title") text=t("no-contacts-text")>
                    <button class="btn btn--primary" type="button" on:click=move |_| is_inviting.set(true)>
                        {t("invite-title")}
                    </button>
                </Empty>
            }
            .into_any()
        } else {
            view! {
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
            .into_any()
        }
    }
}

/// A contact in the list, which opens it.
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
                <span class="row__text">{person.line().to_owned()}</span>
                {badges}
            </span>
        </span>
    };
    let route = match person.kind {
        PersonKind::Client => Route::Contact(id),
        PersonKind::Colleague => Route::Colleague(id),
    };
    view! {
        <a
            class="row"
            href=route.href()
            aria-current=move || (selected.get() == Some(id)).then_some("true")
        >
            {inside}
        </a>
    }
}

/// The letters: each leads to the first contact under it.
#[component]
pub(super) fn Index(table: Table) -> impl IntoView {
    let button = move |(letter, place): (String, usize)| {
        let short: String = letter.chars().take(1).collect();
        view! {
            <button class="letters__letter" type="button" aria-label=letter on:click=move |_| table.scroll_to(place)>
                {short}
            </button>
        }
    };
    let is_long = move || table.index.with(|index| index.len() > 4) && table.total.get().unwrap_or(0) > 20;
    view! {
        <Show when=is_long>
            <nav class="letters" aria-label=t("index")>
                {move || table.index.get().into_iter().map(button).collect_view()}
            </nav>
        </Show>
    }
}
