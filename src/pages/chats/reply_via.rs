//! On which channel a reply to a client goes: that of the chat, or another one on which the client is linked.

use crate::{
    client,
    components::{
        base::channel::channel_name,
        chat::composer::ReplyVia,
        form::menu::{MenuEntry, MenuLead},
    },
    i18n::t,
    state::{chats::Chats, delivery},
};
use causeway_api::{
    PersonId,
    chats::{Channel, Chat},
    contacts::LinkState,
    paths::Side,
    people::PersonKind,
};
use leptos::{prelude::*, task::spawn_local};

/// The channels whose clients write on pages of ours.
const OURS: [Channel; 2] = [Channel::Causeway, Channel::Wechat];

/// What is known of the channels of a client.
#[derive(Clone, PartialEq, Eq)]
enum Links {
    Asked,
    Failed,
    Known(Vec<(Channel, LinkState)>),
}

impl Links {
    /// Returns why a reply cannot go on a channel; `None` where it can.
    fn refusal(&self, channel: Channel) -> Option<&'static str> {
        match self {
            Self::Asked => Some("reply-checking"),
            Self::Failed => Some("reply-unknown"),
            Self::Known(links) => match links.iter().find(|(linked, _)| *linked == channel) {
                Some((_, LinkState::Linked)) => None,
                Some((_, LinkState::Pending)) => Some("reply-pending"),
                None => Some("channel-not-linked-text"),
            },
        }
    }
}

/// The channel of the replies in a conversation.
#[derive(Clone, Copy)]
pub(super) struct Replies {
    chosen: RwSignal<Option<Channel>>,
    of_chat: Memo<Channel>,
    links: RwSignal<Links>,
}

impl Replies {
    /// Follows the chat: when it goes on on another channel, so do the replies.
    pub(super) fn follow(chat: ArcRwSignal<Chat>) -> Self {
        let of_chat = Memo::new(move |_| chat.with(|chat| chat.channel));
        let chosen = RwSignal::new(None);
        Effect::new(move |_| {
            of_chat.track();
            chosen.set(None);
        });
        Self { chosen, of_chat, links: RwSignal::new(Links::Asked) }
    }

    /// The channel that the next reply goes on.
    pub(super) fn channel(self) -> Signal<Channel> {
        Signal::derive(move || self.chosen.get().unwrap_or(self.of_chat.get()))
    }

    /// The channel that was chosen; `None` for that of the chat.
    pub(super) fn chosen(self) -> Option<Channel> {
        self.chosen.get_untracked()
    }

    /// The choice in the conversation with a client; `None` in others.
    pub(super) fn choice(self, chat: &Chat, chats: Chats) -> Option<ReplyVia> {
        let client = delivery::counterpart(chat, chats.me())?;
        // External users sign in to the portal; they are on no channel.
        let is_client = client.kind == PersonKind::Client && client.role.is_none();
        let person = client.id;
        (is_client && chats.side == Side::Portal).then(|| ReplyVia {
            entries: Signal::derive(move || OURS.map(|channel| self.entry(channel)).to_vec()),
            on_open: Callback::new(move |()| self.load(person)),
        })
    }

    fn entry(self, channel: Channel) -> MenuEntry {
        let is_of_chat = self.of_chat.get() == channel;
        let refusal = self.links.with(|links| links.refusal(channel)).filter(|_| !is_of_chat);
        MenuEntry {
            lead: MenuLead::Channel(channel),
            text: channel_name(channel),
            refusal: refusal.map(t),
            is_checked: Some(self.channel().get() == channel),
            on_choose: Callback::new(move |()| self.chosen.set((!is_of_chat).then_some(channel))),
        }
    }

    /// Asks for the channels of the client, each time the menu is opened.
    fn load(self, person: PersonId) {
        spawn_local(async move {
            let links = match client::contacts::get_contact(person).await {
                Ok(contact) => {
                    let own = contact.channels.iter().filter(|link| link.person == person);
                    Links::Known(own.map(|link| (link.channel, link.state)).collect())
                }
                Err(_) => Links::Failed,
            };
            self.links.try_set(links);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_goes_only_where_the_client_is_linked_and_says_why_not_elsewhere() {
        let known =
            Links::Known(vec![(Channel::Causeway, LinkState::Linked), (Channel::Wechat, LinkState::Pending)]);
        for (links, channel, refusal) in [
            (&known, Channel::Causeway, None),
            (&known, Channel::Wechat, Some("reply-pending")),
            (&known, Channel::Line, Some("channel-not-linked-text")),
            (&Links::Asked, Channel::Causeway, Some("reply-checking")),
            (&Links::Failed, Channel::Causeway, Some("reply-unknown")),
        ] {
            assert_eq!(links.refusal(channel), refusal);
        }
    }
}
