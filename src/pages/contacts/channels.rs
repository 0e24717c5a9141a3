//! The channels of a client: a card each, unlinked, pending or linked.

mod card;

use super::qr::Qr;
use crate::{
    client,
    components::form::dialog::Dialog,
    i18n::t,
    pages::{explain, submission::Submission},
    state::toasts::Toasts,
};
use card::{linked_card, pending_card, unlinked_card};
use causeway_api::{
    PersonId,
    chats::Channel,
    contacts::{ChannelLink, ChannelOffer, Contact, Identity, Invite, Invited, InvitedProfile, LinkState},
};
use leptos::{prelude::*, task::spawn_local};

/// What is done with the channels of a client.
#[derive(Clone, Copy)]
struct Acts {
    contact: Signal<Option<Contact>>,
    put: Callback<Contact>,
    edit: Callback<()>,
    /// The link of an invitation that was just sent, to show.
    link: RwSignal<Option<String>>,
    submission: Submission,
    toasts: Toasts,
}

impl Acts {
    /// Unlinks a channel of the contact, or of one that was merged into it.
    fn unlink(self, whose: PersonId, channel: Channel) {
        self.submission
            .send(move || client::contacts::unlink_channel(whose, channel), move |new| self.put.run(new));
    }

    /// Sends an invitation again.
    fn resend(self, whose: PersonId, channel: Channel) {
        let ask = move || client::contacts::resend_invitation(whose, channel);
        self.submission.send(ask, move |done| self.invited(done));
    }

    /// Invites the client to another channel at once: the address is known.
    fn invite(self, offer: ChannelOffer) {
        let Some(contact) = self.contact.get_untracked() else { return };
        let identity = Identity {
            channel: offer.channel,
            country: contact.profile.country,
            phone: if offer.by_email { String::new() } else { contact.profile.phone },
            email: contact.profile.email,
        };
        let profile = InvitedProfile::Existing { person: contact.person.id };
        let new = Invite { identity, profile };
        let ask = move || {
            let new = new.clone();
            async move { client::contacts::invite(&new).await }
        };
        self.submission.send(ask, move |done| self.invited(done));
    }

    /// Says that an invitation was sent and shows its link, if it has one.
    fn invited(self, done: Invited) {
        self.toasts.say(t("invitation-sent"));
        self.link.set(done.link);
        self.put.run(done.contact);
    }
}

/// A card for each channel of a client: link it, send the invitation again, or unlink it.
#[component]
pub(super) fn Channels(
    contact: Signal<Option<Contact>>,
    /// Shows the contact as the server has returned it.
    put: Callback<Contact>,
    /// Opens the profile for editing: its address is wrong.
    edit: Callback<()>,
) -> impl IntoView {
    let (toasts, link) = (expect_context::<Toasts>(), RwSignal::new(None::<String>));
    let acts = Acts { contact, put, edit, link, submission: Submission::new().in_toasts(), toasts };
    let offers = RwSignal::new(Vec::<ChannelOffer>::new());
    spawn_local(async move {
        match client::contacts::list_channels().await {
            Ok(all) => drop(offers.try_set(all)),
            Err(error) => toasts.error(explain(&error)),
        }
    });
    let cards = move |offer: ChannelOffer| {
        let links: Vec<ChannelLink> = contact.with(|contact| {
            let all = contact.iter().flat_map(|it| &it.channels);
            all.filter(|link| link.channel == offer.channel).cloned().collect()
        });
        if links.is_empty() {
            return unlinked_card(offer, acts).into_any();
        }
        let card = |link: ChannelLink| match link.state {
            LinkState::Linked => linked_card(link, acts).into_any(),
            LinkState::Pending => pending_card(link, acts).into_any(),
        };
        links.into_iter().map(card).collect_view().into_any()
    };
    view! {
        <h3 class="visually-hidden">{t("contact-channels")}</h3>
        <ul class="channel-grid">{move || offers.get().into_iter().map(cards).collect_view()}</ul>
        {move || {
            link.get()
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
