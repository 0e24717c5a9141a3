//! One message in the timeline, with the day, the unread line, the channel and the sender's name where they begin.

use super::bubble_menu::{Actions, BubbleMenu};
use crate::pages::chats::between::ChannelStop;
use crate::{
    components::{
        base::{
            avatar::{Avatar, AvatarSize},
            channel::{ChannelBadge, channel_name},
            icon::{Icon, IconSize},
        },
        chat::{
            attachments::{Attachments, bubble_class},
            linked_text::LinkedText,
            reactions::Reactions,
            tick::{Tick, TickState},
        },
        form::{focus::is_touch, touch::Touch},
    },
    i18n::{self, t},
    state::{
        chats::Chats,
        delivery::{self, Delivery},
        timeline::Place,
    },
};
use causeway_api::{
    Millis, PersonId,
    chats::{Channel, Mention, Message, MessageContent, React, Reaction},
    paths::Side,
    people::Person,
};
use leptos::{html, prelude::*, wasm_bindgen::JsCast as _};
use web_sys::HtmlElement;

/// "Priya Nair, Causeway app, 10:06": the label of a message for screen readers.
pub(super) fn spoken(sender: &str, channel: Channel, at: i64) -> String {
    format!("{sender}, {}, {}", channel_name(channel), i18n::clock_time(at))
}

/// Returns the classes of a row: incoming or outgoing, and its place in the group.
fn group_class(is_own: bool, place: &Place) -> String {
    let mut class = String::from(if is_own { "group group--out" } else { "group group--in" });
    if !place.starts_group {
        class.push_str(" group--more");
    }
    if !place.ends_group {
        class.push_str(" group--goes-on");
    }
    class
}

/// A message that the server has stored.
#[component]
pub fn MessageRow(
    message: Message,
    /// What begins and ends with it: a day, the unread messages, a run on one channel, a group of one sender.
    place: Place,
    /// The sender; `None` for a former member.
    sender: Option<Person>,
    /// The company of the sender; empty when it is not known.
    #[prop(into)]
    company: String,
    is_own: bool,
    /// How far the others have received and read the chat.
    marks: Memo<(i64, i64)>,
    /// What the reader can do with it.
    actions: Actions,
    /// What it replies to.
    #[prop(optional_no_strip)]
    quote: Option<ViewFn>,
    /// Whether the reader was led to it.
    #[prop(optional, into)]
    is_pointed_at: Signal<bool>,
    /// What its readers think of it.
    #[prop(optional, into)]
    reactions: Signal<Vec<Reaction>>,
    /// Who has seen it, in words; empty where that is not said.
    #[prop(optional, into)]
    seen: Signal<String>,
) -> impl IntoView {
    let name = match (&sender, is_own) {
        (_, true) => t("you"),
        (Some(person), false) => person.name.clone(),
        (None, false) => t("former-member"),
    };
    let writer = sender.as_ref().map_or_else(|| name.clone(), |person| person.name.clone());
    let avatar = sender
        .filter(|_| !is_own && place.ends_group)
        .map(|person| view! { <Avatar name=person.name kind=person.kind size=AvatarSize::Sm /> });
    let (class, ordinal, channel) = (group_class(is_own, &place), message.ordinal, message.channel);
    let (starts_group, sent_at) = (place.starts_group, message.sent_at);
    view! {
        <Above place=place channel=channel writer=writer sent_at=sent_at />
        <div class=class data-ordinal=ordinal data-channel=channel.as_str()>
            {(starts_group && !is_own).then(|| view! { <Author name=name.clone() company=company /> })} {avatar}
            <div class="group__body">
                <Bubble
                    message=message
                    sender_name=name
                    is_own=is_own
                    marks=marks
                    actions=actions
                    quote=quote
                    is_pointed_at=is_pointed_at
                    reactions=reactions
                />
                {move || {
                    let seen = seen.get();
                    (!seen.is_empty()).then(|| view! { <p class="seen">{seen}</p> })
                }}
            </div>
        </div>
    }
}

/// What begins with a message: a day, the unread messages, a run on one channel.
#[component]
fn Above(
    place: Place,
    channel: Channel,
    /// Who wrote the message.
    writer: String,
    sent_at: i64,
) -> impl IntoView {
    let day = place.starts_day.then(|| {
        view! {
            <p class="day">
                <time datetime=i18n::machine_time(sent_at)>{i18n::day_name(sent_at)}</time>
            </p>
        }
    });
    let unread = place.starts_unread.then(|| {
        view! {
            <p class="day day--unread" data-testid="unread-line">
                {t("new-messages")}
            </p>
        }
    });
    let stop = place
        .starts_channel
        .map(|stop| view! { <ChannelStop stop=stop channel=channel name=writer at=sent_at /> });
    (day, unread, stop)
}

/// Who wrote what follows, and for whom.
#[component]
fn Author(name: String, company: String) -> impl IntoView {
    view! {
        <p class="group__author">
            <b dir="auto">{name}</b>
            {(!company.is_empty())
                .then(|| {
                    view! {
                        <span aria-hidden="true">" · "</span>
                        <span dir="auto">{company}</span>
                    }
                })}
        </p>
    }
}

/// The text of a message with its channel and time and a menu; an own one has a tick.
#[component]
fn Bubble(
    message: Message,
    sender_name: String,
    is_own: bool,
    marks: Memo<(i64, i64)>,
    actions: Actions,
    quote: Option<ViewFn>,
    is_pointed_at: Signal<bool>,
    reactions: Signal<Vec<Reaction>>,
) -> impl IntoView {
    let chats = use_context::<Chats>();
    let me = chats.map_or(PersonId(uuid::Uuid::nil()), Chats::me);
    let own = Signal::derive(move || {
        let is_own = |reaction: &&Reaction| reaction.people.contains(&me);
        reactions.with(|all| all.iter().filter(is_own).map(|it| it.emoji.clone()).collect::<Vec<_>>())
    });
    let for_react = message.clone();
    let on_react =
        actions.on_react.map(|act| Callback::new(move |asked: React| act.run((for_react.clone(), asked))));
    let forwarded = (message.forwarded_from.is_some() && message.deleted_at.is_none()).then(|| {
        view! {
            <p class="bubble__from">
                <Icon name="i-forward" size=IconSize::Xs />
                {t("forwarded")}
            </p>
        }
    });
    let (ordinal, channel, sent_at) = (message.ordinal, message.channel, message.sent_at);
    let is_deleted = message.deleted_at.is_some();
    let tick = Signal::derive(move || match delivery::delivery(ordinal, marks.get()) {
        Delivery::Sent => TickState::Sent,
        Delivery::Delivered => TickState::Delivered,
        Delivery::Read => TickState::Read,
    });
    let text = if is_deleted {
        view! {
            <p class="bubble__text bubble__text--gone">
                <Icon name="i-trash" size=IconSize::Xs />
                {t("message-deleted")}
            </p>
        }
        .into_any()
    } else if message.content == MessageContent::Unknown {
        view! {
            <p class="bubble__text bubble__text--gone">
                <Icon name="i-alert" size=IconSize::Xs />
                {t("message-unknown")}
            </p>
        }
        .into_any()
    } else {
        written(message.text.clone(), message.mentions.clone(), chats.map(|_| me))
    };
    let files = message.content.files().to_vec();
    let class = if is_deleted { "bubble bubble--gone" } else { bubble_class(&files) };
    let side = chats.map_or(Side::Portal, |chats| chats.side);
    let edited = (message.edited_at.is_some() && !is_deleted).then(|| view! { <span>{t("edited")}</span> });
    let can_change = is_own && !is_deleted && is_fresh(sent_at, actions.change_window);
    let article = NodeRef::<html::Article>::new();
    let for_reply = message.clone();
    let reply = actions.on_reply.filter(|_| !is_deleted);
    let reply = reply.map(|reply| Callback::new(move |()| reply.run(for_reply.clone())));
    let touch = Touch::new(Callback::new(move |_| open_menu(article)), reply);
    view! {
        <article
            node_ref=article
            class=class
            class:bubble--pointed=is_pointed_at
            style:translate=move || match touch.dragged.get() {
                0 => None,
                far => Some(format!("{far}px 0")),
            }
            on:pointerdown=move |event| touch.down(&event)
            on:pointermove=move |event| touch.moved(&event)
            on:pointerup=move |_| touch.up()
            on:pointercancel=move |_| touch.end()
            on:click=move |event| touch.click(&event)
            // Where a finger that stays opens the menu of the message, the browser opens none of its own.
            on:contextmenu=move |event| {
                if is_touch() {
                    event.prevent_default();
                }
            }
            aria-label=spoken(&sender_name, channel, sent_at)
        >
            {forwarded}
            {quote.filter(|_| !is_deleted).map(|quote| quote.run())}
            {(!files.is_empty()).then(|| view! { <Attachments files=files side=side is_own=is_own /> })}
            {text}
            <footer class="bubble__meta">
                {edited} <ChannelBadge channel=channel />
                <time datetime=i18n::machine_time(sent_at)>{i18n::clock_time(sent_at)}</time>
                {is_own.then(|| view! { <Tick state=tick /> })}
            </footer>
            {(!is_deleted).then(|| view! { <BubbleMenu message=message can_change=can_change actions=actions own=own /> })}
        </article>
        {(!is_deleted).then(|| view! { <Reactions reactions=reactions me=me on_react=on_react /> })}
    }
}

/// Opens the menu of a message, unless it is open.
fn open_menu(article: NodeRef<html::Article>) {
    let button = article.get_untracked().and_then(|article| {
        article.query_selector("[aria-haspopup=menu][aria-expanded=false]").ok().flatten()
    });
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        button.click();
    }
}

/// The text of a message; nothing for files without a caption.
pub(super) fn written(text: String, mentions: Vec<Mention>, me: Option<PersonId>) -> AnyView {
    (!text.is_empty())
        .then(|| {
            view! {
                <p class="bubble__text" dir="auto">
                    <LinkedText text=text mentions=mentions me=me />
                </p>
            }
        })
        .into_any()
}

/// Whether a message was sent recently enough to be changed. The server decides; a page that has been open for long may
/// offer it too late.
fn is_fresh(sent_at: i64, window: Millis) -> bool {
    js_sys::Date::now() as i64 - sent_at < window
}
