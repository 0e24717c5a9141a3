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

/// "Priya Nair, Causeway app, 10:06": the name of a message for those who listen.
fn spoken(sender: &str, channel: Channel, at: i64) -> String {
    format!("{sender}, {}, {}", channel_name(channel), i18n::clock_time(at))
}

/// A message that the server has.
#[component]
pub fn MessageRow(
    message: Message,
    place: Place,
    sender: Option<Person>,
    is_own: bool,
    marks: Memo<(i64, i64)>,
    on_change: Callback<Message>,
) -> impl IntoView {
    let name = match (&sender, is_own) {
        (_, true) => t("you"),
        (Some(person), false) => person.name.clone(),
        (None, false) => t("former-member"),
    };
    let mut class = String::from(if is_own { "group group--out" } else { "group group--in" });
    if !place.starts_group {
        class.push_str(" group--more");
    }
    if !place.ends_group {
        class.push_str(" group--goes-on");
    }
    let ordinal = message.ordinal;
    let tick = Signal::derive(move || match delivery::delivery(ordinal, marks.get()) {
        Delivery::Sent => TickState::Sent,
        Delivery::Delivered => TickState::Delivered,
        Delivery::Read => TickState::Read,
    });
    let avatar = sender
        .as_ref()
        .filter(|_| !is_own && place.ends_group)
        .map(|person| view! { <Avatar name=person.name.clone() kind=person.kind size=AvatarSize::Sm /> });
    let text = match message.deleted_at {
        Some(_) => view! { <p class="bubble__text bubble__text--gone">{t("message-deleted")}</p> }.into_any(),
        None => view! {
            <p class="bubble__text" dir="auto">
                <LinkedText text=message.text.clone() />
            </p>
        }
        .into_any(),
    };
    let edited = (message.edited_at.is_some() && message.deleted_at.is_none())
        .then(|| view! { <span>{t("edited")}</span> });
    let can_change = is_own && message.deleted_at.is_none() && is_fresh(message.sent_at);
    let (channel, sent_at) = (message.channel, message.sent_at);
    let change = can_change.then(|| {
        let message = message.clone();
        let label = tx("change-message", &[("time", Arg::Text(&i18n::clock_time(sent_at)))]);
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
    });
    view! {
        {place
            .starts_day
            .then(|| {
                view! {
                    <p class="day">
                        <time datetime=i18n::machine_time(message.sent_at)>{i18n::day_name(message.sent_at)}</time>
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
                <article class="bubble" aria-label=spoken(&name, channel, sent_at)>
                    {text}
                    <footer class="bubble__meta">
                        {edited} <time datetime=i18n::machine_time(sent_at)>{i18n::clock_time(sent_at)}</time>
                        {is_own.then(|| view! { <Tick state=tick /> })}
                    </footer>
                    {change}
                </article>
            </div>
        </div>
    }
}

/// Whether a message was sent so recently that it can be changed. The server decides; a page that has been open
/// for long may offer it once too often.
fn is_fresh(sent_at: i64) -> bool {
    js_sys::Date::now() as i64 - sent_at < MESSAGE_CHANGE_WINDOW
}

/// A message on its way out, or refused: then why, and what can be done.
#[component]
pub(super) fn OutgoingRow(message: UnsentMessage, channel: Channel) -> impl IntoView {
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
