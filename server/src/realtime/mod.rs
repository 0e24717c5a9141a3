//! Real time: committed events reach every socket of every member, in the order of the log.

mod announcer;
pub mod catch_up;
mod hub;
mod socket;

pub use announcer::Announcer;
pub use hub::{Hub, News, QueuedFrame, ReplayTurn, Subscription};
pub use socket::serve;
