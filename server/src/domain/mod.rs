//! The rules, in functions that read as lists of steps. Nothing here knows HTTP or SQL. A room per concern:
//! what changes together lives together, and no two rooms import each other.

pub mod chats;
pub mod codes;
pub mod company;
pub mod compliance;
pub mod contacts;
pub mod devices;
pub mod features;
pub mod files;
pub mod notifications;
pub mod onboarding;
pub mod presence;
pub mod registration;
pub mod search;
pub mod second_factors;
pub mod shut_out;
pub mod sign_in;
pub mod users;
