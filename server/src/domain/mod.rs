//! The rules, in functions that read as lists of steps. Nothing here knows HTTP or SQL.

pub mod archive;
pub mod chats;
pub mod client_links;
pub mod company;
pub mod features;
pub mod login;
pub mod messages;
pub mod otp;
pub mod passwords;
pub mod sessions;
pub mod step_up;
pub mod welcome;
