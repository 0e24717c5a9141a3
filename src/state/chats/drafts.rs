//! What was typed and not sent, and what it replies to, kept in the browser.

use super::Chats;
use crate::state::storage;
use causeway_api::{ChatId, chats::Message};
use leptos::prelude::*;

impl Chats {
    /// The next message to a chat replies to this one, or none.
    pub fn reply(self, chat: ChatId, message: Option<Message>) {
        self.replying.update(|all| match message {
            Some(message) => drop(all.insert(chat, message)),
            None => drop(all.remove(&chat)),
        });
        self.replying.with_untracked(|all| storage::write(&storage::personal("replying", self.me()), all));
    }

    /// What was typed and not sent.
    pub fn set_draft(self, chat: ChatId, text: &str) {
        self.drafts.update(|drafts| {
            if text.trim().is_empty() {
                drafts.remove(&chat);
            } else {
                drafts.insert(chat, text.to_owned());
            }
        });
        self.drafts.with_untracked(|drafts| storage::write(&storage::personal("drafts", self.me()), drafts));
    }
}
