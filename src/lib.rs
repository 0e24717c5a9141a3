//! The web application of Causeway: rendered in the browser, talking to the server through `client` only.
#![expect(unreachable_pub, reason = "the component macro makes the props of private components public")]

pub mod app;
pub mod client;
pub mod components;
pub mod i18n;
pub mod pages;
pub mod routes;
pub mod state;
