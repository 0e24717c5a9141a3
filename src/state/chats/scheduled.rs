//! The viewer's messages that go out later, in the conversation on the screen.

use super::Chats;
use crate::client;
use causeway_api::{ChatId, chats::ScheduledMessage, paths::Side};
use leptos::{prelude::*, task::spawn_local};

impl Chats {
    /// The viewer's messages that wait in a chat, as far as they are known.
    pub fn scheduled_in(self, chat: ChatId) -> Vec<ScheduledMessage> {
        self.news().scheduled.with(|known| match known {
            Some((of, messages)) if *of == chat => messages.clone(),
            _ => Vec::new(),
        })
    }

    /// Asks what waits in a chat.
    pub fn load_scheduled(self, chat: ChatId) {
        if self.side == Side::Client {
            return;
        }
        spawn_local(async move {
            match client::chats::list_scheduled(chat).await {
                Ok(all) if !self.has_gone() => self.news().scheduled.set(Some((chat, all.messages))),
                Ok(_) => {}
                Err(error) => self.on_error(&error),
            }
        });
    }

    /// Asks again, if it is about the conversation on the screen.
    pub(super) fn reload_scheduled(self, about: Option<ChatId>) {
        let known = self.news().scheduled.with_untracked(|known| known.as_ref().map(|(chat, _)| *chat));
        if let Some(chat) = known.filter(|chat| about.is_none_or(|about| about == *chat)) {
            self.load_scheduled(chat);
        }
    }
}
