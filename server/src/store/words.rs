//! The words that columns hold for enums.

use super::{Result, StoreError};
use causeway_api::{chats::Channel, contacts::LinkState, people::PersonKind};

pub(super) fn channel(word: &str) -> Result<Channel> {
    Channel::parse(word).ok_or_else(|| StoreError::Corrupt(format!("channel {word}")))
}

pub(super) fn state(word: &str) -> Result<LinkState> {
    match word {
        "pending" => Ok(LinkState::Pending),
        "linked" => Ok(LinkState::Linked),
        other => Err(StoreError::Corrupt(format!("channel_link.state {other}"))),
    }
}

pub(super) fn kind_word(kind: PersonKind) -> &'static str {
    match kind {
        PersonKind::Colleague => "colleague",
        PersonKind::Client => "client",
    }
}
