//! What a message may say and carry: its text, whom it names, its files, and what it forwards.

pub(super) mod attachments;
pub(super) mod forwarding;
pub(super) mod mentions;
pub(super) mod texts;
