//! What the command line and the server tell each other through the database.

pub(super) mod commands;
pub(super) mod single_server;
