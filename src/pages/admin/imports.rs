//! Importing users: a file is chosen, previewed row by row, imported, and reported on.

mod encoding;
mod report;

use super::{PageHead, why};
use crate::{
    client,
    components::{base::banner::ErrorBanner, form::field::Field},
    i18n::{keep, t},
    pages::{set_title, sign_in::confirm_again::Confirming, submission::Submission},
};
use causeway_api::{users::ImportReport, validate::Fault};
use encoding::{ChosenFile, EncodingSelect};
use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsCast as _};
use report::{Outcome, Rows};
use wasm_bindgen_futures::JsFuture;

/// An import: the file, and what the server says of its rows.
#[derive(Clone, Copy)]
struct Import {
    file: RwSignal<Option<ChosenFile>>,
    report: RwSignal<Option<ImportReport>>,
    is_done: RwSignal<bool>,
    submission: Submission,
}

impl Import {
    /// Sends the file: to import its rows, or to see what would become of each.
    fn send(self, imports: bool) {
        let text = self.file.with_untracked(|file| file.as_ref().and_then(ChosenFile::text));
        if !self.submission.passes(text.is_none().then_some(("csv", Fault::CsvEncoding))) {
            return self.report.set(None);
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
        self.submission.send(ask, move |rows: ImportReport| {
            self.is_done.set(imports);
            self.report.set(Some(rows));
        });
    }

    /// Reads the file that was chosen and previews it.
    fn read(self, input: &web_sys::HtmlInputElement) {
        let Some(chosen) = input.files().and_then(|files| files.get(0)) else { return };
        self.report.set(None);
        spawn_local(async move {
            let read = JsFuture::from(chosen.unchecked_ref::<web_sys::Blob>().array_buffer()).await;
            match read {
                Ok(buffer) => {
                    self.file.try_set(Some(ChosenFile::new(js_sys::Uint8Array::new(&buffer).to_vec())));
                    self.send(false);
                }
                Err(_) => drop(self.submission.passes([("csv", Fault::Csv)])),
            }
        });
    }
}

/// Imports users from a CSV file: an org admin chooses it, sees what each row would do, and imports it.
#[component]
pub fn Imports() -> impl IntoView {
    set_title(&t("import-title"));
    let submission = Submission::new().in_words(why);
    let import = Import {
        file: keep("import.file", || None),
        report: keep("import.report", || None),
        is_done: keep("import.done", || false),
        submission,
    };
    let fault = submission.fault("csv");
    // The bytes are decoded again, and every row is looked at again.
    let choose_encoding = move |encoding| {
        import.file.update(|file| {
            if let Some(file) = file {
                file.encoding = Some(encoding);
            }
        });
        import.send(false);
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
                            on:change=move |event| import.read(&event_target(&event))
                        />
                    </Field>
                </div>
                <EncodingSelect file=import.file is_locked=import.is_done on_choose=choose_encoding />
                <Show when=move || import.report.with(Option::is_some)>
                    <Outcome
                        report=import.report
                        is_done=import.is_done
                        is_busy=submission.is_busy()
                        on_import=move |()| import.send(true)
                    />
                    <Rows report=import.report />
                </Show>
                <Confirming submission=submission />
            </div>
        </main>
    }
}
