//! The rules, in functions that read as lists of steps. Nothing here knows HTTP or SQL.

pub mod archive;
pub mod chats;
pub mod client_links;
pub mod company;
pub mod contacts;
pub mod features;
pub mod invites;
pub mod lists;
pub mod login;
pub mod merges;
pub mod messages;
pub mod notifications;
pub mod onboarding;
pub mod otp;
pub mod passwords;
pub mod phones;
pub mod sessions;
pub mod step_up;
pub mod welcome;
