//! The wire types of Causeway: what the web application and the server say to each other.
//!
//! This crate does no input or output and knows neither the web framework of the browser nor that of the
//! server. Instants are [`Millis`]; identifiers are newtypes from [`ids`]; every refused request answers
//! with a [`Problem`].

#![deny(missing_docs)]

#[macro_use]
pub mod words;

pub mod audit;
pub mod auth;
pub mod chats;
pub mod contacts;
pub mod deliveries;
pub mod devices;
pub mod encodings;
pub mod events;
pub mod features;
pub mod files;
pub mod ids;
pub mod json;
pub mod networks;
pub mod notifications;
pub mod onboarding;
pub mod page;
pub mod paths;
pub mod people;
pub mod phones;
pub mod presence;
pub mod problem;
pub mod push;
pub mod query;
pub mod registration;
pub mod search;
pub mod second_factors;
pub mod signals;
pub mod users;
pub mod validate;

pub use events::{Event, EventBody, ServerFrame};
pub use ids::{ChatId, CompanyId, FileId, ImportId, MessageId, PersonId, SavedReplyId};
pub use problem::{Problem, ProblemCode};

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
pub type Millis = i64;
