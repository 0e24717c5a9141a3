//! Pinned messages: those that the members of a chat want to find again at once.

use crate::{MessageId, Millis, PersonId, chats::Message};
use serde::{Deserialize, Serialize};

/// Most pinned messages of a chat.
pub const PINS_MAX: u64 = 50;

/// Pins a message, or takes the pin away. Done again, it changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PinMessage {
    /// Whether it is to be pinned.
    pub is_on: bool,
}

/// A pinned message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Pin {
    /// The message as it is now.
    pub message: Message,
    /// Who pinned it.
    pub by: PersonId,
    /// When.
    pub at: Millis,
}

/// The pinned messages of a chat that the caller may see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Pins {
    /// The one that was pinned last comes first.
    pub pins: Vec<Pin>,
}

impl Pins {
    /// Whether a message is among them.
    pub fn has(&self, id: MessageId) -> bool {
        self.pins.iter().any(|pin| pin.message.id == id)
    }
}
