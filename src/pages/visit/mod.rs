//! The pages behind links, for people who are not signed in.

pub mod activate;
pub mod join;
pub mod onboarding;
pub mod reset;
pub mod welcome;
