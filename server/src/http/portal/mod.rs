//! Doors of people who sign in to the portal, one file per resource.

pub(super) mod auth;
pub(super) mod chats;
pub(super) mod contacts;
pub(super) mod devices;
pub(super) mod notifications;
pub(super) mod people;
pub(super) mod presence;
pub(super) mod push;
pub(super) mod saved_replies;
pub(super) mod scheduled;
pub(super) mod search;
pub(super) mod second_factors;
