//! The timeline: a window of rows over a conversation of any length, anchored while it moves.
//!
//! Rows that are not rendered are stood in for by two spacers. When the window moves, the row at the top of
//! the view keeps its place to the pixel.

use super::{
    change_message::ChangeMessage,
    message_row::{MessageRow, OutgoingRow},
    scroll,
};
use crate::{
    client,
    components::{
        channel::channel_name,
        icon::{Icon, IconSize},
    },
    i18n::{self, Arg, t, tx},
    state::{
        chats::Chats,
        delivery,
        timeline::{PAGE, Timeline, places},
    },
};
use causeway_api::{
    ChatId,
    chats::{Chat, Message},
};
use leptos::{html::Div, prelude::*, task::spawn_local};

/// Rows in the window.
const WINDOW: i64 = 44;
/// By how many rows the window moves.
const STEP: i64 = 12;
/// The window moves when fewer px than this are rendered beyond the view.
const MARGIN: f64 = 700.0;
/// The height in px that an unrendered row is taken for.
const ROW_HEIGHT: f64 = 64.0;
/// Where the unread line stands when a conversation opens, in px from the top.
const UNREAD_TOP: f64 = 120.0;

/// What is to be kept in place when the rows have been drawn anew.
#[derive(Clone, Copy, Debug)]
enum Anchor {
    End,
    Row(i64, f64),
}

#[derive(Clone, Copy)]
struct Window {
    id: ChatId,
    chats: Chats,
    timeline: RwSignal<Timeline>,
    start: RwSignal<i64>,
    view: NodeRef<Div>,
    anchor: StoredValue<Option<Anchor>>,
    is_fetching: StoredValue<bool>,
    is_at_end: RwSignal<bool>,
    is_ready: RwSignal<bool>,
}

impl Window {
    fn end(self) -> i64 {
        (self.start.get_untracked() + WINDOW - 1).min(self.timeline.with_untracked(|timeline| timeline.last))
    }

    /// Fetches what is missing between two ordinals; false when that failed.
    async fn fetch(self, from: i64, to: i64) -> bool {
        let missing =
            self.timeline.try_with_untracked(|timeline| timeline.missing_pages(from, to)).unwrap_or_default();
        for page in missing {
            match client::chats::list_messages(self.chats.side, self.id, page, PAGE).await {
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

    /// Moves the window to begin at `start`, once its messages are there.
    fn move_to(self, start: i64, anchor: Anchor) {
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
            // What is not there when it is needed will be asked for again.
            self.fetch(start - PAGE, end + PAGE).await;
        });
    }

    /// The first row in view and where it stands, if rows are drawn.
    fn current_anchor(self) -> Option<Anchor> {
        // Rows that were drawn anew and are not back in their place yet say nothing about what is looked at.
        if let Some(pending) = self.anchor.get_value() {
            return Some(pending);
        }
        let view = self.view.get_untracked()?;
        let row = scroll::rows(&view).into_iter().find(|row| row.bottom > 0.0)?;
        Some(Anchor::Row(row.ordinal, row.top))
    }

    /// Puts the anchor back to its place, after the rows were drawn and before they are painted.
    fn settle(self) {
        request_animation_frame(move || {
            let Some(view) = self.view.try_get_untracked().flatten() else { return };
            self.put_back(&view);
            self.note_position();
        });
    }

    /// Puts the anchor back to its place, if that has not been done since the rows were drawn.
    fn put_back(self, view: &web_sys::HtmlElement) {
        match self.anchor.try_update_value(Option::take).flatten() {
            Some(Anchor::End) => scroll::to_end(view),
            Some(Anchor::Row(ordinal, top)) => drop(scroll::place(view, ordinal, top)),
            None => {}
        }
    }

    /// The view was scrolled: moves the window when its edge comes near.
    fn scrolled(self) {
        let Some(view) = self.view.get_untracked() else { return };
        // The browser tells of scrolling before it lets frames be prepared: rows may wait to be put back.
        self.put_back(&view);
        self.note_position();
        let rows = scroll::rows(&view);
        let (Some(top), Some(bottom)) = (rows.first(), rows.last()) else { return };
        let height = f64::from(view.client_height());
        let start = self.start.get_untracked();
        if bottom.bottom < 0.0 || top.top > height {
            // The scroll bar was dragged beyond everything that is drawn.
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

    /// Notes whether the end is in view, and tells the server what was seen.
    fn note_position(self) {
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

    /// Something was added at the end: follows it when the end is what is looked at.
    fn grown(self, was_at_end: bool) {
        if was_at_end {
            let last = self.timeline.with_untracked(|timeline| timeline.last);
            self.move_to(last - WINDOW + 1, Anchor::End);
        }
    }
}

/// The messages of a conversation.
#[component]
pub(super) fn TimelineView(id: ChatId, chat: ArcRwSignal<Chat>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let me = chats.me();
    let first = chat.get_untracked();
    let own = delivery::own(&first, me).cloned();
    let (from, read) = own.map_or((1, first.last_ordinal), |own| (own.from, own.read));
    // The line stays where it was when the conversation was opened.
    let unread_from = if read < first.last_ordinal { read + 1 } else { i64::MAX };
    let window = Window {
        id,
        chats,
        timeline: RwSignal::new(Timeline::new(from, first.last_ordinal)),
        start: RwSignal::new(from),
        view: NodeRef::new(),
        anchor: StoredValue::new(None),
        is_fetching: StoredValue::new(false),
        is_at_end: RwSignal::new(unread_from == i64::MAX),
        is_ready: RwSignal::new(first.last_ordinal < from),
    };
    chats.open(id, window.timeline);
    on_cleanup(move || chats.close(window.timeline));
    if unread_from == i64::MAX {
        window.move_to(first.last_ordinal - WINDOW + 1, Anchor::End);
    } else {
        window.move_to(unread_from - WINDOW / 3, Anchor::Row(unread_from, UNREAD_TOP));
    }

    let last = Memo::new(move |_| window.timeline.with(|timeline| timeline.last));
    let outgoing = Memo::new(move |_| {
        chats
            .outgoing
            .with(|all| all.iter().filter(|message| message.chat == id).cloned().collect::<Vec<_>>())
    });
    let grown_by = Memo::new(move |_| (last.get(), outgoing.with(Vec::len)));
    Effect::new(move |before: Option<(i64, usize)>| {
        let now = grown_by.get();
        if before.is_some_and(|before| before != now) {
            let own_grew = before.is_some_and(|before| now.1 > before.1);
            window.grown(own_grew || window.is_at_end.get_untracked());
        }
        now
    });
    let visibility = window_event_listener_untyped("visibilitychange", move |_| window.note_position());
    let resized = window_event_listener_untyped("resize", move |_| {
        if window.is_at_end.get_untracked()
            && let Some(view) = window.view.get_untracked()
        {
            scroll::to_end(&view);
        }
    });
    on_cleanup(move || {
        visibility.remove();
        resized.remove();
    });

    let rows = Memo::new(move |_| {
        let start = window.start.get();
        window.timeline.with(|timeline| {
            let end = (start + WINDOW - 1).min(timeline.last);
            places(timeline, start, end, unread_from, i18n::day_number)
        })
    });
    let (for_marks, for_people) = (chat.clone(), chat.clone());
    let marks = Memo::new(move |_| for_marks.with(|chat| delivery::marks_of_others(chat, me)));
    let changing = RwSignal::new(None::<Message>);
    let change = Callback::new(move |message| changing.set(Some(message)));
    let row = move |place: crate::state::timeline::Place| {
        let message = window.timeline.with_untracked(|timeline| timeline.get(place.ordinal).cloned());
        message.map(|message| {
            let is_own = message.sender == me;
            let sender = for_people.with_untracked(|chat| {
                chat.members
                    .iter()
                    .find(|member| member.person.id == message.sender)
                    .map(|member| member.person.clone())
            });
            view! { <MessageRow message=message place=place sender=sender is_own=is_own marks=marks on_change=change/> }
        })
    };
    let above = move || format!("{}px", (window.start.get() - from).max(0) as f64 * ROW_HEIGHT);
    let below = move || {
        let end = (window.start.get() + WINDOW - 1).min(last.get());
        format!("{}px", (last.get() - end).max(0) as f64 * ROW_HEIGHT)
    };
    let title = delivery::title(&first, me);
    let unseen =
        Memo::new(move |_| chats.get(id).map_or(0, |chat| chat.with(|chat| delivery::unread(chat, me))));
    view! {
        <div class="timeline-frame">
            <div
                node_ref=window.view
                class="pane__scroll"
                role="log"
                aria-label=tx("messages-with", &[("name", Arg::Text(&title))])
                aria-busy=move || (!window.is_ready.get()).then_some("true")
                tabindex="0"
                on:scroll=move |_| window.scrolled()
            >
                <div class="timeline">
                    <p class="notice"><Icon name="i-shield" size=IconSize::Sm/>{t("recorded-notice")}</p>
                    <section class="run" data-channel=first.channel.as_str() aria-label=channel_name(first.channel)>
                        <div class="timeline__spacer" style:height=above></div>
                        <For each=move || rows.get() key=|place| place.clone() children=row/>
                        <div class="timeline__spacer" style:height=below></div>
                        <For each=move || outgoing.get() key=|message| (message.id, message.failed.clone()) let:message>
                            <OutgoingRow message=message channel=first.channel/>
                        </For>
                    </section>
                </div>
            </div>
            {move || changing.get().map(|message| view! { <ChangeMessage message=message on_close=move |()| changing.set(None)/> })}
            <Show when=move || !window.is_at_end.get() && window.is_ready.get()>
                <button
                    class="btn btn--sm timeline__latest"
                    type="button"
                    on:click=move |_| window.move_to(last.get_untracked() - WINDOW + 1, Anchor::End)
                >
                    <Icon name="i-down" size=IconSize::Xs/>
                    {t("to-latest")}
                    {move || (unseen.get() > 0).then(|| view! { <span class="count">{unseen.get()}</span> })}
                </button>
            </Show>
        </div>
    }
}
