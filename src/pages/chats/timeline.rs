//! The timeline: the rows of the window, unsent messages below them, and their announcements and prints.

mod about;
mod receipts;
pub(super) mod replies;
mod scheduled;

use self::{
    about::{About, AboutDialogs},
    replies::RepliedTo,
    scheduled::ScheduledRows,
};
use super::{
    announcer::Announcer,
    between::LineRow,
    message::{bubble_menu::Actions, row::MessageRow, unsent::UnsentMessageRow},
    print,
    window::{UNREAD_TOP, Window},
};
use crate::{
    components::base::{
        channel::channel_name,
        icon::{Icon, IconSize},
    },
    i18n::{self, Arg, t, tx},
    state::{
        chats::{Chats, UnsentMessage},
        delivery,
        session::CurrentSession,
        timeline::{Place, Timeline, places},
        window::Anchor,
    },
};
use causeway_api::{
    ChatId,
    chats::{Chat, ChatLine, Message},
    people::{Person, PersonKind},
};
use leptos::prelude::*;

/// The messages of a conversation.
#[component]
pub(super) fn TimelineView(
    id: ChatId,
    chat: ArcRwSignal<Chat>,
    /// The reader wants to reply to a message; `None` for who only reads.
    on_reply: Option<Callback<Message>>,
    /// Where the reader wants to be led: to the message at this place.
    lead: RwSignal<Option<i64>>,
) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let me = chats.me();
    let first = chat.get_untracked();
    let own = delivery::own(&first, me);
    let (from, read) = own.map_or((1, first.last_ordinal), |own| (own.from, own.read));
    // The unread line keeps its place from when the conversation was opened.
    let unread_from = if read < first.last_ordinal { read + 1 } else { i64::MAX };
    let window = open_window(id, chats, &first, (from, unread_from));
    let last = Memo::new(move |_| window.timeline.with(|timeline| timeline.last));
    let outgoing = Memo::new(move |_| {
        chats
            .outgoing
            .with(|all| all.iter().filter(|message| message.chat == id).cloned().collect::<Vec<_>>())
    });
    follow(&window, last, outgoing);
    Effect::new(move |_| {
        if let Some(place) = lead.get() {
            window.lead_to(
                place.clamp(from, window.timeline.with_untracked(|timeline| timeline.last.max(from))),
            );
        }
    });
    print::follow(chat.clone(), me, window.timeline);
    let about = About::default();
    let actions = about.actions(chats, on_reply);
    let title = delivery::title(&first, me);
    let for_channel = chat.clone();
    let channel = Memo::new(move |_| for_channel.with(|chat| chat.channel));
    view! {
        <div class="timeline-frame">
            <div
                node_ref=window.view
                class="pane__scroll"
                // Rows come and go while scrolling: new messages are read out by the announcer.
                role="log"
                aria-live="off"
                aria-label=tx("messages-with", &[("name", Arg::Text(&title))])
                aria-busy=move || (!window.is_ready.get()).then_some("true")
                tabindex="0"
                on:scroll=move |_| window.scrolled()
            >
                <div class="timeline">
                    <p class="notice">
                        <Icon name="i-shield" size=IconSize::Sm />
                        {t("recorded-notice")}
                    </p>
                    <section
                        class="run"
                        data-channel=move || channel.get().as_str()
                        aria-label=move || channel_name(channel.get())
                    >
                        <Rows
                            chat=chat.clone()
                            window=window
                            bounds=(from, unread_from)
                            actions=actions
                        />
                        <For each=move || outgoing.get() key=|message| (message.id, message.failed.clone()) let:message>
                            <UnsentMessageRow channel=message.channel.unwrap_or(channel.get_untracked()) message=message />
                        </For>
                        <ScheduledRows id=id />
                    </section>
                </div>
            </div>
            <Announcer id=id chat=chat />
            <AboutDialogs about=about />
            <ToLatest window=window />
        </div>
    }
}

/// The rows of the window, between two spacers that are as high as the rows that are not drawn.
#[component]
fn Rows(
    chat: ArcRwSignal<Chat>,
    window: Window,
    /// The first message that the reader sees, and the first that was unread when the conversation was opened.
    bounds: (i64, i64),
    actions: Actions,
) -> impl IntoView {
    let me = window.chats.me();
    let (from, unread_from) = bounds;
    let places = Memo::new(move |_| {
        let (start, end) = window.drawn.get();
        window.timeline.with(|timeline| places(timeline, start, end, unread_from, i18n::day_number))
    });
    let for_marks = chat.clone();
    let marks = Memo::new(move |_| for_marks.with(|chat| delivery::marks_of_others(chat, me)));
    let own_company = expect_context::<CurrentSession>().get().company;
    let go = Callback::new(move |ordinal| window.lead_to(ordinal));
    let row = move |place: Place| {
        let message = window.timeline.with_untracked(|timeline| timeline.get(place.ordinal).cloned())?;
        let is_own = message.sender == me;
        let sender = chat.with_untracked(|chat| {
            let sender = chat.members.iter().find(|member| member.person.id == message.sender);
            sender.map(|member| member.person.clone())
        });
        let company = sender.as_ref().map_or_else(String::new, |person| company_of(person, &own_company));
        let day = Some(i18n::day_number(message.sent_at));
        let lines = |lines: Vec<ChatLine>, day| {
            lines
                .into_iter()
                .map(|line| view! { <LineRow line=line me=me day=day on_go=go /> })
                .collect_view()
        };
        let for_quote = chat.clone();
        let quote = message.reply_to.map(|id| {
            ViewFn::from(move || {
                view! {
                    <RepliedTo
                        id=id
                        me=me
                        chat=for_quote.clone()
                        timeline=window.timeline
                        on_missing=move |is_asked| window.fetch_replied_to(place.ordinal, is_asked)
                        on_go=move |ordinal| window.lead_to(ordinal)
                    />
                }
            })
        });
        let ordinal = place.ordinal;
        let reactions = Memo::new(move |_| {
            let loaded = |timeline: &Timeline| timeline.get(ordinal).map(|message| message.reactions.clone());
            window.timeline.with(loaded).unwrap_or_default()
        });
        let for_seen = chat.clone();
        let seen = Signal::derive(move || for_seen.with(|chat| receipts::seen_by(chat, me, ordinal)));
        let (above, below) = (lines(place.lines_above.clone(), None), lines(place.lines_below.clone(), day));
        Some(view! {
            {above}
            <MessageRow
                message=message
                place=place
                sender=sender
                company=company
                is_own=is_own
                marks=marks
                actions=actions
                quote=quote
                is_pointed_at=Signal::derive(move || window.pointed.get() == Some(ordinal))
                reactions=reactions
                seen=seen
            />
            {below}
        })
    };
    // A group without messages has lines all the same.
    let lines_alone = move || {
        let lines = window.timeline.with(|timeline| {
            if timeline.last < timeline.first { timeline.lines_above_all() } else { Vec::new() }
        });
        lines.into_iter().map(|line| view! { <LineRow line=line me=me day=None on_go=go /> }).collect_view()
    };
    let above = move || format!("{}px", window.height_between(from, window.drawn.get().0 - 1));
    let below = move || {
        let last = window.timeline.with(|timeline| timeline.last);
        format!("{}px", window.height_between(window.drawn.get().1 + 1, last))
    };
    view! {
        {lines_alone}
        <div style:height=above></div>
        <For each=move || places.get() key=|place| place.clone() children=row />
        <div style:height=below></div>
    }
}

/// Returns whom a member writes for: a client's own company, or the company whose portal this is.
fn company_of(person: &Person, own_company: &str) -> String {
    match person.kind {
        PersonKind::Client => person.about.clone(),
        PersonKind::Colleague => own_company.to_owned(),
    }
}

/// Opens the window over a conversation, at the first unread message or at its end.
fn open_window(id: ChatId, chats: Chats, first: &Chat, (from, unread_from): (i64, i64)) -> Window {
    let is_read = unread_from == i64::MAX;
    let window = Window::new(id, chats, Timeline::new(from, first.last_ordinal), is_read);
    chats.open(id, window.timeline);
    on_cleanup(move || chats.close(window.timeline));
    if first.last_ordinal < from {
        window.fetch_lines();
    } else if is_read {
        window.show(Anchor::End);
    } else {
        window.show(Anchor::Row(unread_from, UNREAD_TOP));
    }
    window
}

/// Keeps the window in place when messages arrive, the page is hidden, or its size changes.
fn follow(window: &Window, last: Memo<i64>, outgoing: Memo<Vec<UnsentMessage>>) {
    let window = *window;
    let line_count = move || window.timeline.with(Timeline::line_count);
    let (id, chats) = (window.id, window.chats);
    let own_count = move || outgoing.with(Vec::len) + chats.scheduled_in(id).len();
    let grown_by = Memo::new(move |_| (last.get(), own_count(), line_count()));
    Effect::new(move |before: Option<(i64, usize, usize)>| {
        let now = grown_by.get();
        if before.is_some_and(|before| before != now) {
            let own_grew = before.is_some_and(|before| now.1 > before.1);
            window.grown(own_grew || window.is_at_end.get_untracked());
        }
        now
    });
    // What is replied to takes its place from the messages.
    let is_replying = Memo::new(move |_| chats.replying.with(|all| all.contains_key(&id)));
    Effect::new(move |before: Option<bool>| {
        let now = is_replying.get();
        if before.is_some_and(|before| before != now) {
            request_animation_frame(move || window.resized());
        }
        now
    });
    let visibility = window_event_listener_untyped("visibilitychange", move |_| window.note_position());
    let resized = window_event_listener_untyped("resize", move |_| window.resized());
    on_cleanup(move || {
        visibility.remove();
        resized.remove();
    });
}

/// The button that scrolls to the newest message, with the number of unread ones.
#[component]
fn ToLatest(window: Window) -> impl IntoView {
    let (id, chats) = (window.id, window.chats);
    let me = chats.me();
    let unseen =
        Memo::new(move |_| chats.get(id).map_or(0, |chat| chat.with(|chat| delivery::unread(chat, me))));
    let go = move |_| window.show(Anchor::End);
    view! {
        <Show when=move || !window.is_at_end.get() && window.is_ready.get()>
            <button class="btn btn--sm timeline__latest" type="button" on:click=go>
                <Icon name="i-down" size=IconSize::Xs />
                {t("to-latest")}
                {move || (unseen.get() > 0).then(|| view! { <span class="count">{unseen.get()}</span> })}
            </button>
        </Show>
    }
}
