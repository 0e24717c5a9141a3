//! The pages of people who come by a link.

pub mod activate;
pub mod join;
pub mod onboarding;
pub mod reset;
pub mod welcome;
