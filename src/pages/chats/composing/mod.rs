//! What goes with a message besides its text: files, and the question whether a document is meant for a client.

pub(super) mod attaching;
pub(super) mod confirm_document;
