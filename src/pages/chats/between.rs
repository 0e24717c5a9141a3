//! What is between the messages of a timeline: where a run on a channel starts, and what happened in the group.

use crate::{
    components::base::{
        channel::{ChannelGlyph, channel_name},
        icon::{Icon, IconSize},
    },
    i18n::{self, Arg, t, tx},
    state::timeline::Stop,
};
use causeway_api::{
    Millis, PersonId,
    chats::{Channel, ChatChange, ChatLine, Named},
};
use leptos::prelude::*;

/// The start of a run of messages on one channel: its badge, its name, and who wrote there first.
#[component]
pub(super) fn ChannelStop(stop: Stop, channel: Channel, name: String, at: Millis) -> impl IntoView {
    let time = i18n::clock_time(at);
    let what = match stop {
        Stop::Opened => Some(tx("stop-opened", &[("name", Arg::Text(&name))])),
        Stop::Moved => Some(tx("stop-moved", &[("name", Arg::Text(&name)), ("time", Arg::Text(&time))])),
        Stop::Seen => None,
    };
    view! {
        <p class="run__stop" data-channel=channel.as_str()>
            <ChannelGlyph channel=channel />
            <b>{channel_name(channel)}</b>
            {what.map(|what| view! { <span>"· " {what}</span> })}
        </p>
    }
}

/// A line about the chat: who made it, renamed it, pinned something, joined, left or was removed.
#[component]
pub(super) fn LineRow(
    line: ChatLine,
    /// The viewer.
    me: PersonId,
    /// The day of the message above; on another day the line says its date, too.
    day: Option<i64>,
    /// The reader wants to see the message that the line is about.
    on_go: Callback<i64>,
) -> impl IntoView {
    let icon = match line.change {
        ChatChange::Created { .. } => "i-group-add",
        ChatChange::Renamed { .. } => "i-edit",
        ChatChange::Pinned { .. } => "i-pin",
        ChatChange::Joined { .. } => "i-user-add",
        ChatChange::Left { .. } => "i-logout",
        ChatChange::Removed { .. } => "i-x",
    };
    let at = line.at;
    let place = match line.change {
        ChatChange::Pinned { ordinal, .. } => Some(ordinal),
        _ => None,
    };
    let show = place.map(|place| {
        view! {
            " "
            <button class="link" type="button" on:click=move |_| on_go.run(place)>
                {t("show-message")}
            </button>
        }
    });
    let is_same_day = day == Some(i18n::day_number(at));
    let time = if is_same_day {
        i18n::clock_time(at)
    } else {
        format!("{}, {}", i18n::full_date(at), i18n::clock_time(at))
    };
    view! {
        <div class="event" data-testid="line">
            <Icon name=icon size=IconSize::Sm />
            <p>
                <span dir="auto">{words(&line.change, me)}</span>
                " "
                <time datetime=i18n::machine_time(at)>{time}</time>
                {show}
            </p>
        </div>
    }
}

/// Returns what happened, in words.
pub(super) fn words(change: &ChatChange, me: PersonId) -> String {
    let name_of = |who: &Named| if who.name.is_empty() { t("former-member") } else { who.name.clone() };
    match change {
        ChatChange::Created { by } if by.id == me => t("line-created-you"),
        ChatChange::Created { by } => tx("line-created", &[("name", Arg::Text(&name_of(by)))]),
        ChatChange::Renamed { by, name } if by.id == me => {
            tx("line-renamed-you", &[("group", Arg::Text(name))])
        }
        ChatChange::Renamed { by, name } => {
            tx("line-renamed", &[("by", Arg::Text(&name_of(by))), ("group", Arg::Text(name))])
        }
        ChatChange::Pinned { by, is_on: true, .. } if by.id == me => t("line-pinned-you"),
        ChatChange::Pinned { by, is_on: true, .. } => tx("line-pinned", &[("name", Arg::Text(&name_of(by)))]),
        ChatChange::Pinned { by, .. } if by.id == me => t("line-unpinned-you"),
        ChatChange::Pinned { by, .. } => tx("line-unpinned", &[("name", Arg::Text(&name_of(by)))]),
        ChatChange::Joined { who } if who.id == me => t("line-joined-you"),
        ChatChange::Joined { who } => tx("line-joined", &[("name", Arg::Text(&name_of(who)))]),
        ChatChange::Left { who } => tx("line-left", &[("name", Arg::Text(&name_of(who)))]),
        ChatChange::Removed { by, who } if by.id == me => {
            tx("line-removed-you", &[("name", Arg::Text(&name_of(who)))])
        }
        ChatChange::Removed { by, who } => {
            tx("line-removed", &[("by", Arg::Text(&name_of(by))), ("name", Arg::Text(&name_of(who)))])
        }
    }
}
