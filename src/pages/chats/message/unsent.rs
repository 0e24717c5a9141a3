//! A message that is on its way out, or could not go.

use super::row::{spoken, written};
use crate::{
    components::{
        base::{
            channel::ChannelBadge,
            icon::{Icon, IconSize},
        },
        chat::{
            attachments::{Attachments, bubble_class},
            tick::{Tick, TickState},
        },
    },
    i18n::{self, t},
    state::chats::{Chats, UnsentMessage},
};
use causeway_api::{MessageId, chats::Channel, paths::Side};
use leptos::prelude::*;

/// An unsent message; a refused one says why below it, with buttons to retry or delete it.
#[component]
pub(in crate::pages::chats) fn UnsentMessageRow(message: UnsentMessage, channel: Channel) -> impl IntoView {
    let failed = message.failed.clone();
    let state = if failed.is_none() {
        view! { <Tick state=Signal::derive(|| TickState::Sending) /> }.into_any()
    } else {
        view! { <Icon name="i-alert" size=IconSize::Xs /> }.into_any()
    };
    let (id, files) = (message.id, message.files);
    let side = use_context::<Chats>().map_or(Side::Portal, |chats| chats.side);
    let kind = bubble_class(&files);
    let is_failed = failed.is_some();
    view! {
        <div class="group group--out" data-channel=channel.as_str()>
            <div class="group__body">
                <article
                    class=kind
                    class:bubble--failed=is_failed
                    aria-label=spoken(&t("you"), channel, message.at)
                >
                    {(!files.is_empty()).then(|| view! { <Attachments files=files side=side is_own=true /> })}
                    {written(message.text, message.mentions, None)}
                    <footer class="bubble__meta">
                        <ChannelBadge channel=channel />
                        <time datetime=i18n::machine_time(message.at)>{i18n::clock_time(message.at)}</time>
                        {state}
                    </footer>
                </article>
                {failed.map(|reason| view! { <NotSent id=id reason=reason /> })}
            </div>
        </div>
    }
}

/// Why a message was not sent, and what can be done.
#[component]
fn NotSent(
    id: MessageId,
    /// The id of the reason's text.
    reason: String,
) -> impl IntoView {
    let chats = expect_context::<Chats>();
    view! {
        <p class="field__error not-sent">
            <Icon name="i-alert" size=IconSize::Xs />
            <span role="alert">{t(reason)}</span>
            <button class="link" type="button" on:click=move |_| chats.retry(id)>
                {t("retry")}
            </button>
            <button class="link" type="button" on:click=move |_| chats.forget_outgoing(id)>
                {t("delete")}
            </button>
        </p>
    }
}
