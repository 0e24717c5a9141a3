//! The report of an import: what becomes of each row, and all of it as a file.

use crate::{
    components::form::act_button::ActButton,
    i18n::{Arg, t, tx},
    pages::files,
    state::toasts::Toasts,
};
use causeway_api::users::{ImportReport, RowOutcome};
use leptos::prelude::*;

/// What importing will do, or has done, and the button that does it.
#[component]
pub(super) fn Outcome(
    report: RwSignal<Option<ImportReport>>,
    is_done: RwSignal<bool>,
    is_busy: Signal<bool>,
    #[prop(into)] on_import: Callback<()>,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let count = move |wanted: fn(&RowOutcome) -> bool| {
        report.with(|report| {
            report.as_ref().map_or(0, |report| report.rows.iter().filter(|row| wanted(&row.outcome)).count())
        })
    };
    let total = move || report.with(|report| report.as_ref().map_or(0, |report| report.rows.len()));
    let ready = move || count(|outcome| *outcome == RowOutcome::Ready) as i64;
    let summary = move || {
        let total = ("total", Arg::Number(total() as i64));
        if is_done.get() {
            let done = count(|outcome| *outcome == RowOutcome::Imported) as i64;
            tx("import-done", &[("done", Arg::Number(done)), total])
        } else {
            tx("import-ready", &[("ready", Arg::Number(ready())), total])
        }
    };
    let download = move |_| {
        let text = report.with_untracked(|report| report.as_ref().map(as_csv)).unwrap_or_default();
        files::save("import-report.csv", "text/csv", &text, toasts);
    };
    view! {
        <div class="toolbar">
            <p role="status">
                <b>{summary}</b>
            </p>
            <span class="push"></span>
            <Show when=move || !is_done.get() && (ready() > 0)>
                <ActButton class="btn btn--primary" is_busy=is_busy on_act=on_import>
                    {move || tx("import-start", &[("count", Arg::Number(ready()))])}
                </ActButton>
            </Show>
            <button class="btn" type="button" on:click=download>
                {t("import-report")}
            </button>
        </div>
    }
}

/// Rows on the screen at most; the report has them all.
const SHOWN: usize = 200;

/// What became of each row of the file; rows that were refused come first.
#[component]
pub(super) fn Rows(report: RwSignal<Option<ImportReport>>) -> impl IntoView {
    let rows = move || {
        let mut rows = report.get().map(|report| report.rows).unwrap_or_default();
        // What needs a hand comes first.
        rows.sort_by_key(|row| (!matches!(row.outcome, RowOutcome::Refused { .. }), row.line));
        rows.truncate(SHOWN);
        rows
    };
    view! {
        <div class="table-wrap" role="region" aria-label=t("import-result") tabindex="0">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t("import-line")}</th>
                        <th scope="col">{t("name")}</th>
                        <th scope="col">{t("email")}</th>
                        <th scope="col">{t("role")}</th>
                        <th scope="col">{t("import-result")}</th>
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        rows()
                            .into_iter()
                            .map(|row| {
                                let pill = match row.outcome {
                                    RowOutcome::Refused { .. } => "pill pill--danger",
                                    _ => "pill pill--success",
                                };
                                view! {
                                    <tr>
                                        <td class="num" data-label=t("import-line")>
                                            {row.line}
                                        </td>
                                        <td data-label=t("name")>{row.name}</td>
                                        <td data-label=t("email")>{row.email}</td>
                                        <td data-label=t("role")>{row.role}</td>
                                        <td data-label=t("import-result")>
                                            <span class=format!("{pill} pill--wrap")>{outcome(&row.outcome)}</span>
                                        </td>
                                    </tr>
                                }
                            })
                            .collect_view()
                    }}
                </tbody>
            </table>
        </div>
    }
}

fn outcome(outcome: &RowOutcome) -> String {
    match outcome {
        RowOutcome::Ready => t("import-row-ready"),
        RowOutcome::Imported => t("import-row-imported"),
        RowOutcome::Refused { field, fault } => {
            let words = t(fault);
            let why = if field.is_empty() { words } else { format!("{field}: {words}") };
            tx("import-row-refused", &[("why", Arg::Text(&why))])
        }
    }
}

/// The report as a file. No cell is mistaken for a formula by a spreadsheet (OWASP, CSV injection).
fn as_csv(report: &ImportReport) -> String {
    let cell = |text: &str| {
        let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
            format!("'{text}")
        } else {
            text.to_owned()
        };
        format!("\"{}\"", text.replace('"', "\"\""))
    };
    let rows = report.rows.iter().map(|row| {
        let cells = [cell(&row.name), cell(&row.email), cell(&row.role), cell(&outcome(&row.outcome))];
        format!("{},{}", row.line, cells.join(","))
    });
    std::iter::once("line,name,email,role,result".to_owned()).chain(rows).map(|row| row + "\r\n").collect()
}
