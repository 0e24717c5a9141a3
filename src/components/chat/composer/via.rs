//! The channel that a message travels on.

use super::ReplyVia;
use crate::{
    components::{
        base::{
            channel::{ChannelGlyph, channel_name},
            icon::{Icon, IconSize},
        },
        form::{focus::is_touch, menu::MenuButton},
    },
    i18n::t,
};
use causeway_api::chats::Channel;
use leptos::prelude::*;

/// The channel that a message travels on, with a choice where there is one, and how it is sent.
#[component]
pub(super) fn Via(channel: Signal<Channel>, reply_via: Option<ReplyVia>) -> impl IntoView {
    let shown = move || {
        view! {
            <ChannelGlyph channel=channel.get() />
            <span>
                <span class="muted">{t("reply-via")}</span>
                " "
                {channel_name(channel.get())}
            </span>
        }
    };
    let via = match reply_via {
        None => view! { <span class="via__button">{shown}</span> }.into_any(),
        Some(ReplyVia { entries, on_open }) => view! {
            <MenuButton
                label=t("reply-via")
                is_named_by_content=true
                class="via"
                button_class="via__button via__button--choice"
                menu_class="menu--via"
                entries=entries
                on_open=on_open
            >
                {shown}
                <Icon name="i-down" size=IconSize::Xs />
            </MenuButton>
        }
        .into_any(),
    };
    view! {
        {via}
        <span class="composer__hint push" id="composer-hint">
            {t(if is_touch() { "composer-hint-touch" } else { "composer-hint-keys" })}
        </span>
    }
}
