//! Rules of chats without signals: what an event changes, what is unread, how far a message has come.

use causeway_api::{
    EventBody, Millis, PersonId,
    chats::{Chat, ChatKind, Member, Message, mentions_person},
    people::{Person, PersonKind},
};

/// How far a sent message has come with the others. It only ever moves forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Delivery {
    /// The server has it.
    Sent,
    /// It has reached a screen of everyone else.
    Delivered,
    /// Everyone else has read it.
    Read,
}

/// How far the others have come, as ordinals: delivered up to, read up to.
pub fn marks_of_others(chat: &Chat, me: PersonId) -> (i64, i64) {
    let others = || chat.members.iter().filter(|member| member.person.id != me);
    let least = |mark: fn(&Member) -> i64| others().map(mark).min().unwrap_or(0);
    let read = least(|member| member.read);
    (least(|member| member.delivered.max(member.read)), read)
}

/// How far the message with this ordinal has come.
pub fn delivery(ordinal: i64, (delivered, read): (i64, i64)) -> Delivery {
    if ordinal <= read {
        Delivery::Read
    } else if ordinal <= delivered {
        Delivery::Delivered
    } else {
        Delivery::Sent
    }
}

/// The viewer's own membership.
pub fn own(chat: &Chat, me: PersonId) -> Option<&Member> {
    chat.members.iter().find(|member| member.person.id == me)
}

/// How many messages the viewer has not read. Those that were deleted meanwhile cannot be read and do not count.
pub fn unread(chat: &Chat, me: PersonId) -> i64 {
    own(chat, me).map_or(0, |member| {
        let unread = member.read + 1..=chat.last_ordinal;
        let deleted = chat.deleted_unread.iter().filter(|ordinal| unread.contains(ordinal)).count() as i64;
        (chat.last_ordinal - member.read - deleted).max(0)
    })
}

/// Whether the viewer has something to come back to in a chat.
pub fn is_unread(chat: &Chat, me: PersonId) -> bool {
    chat.settings.is_marked_unread || unread(chat, me) > 0
}

/// How many messages of a chat the viewer is told of: none while it is muted or put away, unless one names the viewer; one
/// where it is only marked.
pub fn told_unread(chat: &Chat, me: PersonId, now: Millis) -> i64 {
    if (chat.settings.is_muted(now) || is_archived(chat, now)) && !is_mentioned(chat, me) {
        return 0;
    }
    unread(chat, me).max(i64::from(chat.settings.is_marked_unread))
}

/// Whether the viewer has put a chat away.
pub fn is_archived(chat: &Chat, now: Millis) -> bool {
    chat.settings.is_archived(chat.last_ordinal, now)
}

/// The other person of a direct chat.
pub fn counterpart(chat: &Chat, me: PersonId) -> Option<&Person> {
    let other = || chat.members.iter().map(|member| &member.person).find(|person| person.id != me);
    (chat.kind == ChatKind::Direct).then(other).flatten()
}

/// What a chat is called.
pub fn title(chat: &Chat, me: PersonId) -> String {
    counterpart(chat, me).map_or_else(|| chat.name.clone(), |person| person.name.clone())
}

/// Whether a client takes part: then the chat counts as one with clients.
pub fn has_client(chat: &Chat) -> bool {
    chat.members.iter().any(|member| member.person.kind == PersonKind::Client)
}

/// The clients of a chat whom a person who joins would meet as a client, too.
pub fn clients_met<'a>(chat: &'a Chat, joining: &Person) -> Vec<&'a Person> {
    let is_other = |person: &&Person| person.kind == PersonKind::Client && person.id != joining.id;
    let others = chat.members.iter().map(|member| &member.person).filter(is_other);
    if joining.kind == PersonKind::Client { others.collect() } else { Vec::new() }
}

/// Applies an event to the chat it is about. Applying it again changes nothing.
pub fn apply(chat: &mut Chat, body: &EventBody) {
    match body {
        EventBody::ChatCreated { chat: created } => {
            if chat.members.is_empty() {
                chat.clone_from(created);
            }
        }
        EventBody::MemberJoined { member, .. } => {
            chat.members.retain(|present| present.person.id != member.person.id);
            chat.members.push(member.clone());
        }
        EventBody::MemberLeft { person, .. } | EventBody::MemberRemoved { person, .. } => {
            chat.members.retain(|present| present.person.id != *person);
        }
        EventBody::GroupRenamed { name, .. } => chat.name.clone_from(name),
        EventBody::MessageSent { message } => {
            if message.ordinal > chat.last_ordinal {
                chat.last_ordinal = message.ordinal;
                chat.channel = message.channel;
                chat.last_message = Some(message.clone());
            }
            advance(chat, message.sender, |sender| {
                sender.delivered = sender.delivered.max(message.ordinal);
                sender.read = sender.read.max(message.ordinal);
            });
        }
        EventBody::MessageEdited { message }
        | EventBody::MessageDeleted { message }
        | EventBody::MessageReacted { message, .. } => {
            if chat.last_message.as_ref().is_some_and(|last| last.id == message.id) {
                chat.last_message = Some(message.clone());
            }
            if message.deleted_at.is_some() && !chat.deleted_unread.contains(&message.ordinal) {
                chat.deleted_unread.push(message.ordinal);
            }
        }
        EventBody::Delivered { person, up_to, .. } => {
            advance(chat, *person, |member| member.delivered = member.delivered.max(*up_to));
        }
        // What is pinned is asked for; the other is about no chat.
        EventBody::MessagePinned { .. } | EventBody::HashFormChanged => {}
        EventBody::Read { person, up_to, .. } => advance(chat, *person, |member| {
            member.read = member.read.max(*up_to);
            member.delivered = member.delivered.max(*up_to);
        }),
    }
}

/// Notes whether an event names the viewer in a message, or does no more.
pub fn note_mention(chat: &mut Chat, body: &EventBody, me: PersonId) {
    let (EventBody::MessageSent { message }
    | EventBody::MessageEdited { message }
    | EventBody::MessageDeleted { message }) = body
    else {
        return;
    };
    chat.mentioned_unread.retain(|ordinal| *ordinal != message.ordinal);
    if message.sender != me && mentions_person(&message.mentions, me) {
        chat.mentioned_unread.push(message.ordinal);
    }
}

/// Whether an unread message names the viewer.
pub fn is_mentioned(chat: &Chat, me: PersonId) -> bool {
    let read = own(chat, me).map_or(i64::MAX, |own| own.read);
    chat.mentioned_unread.iter().any(|ordinal| *ordinal > read)
}

fn advance(chat: &mut Chat, person: PersonId, change: impl FnOnce(&mut Member)) {
    if let Some(member) = chat.members.iter_mut().find(|member| member.person.id == person) {
        change(member);
    }
}

/// What the list is sorted by, the highest first: pinned ones above the others.
pub type Rank = (bool, Millis);

/// The rank of a chat.
pub fn rank(chat: &Chat) -> Rank {
    (chat.settings.pinned_at.is_some(), activity(chat))
}

/// When someone last wrote, or when the chat was made.
pub fn activity(chat: &Chat) -> i64 {
    chat.last_message.as_ref().map_or(chat.created_at, |message: &Message| message.sent_at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use causeway_api::{
        ChatId, MessageId,
        chats::{Channel, ChatSettings, Mention, MessageContent},
    };
    use uuid::Uuid;

    fn id(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn member(number: u128, delivered: i64, read: i64) -> Member {
        let person = Person {
            id: id(number),
            kind: PersonKind::Colleague,
            name: format!("P{number}"),
            role: None,
            company_role: String::new(),
            about: String::new(),
            name_lang: None,
            is_inactive: false,
        };
        Member { person, from: 1, delivered, read }
    }

    fn chat(members: Vec<Member>, last_ordinal: i64) -> Chat {
        Chat {
            id: ChatId(Uuid::from_u128(9)),
            kind: ChatKind::Group,
            name: "G".into(),
            members,
            channel: Channel::Causeway,
            created_at: 0,
            created_by: None,
            last_ordinal,
            last_message: None,
            deleted_unread: Vec::new(),
            mentioned_unread: Vec::new(),
            settings: ChatSettings::default(),
        }
    }

    fn message(ordinal: i64, sender: u128) -> Message {
        Message {
            id: MessageId(Uuid::from_u128(u128::try_from(ordinal).unwrap())),
            chat: ChatId(Uuid::from_u128(9)),
            ordinal,
            sender: id(sender),
            text: "t".into(),
            channel: Channel::Causeway,
            sent_at: ordinal,
            content: MessageContent::Text,
            reply_to: None,
            forwarded_from: None,
            mentions: Vec::new(),
            reactions: Vec::new(),
            edited_at: None,
            deleted_at: None,
        }
    }

    #[test]
    fn a_group_has_read_what_its_slowest_member_has_read() {
        let chat = chat(vec![member(1, 9, 9), member(2, 8, 3), member(3, 5, 5)], 9);
        let marks = marks_of_others(&chat, id(1));
        assert_eq!(marks, (5, 3));
        assert_eq!(delivery(3, marks), Delivery::Read);
        assert_eq!(delivery(5, marks), Delivery::Delivered);
        assert_eq!(delivery(6, marks), Delivery::Sent);
    }

    #[test]
    fn late_and_repeated_receipts_never_take_a_mark_back() {
        let mut chat = chat(vec![member(1, 0, 0), member(2, 0, 0)], 9);
        let body = |up_to| EventBody::Read { chat: ChatId(Uuid::from_u128(9)), person: id(2), up_to };
        let delivered = EventBody::Delivered { chat: ChatId(Uuid::from_u128(9)), person: id(2), up_to: 2 };
        for event in [body(7), body(3), delivered, body(7)] {
            apply(&mut chat, &event);
        }
        assert_eq!((chat.members[1].delivered, chat.members[1].read), (7, 7));
    }

    #[test]
    fn own_messages_are_read_and_those_of_others_are_not() {
        let mut chat = chat(vec![member(1, 0, 0), member(2, 0, 0)], 0);
        apply(&mut chat, &EventBody::MessageSent { message: message(1, 2) });
        assert_eq!((unread(&chat, id(1)), unread(&chat, id(2))), (1, 0));
        apply(&mut chat, &EventBody::MessageSent { message: message(2, 1) });
        assert_eq!((unread(&chat, id(1)), unread(&chat, id(2))), (0, 1));
    }

    #[test]
    fn a_message_that_was_deleted_before_it_was_read_is_not_unread() {
        let mut chat = chat(vec![member(1, 0, 0), member(2, 0, 0)], 0);
        for ordinal in 1..=3 {
            apply(&mut chat, &EventBody::MessageSent { message: message(ordinal, 2) });
        }
        let deleted = |ordinal| Message { deleted_at: Some(9), text: String::new(), ..message(ordinal, 2) };
        for ordinal in [2, 2, 3] {
            apply(&mut chat, &EventBody::MessageDeleted { message: deleted(ordinal) });
        }
        assert_eq!(unread(&chat, id(1)), 1);
        // Reading up to the deleted one leaves nothing, and later ones count from there.
        let read = EventBody::Read { chat: chat.id, person: id(1), up_to: 2 };
        apply(&mut chat, &read);
        assert_eq!(unread(&chat, id(1)), 0);
        apply(&mut chat, &EventBody::MessageSent { message: message(4, 2) });
        assert_eq!(unread(&chat, id(1)), 1);
    }

    #[test]
    fn what_is_muted_or_put_away_is_told_of_no_more_and_what_is_marked_counts_as_one() {
        let mut chat = chat(vec![member(1, 0, 0), member(2, 0, 0)], 0);
        chat.settings.is_marked_unread = true;
        assert_eq!((told_unread(&chat, id(1), 5), is_unread(&chat, id(1))), (1, true));
        for ordinal in 1..=2 {
            apply(&mut chat, &EventBody::MessageSent { message: message(ordinal, 2) });
        }
        assert_eq!(told_unread(&chat, id(1), 5), 2);
        chat.settings.muted_until = Some(6);
        assert_eq!((told_unread(&chat, id(1), 5), told_unread(&chat, id(1), 6)), (0, 2));
        chat.settings = ChatSettings { archived_through: Some(2), ..ChatSettings::default() };
        assert_eq!((told_unread(&chat, id(1), 5), is_archived(&chat, 5)), (0, true));
        apply(&mut chat, &EventBody::MessageSent { message: message(3, 2) });
        assert_eq!((told_unread(&chat, id(1), 5), is_archived(&chat, 5)), (3, false));
    }

    #[test]
    fn who_is_named_is_told_of_a_muted_chat_until_that_message_is_read_edited_or_deleted() {
        let mut chat = chat(vec![member(1, 0, 0), member(2, 0, 0)], 0);
        chat.settings.muted_until = Some(9);
        let mention = Mention { person: Some(id(1)), from: 0, length: 2 };
        let named = Message { mentions: vec![mention], ..message(1, 2) };
        let take = |chat: &mut Chat, body: EventBody| {
            apply(chat, &body);
            note_mention(chat, &body, id(1));
        };
        take(&mut chat, EventBody::MessageSent { message: named.clone() });
        assert_eq!((told_unread(&chat, id(1), 5), is_mentioned(&chat, id(1))), (1, true));
        take(&mut chat, EventBody::MessageEdited { message: message(1, 2) });
        assert!(!is_mentioned(&chat, id(1)));
        take(&mut chat, EventBody::MessageEdited { message: named });
        assert!(is_mentioned(&chat, id(1)));
        take(&mut chat, EventBody::Read { chat: ChatId(Uuid::from_u128(9)), person: id(1), up_to: 1 });
        assert!(!is_mentioned(&chat, id(1)));
    }

    #[test]
    fn pinned_chats_stand_above_newer_ones() {
        let (mut old, new) = (chat(Vec::new(), 0), Chat { created_at: 9, ..chat(Vec::new(), 0) });
        assert!(rank(&new) > rank(&old));
        old.settings.pinned_at = Some(1);
        assert!(rank(&old) > rank(&new));
    }

    #[test]
    fn the_same_event_twice_is_the_same_as_once() {
        let mut once = chat(vec![member(1, 0, 0), member(2, 0, 0)], 0);
        let events = [
            EventBody::MessageSent { message: message(1, 2) },
            EventBody::MemberJoined { chat: once.id, member: member(3, 1, 1) },
            EventBody::GroupRenamed { chat: once.id, name: "H".into(), by: id(1), after: 1 },
            EventBody::MemberLeft { chat: once.id, person: id(2), after: Some(1) },
            EventBody::MemberRemoved { chat: once.id, person: id(1), by: id(3), after: 1 },
        ];
        events.iter().for_each(|event| apply(&mut once, event));
        let mut twice = once.clone();
        events.iter().for_each(|event| apply(&mut twice, event));
        assert_eq!(once.last_ordinal, twice.last_ordinal);
        assert_eq!(once.members.len(), twice.members.len());
        assert_eq!((twice.name.as_str(), twice.members.len()), ("H", 1));
    }
}
