//! What goes with a message besides its text: files, voice notes, and the question whether a document is meant for a client.

pub(super) mod attaching;
pub(super) mod confirm_document;
pub(super) mod emoji;
pub(super) mod mentioning;
pub(super) mod recording;
pub(super) mod saved_replies;
pub(super) mod send_later;
