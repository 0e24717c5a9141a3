//! Narrowing the audit log down, and exporting what it shows.

use super::{
    action,
    log::{Filter, Log},
};
use crate::{
    client,
    components::{
        base::banner::ErrorBanner,
        form::field::{TextField, Typed},
    },
    i18n::t,
    pages::{files, sign_in::confirm_again::Confirming, submission::Submission},
    state::toasts::Toasts,
};
use causeway_api::audit::{AuditQuery, ExportFormat};
use leptos::prelude::*;

/// Narrows the log down by action, person and day, and exports what it shows.
#[component]
pub(super) fn Filters(log: Log) -> impl IntoView {
    let (exporting, toasts) = (Submission::new(), expect_context::<Toasts>());
    let save = move |format| export(log, format, exporting, toasts);
    let field =
        move |id: &'static str, label: &'static str, kind: &'static str, name: &'static str, value: Typed| {
            view! {
                <TextField
                    id=id
                    label=t(label)
                    kind=kind
                    value=value
                    error=exporting.fault(name)
                    is_compact=true
                    is_optional=true
                />
            }
        };
    let (actor, from, until) = (
        Typed::of(log.filter, |it| &it.actor, |it| &mut it.actor),
        Typed::of(log.filter, |it| &it.from, |it| &mut it.from),
        Typed::of(log.filter, |it| &it.until, |it| &mut it.until),
    );
    view! {
        <ErrorBanner text=exporting.error() />
        <div class="toolbar toolbar--fields">
            <ActionSelect log=log />
            {field("audit-actor", "audit-actor-search", "search", "actor", actor)}
            {field("audit-from", "audit-from", "date", "from", from)}
            {field("audit-until", "audit-until", "date", "until", until)}
            <span class="btn-row push">
                <button class="btn" type="button" on:click=move |_| save(ExportFormat::Csv)>
                    {t("audit-csv")}
                </button>
                <button class="btn" type="button" on:click=move |_| save(ExportFormat::Jsonl)>
                    {t("audit-jsonl")}
                </button>
            </span>
        </div>
        <Confirming submission=exporting />
    }
}

/// Narrows the log down to one action.
#[component]
fn ActionSelect(log: Log) -> impl IntoView {
    let options = move || {
        let chosen = log.filter.with_untracked(|filter| filter.action.clone());
        let option = |name: String| {
            let words = action(&name);
            view! {
                <option value=name.clone() selected=name == chosen>
                    {words}
                </option>
            }
        };
        log.actions.get().into_iter().map(option).collect_view()
    };
    view! {
        <div class="field">
            <label class="field__label" for="audit-action">
                {t("audit-action")}
            </label>
            <select
                class="input"
                id="audit-action"
                on:change=move |event| log.filter.update(|filter| filter.action = event_target_value(&event))
            >
                <option value="">{t("audit-all-actions")}</option>
                {options}
            </select>
        </div>
    }
}

/// Saves what the log shows as a file. The export is an entry of the log itself.
fn export(log: Log, format: ExportFormat, exporting: Submission, toasts: Toasts) {
    let query = AuditQuery { format: Some(format), ..log.filter.with_untracked(Filter::query) };
    let ask = move || {
        let query = query.clone();
        async move { client::audit::export_audit(&query).await }
    };
    exporting.send(ask, move |text: String| {
        files::save(&format!("audit-log.{}", format.as_str()), format.media_type(), &text, toasts);
        log.load(None);
    });
}
