//! Real time: committed events reach every socket of every member, in the order of the log.

mod announcer;
mod attention;
pub mod catch_up;
mod hub;
mod socket;
mod sockets;

pub use announcer::Announcer;
pub use hub::{Hub, News, ReplayTurn, Subscription};
pub use socket::serve;
pub use sockets::QueuedFrame;
