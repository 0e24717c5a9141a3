//! The binary `causeway`: arguments, logging, run.

use causeway_server::cli;
use clap::Parser as _;
use std::{io::Write as _, process::ExitCode};
use tracing_subscriber::EnvFilter;

/// What is logged unless it is configured. A warning of hyper's for each connection that says nothing would let a stranger
/// fill the disk.
const LOGGED: &str = "info,hyper=error";

/// The allocator of the C library keeps what many threads let go, and is slow when they all ask at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    // reqwest and lettre share this one provider of TLS; it fails only when it was installed before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let filter = EnvFilter::try_from_env("CAUSEWAY_LOG").unwrap_or_else(|_| EnvFilter::new(LOGGED));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
    match cli::run(cli::Cli::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Without standard error there is no one to tell.
            let _ = writeln!(std::io::stderr(), "causeway: {error:#}");
            ExitCode::from(cli::exit_code(&error))
        }
    }
}
