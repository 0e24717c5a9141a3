//! The ledger of a company: its events in one order, each with a hash that covers the one before it.
//!
//! This crate does no I/O and builds for the browser, so that server, command line and, later, a verifier outside of the
//! operator's reach judge a log by the same code.

mod findings;
mod hash;
mod walk;

pub use findings::{Fault, Finding, MessageFault};
pub use hash::{Entry, GENESIS, Head, Row, SALT_LENGTH, chain};
pub use walk::Walk;

/// Most findings about one company; verification of its log ends there.
pub const FINDINGS_MAX: usize = 100;
