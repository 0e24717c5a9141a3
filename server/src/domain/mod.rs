//! The rules, in functions that read as lists of steps. Nothing here knows HTTP or SQL.

pub mod admin_clients;
pub mod archive;
pub mod audit;
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
pub mod password_change;
pub mod password_reset;
pub mod passwords;
pub mod phones;
pub mod registration;
pub mod sessions;
pub mod step_up;
pub mod user_import;
pub mod users;
pub mod welcome;
