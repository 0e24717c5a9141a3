//! What is on the screen, which the server is told, and the presence of the people there, which it tells.

use super::Chats;
use crate::client;
use causeway_api::{
    ChatId, PersonId,
    chats::AnswerTime,
    presence::{ClientFrame, LOOKED_AT_MAX, Presence},
};
use leptos::{prelude::*, task::spawn_local};
use std::collections::{BTreeSet, HashMap};

/// What is on the screen, and what is known of the people there.
#[derive(Clone, Copy)]
pub struct OnScreen {
    /// The conversation that is open.
    chat: RwSignal<Option<ChatId>>,
    /// The people of each part of the page that shows some.
    people: RwSignal<HashMap<u32, Vec<PersonId>>>,
    is_idle: RwSignal<bool>,
    presence: RwSignal<HashMap<PersonId, Presence>>,
    parts: StoredValue<u32>,
}

impl OnScreen {
    pub(super) fn nothing() -> Self {
        Self {
            chat: RwSignal::new(None),
            people: RwSignal::default(),
            is_idle: RwSignal::new(false),
            presence: RwSignal::default(),
            parts: StoredValue::new(0),
        }
    }
}

impl Chats {
    /// A part of the page shows these people until it goes.
    pub fn look_at(self, people: Signal<Vec<PersonId>>) {
        let screen = self.news().screen;
        let part = screen.parts.get_value();
        screen.parts.set_value(part + 1);
        Effect::new(move |_| {
            let people = people.get();
            screen.people.update(|parts| drop(parts.insert(part, people)));
        });
        on_cleanup(move || drop(screen.people.try_update(|parts| parts.remove(&part))));
    }

    /// A conversation is open, or none.
    pub(super) fn look_at_chat(self, chat: Option<ChatId>) {
        self.news().screen.chat.try_set(chat);
    }

    /// The page was used, or has not been for a while.
    pub fn note_use(self, is_used: bool) {
        let is_idle = self.news().screen.is_idle;
        if is_idle.try_get_untracked() == Some(is_used) {
            is_idle.set(!is_used);
        }
    }

    /// What the server is told that the page looks at.
    pub fn looking(self) -> ClientFrame {
        let screen = self.news().screen;
        let me = self.me();
        let people = screen.people.with(|parts| parts.values().flatten().copied().collect::<BTreeSet<_>>());
        let people = people.into_iter().filter(|person| *person != me).take(LOOKED_AT_MAX).collect();
        ClientFrame::Looking { chat: screen.chat.get(), people, is_idle: screen.is_idle.get() }
    }

    /// Whether a person is there, as far as this page was told.
    pub fn presence(self, person: PersonId) -> Option<Presence> {
        self.news().screen.presence.with(|all| all.get(&person).cloned())
    }

    pub(super) fn hear_presence(self, presence: Presence) {
        self.news().screen.presence.update(|all| drop(all.insert(presence.person, presence)));
    }

    /// The connection is lost: what was told may not hold any more, and is told again.
    pub(super) fn forget_presence(self) {
        self.news().screen.presence.set(HashMap::new());
    }

    /// How soon clients are usually answered in a chat.
    pub fn answer_time(self, chat: ChatId) -> RwSignal<Option<AnswerTime>> {
        let found = RwSignal::new(None);
        spawn_local(async move {
            // Without it the line below the name says nothing about it.
            if let Ok(time) = client::chats::answer_time(self.side, chat).await {
                found.try_set(Some(time));
            }
        });
        found
    }
}
