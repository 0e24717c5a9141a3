//! What signing in rests on: sessions, links that are used once, passwords that are set anew.

mod ended_sessions;
mod holds;
pub(super) mod kept_sessions;
pub(super) mod links;
pub(super) mod password_resets;
pub(super) mod sessions;
