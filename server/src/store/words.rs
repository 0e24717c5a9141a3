//! The words that columns hold for enums.

use super::{Result, StoreError};
use causeway_api::{people::Role, words::Word};

/// Returns the value of the word in a column.
pub(super) fn parse<W: Word>(column: &str, word: &str) -> Result<W> {
    W::parse(word).ok_or_else(|| StoreError::Corrupt(format!("{column} {word}")))
}

/// Returns the role in a column.
pub(super) fn role(word: &str) -> Result<Role> {
    Role::parse(word).ok_or_else(|| StoreError::Corrupt(format!("person.role {word}")))
}
