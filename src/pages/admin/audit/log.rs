//! What is asked of the audit log, and the entries that were loaded.

use crate::{
    client,
    i18n::{self, keep},
    pages::explain,
};
use causeway_api::{
    audit::{AuditQuery, AuditRecord},
    query::Instant,
};
use leptos::{prelude::*, task::spawn_local};

/// What the log is narrowed down to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub(super) action: String,
    pub(super) actor: String,
    /// Days as the browser's date fields give them: `2026-11-24`.
    pub(super) from: String,
    pub(super) until: String,
}

impl Filter {
    /// Returns the filter as a query.
    pub(super) fn query(&self) -> AuditQuery {
        let bounds = |day| i18n::local_day(day).map(|(begin, end)| (Instant::new(begin), Instant::new(end)));
        AuditQuery {
            action: self.action.clone(),
            actor: self.actor.clone(),
            from: bounds(&self.from).and_then(|(begin, _)| begin),
            // Until the end of that day.
            until: bounds(&self.until).and_then(|(_, end)| end),
            ..AuditQuery::default()
        }
    }
}

/// The entries that were loaded, and what they are narrowed down to.
#[derive(Clone, Copy)]
pub(super) struct Log {
    pub(super) filter: RwSignal<Filter>,
    pub(super) records: RwSignal<Vec<AuditRecord>>,
    /// The actions that the log has entries of.
    pub(super) actions: RwSignal<Vec<String>>,
    /// Where the next page begins, if there is one.
    pub(super) next: RwSignal<Option<String>>,
    pub(super) is_loaded: RwSignal<bool>,
    pub(super) error: RwSignal<Option<String>>,
    generation: StoredValue<u64>,
}

impl Log {
    /// Loads the newest entries, and again whenever the filter changes.
    pub(super) fn follow() -> Self {
        let log = Self {
            filter: keep("audit.filter", Filter::default),
            records: RwSignal::default(),
            actions: RwSignal::default(),
            next: RwSignal::new(None),
            is_loaded: RwSignal::new(false),
            error: RwSignal::new(None),
            generation: StoredValue::new(0),
        };
        Effect::new(move |_| {
            log.filter.track();
            log.load(None);
        });
        log
    }

    /// Loads a page of entries: the first, which replaces what was loaded, or the one that begins at `cursor`.
    pub(super) fn load(self, cursor: Option<String>) {
        let generation = self.generation.get_value() + 1;
        self.generation.set_value(generation);
        let query = AuditQuery { cursor: cursor.clone(), ..self.filter.with_untracked(Filter::query) };
        spawn_local(async move {
            let answer = client::audit::list_audit(&query).await;
            if self.generation.try_get_value() != Some(generation) {
                return; // Something else is asked for by now, or the page has gone.
            }
            match answer {
                Ok(page) => {
                    self.error.set(None);
                    self.next.set(page.page.next);
                    if self.actions.with_untracked(|actions| *actions != page.actions) {
                        self.actions.set(page.actions);
                    }
                    self.records.update(|records| {
                        if cursor.is_none() {
                            records.clear();
                        }
                        records.extend(page.page.items);
                    });
                    self.is_loaded.set(true);
                }
                Err(error) => self.error.set(Some(explain(&error))),
            }
        });
    }
}
