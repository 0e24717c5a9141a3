//! Chats, messages and receipts.

mod answer_time;
mod groups;
mod lines;
mod mentions;
mod pins;
mod reactions;
pub mod saved_replies;
mod scheduling;
mod settings;
mod writing;

pub use answer_time::{AnswerTime, Within};
pub use groups::manages_group;
pub use lines::{ChatChange, ChatLine, Named};
pub use mentions::{EVERYONE, MENTIONS_MAX, Mention, mentions_fit, mentions_in, mentions_person};
pub use pins::{PINS_MAX, Pin, PinMessage, Pins};
pub use reactions::{QUICK_REACTIONS, REACTIONS_MAX, React, Reaction, react};
pub use scheduling::{
    Reschedule, SCHEDULED_AHEAD, SCHEDULED_MAX, ScheduleMessage, ScheduledMessage, ScheduledMessages,
};
pub use settings::{
    AllChatSettings, ChangeChatSettings, ChatSettings, MUTED_FOR_GOOD, PINNED_CHATS_MAX, SettingsOfChat,
};
pub use writing::{EditMessage, MessageVersion, MessageVersions, SendMessage};

use crate::{
    ChatId, MessageId, Millis, PersonId,
    files::Attachment,
    page::{ChatsLimit, MessagesLimit},
    people::Person,
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
    /// Ordinals behind the caller's read mark whose messages name the caller.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentioned_unread: Vec<i64>,
    /// How the viewer has arranged it.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub settings: ChatSettings,
}

/// What a message carries beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MessageContent {
    /// Nothing: the message is its text.
    #[default]
    Text,
    /// Files, whose caption the text is.
    Files {
        /// The files, in the order in which they were chosen.
        files: Vec<Attachment>,
    },
    /// A voice note, without any text.
    Voice {
        /// The recording.
        file: Box<Attachment>,
    },
    /// Something that this program does not know, from a newer one: it is said that it cannot be shown.
    #[serde(other)]
    Unknown,
}

impl MessageContent {
    /// Whether the message is its text.
    pub fn is_text(&self) -> bool {
        *self == Self::Text
    }

    /// The files it carries.
    pub fn files(&self) -> &[Attachment] {
        match self {
            Self::Files { files } => files,
            Self::Voice { file } => std::slice::from_ref(file.as_ref()),
            Self::Text | Self::Unknown => &[],
        }
    }
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
    /// Plain text; the caption of what it carries.
    pub text: String,
    /// What it carries beside the text. Messages that are their text say nothing here, in old events and in new ones.
    #[serde(default, skip_serializing_if = "MessageContent::is_text")]
    pub content: MessageContent,
    /// The channel it travelled on.
    pub channel: Channel,
    /// The message of the same chat that it replies to. Only this is recorded: what is shown of that message is what it says now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// The message that it was forwarded from, perhaps of another chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forwarded_from: Option<MessageId>,
    /// Whom it names, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Mention>,
    /// What its readers think of it, in the order in which each emoji was first chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<Reaction>,
    /// When the server took it.
    pub sent_at: Millis,
    /// When its sender last changed the text; the archive keeps every version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Millis>,
    /// When its sender deleted it: the text is empty from then on, except in the archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Millis>,
}

/// The chats of a person, and the event up to which this list is current.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChatList {
    /// Newest activity first.
    pub chats: Vec<Chat>,
    /// Resume the event stream from here.
    pub cursor: i64,
}

/// How many chats are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChatsQuery {
    /// The newest so many.
    #[serde(skip_serializing_if = "is_usual")]
    pub limit: ChatsLimit,
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
    /// What these messages reply to and what is not among them, as it is now. What the caller may not see is left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replied_to: Vec<Message>,
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
