//! Choosing a file, and the preview of its rows.

use super::{
    Page, Shown,
    encoding::{ChosenFile, EncodingSelect},
};
use crate::{
    client,
    components::{base::banner::ErrorBanner, form::field::Field},
    i18n::{keep, t},
    pages::{admin::why, sign_in::confirm_again::Confirming, submission::Submission},
};
use causeway_api::{
    ProblemCode,
    users::{ImportFile, ImportReport, UserImport},
    validate::Fault,
};
use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsCast as _};
use wasm_bindgen_futures::JsFuture;

/// The file that was chosen, on its way to the server.
#[derive(Clone, Copy)]
pub(super) struct Choosing {
    page: Page,
    file: RwSignal<Option<ChosenFile>>,
    submission: Submission,
}

impl Choosing {
    /// Returns one without a file, or with the one that was chosen before the language changed.
    pub(super) fn begin(page: Page) -> Self {
        Self { page, file: keep("import.file", || None), submission: Submission::new().in_words(why) }
    }

    pub(super) fn is_busy(self) -> Signal<bool> {
        self.submission.is_busy()
    }

    /// Returns the file as it is sent; says at its field if it cannot be read.
    fn read(self) -> Option<ImportFile> {
        let file = self.file.with_untracked(|file| {
            let file = file.as_ref()?;
            Some(ImportFile { csv: file.text()?, name: file.name.clone() })
        });
        let is_read = self.submission.passes(file.is_none().then_some(("csv", Fault::CsvEncoding)));
        file.filter(|_| is_read)
    }

    /// Asks the server what would become of each row.
    fn preview(self) {
        let Some(file) = self.read() else { return self.page.shown.set(None) };
        let ask = move || {
            let file = file.clone();
            async move { client::users::preview_import(&file).await }
        };
        let shown = self.page.shown;
        self.submission.send(ask, move |report: ImportReport| {
            shown.try_set(Some(Shown { import: None, report }));
        });
    }

    /// Has the server import the file. The next one is chosen from the start.
    pub(super) fn start(self, started: impl Fn(UserImport) + Clone + Send + Sync + 'static) {
        let Some(file) = self.read() else { return };
        let ask = move || {
            let file = file.clone();
            async move { client::users::start_import(&file).await }
        };
        let page = self.page;
        let done = move |import: UserImport| {
            self.file.try_set(None);
            page.shown.try_set(None);
            started(import);
        };
        self.submission.send_or(ask, done, move |refused| {
            // Another admin was first: the page shows that import, and what was chosen here stays.
            if refused.code() == Some(ProblemCode::Conflict) {
                page.load();
            }
            false
        });
    }

    /// Reads the file that was chosen and previews it.
    fn choose(self, input: &web_sys::HtmlInputElement) {
        let Some(chosen) = input.files().and_then(|files| files.get(0)) else { return };
        self.page.shown.set(None);
        spawn_local(async move {
            let read = JsFuture::from(chosen.unchecked_ref::<web_sys::Blob>().array_buffer()).await;
            match read {
                Ok(buffer) => {
                    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
                    self.file.try_set(Some(ChosenFile::new(chosen.name(), bytes)));
                    self.preview();
                }
                Err(_) => drop(self.submission.passes([("csv", Fault::Csv)])),
            }
        });
    }

    /// Reads the file in another encoding: every row is looked at again.
    fn read_as(self, encoding: causeway_api::encodings::Encoding) {
        self.file.update(|file| {
            if let Some(file) = file {
                file.encoding = Some(encoding);
            }
        });
        self.preview();
    }
}

/// The field for the file, and its encoding where the file leaves a choice.
#[component]
pub(super) fn Chooser(choosing: Choosing) -> impl IntoView {
    let submission = choosing.submission;
    let fault = submission.fault("csv");
    view! {
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
                    on:change=move |event| choosing.choose(&event_target(&event))
                />
            </Field>
        </div>
        <EncodingSelect file=choosing.file on_choose=move |encoding| choosing.read_as(encoding) />
        <Confirming submission=submission />
    }
}
