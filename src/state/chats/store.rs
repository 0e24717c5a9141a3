//! The chats by their id, and their order in the list.

use super::{Chats, Opened};
use crate::{
    i18n,
    state::{delivery, timeline::Timeline},
};
use causeway_api::{ChatId, chats::Chat};
use leptos::prelude::*;

impl Chats {
    /// One chat, as a signal of its own.
    pub fn get(self, id: ChatId) -> Option<ArcRwSignal<Chat>> {
        self.entries.with(|entries| entries.get(&id).cloned())
    }

    /// One chat that is there, as a signal of its own, for components that stand for that chat: they do not follow
    /// whether it is there.
    pub fn row(self, id: ChatId) -> Option<ArcRwSignal<Chat>> {
        self.entries.with_untracked(|entries| entries.get(&id).cloned())
    }

    /// One chat, without following it.
    pub fn peek(self, id: ChatId) -> Option<Chat> {
        self.entries.with_untracked(|entries| entries.get(&id).map(|chat| chat.get_untracked()))
    }

    /// How many messages are unread over all chats that tell of them; one that is marked counts as one.
    pub fn unread_total(self) -> i64 {
        let me = self.me();
        self.order.with(|order| {
            order
                .iter()
                .filter_map(|id| self.get(*id))
                .map(|chat| chat.with(|chat| delivery::told_unread(chat, me, i18n::now())))
                .sum()
        })
    }

    /// Takes a chat in, new or newer.
    pub fn upsert(self, chat: Chat) {
        let known = self.entries.with_untracked(|entries| entries.get(&chat.id).cloned());
        if let Some(Opened(id, timeline)) = self.opened.get_value()
            && id == chat.id
        {
            // Behind too long an absence the stream does not fill the gap: the pages will be fetched.
            timeline.update(|timeline| timeline.last = timeline.last.max(chat.last_ordinal));
        }
        let id = chat.id;
        match known {
            Some(known) => known.set(chat),
            None => {
                self.entries.update(|entries| drop(entries.insert(id, ArcRwSignal::new(chat))));
                self.sort();
            }
        }
        self.await_end_of_muting(id);
    }

    /// Takes a chat out of the list: the viewer is no member any more.
    pub fn leave_out(self, id: ChatId) {
        self.entries.update(|entries| drop(entries.remove(&id)));
        self.sort();
    }

    pub(super) fn sort(self) {
        let mut order: Vec<(delivery::Rank, ChatId)> = self.entries.with_untracked(|entries| {
            entries.iter().map(|(id, chat)| (chat.with_untracked(delivery::rank), *id)).collect()
        });
        order.sort_unstable_by(|one, other| other.cmp(one));
        let order: Vec<ChatId> = order.into_iter().map(|(_, id)| id).collect();
        if self.order.with_untracked(|current| *current != order) {
            self.order.set(order);
        }
    }

    /// The conversation on the screen, which new messages are added to.
    pub fn open(self, chat: ChatId, timeline: RwSignal<Timeline>) {
        self.opened.set_value(Some(Opened(chat, timeline)));
        self.look_at_chat(Some(chat));
        self.came_back(chat);
        self.load_pins(chat);
        self.load_scheduled(chat);
        self.heard.set(Vec::new());
    }

    /// The conversation has left the screen.
    pub fn close(self, timeline: RwSignal<Timeline>) {
        let was_it =
            self.opened.try_update_value(|opened| opened.take_if(|opened| opened.1 == timeline).is_some());
        if was_it == Some(true) {
            self.look_at_chat(None);
        }
    }
}
