//! The entries of the audit log, as a table.

use super::{action, log::Log};
use crate::{
    i18n::{self, t},
    pages::address::shown_address,
};
use causeway_api::audit::AuditRecord;
use leptos::prelude::*;

/// The entries that were loaded, as a table.
#[component]
pub(super) fn Records(log: Log) -> impl IntoView {
    let when = |at| format!("{} {}", i18n::full_date(at), i18n::clock_time(at));
    view! {
        <div class="table-wrap" role="region" aria-label=t("audit-title") tabindex="0">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t("audit-when")}</th>
                        <th scope="col">{t("audit-action")}</th>
                        <th scope="col">{t("audit-actor")}</th>
                        <th scope="col">{t("audit-subject")}</th>
                        <th scope="col">{t("audit-where")}</th>
                        <th scope="col">{t("audit-change")}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || log.records.get() key=|record| record.id let:record>
                        <tr>
                            <td class="num" data-label=t("audit-when")>
                                <time datetime=i18n::machine_time(record.at)>{when(record.at)}</time>
                            </td>
                            <td data-label=t("audit-action")>{action(&record.action)}</td>
                            <td data-label=t(
                                "audit-actor",
                            )>{if record.actor.is_empty() { t("audit-nobody") } else { record.actor.clone() }}</td>
                            <td data-label=t("audit-subject") class="table__long">
                                {record.subject.clone()}
                            </td>
                            <td data-label=t("audit-where") class="table__long">
                                <span title=record.device.clone()>{shown_address(&record.address)}</span>
                            </td>
                            <td data-label=t("audit-change")>
                                <Change record=record />
                            </td>
                        </tr>
                    </For>
                </tbody>
            </table>
        </div>
    }
}

/// The state before and after a change, and the device, in a part that can be unfolded.
#[component]
fn Change(record: AuditRecord) -> impl IntoView {
    let part = |label: &'static str, json: String| {
        (json != "null").then(|| {
            view! {
                <dt>{t(label)}</dt>
                <dd>
                    <code class="json">{json}</code>
                </dd>
            }
        })
    };
    let has_any = record.before != "null" || record.after != "null" || !record.device.is_empty();
    has_any.then(|| {
        view! {
            <details>
                <summary class="link">{t("show")}</summary>
                <dl class="facts facts--stacked">
                    {part("audit-before", record.before)} {part("audit-after", record.after)}
                    {(!record.device.is_empty())
                        .then(|| {
                            view! {
                                <dt>{t("audit-where")}</dt>
                                <dd>{record.device}</dd>
                            }
                        })}
                </dl>
            </details>
        }
    })
}
