//! The filters of the clients: beside the search, and on a phone behind a button in a sheet.

use super::table::Table;
use crate::{
    components::{
        form::dialog::Dialog,
        list::filter::{FilterOption, FilterSelect},
    },
    i18n::{Arg, t, tx},
};
use causeway_api::contacts::{ContactState, ListItem, Lists};
use leptos::prelude::*;

/// Narrows clients down by state of their channels, tag and external company.
#[component]
pub(super) fn Filters(table: Table, lists: RwSignal<Lists>) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let in_use = Memo::new(move |_| {
        table.query.with(|query| {
            [query.state.is_some(), query.tag.is_some(), query.company.is_some()]
                .into_iter()
                .filter(|is_set| *is_set)
                .count()
        })
    });
    let label = move || match in_use.get() {
        0 => t("filters"),
        count => tx("filters-in-use", &[("count", Arg::Number(count as i64))]),
    };
    let beside = move || {
        // What was chosen in the sheet is shown beside the search, once there is room for it.
        is_open.track();
        view! {
            <div class="filters only-wide" role="group" aria-label=t("show")>
                <Selects table=table lists=lists />
            </div>
        }
    };
    view! {
        {beside}
        <span class="only-narrow">
            <button class="btn btn--block" type="button" aria-haspopup="dialog" on:click=move |_| is_open.set(true)>
                {label}
            </button>
        </span>
        <Show when=move || is_open.get()>
            <Dialog title=t("filters") on_close=move |()| is_open.set(false)>
                <div class="dialog__body filters--sheet">
                    <Selects table=table lists=lists />
                    <div class="dialog__foot">
                        <button class="btn btn--primary" type="button" on:click=move |_| is_open.set(false)>
                            {t("done")}
                        </button>
                    </div>
                </div>
            </Dialog>
        </Show>
    }
}

/// A select for each filter, as the query has it.
#[component]
fn Selects(table: Table, lists: RwSignal<Lists>) -> impl IntoView {
    let states = Signal::derive(|| {
        ContactState::ALL
            .map(|state| FilterOption { value: state, name: t(format!("channel-state-{}", state.as_str())) })
            .to_vec()
    });
    let items = move |pick: fn(&Lists) -> &Vec<ListItem>| {
        Signal::derive(move || {
            lists.with(|lists| {
                pick(lists)
                    .iter()
                    .map(|item| FilterOption { value: item.id, name: item.name.clone() })
                    .collect::<Vec<_>>()
            })
        })
    };
    let query = table.query.get_untracked();
    view! {
        <FilterSelect
            label=t("channel-state")
            all=t("channel-state")
            options=states
            chosen=query.state
            on_change=move |value| table.query.update(|query| query.state = value)
        />
        <FilterSelect
            label=t("tags")
            all=t("tags")
            options=items(|lists| &lists.tags)
            chosen=query.tag
            on_change=move |value| table.query.update(|query| query.tag = value)
        />
        <FilterSelect
            label=t("external-company")
            all=t("external-company")
            options=items(|lists| &lists.external_companies)
            chosen=query.company
            on_change=move |value| table.query.update(|query| query.company = value)
        />
    }
}
