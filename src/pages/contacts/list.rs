//! The list of contacts: two tabs, search and filters, an index of letters; of ten thousand rows only those in view
//! are drawn and only their pages are fetched.

mod filters;
mod rows;
mod table;

use super::{Opened, load_lists};
use crate::{
    components::{
        base::icon::{Icon, IconSize},
        list::{
            search_field::SearchField,
            tabs::{Tab, Tabs},
        },
    },
    i18n::t,
    state::chats::Chats,
};
use causeway_api::contacts::ContactTab;
use filters::Filters;
use leptos::prelude::*;
use rows::{Index, Rows};
use table::Table;

/// The list of clients or colleagues: tabs, search, filters, and the button to invite.
#[component]
pub(super) fn ContactList(opened: Memo<Option<Opened>>, is_inviting: RwSignal<bool>) -> impl IntoView {
    let table = Table::new();
    if matches!(opened.get_untracked(), Some(Opened::Colleague(_))) {
        table.query.update(|query| query.tab = ContactTab::Team);
    }
    let selected = Memo::new(move |_| opened.get().map(Opened::person));
    let changed = expect_context::<Chats>().news().contact_changed;
    Effect::new(move |_| {
        table.query.track();
        changed.track();
        table.reload();
    });
    view! {
        <section class="pane pane--list" id="list" aria-labelledby="list-title">
            <header class="pane__head">
                <h2 class="pane__title" id="list-title">
                    {t("nav-contacts")}
                </h2>
                <InviteButton is_inviting=is_inviting />
            </header>
            <Tools table=table />
            <div class="indexed">
                <div
                    node_ref=table.window.view()
                    class="pane__scroll"
                    role="tabpanel"
                    id="contacts-panel"
                    aria-label=t("nav-contacts")
                    tabindex="0"
                    on:scroll=move |_| table.scrolled()
                >
                    <Rows table=table selected=selected is_inviting=is_inviting />
                </div>
                <Index table=table />
            </div>
        </section>
    }
}

/// The button that opens the drawer in which a client is invited.
#[component]
fn InviteButton(is_inviting: RwSignal<bool>) -> impl IntoView {
    view! {
        <button
            class="btn btn--primary btn--sm push"
            type="button"
            aria-haspopup="dialog"
            aria-expanded=move || if is_inviting.get() { "true" } else { "false" }
            on:click=move |_| is_inviting.set(true)
        >
            <span class="only-wide">
                <Icon name="i-user-add" size=IconSize::Sm />
            </span>
            <span class="only-narrow">
                <Icon name="i-plus" size=IconSize::Sm />
            </span>
            {t("invite-title")}
        </button>
    }
}

/// The tabs, the search, and the filters of the clients.
#[component]
fn Tools(table: Table) -> impl IntoView {
    let lists = load_lists();
    let tab = Signal::derive(move || table.query.with(|query| query.tab));
    let tabs = vec![
        Tab { value: ContactTab::Clients, key: "clients", label: t("filter-clients") },
        Tab { value: ContactTab::Team, key: "team", label: t("filter-team") },
    ];
    view! {
        <div class="pane__tools">
            <Tabs
                tabs=tabs
                label=t("contact-lists")
                panel="contacts-panel"
                selected=tab
                on_select=move |tab| table.query.update(|query| query.tab = tab)
            />
            <SearchField
                label=t("search-contacts")
                placeholder=t("search-contacts-placeholder")
                value=Signal::derive(move || table.query.with(|query| query.search.clone()))
                on_input=move |typed: String| table.query.update(|query| query.search = typed)
            />
            <Show when=move || tab.get() == ContactTab::Clients>
                <Filters table=table lists=lists />
            </Show>
        </div>
    }
}
