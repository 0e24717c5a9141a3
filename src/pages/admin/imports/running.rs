//! The import that runs: how far it is, and stopping it.

use super::Page;
use crate::{
    client,
    components::{
        base::meter::Meter,
        form::dialog_form::{Act, ConfirmDialog},
    },
    i18n::{self, Arg, t, tx},
    pages::{admin::why, sign_in::confirm_again::Confirming, submission::Submission},
};
use causeway_api::users::UserImport;
use leptos::{prelude::*, wasm_bindgen::JsCast as _};

/// Focuses the heading of the import that runs, once it is drawn: the button that started it has gone.
pub(super) fn focus_progress() {
    request_animation_frame(|| {
        if let Some(heading) = document().get_element_by_id("import-running") {
            // An element in the page takes the focus.
            let _ = heading.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
}

/// The name of the file and who imports it since when.
fn origin(import: &UserImport) -> String {
    let date = i18n::list_time(import.started_at);
    let started =
        tx("import-started-by", &[("name", Arg::Text(&import.started_by)), ("date", Arg::Text(&date))]);
    if import.file.is_empty() { started } else { format!("{} · {started}", import.file) }
}

/// How many rows are done, as a bar and in words.
fn progress(import: &UserImport) -> impl IntoView + use<> {
    let rows = [("done", Arg::Number(import.done())), ("total", Arg::Number(import.total))];
    let words = tx("import-progress", &rows);
    view! {
        <div class="meter">
            <Meter label=t("import-running") text=words.clone() used=import.done() held=0 limit=import.total />
            <p class="num">{words}</p>
        </div>
    }
}

/// The import that runs. It is drawn once; only its progress changes.
#[component]
pub(super) fn Running(page: Page) -> impl IntoView {
    let asks = RwSignal::new(false);
    let submission = Submission::new().in_words(why).in_toasts();
    let origin = Memo::new(move |_| page.running().as_ref().map(origin));
    let cancel = move || {
        asks.set(false);
        let Some(id) = untrack(|| page.running_id()) else { return };
        submission.send_or(
            move || client::users::cancel_import(id),
            move |import| page.upsert(import),
            move |_| {
                // It may have ended by itself meanwhile.
                page.load();
                false
            },
        );
    };
    view! {
        <section class="card import__running" aria-labelledby="import-running">
            <h2 class="profile__name" id="import-running" tabindex="-1">
                {t("import-running")}
            </h2>
            <p class="muted">{origin}</p>
            {move || page.running().as_ref().map(progress)}
            <p role="status">{t("import-leave")}</p>
            <p class="btn-row">
                <button
                    class="btn btn--danger"
                    type="button"
                    aria-haspopup="dialog"
                    aria-busy=move || submission.is_busy().get().then_some("true")
                    on:click=move |_| asks.set(true)
                >
                    {t("import-cancel")}
                </button>
            </p>
        </section>
        <Show when=move || asks.get()>
            <ConfirmDialog
                title=t("import-cancel")
                verb=t("import-cancel")
                act=Act::Dangerous
                on_confirm=move |()| cancel()
                on_close=move |()| asks.set(false)
            >
                <p>{t("import-cancel-text")}</p>
            </ConfirmDialog>
        </Show>
        <Confirming submission=submission />
    }
}
