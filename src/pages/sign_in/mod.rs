//! Signing in and out, and confirming again.

pub(crate) mod ask_for_link;
pub(crate) mod confirm_again;
pub(crate) mod ended;
pub mod login;
pub(crate) mod other_person;
pub(crate) mod second_factor;
pub(crate) mod sign_out;
