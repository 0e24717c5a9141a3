//! How the viewer has arranged the chats.

use super::Chats;
use crate::{client, i18n};
use causeway_api::{
    ChatId,
    chats::{ChangeChatSettings, ChatSettings, MUTED_FOR_GOOD},
    paths::Side,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::collections::HashMap;

impl Chats {
    /// A chat is arranged differently.
    pub fn settings_changed(self, id: ChatId, settings: ChatSettings) {
        let Some(chat) = self.row(id) else { return };
        if chat.with_untracked(|chat| chat.settings) != settings {
            chat.update(|chat| chat.settings = settings);
            self.sort();
        }
        self.await_end_of_muting(id);
    }

    /// Looks again when muting ends: until then nothing else would draw the chat anew.
    pub(super) fn await_end_of_muting(self, id: ChatId) {
        let until = self.row(id).and_then(|chat| chat.with_untracked(|chat| chat.settings.muted_until));
        let Some(until) = until.filter(|until| *until < MUTED_FOR_GOOD) else { return };
        // Timers of browsers take 31 bits; what is farther away outlives hardly any page.
        let Ok(left @ ..=0x7fff_ffff) = u32::try_from((until - i18n::now()).max(0)) else { return };
        spawn_local(async move {
            TimeoutFuture::new(left).await;
            if self.has_gone() {
                return;
            }
            let chat = self
                .row(id)
                .filter(|chat| chat.with_untracked(|chat| chat.settings.muted_until) == Some(until));
            if let Some(chat) = chat {
                chat.update(|chat| chat.settings.muted_until = None);
            }
        });
    }

    /// Asks how the chats are arranged, behind a lost connection: nothing tells of it again.
    pub(super) fn reload_chat_settings(self) {
        if self.side == Side::Client {
            return;
        }
        spawn_local(async move {
            match client::chats::list_chat_settings().await {
                Ok(all) if !self.has_gone() => {
                    let mut settings: HashMap<ChatId, ChatSettings> =
                        all.chats.into_iter().map(|one| (one.chat, one.settings)).collect();
                    for id in self.order.get_untracked() {
                        self.settings_changed(id, settings.remove(&id).unwrap_or_default());
                    }
                }
                Ok(_) => {}
                Err(error) => self.on_error(&error),
            }
        });
    }

    /// Everything of a chat has been read.
    pub fn mark_all_read(self, id: ChatId) {
        if let Some(chat) = self.peek(id) {
            self.mark(id, chat.last_ordinal, chat.last_ordinal);
        }
    }

    /// The viewer has come back to a chat that was marked.
    pub(super) fn came_back(self, id: ChatId) {
        let is_marked = self.peek(id).is_some_and(|chat| chat.settings.is_marked_unread);
        if !is_marked {
            return;
        }
        spawn_local(async move {
            let asked = ChangeChatSettings::MarkUnread { is_on: false };
            match client::chats::change_chat_settings(id, asked).await {
                Ok(settings) if !self.has_gone() => self.settings_changed(id, settings),
                Ok(_) => {}
                Err(error) => self.on_error(&error),
            }
        });
    }
}
