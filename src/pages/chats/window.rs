//! The window of rows over a conversation of any length, anchored while it moves.
//!
//! Which rows are drawn is decided in `state/window.rs`, by the heights of those that were; here they are fetched, drawn,
//! measured and put in place. When the window moves, the row at the top of the view keeps its place to the pixel.

mod scroll;

use crate::{
    client,
    state::{
        chats::Chats,
        delivery,
        timeline::{PAGE, Timeline},
        window::{Anchor, Heights},
    },
};
use causeway_api::{ChatId, chats::MessageQuery, page::MessagesLimit, query::Ordinal};
use leptos::{html::Div, prelude::*, task::spawn_local};

/// The position of the unread line when a conversation opens, in px from the top.
pub(super) const UNREAD_TOP: f64 = 120.0;
/// The rows are drawn within this many frames, or not at all.
const SETTLING_FRAMES: u8 = 10;
/// The height in px that the view is assumed to have before it is there.
const VIEW_HEIGHT: f64 = 800.0;

/// The window, and what it needs to move.
#[derive(Clone, Copy)]
pub(super) struct Window {
    pub(super) id: ChatId,
    pub(super) chats: Chats,
    pub(super) timeline: RwSignal<Timeline>,
    /// The first and the last row that are drawn.
    pub(super) drawn: RwSignal<(i64, i64)>,
    pub(super) view: NodeRef<Div>,
    heights: StoredValue<Heights>,
    /// What has to be put back in place since the rows were drawn.
    anchor: StoredValue<Option<Anchor>>,
    /// What is to be shown once it is loaded.
    wanted: StoredValue<Anchor>,
    is_fetching: StoredValue<bool>,
    pub(super) is_at_end: RwSignal<bool>,
    pub(super) is_ready: RwSignal<bool>,
    /// The message that the reader was led to.
    pub(super) pointed: RwSignal<Option<i64>>,
}

impl Window {
    /// Returns a window over a conversation of which nothing is drawn yet.
    pub(super) fn new(id: ChatId, chats: Chats, timeline: Timeline, is_at_end: bool) -> Self {
        let is_empty = timeline.last < timeline.first;
        let drawn = (timeline.first, timeline.first - 1);
        Self {
            id,
            chats,
            timeline: RwSignal::new(timeline),
            drawn: RwSignal::new(drawn),
            view: NodeRef::new(),
            heights: StoredValue::default(),
            anchor: StoredValue::new(None),
            wanted: StoredValue::new(Anchor::End),
            is_fetching: StoredValue::new(false),
            is_at_end: RwSignal::new(is_at_end),
            is_ready: RwSignal::new(is_empty),
            pointed: RwSignal::new(None),
        }
    }

    /// The height of rows that are not drawn, in px.
    pub(super) fn height_between(self, from: i64, to: i64) -> f64 {
        self.heights.with_value(|heights| heights.between(from, to))
    }

    fn bounds(self) -> (i64, i64) {
        self.timeline.with_untracked(|timeline| (timeline.first, timeline.last))
    }

    fn view_height(self) -> f64 {
        let view = self.view.try_get_untracked().flatten();
        view.map(|view| f64::from(view.client_height())).filter(|height| *height > 0.0).unwrap_or(VIEW_HEIGHT)
    }

    /// Fetches the missing messages between two ordinals. Returns `false` if that failed.
    async fn fetch(self, from: i64, to: i64) -> bool {
        let missing =
            self.timeline.try_with_untracked(|timeline| timeline.missing_pages(from, to)).unwrap_or_default();
        for page in missing {
            if !self.fetch_page(page).await {
                return false;
            }
        }
        true
    }

    /// Fetches a page of messages, with the lines between them. Returns `false` if that failed.
    async fn fetch_page(self, from: i64) -> bool {
        let query = MessageQuery {
            from: Ordinal::new(from).unwrap_or_default(),
            limit: MessagesLimit::new(PAGE).unwrap_or_default(),
        };
        let Ok(found) = client::chats::list_messages(self.chats.side, self.id, query).await else {
            return false;
        };
        self.timeline.try_update(|timeline| {
            timeline.last = timeline.last.max(found.last_ordinal);
            timeline.insert(found.messages);
            timeline.insert_lines(found.lines);
            timeline.insert_replied_to(found.replied_to);
        });
        true
    }

    /// Fetches what the message at `ordinal` replies to, and sets the signal once that is over.
    pub(super) fn fetch_replied_to(self, ordinal: i64, is_over: RwSignal<bool>) {
        spawn_local(async move {
            self.fetch_page(ordinal).await;
            is_over.try_set(true);
        });
    }

    /// Scrolls to a message, and leads the eye to it.
    pub(super) fn lead_to(self, ordinal: i64) {
        // What arrives on the way must not lead back to the end.
        self.is_at_end.set(false);
        self.show(Anchor::Row(ordinal, UNREAD_TOP));
        self.pointed.set(Some(ordinal));
    }

    /// Fetches the lines of a conversation that has no messages yet.
    pub(super) fn fetch_lines(self) {
        let first = self.bounds().0;
        spawn_local(async move {
            while !self.fetch_page(first).await {
                gloo_timers::future::TimeoutFuture::new(1_500).await;
                if self.drawn.try_get_untracked().is_none() {
                    return; // The conversation has been left.
                }
            }
        });
    }

    /// Draws the rows around an anchor, once their messages are loaded.
    pub(super) fn show(self, anchor: Anchor) {
        let (start, end) = self.stretch(anchor);
        if self.timeline.with_untracked(|timeline| timeline.has(start - 1, end + 1)) {
            return self.draw(anchor, (start, end));
        }
        self.wanted.set_value(anchor);
        if self.is_fetching.get_value() {
            return;
        }
        self.is_fetching.set_value(true);
        spawn_local(async move {
            let fetched = self.fetch(start - 1, end + 1).await;
            if self.is_fetching.try_update_value(|fetching| *fetching = false).is_none() {
                return; // The conversation has been left.
            }
            if !fetched {
                gloo_timers::future::TimeoutFuture::new(1_500).await;
            }
            let (Some(is_ready), Some(wanted)) =
                (self.is_ready.try_get_untracked(), self.wanted.try_get_value())
            else {
                return;
            };
            if fetched && self.stretch(wanted) == (start, end) && (!is_ready || wanted == Anchor::End) {
                self.draw(wanted, (start, end));
            } else if is_ready && wanted != Anchor::End {
                // Someone may have scrolled on meanwhile: what is in view now decides.
                self.reach();
            } else {
                self.show(wanted);
            }
        });
    }

    /// The rows to draw around an anchor.
    fn stretch(self, anchor: Anchor) -> (i64, i64) {
        let (view, bounds) = (self.view_height(), self.bounds());
        self.heights.with_value(|heights| heights.stretch(anchor, view, bounds))
    }

    fn draw(self, anchor: Anchor, (start, end): (i64, i64)) {
        self.anchor.set_value(Some(anchor));
        self.timeline.update_untracked(|timeline| timeline.forget_far(start, end));
        self.drawn.set((start, end));
        self.is_ready.set(true);
        self.settle(SETTLING_FRAMES);
        spawn_local(async move {
            // What is missing when it is needed is requested again.
            self.fetch(start - PAGE, end + PAGE).await;
        });
    }

    /// Puts the anchor back in place, after the rows were drawn and before they are painted, and draws more of them where these
    /// do not reach beyond the view.
    fn settle(self, frames: u8) {
        request_animation_frame(move || {
            let Some(view) = self.view.try_get_untracked().flatten() else { return };
            self.put_back(&view);
            if self.anchor.get_value().is_some() {
                if frames > 0 {
                    return self.settle(frames - 1);
                }
                // Its row does not come; the others stay where they are.
                self.anchor.set_value(None);
            }
            self.note_position();
            self.reach();
        });
    }

    /// Puts the anchor back in place, unless that was done since the rows were drawn.
    fn put_back(self, view: &web_sys::HtmlElement) {
        match self.anchor.try_update_value(Option::take).flatten() {
            Some(Anchor::End) => scroll::to_end(view),
            Some(Anchor::Row(ordinal, top)) if !scroll::place(view, ordinal, top) => {
                // The row is not drawn yet: its place is kept for when it is.
                self.anchor.set_value(Some(Anchor::Row(ordinal, top)));
            }
            Some(Anchor::Row(..)) | None => {}
        }
    }

    /// Measures the rows, and draws others where these do not reach far enough beyond the view.
    fn reach(self) {
        let Some(view) = self.view.try_get_untracked().flatten() else { return };
        // Rows that were drawn again and are not back in place yet say nothing about what is in view.
        if self.anchor.get_value().is_some() || view.client_height() == 0 {
            return;
        }
        let (rows, height, bounds) = (scroll::rows(&view), self.view_height(), self.bounds());
        self.heights.update_value(|heights| heights.note(&rows));
        let anchor = self.heights.with_value(|heights| heights.next(&rows, height, bounds));
        // The same rows once more would reach no further.
        if let Some(anchor) = anchor.filter(|anchor| self.stretch(*anchor) != self.drawn.get_untracked()) {
            self.show(anchor);
        }
    }

    /// Moves the window when scrolling approaches its edge.
    pub(super) fn scrolled(self) {
        let Some(view) = self.view.get_untracked() else { return };
        // Browsers fire scroll events before animation frames: rows may not be back in place yet.
        self.put_back(&view);
        self.note_position();
        self.reach();
    }

    /// Measures anew: the view has another size.
    pub(super) fn resized(self) {
        let Some(view) = self.view.try_get_untracked().flatten() else { return };
        self.heights.update_value(Heights::clear);
        if self.is_at_end.get_untracked() {
            scroll::to_end(&view);
        }
        self.reach();
    }

    /// Records whether the end is in view, and marks what was seen as read.
    pub(super) fn note_position(self) {
        let Some(view) = self.view.try_get_untracked().flatten() else { return };
        let last = self.bounds().1;
        let is_at_end = self.drawn.get_untracked().1 >= last && scroll::is_at_end(&view);
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
            self.show(Anchor::End);
        } else {
            self.reach();
        }
    }
}
