//! A running Causeway, its lab and real browsers, for scenarios from a user's point of view.

pub mod attack;
pub mod browser;
mod icons;
pub mod texts;
pub mod world;
