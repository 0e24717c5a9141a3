//! What pages look at: who is told that someone writes or is there. The cost of news is that of those who have it on the
//! screen, not of all who could (zulip, docs/subsystems/presence.md).

use crate::{actor::PersonKey, domain::presence::Looks};
use causeway_api::{ChatId, PersonId};
use std::collections::{HashMap, HashSet};

/// A socket: its person and its number.
pub(super) type Place = (PersonId, u64);

/// Which sockets look at what, and whose presence may have changed.
#[derive(Default)]
pub(super) struct Attention {
    at_chat: HashMap<ChatId, HashSet<Place>>,
    at_person: HashMap<PersonId, HashSet<Place>>,
    changed: HashSet<PersonKey>,
}

impl Attention {
    /// A socket looks at something else.
    pub(super) fn turn(&mut self, place: Place, from: &Looks, to: &Looks) {
        if let Some(chat) = from.chat {
            leave(&mut self.at_chat, &chat, place);
        }
        for person in &from.people {
            leave(&mut self.at_person, person, place);
        }
        if let Some(chat) = to.chat {
            self.at_chat.entry(chat).or_default().insert(place);
        }
        for person in &to.people {
            self.at_person.entry(*person).or_default().insert(place);
        }
    }

    /// The sockets that have a conversation open.
    pub(super) fn at_chat(&self, chat: ChatId) -> Vec<Place> {
        self.at_chat.get(&chat).map(|places| places.iter().copied().collect()).unwrap_or_default()
    }

    /// The sockets that have a person on the screen.
    pub(super) fn at_person(&self, person: PersonId) -> Vec<Place> {
        self.at_person.get(&person).map(|places| places.iter().copied().collect()).unwrap_or_default()
    }

    /// Someone's presence may have changed.
    pub(super) fn changed(&mut self, person: PersonKey) {
        self.changed.insert(person);
    }

    /// Whose presence may have changed since this was asked last.
    pub(super) fn take_changed(&mut self) -> Vec<PersonKey> {
        std::mem::take(&mut self.changed).into_iter().collect()
    }
}

fn leave<K: std::hash::Hash + Eq>(map: &mut HashMap<K, HashSet<Place>>, key: &K, place: Place) {
    if let Some(places) = map.get_mut(key) {
        places.remove(&place);
        if places.is_empty() {
            map.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_socket_is_found_by_what_it_looks_at_and_nothing_is_left_behind() {
        let (me, other) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        let chat = ChatId(Uuid::from_u128(3));
        let mut attention = Attention::default();
        let looks = Looks { chat: Some(chat), people: vec![other], usage: None };
        attention.turn((me, 7), &Looks::default(), &looks);
        assert_eq!((attention.at_chat(chat), attention.at_person(other)), (vec![(me, 7)], vec![(me, 7)]));
        attention.turn((me, 7), &looks, &Looks::default());
        assert!(attention.at_chat.is_empty() && attention.at_person.is_empty());
    }
}
