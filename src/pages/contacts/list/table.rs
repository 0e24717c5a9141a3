//! What the list of contacts asks for, and the stretch of it that is here.

use crate::{client, pages::explain};
use causeway_api::{
    contacts::{ContactQuery, ContactRow, ContactTab},
    page::ContactsLimit,
    query::Place,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{html::Div, prelude::*, task::spawn_local};
use std::collections::BTreeMap;

/// The height in px of a row, as `style/components/pane.css` has it.
pub(super) const ROW_HEIGHT: f64 = 64.0;
/// Rows drawn above and below the view.
pub(super) const MARGIN: usize = 12;
/// Rows per page that is fetched.
const PAGE: usize = ContactsLimit::USUAL.size();
/// Typing pauses this long before the server is asked, in milliseconds.
pub(super) const PAUSE: u32 = 180;

#[derive(Clone, Copy)]
pub(super) struct Table {
    pub(super) query: RwSignal<ContactQuery>,
    pub(super) rows: RwSignal<BTreeMap<usize, ContactRow>>,
    pub(super) total: RwSignal<Option<usize>>,
    pub(super) index: RwSignal<Vec<(String, usize)>>,
    pub(super) window: RwSignal<(usize, usize)>,
    pub(super) error: RwSignal<Option<String>>,
    pub(super) view: NodeRef<Div>,
    pub(super) asked: StoredValue<Vec<usize>>,
    pub(super) generation: StoredValue<u64>,
}

impl Table {
    /// Returns a table that has asked for nothing yet.
    pub(super) fn new() -> Self {
        Self {
            query: RwSignal::default(),
            rows: RwSignal::default(),
            total: RwSignal::default(),
            index: RwSignal::default(),
            window: RwSignal::new((0, 40)),
            error: RwSignal::default(),
            view: NodeRef::new(),
            asked: StoredValue::default(),
            generation: StoredValue::new(0),
        }
    }

    /// Forgets what is there and asks anew, after a pause in typing.
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

    pub(super) async fn fetch(self, from: usize, is_first: bool) {
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

    /// Fetches the pages that the window shows and that are missing.
    pub(super) fn fill(self) {
        let (first, last) = self.window.get_untracked();
        let total = self.total.get_untracked().unwrap_or(0);
        for page in (first / PAGE)..=(last.min(total.saturating_sub(1)) / PAGE) {
            let from = page * PAGE;
            if from < total && !self.asked.with_value(|asked| asked.contains(&from)) {
                spawn_local(self.fetch(from, false));
            }
        }
    }

    pub(super) fn scrolled(self) {
        let Some(view) = self.view.get_untracked() else { return };
        let top = (f64::from(view.scroll_top()) / ROW_HEIGHT) as usize;
        let height = (f64::from(view.client_height()) / ROW_HEIGHT) as usize + 1;
        let window = (top.saturating_sub(MARGIN), top + height + MARGIN);
        if self.window.get_untracked() != window {
            self.window.set(window);
            self.fill();
        }
    }
}
