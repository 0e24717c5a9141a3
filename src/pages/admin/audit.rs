//! The audit log: filtered, read page by page, exported.

mod filters;
mod log;
mod records;

use super::PageHead;
use crate::{
    components::base::empty::{Empty, EmptyKind},
    i18n::t,
    pages::set_title,
};
use causeway_api::audit::AuditAction;
use filters::Filters;
use leptos::prelude::*;
use log::Log;
use records::Records;

/// The audit log, newest entries first; more are loaded at the end of the table.
#[component]
pub fn AuditLog() -> impl IntoView {
    set_title(&t("audit-title"));
    let log = Log::follow();
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="page__inner page__inner--wide">
                <PageHead title=t("audit-title") text=t("audit-text") area="org-admin" />
                <Filters log=log />
                {move || {
                    log.error
                        .get()
                        .map(|why| view! { <Empty title=t("failed-title") text=why kind=EmptyKind::Failed /> })
                }}
                <Show when=move || log.is_loaded.get() && log.records.with(Vec::is_empty)>
                    <Empty title=t("no-results-title") text=t("audit-none-text") />
                </Show>
                <Show when=move || !log.records.with(Vec::is_empty)>
                    <Records log=log />
                </Show>
                <Show when=move || log.next.with(Option::is_some)>
                    <p class="pager">
                        <button class="btn" type="button" on:click=move |_| log.load(log.next.get_untracked())>
                            {t("show-more")}
                        </button>
                    </p>
                </Show>
            </div>
        </main>
    }
}

/// Returns the words for an action; an action of a newer server is shown by its name.
fn action(name: &str) -> String {
    AuditAction::parse(name).map_or_else(|| name.replace('_', " "), |action| t(action.text_id()))
}
