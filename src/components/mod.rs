//! What is seen: props in, callbacks out. Nothing here knows the server or shared state.

pub mod avatar;
pub mod banner;
pub mod channel;
pub mod code_input;
pub mod composer;
pub mod country_select;
pub mod dialog;
pub mod empty;
pub mod field;
pub mod help;
pub mod highlight;
pub mod host;
pub mod icon;
pub mod initials;
pub mod linked_text;
pub mod meter;
pub mod qr;
pub mod rail;
pub mod resend;
pub mod stepper;
pub mod strength;
pub mod tick;
pub mod toast;
pub mod undelivered;
