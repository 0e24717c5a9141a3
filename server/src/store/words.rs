//! The words that columns hold for enums.

use super::{Result, StoreError};
use causeway_api::{
    chats::{Mention, MessageContent, Reaction},
    people::Role,
    words::Word,
};

/// Returns the value of the word in a column.
pub(super) fn parse<W: Word>(column: &str, word: &str) -> Result<W> {
    W::parse(word).ok_or_else(|| StoreError::Corrupt(format!("{column} {word}")))
}

/// Returns the role in a column.
pub(super) fn role(word: &str) -> Result<Role> {
    Role::parse(word).ok_or_else(|| StoreError::Corrupt(format!("person.role {word}")))
}

/// What a message carries, from its column.
pub(super) fn content(stored: Option<&str>) -> Result<MessageContent> {
    let Some(json) = stored else { return Ok(MessageContent::Text) };
    serde_json::from_str(json).map_err(|error| StoreError::Corrupt(format!("message.content: {error}")))
}

/// The reactions to a message, from their column.
pub(super) fn reactions(stored: Option<&str>) -> Result<Vec<Reaction>> {
    let Some(json) = stored else { return Ok(Vec::new()) };
    serde_json::from_str(json).map_err(|error| StoreError::Corrupt(format!("message.reactions: {error}")))
}

/// The reactions to a message, for their column; nothing for none.
pub(super) fn stored_reactions(reactions: &[Reaction]) -> Result<Option<String>> {
    if reactions.is_empty() {
        return Ok(None);
    }
    let json = serde_json::to_string(reactions);
    json.map(Some).map_err(|error| StoreError::Corrupt(format!("message.reactions: {error}")))
}

/// Whom a message names, from its column.
pub(super) fn mentions(stored: Option<&str>) -> Result<Vec<Mention>> {
    let Some(json) = stored else { return Ok(Vec::new()) };
    serde_json::from_str(json).map_err(|error| StoreError::Corrupt(format!("message.mentions: {error}")))
}

/// Whom a message names, for its column; empty for none.
pub(super) fn stored_mentions(mentions: &[Mention]) -> Result<String> {
    if mentions.is_empty() {
        return Ok(String::new());
    }
    serde_json::to_string(mentions).map_err(|error| StoreError::Corrupt(format!("message.mentions: {error}")))
}

/// What a message carries, for its column; empty for a message that is its text.
pub(super) fn stored_content(content: &MessageContent) -> Result<String> {
    if content.is_text() {
        return Ok(String::new());
    }
    serde_json::to_string(content).map_err(|error| StoreError::Corrupt(format!("message.content: {error}")))
}
