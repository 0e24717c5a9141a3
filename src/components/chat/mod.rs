//! What a conversation is made of: its text, its marks, the field to write in.

pub mod attach_button;
pub mod attachments;
pub mod chosen_files;
pub mod composer;
mod count;
pub mod host;
pub mod lightbox;
pub mod linked_text;
pub mod quote;
pub mod reactions;
pub mod tick;
pub mod tray;
pub mod voice;
pub mod words;
