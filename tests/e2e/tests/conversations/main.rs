//! What people do in a conversation beside writing. One program: each that is linked takes as long as a scenario.

mod chat_settings;
mod mentions;
mod presence;
mod reactions;
mod saved_replies;
mod scheduling;
