//! The API through the door that browsers use: the real router, named users, a manual clock, captured mail.
//! Every test runs on SQLite, and on PostgreSQL too when `CAUSEWAY_TEST_POSTGRES` names one.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

#[path = "../common/mod.rs"]
mod common;

mod addresses;
mod archive;
mod audit;
mod bad_input;
mod batches;
mod budgets;
mod chat_settings;
mod chats;
mod client;
mod client_languages;
mod contacts;
mod dead_letters;
mod devices;
mod features;
mod files;
mod forwarding;
mod groups;
mod headers;
mod login;
mod matrix;
mod mentions;
mod merges;
mod message_changes;
mod onboarding;
mod onboarding_limits;
mod other_person;
mod outbox;
mod outbox_secrets;
mod paging;
mod passwords;
mod pins;
mod presence;
mod push;
mod races;
mod reactions;
mod realtime;
mod registration;
mod registration_attacks;
mod replies;
mod reply_channels;
mod saved_replies;
mod scheduling;
mod search;
mod searching;
mod second_factors;
mod sending_limits;
mod sessions;
mod shut_out;
mod typing;
mod user_files;
mod user_imports;
mod users;
mod visibility;
mod welcome;
mod writing;
