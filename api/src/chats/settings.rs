//! How a member has arranged a chat in the own list. Nobody else is told, and nothing of it is recorded.

use crate::{ChatId, Millis, query::is_usual};
use serde::{Deserialize, Serialize};

/// Most chats that someone pins.
pub const PINNED_CHATS_MAX: u64 = 20;
/// Muted until it is taken back: the end of the year 9999, in milliseconds.
pub const MUTED_FOR_GOOD: Millis = 253_402_300_799_999;

/// How a member has arranged a chat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ChatSettings {
    /// Since when it stands above the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pinned_at: Option<Millis>,
    /// Until when its messages are not told of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub muted_until: Option<Millis>,
    /// The newest ordinal of the chat when it was put away. A newer message brings it back, unless it is muted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived_through: Option<i64>,
    /// The member wants to come back to it.
    #[serde(skip_serializing_if = "is_usual")]
    pub is_marked_unread: bool,
}

impl ChatSettings {
    /// Whether messages of the chat are not told of at a time.
    pub fn is_muted(&self, now: Millis) -> bool {
        self.muted_until.is_some_and(|until| until > now)
    }

    /// Whether a chat with this newest ordinal is out of the list at a time.
    pub fn is_archived(&self, last_ordinal: i64, now: Millis) -> bool {
        self.archived_through.is_some_and(|through| through >= last_ordinal || self.is_muted(now))
    }
}

/// One change of how the caller has arranged a chat. Done again, it changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "change", rename_all = "snake_case", deny_unknown_fields)]
pub enum ChangeChatSettings {
    /// Puts it above the others, or back among them.
    Pin {
        /// Whether it is to stand above.
        is_on: bool,
    },
    /// Messages are not told of, or are again.
    Mute {
        /// Until when; `None` tells of them again.
        until: Option<Millis>,
    },
    /// Puts it away, or back into the list.
    Archive {
        /// Whether it is to be put away.
        is_on: bool,
    },
    /// Marks it to come back to, or takes the mark away.
    MarkUnread {
        /// Whether the mark is to be there.
        is_on: bool,
    },
}

/// How the caller has arranged one of the chats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SettingsOfChat {
    /// The chat.
    pub chat: ChatId,
    /// How it is arranged.
    pub settings: ChatSettings,
}

/// The chats that the caller has arranged. All others are as they came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AllChatSettings {
    /// In no order.
    pub chats: Vec<SettingsOfChat>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_message_brings_an_archived_chat_back_unless_it_is_muted() {
        let settings = ChatSettings { archived_through: Some(5), ..ChatSettings::default() };
        assert!(settings.is_archived(5, 0));
        assert!(!settings.is_archived(6, 0));
        let muted = ChatSettings { muted_until: Some(100), ..settings };
        assert!(muted.is_archived(6, 99));
        assert!(!muted.is_archived(6, 100), "muting has ended");
    }

    #[test]
    fn a_chat_that_was_not_arranged_says_nothing() {
        assert_eq!(serde_json::to_string(&ChatSettings::default()).unwrap(), "{}");
    }
}
