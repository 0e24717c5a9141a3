//! The channels of a client: a card each, unlinked, pending or linked.

use super::qr::Qr;
use crate::{
    client,
    components::{
        base::{
            channel::channel_name,
            icon::{Icon, IconSize},
            undelivered::UndeliveredNotes,
        },
        form::dialog::Dialog,
    },
    i18n::{self, Arg, t, tx},
    pages::{explain, submission::Submission},
    state::toasts::Toasts,
};
use causeway_api::{
    PersonId,
    chats::Channel,
    contacts::{ChannelLink, ChannelOffer, Contact, Identity, Invite, Invited, InvitedProfile, LinkState},
};
use leptos::{prelude::*, task::spawn_local};

/// A card for each channel of a client: link it, send the invitation again, or unlink it.
#[component]
pub(super) fn Channels(
    id: PersonId,
    contact: Signal<Option<Contact>>,
    put: Callback<Contact>,
    edit: Callback<()>,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let (offers, link) = (RwSignal::new(Vec::<ChannelOffer>::new()), RwSignal::new(None::<String>));
    spawn_local(async move {
        match client::contacts::list_channels().await {
            Ok(all) => drop(offers.try_set(all)),
            Err(error) => toasts.error(explain(&error)),
        }
    });
    let submission = Submission::new().in_toasts();
    // A channel hangs on the contact, or on one that was folded into it.
    let unlink = move |whose: PersonId, channel: Channel| {
        submission.send(move || client::contacts::unlink_channel(whose, channel), move |new| put.run(new));
    };
    let invited = move |done: Invited| {
        toasts.say(t("invitation-sent"));
        link.set(done.link);
        put.run(done.contact);
    };
    let resend = move |whose: PersonId, channel: Channel| {
        submission.send(move || client::contacts::resend_invitation(whose, channel), invited);
    };
    // A client whose address is known is invited to another channel at once.
    let invite = move |offer: ChannelOffer| {
        let Some(contact) = contact.get_untracked() else { return };
        let identity = Identity {
            channel: offer.channel,
            country: contact.profile.country.clone(),
            phone: if offer.by_email { String::new() } else { contact.profile.phone.clone() },
            email: contact.profile.email.clone(),
        };
        let new = Invite { identity, profile: InvitedProfile::Existing { person: id } };
        let ask = move || {
            let new = new.clone();
            async move { client::contacts::invite(&new).await }
        };
        submission.send(ask, invited);
    };
    let cards = move |offer: ChannelOffer| {
        let links: Vec<ChannelLink> = contact.with(|contact| {
            let all = contact.iter().flat_map(|it| &it.channels);
            all.filter(|link| link.channel == offer.channel).cloned().collect()
        });
        if links.is_empty() {
            return unlinked_card(offer, invite).into_any();
        }
        let card = |link: ChannelLink| match link.state {
            LinkState::Linked => linked_card(link, unlink).into_any(),
            LinkState::Pending => pending_card(link, unlink, resend, edit).into_any(),
        };
        links.into_iter().map(card).collect_view().into_any()
    };
    view! {
        <h3 class="visually-hidden">{t("contact-channels")}</h3>
        <ul class="channel-grid">{move || offers.get().into_iter().map(cards).collect_view()}</ul>
        {move || {
            link
                .get()
                .map(|address| {
                    view! {
                        <Dialog title=t("invitation-link-title") on_close=move |()| link.set(None)>
                            <Qr link=address />
                        </Dialog>
                    }
                })
        }}
    }
}

/// The badge, the name and the state: what every card begins with.
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
                <use href=format!("#c-{key}")></use>
            </svg>
        </span>
        <h4 class="channel-card__name">{channel_name(channel)}</h4>
        <span class=pill>{icon.map(|name| view! { <Icon name=name size=IconSize::Xs /> })}{t(state)}</span>
    }
}

fn named(label: &str, channel: Channel) -> String {
    tx(label, &[("channel", Arg::Text(&channel_name(channel)))])
}

fn linked_card(link: ChannelLink, unlink: impl Fn(PersonId, Channel) + Copy + 'static) -> impl IntoView {
    let since = link.linked_at.map(|at| tx("linked-since", &[("date", Arg::Text(&i18n::full_date(at)))]));
    let channel = link.channel;
    view! {
        <li class="channel-card" data-channel=channel.as_str()>
            {top(channel, false, "pill pill--success", Some("i-check"), "channel-state-linked")}
            <p class="channel-card__addr num">{link.address}</p>
            <div class="channel-card__foot">
                <span>{since}</span>
                <span class="btn-row">
                    <button
                        class="btn btn--sm btn--danger"
                        type="button"
                        aria-label=named("unlink-channel", channel)
                        on:click=move |_| unlink(link.person, channel)
                    >
                        {t("unlink")}
                    </button>
                </span>
            </div>
        </li>
    }
}

fn pending_card(
    link: ChannelLink,
    cancel: impl Fn(PersonId, Channel) + Copy + 'static,
    resend: impl Fn(PersonId, Channel) + Copy + 'static,
    edit: Callback<()>,
) -> impl IntoView {
    let channel = link.channel;
    let is_unreached = link.undelivered.iter().any(|one| one.fault.is_about_address());
    let when = |at| format!("{} {}", i18n::full_date(at), i18n::clock_time(at));
    let (sent, expires) = (when(link.invited_at), when(link.expires_at));
    let args = [("sent", Arg::Text(sent.as_str())), ("expires", Arg::Text(&expires))];
    let left = tx("sends-left", &[("count", Arg::Number(link.sends_left))]);
    view! {
        <li class="channel-card channel-card--pending" data-channel=channel.as_str()>
            {top(channel, false, "pill pill--warning", Some("i-clock"), "channel-state-pending")}
            <p class="channel-card__addr num">{link.address}</p>
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
                        on:click=move |_| cancel(link.person, channel)
                    >
                        {t("cancel")}
                    </button>
                    {is_unreached
                        .then(|| {
                            view! {
                                <button class="btn btn--sm" type="button" on:click=move |_| edit.run(())>
                                    {t("edit-address")}
                                </button>
                            }
                        })}
                    <button
                        class="btn btn--sm"
                        type="button"
                        aria-label=named("resend-invitation", channel)
                        disabled=link.sends_left == 0
                        on:click=move |_| resend(link.person, channel)
                    >
                        {t("resend")}
                    </button>
                </span>
            </div>
        </li>
    }
}

fn unlinked_card(offer: ChannelOffer, invite: impl Fn(ChannelOffer) + Copy + 'static) -> impl IntoView {
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
                                    on:click=move |_| invite(offer)
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
