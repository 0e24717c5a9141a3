//! Signing in and what belongs to it: sessions, passwords and their links, confirming once more.

pub mod login;
pub mod password_change;
pub mod password_reset;
pub mod passwords;
pub mod sessions;
pub mod step_up;
pub mod welcome;
