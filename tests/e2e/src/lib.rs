//! A running Causeway, its lab and real browsers, for scenarios from a user's point of view.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "figures are counted in whole numbers and compared as shares"
)]

mod announced;
pub mod attack;
pub mod browser;
pub mod caller;
mod devtools;
mod icons;
mod inbox;
pub mod installed;
mod keyboard;
pub mod old_chromium;
pub mod sizes;
mod spoken;
pub mod texts;
mod tls_proxy;
pub mod world;
