//! The web application of Causeway: rendered in the browser, talking to the server through `client` only.
#![expect(unreachable_pub, reason = "the component macro makes the props of private components public")]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "the browser measures time, pixels and counts in 64-bit floats"
)]

pub mod app;
pub mod client;
pub mod components;
pub mod i18n;
pub mod pages;
pub mod routes;
mod shell;
pub mod state;
