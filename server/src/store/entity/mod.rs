//! One file per table.
#![expect(unreachable_pub, reason = "the entity macro makes everything public; the module itself is private")]

pub mod account;
pub mod audit;
pub mod authenticator;
pub mod channel_link;
pub mod chat;
pub mod client_link;
pub mod client_share;
pub mod company;
pub mod contact_merge;
pub mod device;
pub mod device_link;
pub mod event;
pub mod feature_setting;
pub mod invitation;
pub mod list_item;
pub mod member;
pub mod message;
pub mod note;
pub mod notification;
pub mod one_time_code;
pub mod one_time_link;
pub mod operator_command;
pub mod outbox;
pub mod passkey;
pub mod passkey_registration;
pub mod password_reset_request;
pub mod person;
pub mod person_tag;
pub mod push_subscription;
pub mod recovery_code;
pub mod registrant;
pub mod registration;
pub mod session;
pub mod throttle;
pub mod undelivered;
