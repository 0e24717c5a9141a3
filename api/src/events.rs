//! The event stream: what every screen of every member learns, in one order. Events are the records of a company; what is
//! only announced is a signal (`signals.rs`).

use crate::{
    ChatId, MessageId, Millis, PersonId,
    chats::{Chat, ChatKind, Member, Message},
    signals::Signal,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One entry of the company's event log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Event {
    /// Its place in the company's log; a member sees an increasing, not a gapless, sequence.
    pub seq: i64,
    /// When it happened.
    pub at: Millis,
    /// What happened.
    pub body: EventBody,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EventBody {
    /// A chat was made.
    ChatCreated {
        /// The chat with all its members.
        chat: Chat,
    },
    /// Someone joined a chat.
    MemberJoined {
        /// The chat.
        chat: ChatId,
        /// The new member, with the first ordinal it may see.
        member: Member,
    },
    /// Someone left a chat.
    MemberLeft {
        /// The chat.
        chat: ChatId,
        /// The person who left.
        person: PersonId,
        /// The newest ordinal of the chat then. Events that were recorded earlier have none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<i64>,
    },
    /// A member took someone else out of a group.
    MemberRemoved {
        /// The chat.
        chat: ChatId,
        /// The person who was removed.
        person: PersonId,
        /// The member who removed the person.
        by: PersonId,
        /// The newest ordinal of the chat then.
        after: i64,
    },
    /// A group was given another name.
    GroupRenamed {
        /// The chat.
        chat: ChatId,
        /// Its new name.
        name: String,
        /// The member who renamed it.
        by: PersonId,
        /// The newest ordinal of the chat then.
        after: i64,
    },
    /// A message was sent.
    MessageSent {
        /// The message.
        message: Message,
    },
    /// Its sender gave a message another text.
    MessageEdited {
        /// The message as it is now.
        message: Message,
    },
    /// Its sender deleted a message.
    MessageDeleted {
        /// The message without its text.
        message: Message,
    },
    /// A reader has left an emoji at a message, or has taken it away.
    MessageReacted {
        /// The message as it is now.
        message: Message,
        /// The reader.
        person: PersonId,
        /// The emoji.
        emoji: String,
        /// Whether it is there now.
        is_on: bool,
    },
    /// A member has pinned a message, or has taken its pin away.
    MessagePinned {
        /// The chat.
        chat: ChatId,
        /// The message.
        message: MessageId,
        /// Its place in the chat.
        ordinal: i64,
        /// The member.
        by: PersonId,
        /// Whether it is pinned now.
        is_on: bool,
        /// The newest ordinal of the chat then.
        after: i64,
    },
    /// Messages reached a member's screen.
    Delivered {
        /// The chat.
        chat: ChatId,
        /// The member whose screen they reached.
        person: PersonId,
        /// The ordinal of the last of these messages.
        up_to: i64,
    },
    /// From the next event on, hashes cover a salted digest of the body instead of the body.
    HashFormChanged,
    /// Messages were read by a member; what was read has also been delivered.
    Read {
        /// The chat.
        chat: ChatId,
        /// The member who read.
        person: PersonId,
        /// The ordinal of the last of these messages.
        up_to: i64,
    },
}

impl EventBody {
    /// The kind of event in the archive.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::ChatCreated { .. } => "chat_created",
            Self::MemberJoined { .. } => "member_joined",
            Self::MemberLeft { .. } => "member_left",
            Self::MemberRemoved { .. } => "member_removed",
            Self::GroupRenamed { .. } => "group_renamed",
            Self::MessageSent { .. } => "message_sent",
            Self::MessageEdited { .. } => "message_edited",
            Self::MessageDeleted { .. } => "message_deleted",
            Self::MessageReacted { .. } => "message_reacted",
            Self::MessagePinned { .. } => "message_pinned",
            Self::Delivered { .. } => "delivered",
            Self::Read { .. } => "read",
            Self::HashFormChanged => "hash_form_changed",
        }
    }

    /// The chat it is about; the nil id for what is about no chat.
    pub fn chat(&self) -> ChatId {
        match self {
            Self::HashFormChanged => ChatId(Uuid::nil()),
            Self::ChatCreated { chat } => chat.id,
            Self::MessageSent { message }
            | Self::MessageEdited { message }
            | Self::MessageDeleted { message }
            | Self::MessageReacted { message, .. } => message.chat,
            Self::MemberJoined { chat, .. }
            | Self::MemberLeft { chat, .. }
            | Self::MemberRemoved { chat, .. }
            | Self::GroupRenamed { chat, .. }
            | Self::MessagePinned { chat, .. }
            | Self::Delivered { chat, .. }
            | Self::Read { chat, .. } => *chat,
        }
    }
}

impl EventBody {
    /// The ordinal of the message below which the timeline has a line about the event; `None` for an event without one.
    pub fn line_after(&self) -> Option<i64> {
        match self {
            Self::ChatCreated { chat } => (chat.kind == ChatKind::Group).then_some(0),
            Self::MemberJoined { member, .. } => Some(member.from - 1),
            Self::MemberLeft { after, .. } => *after,
            Self::MemberRemoved { after, .. }
            | Self::GroupRenamed { after, .. }
            | Self::MessagePinned { after, .. } => Some(*after),
            _ => None,
        }
    }

    /// The person whose membership the event ends.
    pub fn ended(&self) -> Option<PersonId> {
        match self {
            Self::MemberLeft { person, .. } | Self::MemberRemoved { person, .. } => Some(*person),
            _ => None,
        }
    }
}

/// What the server writes on the socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "frame", rename_all = "snake_case")]
pub enum ServerFrame {
    /// An event.
    Event {
        /// The event.
        event: Box<Event>,
    },
    /// A signal.
    Signal {
        /// The signal.
        signal: Signal,
    },
    /// Everything missed has been sent; what follows is live.
    Live,
    /// Too much was missed to be replayed: load the lists again.
    Reload,
}

/// WebSocket close code: the session has ended (4000 to 4999 are for applications, RFC 6455, 7.4.2).
pub const CLOSE_SIGNED_OUT: u16 = 4401;
/// WebSocket close code: the reader was too slow; resume from the last event (RFC 6455 registry).
pub const CLOSE_TRY_AGAIN: u16 = 1013;
