//! What people type, paste and import, brought into one form before it is stored, compared, hashed or looked for: one
//! file per kind of input, used by every door. Bounds and shapes that the browser checks, too, are in
//! `causeway_api::validate`; one-time codes are read there, because that takes no tables of Unicode.
//!
//! A leaf: rules and store use it, and it knows neither HTTP nor the database.

pub mod agents;
pub mod emails;
pub mod encodings;
pub mod fold;
pub mod languages;
pub mod names;
pub mod phones;
pub mod search;
pub mod secrets;
