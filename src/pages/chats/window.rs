//! The window of rows over a conversation of any length, anchored while it moves.
//!
//! Two spacers replace the rows that are not rendered. When the window moves, the row at the top of the view keeps its
//! place to the pixel.

use super::scroll;
use crate::{
    client,
    state::{
        chats::Chats,
        delivery,
        timeline::{PAGE, Timeline},
    },
};
use causeway_api::{ChatId, chats::MessageQuery, page::MessagesLimit, query::Ordinal};
use leptos::{html::Div, prelude::*, task::spawn_local};

/// Rows in the window.
pub(super) const WINDOW: i64 = 44;
/// By how many rows the window moves.
const STEP: i64 = 12;
/// The window moves when fewer px than this are rendered beyond the view.
const MARGIN: f64 = 700.0;
/// The height in px that an unrendered row is assumed to have.
pub(super) const ROW_HEIGHT: f64 = 64.0;
/// The position of the unread line when a conversation opens, in px from the top.
pub(super) const UNREAD_TOP: f64 = 120.0;

/// What keeps its place when the rows are drawn again.
#[derive(Clone, Copy, Debug)]
pub(super) enum Anchor {
    End,
    Row(i64, f64),
}

/// The window, and what it needs to move.
#[derive(Clone, Copy)]
pub(super) struct Window {
    pub(super) id: ChatId,
    pub(super) chats: Chats,
    pub(super) timeline: RwSignal<Timeline>,
    pub(super) start: RwSignal<i64>,
    pub(super) view: NodeRef<Div>,
    pub(super) anchor: StoredValue<Option<Anchor>>,
    pub(super) is_fetching: StoredValue<bool>,
    pub(super) is_at_end: RwSignal<bool>,
    pub(super) is_ready: RwSignal<bool>,
}

impl Window {
    fn end(self) -> i64 {
        (self.start.get_untracked() + WINDOW - 1).min(self.timeline.with_untracked(|timeline| timeline.last))
    }

    /// Fetches the missing messages between two ordinals. Returns `false` if that failed.
    async fn fetch(self, from: i64, to: i64) -> bool {
        let missing =
            self.timeline.try_with_untracked(|timeline| timeline.missing_pages(from, to)).unwrap_or_default();
        for page in missing {
            let query = MessageQuery {
                from: Ordinal::new(page).unwrap_or_default(),
                limit: MessagesLimit::new(PAGE).unwrap_or_default(),
            };
            match client::chats::list_messages(self.chats.side, self.id, query).await {
                Ok(found) => {
                    self.timeline.try_update(|timeline| {
                        timeline.last = timeline.last.max(found.last_ordinal);
                        timeline.insert(found.messages);
                    });
                }
                Err(_) => return false,
            }
        }
        true
    }

    /// Moves the window to start at `start`, once its messages are loaded.
    pub(super) fn move_to(self, start: i64, anchor: Anchor) {
        let (first, last) = self.timeline.with_untracked(|timeline| (timeline.first, timeline.last));
        let start = start.min(last - WINDOW + 1).max(first);
        let end = (start + WINDOW - 1).min(last);
        if self.timeline.with_untracked(|timeline| timeline.has(start - 1, end + 1)) {
            self.anchor.set_value(Some(anchor));
            self.timeline.update_untracked(|timeline| timeline.forget_far(start, end));
            self.start.set(start);
            self.is_ready.set(true);
            self.settle();
            self.prefetch(start, end);
            return;
        }
        if self.is_fetching.get_value() {
            return;
        }
        self.is_fetching.set_value(true);
        spawn_local(async move {
            let fetched = self.fetch(start - 1, end + 1).await;
            if self.is_fetching.try_update_value(|fetching| *fetching = false).is_none() {
                return; // The conversation has been left.
            }
            if fetched {
                self.move_to(start, self.current_anchor().unwrap_or(anchor));
            } else {
                gloo_timers::future::TimeoutFuture::new(1_500).await;
                if self.start.try_get_untracked().is_some() {
                    self.move_to(start, anchor);
                }
            }
        });
    }

    fn prefetch(self, start: i64, end: i64) {
        spawn_local(async move {
            // What is missing when it is needed is requested again.
            self.fetch(start - PAGE, end + PAGE).await;
        });
    }

    /// Returns the first row in view and its position, if rows are drawn.
    fn current_anchor(self) -> Option<Anchor> {
        // Rows that were drawn again and are not back in place yet say nothing about what is in view.
        if let Some(pending) = self.anchor.get_value() {
            return Some(pending);
        }
        let view = self.view.get_untracked()?;
        let row = scroll::rows(&view).into_iter().find(|row| row.bottom > 0.0)?;
        Some(Anchor::Row(row.ordinal, row.top))
    }

    /// Puts the anchor back in place, after the rows were drawn and before they are painted.
    fn settle(self) {
        request_animation_frame(move || {
            let Some(view) = self.view.try_get_untracked().flatten() else { return };
            self.put_back(&view);
            self.note_position();
        });
    }

    /// Puts the anchor back in place, unless that was done since the rows were drawn.
    fn put_back(self, view: &web_sys::HtmlElement) {
        match self.anchor.try_update_value(Option::take).flatten() {
            Some(Anchor::End) => scroll::to_end(view),
            Some(Anchor::Row(ordinal, top)) => drop(scroll::place(view, ordinal, top)),
            None => {}
        }
    }

    /// Moves the window when scrolling approaches its edge.
    pub(super) fn scrolled(self) {
        let Some(view) = self.view.get_untracked() else { return };
        // Browsers fire scroll events before animation frames: rows may not be back in place yet.
        self.put_back(&view);
        self.note_position();
        let rows = scroll::rows(&view);
        let (Some(top), Some(bottom)) = (rows.first(), rows.last()) else { return };
        let height = f64::from(view.client_height());
        let start = self.start.get_untracked();
        if bottom.bottom < 0.0 || top.top > height {
            // The scroll bar was dragged beyond all rows that are drawn.
            let at = start + ((f64::from(height as i32) / 2.0 - top.top) / ROW_HEIGHT) as i64;
            return self.move_to(at - WINDOW / 2, Anchor::Row(at, height / 2.0));
        }
        let (first, last) = self.timeline.with_untracked(|timeline| (timeline.first, timeline.last));
        let anchor = rows.iter().find(|row| row.bottom > 0.0).map(|row| Anchor::Row(row.ordinal, row.top));
        let Some(anchor) = anchor else { return };
        if top.top > -MARGIN && start > first {
            self.move_to(start - STEP, anchor);
        } else if bottom.bottom < height + MARGIN && self.end() < last {
            self.move_to(start + STEP, anchor);
        }
    }

    /// Records whether the end is in view, and marks what was seen as read.
    pub(super) fn note_position(self) {
        let Some(view) = self.view.try_get_untracked().flatten() else { return };
        let last = self.timeline.with_untracked(|timeline| timeline.last);
        let is_at_end = self.end() >= last && scroll::is_at_end(&view);
        if self.is_at_end.get_untracked() != is_at_end {
            self.is_at_end.set(is_at_end);
        }
        if document().hidden() || !self.is_ready.get_untracked() {
            return;
        }
        let height = f64::from(view.client_height());
        let seen = if is_at_end {
            Some(last)
        } else {
            scroll::rows(&view).iter().rev().find(|row| row.bottom <= height).map(|row| row.ordinal)
        };
        let me = self.chats.me();
        let read = self.chats.peek(self.id).and_then(|chat| delivery::own(&chat, me).map(|own| own.read));
        if let (Some(seen), Some(read)) = (seen, read)
            && seen > read
        {
            self.chats.mark(self.id, seen, seen);
        }
    }

    /// Follows a message that was added at the end, if the end was in view.
    pub(super) fn grown(self, was_at_end: bool) {
        if was_at_end {
            let last = self.timeline.with_untracked(|timeline| timeline.last);
            self.move_to(last - WINDOW + 1, Anchor::End);
        }
    }
}
