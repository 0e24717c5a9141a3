//! Finding messages again.

use crate::{
    ChatId, Millis, PersonId,
    chats::{Channel, Message},
    query::{Instant, Seq, is_usual},
};
use serde::{Deserialize, Serialize};

/// Hits on a page.
pub const HITS: usize = 50;
/// The longest search, in characters.
pub const SEARCH_MAX: usize = 200;

/// What is looked for among the messages that the caller is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SearchMessages {
    /// Words, phrases in quotes, and words with a minus in front that are not to be there.
    pub q: String,
    /// Only in this chat.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    pub chat: Option<ChatId>,
    /// Only from this person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<PersonId>,
    /// Only on this channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Only messages that carry files.
    #[serde(skip_serializing_if = "is_usual")]
    pub has_file: bool,
    /// Sent at this instant or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Instant>,
    /// Sent before this instant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Instant>,
    /// Behind the page that ended with this cursor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Seq>,
}

/// A stretch of a text, in characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TextRange {
    /// The characters before it.
    pub start: u32,
    /// Its characters.
    pub length: u32,
}

/// A text with what was looked for in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Marked {
    /// The text, or the part of it around the first place.
    pub text: String,
    /// The places, in order.
    pub ranges: Vec<TextRange>,
}

/// A message that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MessageHit {
    /// The message as it is now.
    pub message: Message,
    /// Its text.
    pub text: Marked,
    /// The names of its files, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Marked>,
}

/// Messages that were found, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FoundMessages {
    /// The hits.
    pub hits: Vec<MessageHit>,
    /// The cursor of the next page; nothing at the end.
    pub next: Option<i64>,
    /// The newest messages are not in the index yet: since when the oldest of them waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behind_since: Option<Millis>,
}
