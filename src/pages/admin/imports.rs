//! Importing users: a file is chosen, previewed row by row, imported, and reported on.

mod encoding;

use super::{PageHead, why};
use crate::{
    client,
    components::{base::banner::ErrorBanner, form::field::Field},
    i18n::{Arg, keep, t, tx},
    pages::{files, set_title, sign_in::confirm_again::Confirming, submission::Submission},
    state::toasts::Toasts,
};
use causeway_api::{
    users::{ImportReport, RowOutcome},
    validate::Fault,
};
use encoding::{ChosenFile, EncodingSelect};
use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsCast as _};
use wasm_bindgen_futures::JsFuture;

/// Imports users from a CSV file: an org admin chooses it, sees what each row would do, and imports it.
#[component]
pub fn Imports() -> impl IntoView {
    set_title(&t("import-title"));
    let file = keep("import.file", || None::<ChosenFile>);
    let report = keep("import.report", || None::<ImportReport>);
    let is_done = keep("import.done", || false);
    let submission = Submission::new().in_words(why);
    let fault = submission.fault("csv");
    let run = move |imports: bool| {
        let text = file.with_untracked(|file| file.as_ref().and_then(ChosenFile::text));
        if !submission.passes(text.is_none().then_some(("csv", Fault::CsvEncoding))) {
            return report.set(None);
        }
        let Some(text) = text else { return };
        let ask = move || {
            let text = text.clone();
            async move {
                if imports {
                    client::users::import_users(text).await
                } else {
                    client::users::preview_import(text).await
                }
            }
        };
        submission.send(ask, move |rows: ImportReport| {
            is_done.set(imports);
            report.set(Some(rows));
        });
    };
    let choose = move |event: leptos::ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        let Some(chosen) = input.files().and_then(|files| files.get(0)) else { return };
        report.set(None);
        spawn_local(async move {
            let read = JsFuture::from(chosen.unchecked_ref::<web_sys::Blob>().array_buffer()).await;
            match read {
                Ok(buffer) => {
                    file.try_set(Some(ChosenFile::new(js_sys::Uint8Array::new(&buffer).to_vec())));
                    run(false);
                }
                Err(_) => drop(submission.passes([("csv", Fault::Csv)])),
            }
        });
    };
    // Bytes are decoded anew, and every row is looked at again.
    let choose_encoding = move |encoding| {
        file.update(|file| {
            if let Some(file) = file {
                file.encoding = Some(encoding);
            }
        });
        run(false);
    };
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="page__inner">
                <PageHead title=t("import-title") text=t("import-text") area="users" />
                <ErrorBanner text=submission.error() />
                <div class="import__file">
                    <Field id="import-file" label=t("import-file") error=fault hint=None>
                        <input
                            class="input"
                            id="import-file"
                            type="file"
                            accept=".csv,.txt,text/csv,text/plain,text/tab-separated-values"
                            aria-invalid=move || fault.invalid()
                            aria-describedby="import-file-error"
                            on:change=choose
                        />
                    </Field>
                </div>
                <EncodingSelect file=file is_locked=is_done on_choose=choose_encoding />
                <Show when=move || report.with(Option::is_some)>
                    <Outcome report=report is_done=is_done is_busy=submission.is_busy() on_import=move |()| run(true) />
                    <Rows report=report />
                </Show>
                <Confirming submission=submission />
            </div>
        </main>
    }
}

/// What importing will do, or has done, and the button that does it.
#[component]
fn Outcome(
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
                <button
                    class="btn btn--primary"
                    type="button"
                    aria-busy=move || is_busy.get().then_some("true")
                    on:click=move |_| on_import.run(())
                >
                    {move || tx("import-start", &[("count", Arg::Number(ready()))])}
                </button>
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
fn Rows(report: RwSignal<Option<ImportReport>>) -> impl IntoView {
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
