//! What a conversation is made of: its text, its marks, the field to write in.

pub mod composer;
pub mod host;
pub mod linked_text;
pub mod quote;
pub mod tick;
