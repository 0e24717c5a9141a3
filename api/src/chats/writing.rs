//! Writing messages, and what they have said.

use crate::{
    FileId, MessageId, Millis,
    chats::{Channel, Mention},
    query::is_usual,
};
use serde::{Deserialize, Serialize};

/// A new message. The id is made by the sender's side: the same id sent again is the same message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendMessage {
    /// A fresh random UUID.
    pub id: MessageId,
    /// Plain text.
    pub text: String,
    /// The channel that an employee replies on, which the chat moves to; left out where it stays. Clients write on the
    /// channel that they came on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The message of this chat that it replies to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// The message that is forwarded: its text and what it carries go along, and `text` and `files` are empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forwarded_from: Option<MessageId>,
    /// Uploads of the caller to this chat that it carries. Then the text may be empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileId>,
    /// Whom the text names, in its order: members of the group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Mention>,
    /// The caller was asked whether these documents are meant for this client, where the company wants that.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub is_confirmed: bool,
}

/// A text that a message has had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MessageVersion {
    /// The text.
    pub text: String,
    /// Since when it had it.
    pub at: Millis,
}

/// The texts that a message has had, the oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MessageVersions {
    /// The texts.
    pub versions: Vec<MessageVersion>,
}

/// Another text for a message of the caller.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EditMessage {
    /// Plain text.
    pub text: String,
    /// Whom the new text names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Mention>,
}
