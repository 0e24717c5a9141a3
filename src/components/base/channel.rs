//! The badge of a messaging service.

use crate::{components::base::icon::symbol, i18n::t};
use causeway_api::chats::Channel;
use leptos::prelude::*;

/// What a channel is called.
pub fn channel_name(channel: Channel) -> String {
    t(format!("channel-{}", channel.as_str()))
}

/// A small badge with the channel's glyph, named for those who cannot see it.
#[component]
pub fn ChannelBadge(
    /// The channel.
    channel: Channel,
) -> impl IntoView {
    let key = channel.as_str();
    view! {
        <span class="channel channel--xs" data-channel=key role="img" aria-label=channel_name(channel)>
            <svg aria-hidden="true">
                <use href=symbol(&format!("c-{key}"))></use>
            </svg>
        </span>
    }
}

/// The badge where the name stands beside it.
#[component]
pub fn ChannelGlyph(
    /// The channel.
    channel: Channel,
) -> impl IntoView {
    let key = channel.as_str();
    view! {
        <span class="channel" data-channel=key aria-hidden="true">
            <svg aria-hidden="true">
                <use href=symbol(&format!("c-{key}"))></use>
            </svg>
        </span>
    }
}
