//! What is seen: props in, callbacks out. Nothing here knows the server or shared state.

pub mod base;
pub mod chat;
pub mod form;
pub mod list;
