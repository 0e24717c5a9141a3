//! The pinned messages of the conversation on the screen.

use super::Chats;
use crate::client;
use causeway_api::{
    ChatId, EventBody,
    chats::{Message, Pin, Pins},
    paths::Side,
};
use leptos::{prelude::*, task::spawn_local};

/// The pinned messages of a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PinsOf(ChatId, Pins);

impl Chats {
    /// The pinned messages of a chat, as far as they are known.
    pub fn pins_of(self, chat: ChatId) -> Vec<Pin> {
        self.news().pins.with(|known| match known {
            Some(PinsOf(of, pins)) if *of == chat => pins.pins.clone(),
            _ => Vec::new(),
        })
    }

    /// Whether a message is pinned, as far as that is known.
    pub fn is_pinned(self, message: &Message) -> bool {
        self.news().pins.with(|known| {
            known.as_ref().is_some_and(|PinsOf(of, pins)| *of == message.chat && pins.has(message.id))
        })
    }

    /// Asks for the pinned messages of a chat. Clients see the lines about them only.
    pub(super) fn load_pins(self, chat: ChatId) {
        if self.side == Side::Client {
            return;
        }
        spawn_local(async move {
            match client::chats::list_pins(chat).await {
                Ok(pins) if !self.has_gone() => self.news().pins.set(Some(PinsOf(chat, pins))),
                Ok(_) => {}
                Err(error) => self.on_error(&error),
            }
        });
    }

    /// Asks again when an event changes what is pinned in the conversation on the screen.
    pub(super) fn note_pins(self, body: &EventBody) {
        let (chat, id) = match body {
            EventBody::MessagePinned { chat, .. } => (*chat, None),
            EventBody::MessageEdited { message } | EventBody::MessageDeleted { message } => {
                (message.chat, Some(message.id))
            }
            _ => return,
        };
        let is_about = self.news().pins.with_untracked(|known| {
            known.as_ref().is_some_and(|PinsOf(of, pins)| *of == chat && id.is_none_or(|id| pins.has(id)))
        });
        if is_about {
            self.load_pins(chat);
        }
    }
}
