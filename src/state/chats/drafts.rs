//! What was typed and not sent, kept in the browser.

use super::Chats;
use crate::state::storage;
use causeway_api::ChatId;
use leptos::prelude::*;

impl Chats {
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
