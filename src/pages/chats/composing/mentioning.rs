//! Whom a message can name.

use crate::{components::chat::composer::Mentionable, i18n::t, state::chats::Chats};
use causeway_api::{ChatId, chats::EVERYONE};
use leptos::prelude::*;

/// The people of a chat that a message can name, those at once last.
pub(in crate::pages::chats) fn of(chat: ChatId, chats: Chats) -> Callback<(), Vec<Mentionable>> {
    Callback::new(move |()| {
        let mut people: Vec<Mentionable> = chats
            .mentionable(chat)
            .into_iter()
            .map(|person| Mentionable {
                note: person.line().to_owned(),
                kind: Some(person.kind),
                name: person.name,
            })
            .collect();
        if !people.is_empty() && chats.can_mention_everyone(chat) {
            let name = EVERYONE.trim_start_matches('@').to_owned();
            people.push(Mentionable { name, note: t("mention-everyone"), kind: None });
        }
        people
    })
}
