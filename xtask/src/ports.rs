//! Free ports below the range that the system gives to outgoing connections.

use anyhow::{Context as _, Result};
use std::net::TcpListener;

/// A port that no one listens on now.
pub(crate) fn free() -> Result<u16> {
    // Begin at a place that differs between processes, so that parallel runs seldom meet.
    let first = 20_000 + u16::try_from(std::process::id() % 10_000)?;
    (first..32_000).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).context("no port is free")
}
