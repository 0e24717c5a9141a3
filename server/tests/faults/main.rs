//! Faults, injected for real into the real binary: a disk that fills, errors of the disk, a database that another process
//! has locked, a database server that drops its connections, and `kill -9`. What was acknowledged must be there
//! afterwards, once.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod disk;
mod locks;
mod postgres;
mod server;
mod writers;

/// How often each fault is injected; `cargo xtask check-release` asks for 200.
fn rounds() -> u32 {
    std::env::var("CAUSEWAY_FAULT_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(20)
}
