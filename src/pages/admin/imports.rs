//! Importing users: a file is chosen and previewed row by row; the server imports it, whether or not a page looks at it.

mod choosing;
mod encoding;
mod recent;
mod report;
mod running;

use super::PageHead;
use crate::{
    client,
    components::base::{banner::ErrorBanner, empty::Failed},
    i18n::{keep, t},
    pages::{explain, set_title},
    state::chats::Chats,
};
use causeway_api::{
    ImportId,
    users::{ImportReport, UserImport},
};
use choosing::{Chooser, Choosing};
use leptos::{prelude::*, task::spawn_local};
use recent::Recent;
use report::{Outcome, Rows};
use running::{Running, focus_progress};

/// The rows on the page: of an import, or of the preview of a file.
#[derive(Clone, PartialEq)]
struct Shown {
    /// The import; nothing for a preview.
    import: Option<UserImport>,
    report: ImportReport,
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Page {
    /// The newest imports of the company; nothing before they were loaded.
    imports: RwSignal<Option<Vec<UserImport>>>,
    /// Why the imports could not be loaded.
    failed: RwSignal<Option<String>>,
    /// Why the rows of an import could not be loaded.
    not_shown: RwSignal<Option<String>>,
    shown: RwSignal<Option<Shown>>,
}

impl Page {
    /// Loads the newest imports.
    fn load(self) {
        spawn_local(async move {
            match client::users::list_imports().await {
                Ok(now) => {
                    self.failed.try_set(None);
                    self.imports.try_set(Some(now));
                }
                Err(error) => drop(self.failed.try_set(Some(explain(&error)))),
            }
        });
    }

    /// Takes an import as it is now. The rows of one that has just ended are shown.
    fn upsert(self, import: UserImport) {
        let mut ended = None;
        self.imports.update(|imports| {
            let imports = imports.get_or_insert_default();
            match imports.iter_mut().find(|known| known.id == import.id) {
                // The signal of the end was faster than the response to the request that started it.
                Some(known) if !known.is_running() && import.is_running() => ended = Some(known.clone()),
                Some(known) => {
                    ended = (known.is_running() && !import.is_running()).then(|| import.clone());
                    *known = import;
                }
                None => imports.insert(0, import),
            }
        });
        if let Some(ended) = ended {
            self.show(ended);
        }
    }

    /// Shows the rows of an import.
    fn show(self, import: UserImport) {
        self.not_shown.set(None);
        spawn_local(async move {
            match client::users::import_report(import.id).await {
                Ok(report) => {
                    self.shown.try_set(Some(Shown { import: Some(import), report }));
                }
                Err(error) => drop(self.not_shown.try_set(Some(explain(&error)))),
            }
        });
    }

    /// Returns the import that runs.
    fn running(self) -> Option<UserImport> {
        self.imports.with(|imports| imports.iter().flatten().find(|import| import.is_running()).cloned())
    }

    /// Returns the id of the import that runs.
    fn running_id(self) -> Option<ImportId> {
        self.running().map(|import| import.id)
    }
}

/// Imports users from a CSV file: an org admin chooses it, sees what each row would do, and has it imported. Whoever comes
/// back to the page finds the import again.
#[component]
pub fn Imports() -> impl IntoView {
    set_title(&t("import-title"));
    let page = Page {
        imports: RwSignal::new(None),
        failed: RwSignal::new(None),
        not_shown: RwSignal::new(None),
        shown: keep("import.shown", || None),
    };
    let choosing = Choosing::begin(page);
    let changed = expect_context::<Chats>().news().import_changed;
    Effect::new(move |before: Option<()>| match changed.get() {
        Some(import) if before.is_some() => page.upsert(import),
        _ => page.load(),
    });
    let runs = Memo::new(move |_| page.running_id());
    let start = move |()| {
        choosing.start(move |import| {
            page.upsert(import);
            focus_progress();
        });
    };
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="page__inner">
                <PageHead title=t("import-title") text=t("import-text") area="users" />
                {move || page.failed.get().map(|why| view! { <Failed text=why on_retry=move |()| page.load() /> })}
                <Show when=move || runs.get().is_some()>
                    <Running page=page />
                </Show>
                <Show when=move || runs.get().is_none() && page.imports.with(Option::is_some)>
                    <Chooser choosing=choosing />
                </Show>
                <ErrorBanner text=page.not_shown />
                <Show when=move || page.shown.with(Option::is_some)>
                    <Outcome
                        shown=page.shown
                        can_start=Signal::derive(move || runs.get().is_none())
                        is_busy=choosing.is_busy()
                        on_import=start
                    />
                    <Rows shown=page.shown />
                </Show>
                <Recent page=page />
            </div>
        </main>
    }
}
