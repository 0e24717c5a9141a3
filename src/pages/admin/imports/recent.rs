//! The imports that have ended, each with its rows a click away.

use super::Page;
use crate::i18n::{self, Arg, t, tx};
use causeway_api::users::{ImportState, UserImport};
use leptos::prelude::*;

/// The newest imports of the company that have ended.
#[component]
pub(super) fn Recent(page: Page) -> impl IntoView {
    let ended = Memo::new(move |_| {
        page.imports.with(|imports| {
            imports.iter().flatten().filter(|import| !import.is_running()).cloned().collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || !ended.with(Vec::is_empty)>
            <section aria-labelledby="import-recent">
                <h2 class="profile__name" id="import-recent">
                    {t("import-recent")}
                </h2>
                <div class="table-wrap">
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{t("import-file")}</th>
                                <th scope="col">{t("state")}</th>
                                <th scope="col">{t("import-result")}</th>
                                <th scope="col">
                                    <span class="visually-hidden">{t("actions")}</span>
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            <For
                                each=move || ended.get()
                                key=|import| (import.id, import.ended_at)
                                children=move |import| view! { <Entry page=page import=import /> }
                            />
                        </tbody>
                    </table>
                </div>
            </section>
        </Show>
    }
}

/// One import: its file, who started it, how it ended.
#[component]
fn Entry(page: Page, import: UserImport) -> impl IntoView {
    let file = if import.file.is_empty() { t("import-unnamed") } else { import.file.clone() };
    let date = i18n::list_time(import.started_at);
    let started =
        tx("import-started-by", &[("name", Arg::Text(&import.started_by)), ("date", Arg::Text(&date))]);
    let pill = match import.state {
        ImportState::Finished => "pill pill--success",
        _ => "pill pill--warning pill--wrap",
    };
    let counts = [("done", Arg::Number(import.imported)), ("total", Arg::Number(import.total))];
    let label = tx("of-user", &[("action", Arg::Text(&t("import-show"))), ("name", Arg::Text(&file))]);
    let state = t(format!("import-state-{}", import.state.as_str()));
    let result = tx("import-done", &counts);
    view! {
        <tr>
            <td data-label=t("import-file")>
                <b>{file}</b>
                <span class="table__sub">{started}</span>
            </td>
            <td data-label=t("state")>
                <span class=pill>{state}</span>
            </td>
            <td data-label=t("import-result")>{result}</td>
            <td class="table__actions">
                <button class="btn btn--sm" type="button" aria-label=label on:click=move |_| page.show(import.clone())>
                    {t("import-show")}
                </button>
            </td>
        </tr>
    }
}
