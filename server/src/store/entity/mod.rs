//! One file per table.
#![expect(unreachable_pub, reason = "the entity macro makes everything public; the module itself is private")]

pub mod account;
pub mod audit;
pub mod challenge;
pub mod chat;
pub mod client_link;
pub mod company;
pub mod event;
pub mod feature_setting;
pub mod known_device;
pub mod member;
pub mod message;
pub mod one_time_link;
pub mod outbox;
pub mod person;
pub mod session;
pub mod throttle;
