//! The lines of a timeline as the stream tells of them. The server sends the same with a page of messages.

use causeway_api::{
    Event, EventBody, PersonId,
    chats::{Chat, ChatChange, ChatKind, ChatLine, Named},
};

/// The line of an event in the timeline of its chat, which has not been changed by the event yet; `None` for an event without
/// a line.
pub fn of(event: &Event, chat: &Chat) -> Option<ChatLine> {
    let named = |id: PersonId| {
        let member = chat.members.iter().find(|member| member.person.id == id);
        Named { id, name: member.map_or_else(String::new, |member| member.person.name.clone()) }
    };
    let change = match &event.body {
        EventBody::ChatCreated { chat } if chat.kind == ChatKind::Group => {
            ChatChange::Created { by: named(chat.created_by?) }
        }
        EventBody::GroupRenamed { by, name, .. } => {
            ChatChange::Renamed { by: named(*by), name: name.clone() }
        }
        EventBody::MessagePinned { by, ordinal, is_on, .. } => {
            ChatChange::Pinned { by: named(*by), ordinal: *ordinal, is_on: *is_on }
        }
        EventBody::MemberJoined { member, .. } => {
            ChatChange::Joined { who: Named { id: member.person.id, name: member.person.name.clone() } }
        }
        EventBody::MemberLeft { person, .. } => ChatChange::Left { who: named(*person) },
        EventBody::MemberRemoved { person, by, .. } => {
            ChatChange::Removed { by: named(*by), who: named(*person) }
        }
        _ => return None,
    };
    let after = event.body.line_after().unwrap_or(chat.last_ordinal);
    Some(ChatLine { seq: event.seq, at: event.at, after, change })
}

#[cfg(test)]
mod tests {
    use super::*;
    use causeway_api::{
        ChatId,
        chats::{Channel, Member},
        people::{Person, PersonKind},
    };
    use uuid::Uuid;

    fn id(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn member(number: u128, name: &str) -> Member {
        let person = Person {
            id: id(number),
            kind: PersonKind::Colleague,
            name: name.to_owned(),
            role: None,
            about: String::new(),
            company_role: String::new(),
            name_lang: None,
            is_inactive: false,
        };
        Member { person, from: 1, delivered: 0, read: 0 }
    }

    fn chat() -> Chat {
        Chat {
            id: ChatId(Uuid::nil()),
            kind: ChatKind::Group,
            name: "G".to_owned(),
            members: vec![member(1, "Priya"), member(2, "Daniel")],
            channel: Channel::Causeway,
            created_at: 0,
            created_by: Some(id(1)),
            last_ordinal: 7,
            last_message: None,
            deleted_unread: Vec::new(),
            mentioned_unread: Vec::new(),
            settings: causeway_api::chats::ChatSettings::default(),
        }
    }

    #[test]
    fn a_removed_member_still_has_a_name_in_the_line() {
        let chat = chat();
        let body = EventBody::MemberRemoved { chat: chat.id, person: id(2), by: id(1), after: 5 };
        let line = of(&Event { seq: 9, at: 3, body }, &chat).expect("a line");
        let named = |number, name: &str| Named { id: id(number), name: name.to_owned() };
        assert_eq!(line.change, ChatChange::Removed { by: named(1, "Priya"), who: named(2, "Daniel") });
        assert_eq!((line.seq, line.at, line.after), (9, 3, 5));
    }

    #[test]
    fn a_departure_without_a_place_is_below_the_newest_message() {
        let chat = chat();
        let body = EventBody::MemberLeft { chat: chat.id, person: id(2), after: None };
        assert_eq!(of(&Event { seq: 9, at: 3, body }, &chat).map(|line| line.after), Some(7));
        let read = EventBody::Read { chat: chat.id, person: id(2), up_to: 7 };
        assert_eq!(of(&Event { seq: 10, at: 3, body: read }, &chat), None);
    }
}
