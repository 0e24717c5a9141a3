//! A channel of a client: linked, pending or not linked.

use super::Acts;
use crate::{
    components::base::{
        channel::channel_name,
        icon::{Icon, IconSize, symbol},
        undelivered::UndeliveredNotes,
    },
    i18n::{self, Arg, t, tx},
};
use causeway_api::{
    chats::Channel,
    contacts::{ChannelLink, ChannelOffer},
};
use leptos::prelude::*;

/// What every card begins with: badge, name and state.
fn top(
    channel: Channel,
    is_off: bool,
    pill: &'static str,
    icon: Option<&'static str>,
    state: &'static str,
) -> impl IntoView {
    let key = channel.as_str();
    view! {
        <span
            class=if is_off { "channel channel--lg channel--off" } else { "channel channel--lg" }
            data-channel=key
            aria-hidden="true"
        >
            <svg aria-hidden="true">
                <use href=symbol(&format!("c-{key}"))></use>
            </svg>
        </span>
        <h4 class="channel-card__name">{channel_name(channel)}</h4>
        <span class=pill>{icon.map(|name| view! { <Icon name=name size=IconSize::Xs /> })}{t(state)}</span>
    }
}

/// Returns the label of an act, with the name of the channel.
fn named(label: &str, channel: Channel) -> String {
    tx(label, &[("channel", Arg::Text(&channel_name(channel)))])
}

/// A channel that the client uses.
pub(super) fn linked_card(link: ChannelLink, acts: Acts) -> impl IntoView {
    let since = link.linked_at.map(|at| tx("linked-since", &[("date", Arg::Text(&i18n::full_date(at)))]));
    let channel = link.channel;
    view! {
        <li class="channel-card" data-channel=channel.as_str()>
            {top(channel, false, "pill pill--success", Some("i-check"), "channel-state-linked")}
            <p class="channel-card__addr num">{causeway_api::phones::spaced(&link.address)}</p>
            <div class="channel-card__foot">
                <span>{since}</span>
                <span class="btn-row">
                    <button
                        class="btn btn--sm btn--danger"
                        type="button"
                        aria-label=named("unlink-channel", channel)
                        on:click=move |_| acts.unlink(link.person, channel)
                    >
                        {t("unlink")}
                    </button>
                </span>
            </div>
        </li>
    }
}

/// A channel that the client was invited to.
pub(super) fn pending_card(link: ChannelLink, acts: Acts) -> impl IntoView {
    let channel = link.channel;
    let is_unreached = link.undelivered.iter().any(|one| one.fault.is_about_address());
    let when = |at| format!("{} {}", i18n::full_date(at), i18n::clock_time(at));
    let (sent, expires) = (when(link.invited_at), when(link.expires_at));
    let args = [("sent", Arg::Text(sent.as_str())), ("expires", Arg::Text(&expires))];
    let left = tx("sends-left", &[("count", Arg::Number(link.sends_left))]);
    view! {
        <li class="channel-card channel-card--pending" data-channel=channel.as_str()>
            {top(channel, false, "pill pill--warning", Some("i-clock"), "channel-state-pending")}
            <p class="channel-card__addr num">{causeway_api::phones::spaced(&link.address)}</p>
            <p class="channel-card__fault">
                <UndeliveredNotes undelivered=link.undelivered />
            </p>
            <div class="channel-card__foot">
                <span>{tx("invited-until", &args)} " " {left}</span>
                <span class="btn-row">
                    <button
                        class="btn btn--sm"
                        type="button"
                        aria-label=named("cancel-invitation", channel)
                        on:click=move |_| acts.unlink(link.person, channel)
                    >
                        {t("cancel")}
                    </button>
                    {is_unreached
                        .then(|| {
                            view! {
                                <button class="btn btn--sm" type="button" on:click=move |_| acts.edit.run(())>
                                    {t("edit-address")}
                                </button>
                            }
                        })}
                    <button
                        class="btn btn--sm"
                        type="button"
                        aria-label=named("resend-invitation", channel)
                        disabled=link.sends_left == 0
                        on:click=move |_| acts.resend(link.person, channel)
                    >
                        {t("resend")}
                    </button>
                </span>
            </div>
        </li>
    }
}

/// A channel that the client can be invited to.
pub(super) fn unlinked_card(offer: ChannelOffer, acts: Acts) -> impl IntoView {
    let channel = offer.channel;
    let text = if offer.is_configured { "channel-not-linked-text" } else { "channel-not-configured" };
    view! {
        <li class="channel-card channel-card--unlinked" data-channel=channel.as_str()>
            {top(channel, true, "pill", None, "channel-state-none")}
            <p class="channel-card__addr">{t(text)}</p>
            <div class="channel-card__foot">
                <span></span>
                {offer
                    .is_configured
                    .then(|| {
                        view! {
                            <span class="btn-row">
                                <button
                                    class="btn btn--sm"
                                    type="button"
                                    aria-label=named("link-channel", channel)
                                    on:click=move |_| acts.invite(offer)
                                >
                                    <Icon name="i-link" size=IconSize::Xs />
                                    {t("link")}
                                </button>
                            </span>
                        }
                    })}
            </div>
        </li>
    }
}
