//! One message in the timeline, with the day, the unread line and the sender's name where they begin.

use crate::{
    components::{
        base::{
            avatar::{Avatar, AvatarSize},
            channel::channel_name,
            icon::{Icon, IconSize},
        },
        chat::{
            linked_text::LinkedText,
            tick::{Tick, TickState},
        },
    },
    i18n::{self, Arg, t, tx},
    state::{
        chats::{Chats, UnsentMessage},
        delivery::{self, Delivery},
        timeline::Place,
    },
};
use causeway_api::{
    chats::{Channel, MESSAGE_CHANGE_WINDOW, Message},
    people::Person,
};
use leptos::prelude::*;

/// "Priya Nair, Causeway app, 10:06": the label of a message for screen readers.
fn spoken(sender: &str, channel: Channel, at: i64) -> String {
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
    /// What begins and ends with it: a day, the unread messages, a group of one sender.
    place: Place,
    /// The sender; `None` for a former member.
    sender: Option<Person>,
    is_own: bool,
    /// How far the others have received and read the chat.
    marks: Memo<(i64, i64)>,
    /// Its sender wants to edit or delete it.
    on_change: Callback<Message>,
) -> impl IntoView {
    let name = match (&sender, is_own) {
        (_, true) => t("you"),
        (Some(person), false) => person.name.clone(),
        (None, false) => t("former-member"),
    };
    let avatar = sender
        .filter(|_| !is_own && place.ends_group)
        .map(|person| view! { <Avatar name=person.name kind=person.kind size=AvatarSize::Sm /> });
    let (class, ordinal, sent_at) = (group_class(is_own, &place), message.ordinal, message.sent_at);
    view! {
        {place
            .starts_day
            .then(|| {
                view! {
                    <p class="day">
                        <time datetime=i18n::machine_time(sent_at)>{i18n::day_name(sent_at)}</time>
                    </p>
                }
            })}
        {place
            .starts_unread
            .then(|| {
                view! {
                    <p class="day day--unread" data-testid="unread-line">
                        {t("new-messages")}
                    </p>
                }
            })}
        <div class=class data-ordinal=ordinal>
            {(place.starts_group && !is_own)
                .then(|| {
                    view! {
                        <p class="group__author">
                            <b dir="auto">{name.clone()}</b>
                        </p>
                    }
                })}
            {avatar}
            <div class="group__body">
                <Bubble message=message sender_name=name is_own=is_own marks=marks on_change=on_change />
            </div>
        </div>
    }
}

/// The text of a message with its time; an own one has a tick and, while it can be changed, a button for that.
#[component]
fn Bubble(
    message: Message,
    sender_name: String,
    is_own: bool,
    marks: Memo<(i64, i64)>,
    on_change: Callback<Message>,
) -> impl IntoView {
    let (ordinal, channel, sent_at) = (message.ordinal, message.channel, message.sent_at);
    let is_deleted = message.deleted_at.is_some();
    let tick = Signal::derive(move || match delivery::delivery(ordinal, marks.get()) {
        Delivery::Sent => TickState::Sent,
        Delivery::Delivered => TickState::Delivered,
        Delivery::Read => TickState::Read,
    });
    let text = if is_deleted {
        view! { <p class="bubble__text bubble__text--gone">{t("message-deleted")}</p> }.into_any()
    } else {
        view! {
            <p class="bubble__text" dir="auto">
                <LinkedText text=message.text.clone() />
            </p>
        }
        .into_any()
    };
    let edited = (message.edited_at.is_some() && !is_deleted).then(|| view! { <span>{t("edited")}</span> });
    let can_change = is_own && !is_deleted && is_fresh(sent_at);
    view! {
        <article class="bubble" aria-label=spoken(&sender_name, channel, sent_at)>
            {text}
            <footer class="bubble__meta">
                {edited} <time datetime=i18n::machine_time(sent_at)>{i18n::clock_time(sent_at)}</time>
                {is_own.then(|| view! { <Tick state=tick /> })}
            </footer>
            {can_change.then(|| view! { <ChangeButton message=message on_change=on_change /> })}
        </article>
    }
}

/// The button that opens the dialog to edit or delete an own message.
#[component]
fn ChangeButton(message: Message, on_change: Callback<Message>) -> impl IntoView {
    let label = tx("change-message", &[("time", Arg::Text(&i18n::clock_time(message.sent_at)))]);
    view! {
        <button
            class="icon-btn bubble__change"
            type="button"
            aria-label=label
            on:click=move |_| on_change.run(message.clone())
        >
            <Icon name="i-edit" size=IconSize::Sm />
        </button>
    }
}

/// Whether a message was sent recently enough to be changed. The server decides; a page that has been open for long may
/// offer it too late.
fn is_fresh(sent_at: i64) -> bool {
    js_sys::Date::now() as i64 - sent_at < MESSAGE_CHANGE_WINDOW
}

/// An unsent message; a refused one says why, with buttons to retry or delete it.
#[component]
pub(super) fn UnsentMessageRow(message: UnsentMessage, channel: Channel) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let id = message.id;
    let failed = message.failed.clone();
    let meta = match failed {
        None => view! {
            <time datetime=i18n::machine_time(message.at)>{i18n::clock_time(message.at)}</time>
            <Tick state=Signal::derive(|| TickState::Sending) />
        }
        .into_any(),
        Some(ref reason) => view! {
            <Icon name="i-alert" size=IconSize::Xs />
            <span role="alert">{t(reason)}</span>
            <button class="btn btn--sm btn--ghost" type="button" on:click=move |_| chats.retry(id)>
                {t("retry")}
            </button>
            <button class="btn btn--sm btn--ghost" type="button" on:click=move |_| chats.forget_outgoing(id)>
                {t("delete")}
            </button>
        }
        .into_any(),
    };
    view! {
        <div class="group group--out">
            <div class="group__body">
                <article
                    class=if failed.is_some() { "bubble bubble--failed" } else { "bubble" }
                    aria-label=spoken(&t("you"), channel, message.at)
                >
                    <p class="bubble__text" dir="auto">
                        <LinkedText text=message.text />
                    </p>
                    <footer class="bubble__meta">{meta}</footer>
                </article>
            </div>
        </div>
    }
}
