//! Who is writing, as far as this page was told a few seconds ago; and telling the others that its own person is.

use super::Chats;
use crate::client;
use causeway_api::{
    ChatId, PersonId,
    signals::{TYPING_INTERVAL, TYPING_LIFETIME},
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

/// Someone who is writing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Typist {
    chat: ChatId,
    person: PersonId,
    /// When this page was told, in milliseconds.
    at: f64,
}

impl Chats {
    /// Who is writing in a chat.
    pub fn typists(self, chat: ChatId) -> Vec<PersonId> {
        self.news().typing.with(|all| all.iter().filter(|it| it.chat == chat).map(|it| it.person).collect())
    }

    /// Someone is writing.
    pub(super) fn hear_typing(self, chat: ChatId, person: PersonId) {
        let typing = self.news().typing;
        let at = js_sys::Date::now();
        typing.update(|all| {
            all.retain(|it| (it.chat, it.person) != (chat, person));
            all.push(Typist { chat, person, at });
        });
        spawn_local(async move {
            TimeoutFuture::new(u32::try_from(TYPING_LIFETIME).unwrap_or_default()).await;
            // Told again meanwhile, it holds longer. The page may have gone.
            let is_over = |it: &Typist| (it.chat, it.person, it.at) == (chat, person, at);
            if typing.try_with_untracked(|all| all.iter().any(is_over)) == Some(true) {
                typing.update(|all| all.retain(|it| !is_over(it)));
            }
        });
    }

    /// What someone was writing has arrived.
    pub(super) fn has_written(self, chat: ChatId, person: PersonId) {
        let typing = self.news().typing;
        let is_it = |it: &Typist| (it.chat, it.person) == (chat, person);
        if typing.with_untracked(|all| all.iter().any(is_it)) {
            typing.update(|all| all.retain(|it| !is_it(it)));
        }
    }

    /// The person of this page is writing: the others are told now and then.
    pub fn tell_typing(self, chat: ChatId) {
        let (now, told) = (js_sys::Date::now(), self.news().told_typing);
        if told.get_value().is_some_and(|(told, at)| told == chat && now - at < TYPING_INTERVAL as f64) {
            return;
        }
        told.set_value(Some((chat, now)));
        spawn_local(async move {
            // It is of no use later, so it is not told again.
            let _ = client::chats::tell_typing(self.side, chat).await;
        });
    }
}
