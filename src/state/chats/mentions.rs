//! Whom a text names.

use super::Chats;
use causeway_api::{
    ChatId, PersonId,
    chats::{ChatKind, Mention, mentions_in},
    paths::Side,
    people::Person,
};

impl Chats {
    /// Whom the viewer can name in a chat: the others in a group.
    pub fn mentionable(self, chat: ChatId) -> Vec<Person> {
        let Some(chat) = self.peek(chat).filter(|chat| chat.kind == ChatKind::Group) else {
            return Vec::new();
        };
        let me = self.me();
        chat.members.into_iter().map(|member| member.person).filter(|person| person.id != me).collect()
    }

    /// Whether the viewer can name everybody in a chat at once.
    pub fn can_mention_everyone(self, chat: ChatId) -> bool {
        let me = self.me();
        let is_group = self.peek(chat).filter(|chat| chat.kind == ChatKind::Group);
        self.side == Side::Portal
            && is_group.is_some_and(|chat| {
                chat.members.iter().any(|member| member.person.id == me && member.person.writes_as_employee())
            })
    }

    /// The mentions that a text makes in a chat.
    pub fn mentions_in(self, chat: ChatId, text: &str) -> Vec<Mention> {
        if !text.contains('@') {
            return Vec::new();
        }
        let people: Vec<(PersonId, String)> =
            self.mentionable(chat).into_iter().map(|person| (person.id, person.name)).collect();
        mentions_in(text, &people, self.can_mention_everyone(chat))
    }
}
