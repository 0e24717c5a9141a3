//! The report of an import: what becomes of each row, and all of it as a file.

use super::Shown;
use crate::{
    components::form::act_button::ActButton,
    i18n::{Arg, t, tx},
    pages::files,
    state::toasts::Toasts,
};
use causeway_api::users::{Holder, ImportReport, RowOutcome};
use leptos::prelude::*;

/// What importing will do, with the button that does it, or what it has done.
#[component]
pub(super) fn Outcome(
    shown: RwSignal<Option<Shown>>,
    /// No other import runs.
    can_start: Signal<bool>,
    is_busy: Signal<bool>,
    #[prop(into)] on_import: Callback<()>,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let count = move |wanted: RowOutcome| {
        shown.with(|shown| {
            shown.iter().flat_map(|shown| &shown.report.rows).filter(|row| row.outcome == wanted).count()
                as i64
        })
    };
    let is_preview = move || shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.import.is_none()));
    let ready = move || count(RowOutcome::Ready);
    let summary = move || {
        let total = shown.with(|shown| shown.as_ref().map_or(0, |shown| shown.report.rows.len()));
        let total = ("total", Arg::Number(total as i64));
        if is_preview() {
            tx("import-ready", &[("ready", Arg::Number(ready())), total])
        } else {
            tx("import-done", &[("done", Arg::Number(count(RowOutcome::Imported))), total])
        }
    };
    let download = move |_| {
        let text = shown.with_untracked(|shown| shown.as_ref().map(|shown| as_csv(&shown.report)));
        files::save("import-report.csv", "text/csv", &text.unwrap_or_default(), toasts);
    };
    view! {
        <div class="toolbar">
            <p role="status">
                <b>{summary}</b>
            </p>
            <span class="push"></span>
            <Show when=move || is_preview() && can_start.get() && (ready() > 0)>
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
pub(super) fn Rows(shown: RwSignal<Option<Shown>>) -> impl IntoView {
    let rows = move || {
        let mut rows = shown.get().map(|shown| shown.report.rows).unwrap_or_default();
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
                                    RowOutcome::LeftOut => "pill pill--warning",
                                    RowOutcome::Ready | RowOutcome::Imported => "pill pill--success",
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
        RowOutcome::LeftOut => t("import-row-left-out"),
        RowOutcome::Refused { field, fault, holder } => {
            let words = holder.as_ref().map_or_else(|| t(fault), used_by);
            let why = match column(field) {
                Some(column) => {
                    tx("import-row-column", &[("column", Arg::Text(&column)), ("why", Arg::Text(&words))])
                }
                None => words,
            };
            tx("import-row-refused", &[("why", Arg::Text(&why))])
        }
    }
}

/// Who has what a row asks for.
fn used_by(holder: &Holder) -> String {
    match holder {
        Holder::User(name) => tx("used-by", &[("name", Arg::Text(name))]),
        Holder::Inactive(name) => tx("used-by-inactive", &[("name", Arg::Text(name))]),
        Holder::Line(line) => tx("used-by-line", &[("line", Arg::Text(&line.to_string()))]),
    }
}

/// The name of the column that a refusal is about; nothing where it is about the whole row.
fn column(field: &str) -> Option<String> {
    let label = match field {
        "name" => "name",
        "username" => "username",
        "email" => "email",
        "phone" => "phone-number",
        "role" => "role",
        "company_role" => "company-role",
        "about" => "job-description",
        "language" => "language",
        _ => return None,
    };
    Some(t(label))
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
