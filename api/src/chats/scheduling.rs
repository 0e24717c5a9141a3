//! Messages that go out later.

use crate::{ChatId, Millis, chats::SendMessage};
use serde::{Deserialize, Serialize};

/// Most messages that someone has waiting.
pub const SCHEDULED_MAX: u64 = 100;
/// A message goes out within so long, in milliseconds: a year.
pub const SCHEDULED_AHEAD: Millis = 366 * 24 * 60 * 60 * 1_000;

/// A message that is to go out later. The same id again is the same message.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ScheduleMessage {
    /// The message, without files.
    pub message: SendMessage,
    /// When it goes out.
    pub at: Millis,
}

/// Another time for a message that waits.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Reschedule {
    /// When it goes out.
    pub at: Millis,
}

/// A message that waits to go out, or that was refused when it was due.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ScheduledMessage {
    /// The message.
    pub message: SendMessage,
    /// Where it goes.
    pub chat: ChatId,
    /// When it goes out.
    pub at: Millis,
    /// Why it was refused when it was due, as the id of a text. It stays until its writer has dealt with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// The messages of the caller that wait in a chat.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ScheduledMessages {
    /// The one that is due first comes first.
    pub messages: Vec<ScheduledMessage>,
}
