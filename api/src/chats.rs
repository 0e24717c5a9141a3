//! Chats, messages and receipts.

use crate::{
    ChatId, MessageId, Millis, PersonId,
    page::MessagesLimit,
    people::{Person, Role},
    query::{Ordinal, is_usual},
};
use serde::{Deserialize, Serialize};

words! {
    /// A direct conversation of two, or a group with a name.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    #[serde(rename_all = "snake_case")]
    pub enum ChatKind {
        /// Two people; exactly one such chat exists between them.
        Direct = "direct",
        /// Several people and a name.
        Group = "group",
    }
}

words! {
    /// The messaging service a message travels on.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    #[serde(rename_all = "snake_case")]
    pub enum Channel {
        /// Our own web chat.
        Causeway = "causeway",
        /// The mini program's page inside WeChat.
        Wechat = "wechat",
        /// WhatsApp.
        Whatsapp = "whatsapp",
        /// LINE.
        Line = "line",
    }
}

/// A member of a chat and how far that member has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Member {
    /// The member as the others see it.
    pub person: Person,
    /// The ordinal of the first message this member may see.
    pub from: i64,
    /// Every message up to this ordinal has reached one of the member's screens.
    pub delivered: i64,
    /// Every message up to this ordinal was read.
    pub read: i64,
}

/// A chat as one of its members sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Chat {
    /// The id of the chat.
    pub id: ChatId,
    /// Direct or group.
    pub kind: ChatKind,
    /// The name of a group; empty for a direct chat, which is named after the other member.
    pub name: String,
    /// The present members, the viewer included.
    pub members: Vec<Member>,
    /// The channel that messages to the client travel on.
    pub channel: Channel,
    /// When it was made.
    pub created_at: Millis,
    /// Who made it. Chats in events that were recorded earlier do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<PersonId>,
    /// The ordinal of the newest message; ordinals run from 1 without gaps.
    pub last_ordinal: i64,
    /// The newest message.
    pub last_message: Option<Message>,
    /// Ordinals behind the caller's read mark whose messages were deleted: they do not count as unread.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deleted_unread: Vec<i64>,
}

/// Whether a member manages a group, which is to rename it and to remove others: whoever made it, and members who govern
/// the company. When whoever made it is no member any more, so does the employee who has been in it for longest; `members`
/// are in the order in which they joined.
pub fn manages_group<'a>(
    created_by: Option<PersonId>,
    members: impl IntoIterator<Item = &'a Person>,
    person: PersonId,
) -> bool {
    let members: Vec<&Person> = members.into_iter().collect();
    let Some(own) = members.iter().find(|member| member.id == person) else { return false };
    if !own.writes_as_employee() {
        return false;
    }
    if created_by == Some(person) || own.role.is_some_and(Role::governs) {
        return true;
    }
    let has_maker = members.iter().any(|member| Some(member.id) == created_by);
    let eldest = members.iter().find(|member| member.writes_as_employee());
    !has_maker && eldest.is_some_and(|eldest| eldest.id == person)
}

/// A person that a line of the timeline names.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Named {
    /// The person.
    pub id: PersonId,
    /// The name as it is now.
    pub name: String,
}

/// What happened to a chat beside its messages.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChatChange {
    /// The group was made.
    Created {
        /// Who made it.
        by: Named,
    },
    /// The group was given another name.
    Renamed {
        /// Who renamed it.
        by: Named,
        /// Its name from then on.
        name: String,
    },
    /// Someone joined.
    Joined {
        /// The new member.
        who: Named,
    },
    /// Someone left.
    Left {
        /// The former member.
        who: Named,
    },
    /// Someone was removed.
    Removed {
        /// Who removed the member.
        by: Named,
        /// The former member.
        who: Named,
    },
}

/// A line of the timeline between two messages.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChatLine {
    /// The number of its event in the company's log.
    pub seq: i64,
    /// When it happened.
    pub at: Millis,
    /// The ordinal of the message below which it has its place; 0 for above the first.
    pub after: i64,
    /// What happened.
    pub change: ChatChange,
}

/// A message in its current version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Message {
    /// Made by the sender's side.
    pub id: MessageId,
    /// The chat it belongs to.
    pub chat: ChatId,
    /// Its place in the chat, from 1.
    pub ordinal: i64,
    /// Who wrote it.
    pub sender: PersonId,
    /// Plain text.
    pub text: String,
    /// The channel it travelled on.
    pub channel: Channel,
    /// When the server took it.
    pub sent_at: Millis,
    /// When its sender last changed the text; the archive keeps every version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Millis>,
    /// When its sender deleted it: the text is empty from then on, except in the archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Millis>,
}

/// How long a sender can edit or delete a message.
pub const MESSAGE_CHANGE_WINDOW: Millis = 15 * 60_000;

/// The chats of a person, and the event up to which this list is current.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChatList {
    /// Newest activity first.
    pub chats: Vec<Chat>,
    /// Resume the event stream from here.
    pub cursor: i64,
}

/// Which messages of a chat are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MessageQuery {
    /// The first ordinal.
    #[serde(skip_serializing_if = "is_usual")]
    pub from: Ordinal,
    /// How many at most.
    #[serde(skip_serializing_if = "is_usual")]
    pub limit: MessagesLimit,
}

/// A stretch of messages in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MessagePage {
    /// Oldest first.
    pub messages: Vec<Message>,
    /// The ordinal of the newest message of the chat.
    pub last_ordinal: i64,
    /// What happened above, between and below these messages, in order.
    #[serde(default)]
    pub lines: Vec<ChatLine>,
}

/// A new message. The id is made by the sender's side: the same id sent again is the same message.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendMessage {
    /// A fresh random UUID.
    pub id: MessageId,
    /// Plain text.
    pub text: String,
}

/// Another text for a message of the caller.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EditMessage {
    /// Plain text.
    pub text: String,
}

/// How far the caller has come in a chat. Marks only ever move forward.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MarkReceipts {
    /// Everything up to this ordinal has arrived.
    pub delivered: i64,
    /// Everything up to this ordinal was read.
    pub read: i64,
}

/// A chat to begin.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum CreateChat {
    /// With one other person; returns the existing chat if there is one.
    Direct {
        /// The other person.
        with: PersonId,
    },
    /// A group.
    Group {
        /// A fresh random UUID, so that a repeated request makes one group.
        id: ChatId,
        /// The name that its members see.
        name: String,
        /// Everyone but the caller.
        members: Vec<PersonId>,
    },
}

/// Another name for a group.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RenameGroup {
    /// The name that its members see.
    pub name: String,
}

/// One more member of a group.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AddMember {
    /// The person to add, whom the caller has to be able to see.
    pub person: PersonId,
}

/// A personal link of a client, shown once.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ClientLink {
    /// The whole address, with the token in its fragment.
    pub link: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::PersonKind;
    use uuid::Uuid;

    fn person(number: u128, kind: PersonKind, role: Option<Role>) -> Person {
        let id = PersonId(Uuid::from_u128(number));
        Person { id, kind, name: String::new(), role, about: String::new(), name_lang: None }
    }

    #[test]
    fn a_group_is_managed_by_its_maker_by_those_who_govern_and_never_by_no_one() {
        let client = person(1, PersonKind::Client, None);
        let reader = person(2, PersonKind::Colleague, Some(Role::ComplianceOfficer));
        let maker = person(3, PersonKind::Colleague, Some(Role::AccountManager));
        let eldest = person(4, PersonKind::Colleague, Some(Role::AccountManager));
        let admin = person(5, PersonKind::Colleague, Some(Role::OrgAdmin));
        let external = person(6, PersonKind::Client, Some(Role::ExternalUser));
        let all = [&client, &reader, &external, &eldest, &maker, &admin];
        let managing = |members: &[&Person]| {
            let manages = |one: &&&Person| manages_group(Some(maker.id), members.iter().copied(), one.id);
            members.iter().filter(manages).map(|one| one.id).collect::<Vec<_>>()
        };
        assert_eq!(managing(&all), [maker.id, admin.id]);
        assert_eq!(managing(&[&client, &reader, &external, &eldest, &admin]), [eldest.id, admin.id]);
        assert_eq!(managing(&[&client, &reader, &external]), []);
        assert!(
            !manages_group(Some(maker.id), [&client, &eldest], maker.id),
            "a former member manages nothing"
        );
    }
}
