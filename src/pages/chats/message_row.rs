//! One message in the timeline, with the day, the unread line and the sender's name where they begin.

use crate::{
    components::{
        avatar::{Avatar, AvatarSize},
        channel::channel_name,
        icon::{Icon, IconSize},
        linked_text::LinkedText,
        tick::{Tick, TickState},
    },
    i18n::{self, t},
    state::{
        chats::{Chats, Outgoing},
        delivery::{self, Delivery},
        timeline::Place,
    },
};
use causeway_api::{
    chats::{Channel, Message},
    people::Person,
};
use leptos::prelude::*;

/// "Priya Nair, Causeway app, 10:06": the name of a message for those who listen.
fn spoken(sender: &str, channel: Channel, at: i64) -> String {
    format!("{sender}, {}, {}", channel_name(channel), i18n::clock_time(at))
}

/// A message that the server has.
#[component]
pub(super) fn MessageRow(
    message: Message,
    place: Place,
    sender: Option<Person>,
    is_own: bool,
    marks: Memo<(i64, i64)>,
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
        .map(|person| view! { <Avatar name=person.name.clone() kind=person.kind size=AvatarSize::Sm/> });
    view! {
        {place.starts_day.then(|| view! {
            <p class="day"><time datetime=i18n::machine_time(message.sent_at)>{i18n::day_name(message.sent_at)}</time></p>
        })}
        {place.starts_unread.then(|| view! { <p class="day day--unread" data-testid="unread-line">{t("new-messages")}</p> })}
        <div class=class data-ordinal=ordinal>
            {(place.starts_group && !is_own).then(|| view! { <p class="group__author"><b>{name.clone()}</b></p> })}
            {avatar}
            <div class="group__body">
                <article class="bubble" aria-label=spoken(&name, message.channel, message.sent_at)>
                    <p class="bubble__text"><LinkedText text=message.text/></p>
                    <footer class="bubble__meta">
                        <time datetime=i18n::machine_time(message.sent_at)>{i18n::clock_time(message.sent_at)}</time>
                        {is_own.then(|| view! { <Tick state=tick/> })}
                    </footer>
                </article>
            </div>
        </div>
    }
}

/// A message on its way out, or refused: then why, and what can be done.
#[component]
pub(super) fn OutgoingRow(message: Outgoing, channel: Channel) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let id = message.id;
    let failed = message.failed.clone();
    let meta = match failed {
        None => view! {
            <time datetime=i18n::machine_time(message.at)>{i18n::clock_time(message.at)}</time>
            <Tick state=Signal::derive(|| TickState::Sending)/>
        }
        .into_any(),
        Some(ref reason) => view! {
            <Icon name="i-alert" size=IconSize::Xs/>
            <span role="alert">{t(reason)}</span>
            <button class="btn btn--sm btn--ghost" type="button" on:click=move |_| chats.retry(id)>{t("retry")}</button>
            <button class="btn btn--sm btn--ghost" type="button" on:click=move |_| chats.forget_outgoing(id)>{t("delete")}</button>
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
                    <p class="bubble__text"><LinkedText text=message.text/></p>
                    <footer class="bubble__meta">{meta}</footer>
                </article>
            </div>
        </div>
    }
}
