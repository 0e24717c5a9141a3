//! What the list of contacts asks for, and the part of it that was fetched.

use crate::{client, components::list::virtual_rows::RowWindow, pages::explain};
use causeway_api::{
    contacts::{ContactQuery, ContactRow, ContactTab},
    page::ContactsLimit,
    query::Place,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::collections::BTreeMap;

/// The height in px of a row, as `style/pages/contacts.css` has it.
const ROW_HEIGHT: f64 = 4.0;
/// Rows per page that is fetched.
const PAGE: usize = ContactsLimit::USUAL.size();
/// Typing pauses this long before the server is asked, in milliseconds.
const PAUSE: u32 = 180;

/// The list of contacts: what is asked for, and the rows that are here.
#[derive(Clone, Copy)]
pub(super) struct Table {
    pub(super) query: RwSignal<ContactQuery>,
    /// The rows that were fetched, by their place in the list.
    pub(super) rows: RwSignal<BTreeMap<usize, ContactRow>>,
    /// How many rows there are in all, once that is known.
    pub(super) total: RwSignal<Option<usize>>,
    /// The letters, and the place of the first row under each.
    pub(super) index: RwSignal<Vec<(String, usize)>>,
    pub(super) window: RowWindow,
    pub(super) error: RwSignal<Option<String>>,
    /// Where the pages begin that were asked for.
    asked: StoredValue<Vec<usize>>,
    /// Counts the queries; a slower response to an earlier one is dropped.
    generation: StoredValue<u64>,
}

impl Table {
    /// Returns a table that has asked for nothing yet.
    pub(super) fn new() -> Self {
        Self {
            query: RwSignal::default(),
            rows: RwSignal::default(),
            total: RwSignal::default(),
            index: RwSignal::default(),
            window: RowWindow::in_rem(ROW_HEIGHT),
            error: RwSignal::default(),
            asked: StoredValue::default(),
            generation: StoredValue::new(0),
        }
    }

    /// Loads the list again, after a pause in typing.
    pub(super) fn reload(self) {
        self.generation.update_value(|generation| *generation += 1);
        let generation = self.generation.get_value();
        spawn_local(async move {
            TimeoutFuture::new(PAUSE).await;
            if self.generation.try_get_value() == Some(generation) {
                self.asked.set_value(Vec::new());
                self.fetch(0, true).await;
                self.fill();
            }
        });
    }

    /// Fetches the page that begins at `from`; the first page of another query replaces the rows.
    async fn fetch(self, from: usize, is_first: bool) {
        let generation = self.generation.get_value();
        let mut query = self.query.get_untracked();
        query.cursor = Place::new(from as i64).unwrap_or_default();
        if query.tab == ContactTab::Team {
            // The filters of the other tab are not seen on this one.
            query = ContactQuery { state: None, tag: None, company: None, ..query };
        }
        self.asked.update_value(|asked| asked.push(from));
        let answer = client::contacts::list_contacts(&query).await;
        if self.generation.try_get_value() != Some(generation) {
            return; // Something else is asked for by now, or the page has gone.
        }
        match answer {
            Ok(page) => {
                self.error.set(None);
                self.index.set(page.index);
                self.rows.update(|rows| {
                    if is_first {
                        rows.clear();
                    }
                    rows.extend(page.page.items.into_iter().enumerate().map(|(at, row)| (from + at, row)));
                });
                self.total.set(page.page.total);
            }
            Err(error) => self.error.set(Some(explain(&error))),
        }
    }

    /// Fetches the pages that are in view and missing.
    fn fill(self) {
        let range = self.window.range().get_untracked();
        let total = self.total.get_untracked().unwrap_or(0);
        for page in (range.start / PAGE)..=(range.end.min(total).saturating_sub(1) / PAGE) {
            let from = page * PAGE;
            if from < total && !self.asked.with_value(|asked| asked.contains(&from)) {
                spawn_local(self.fetch(from, false));
            }
        }
    }

    /// Draws and fetches what is in view now.
    pub(super) fn scrolled(self) {
        if self.window.scrolled() {
            self.fill();
        }
    }

    /// Scrolls to a row.
    pub(super) fn scroll_to(self, place: usize) {
        if self.window.scroll_to(place) {
            self.fill();
        }
    }
}
