//! The developer commands. `cargo xtask demo` and `cargo xtask test` do all set-up by themselves.

mod bench;
mod browsers;
mod bundles;
mod check_release;
mod demo;
mod dist;
mod guide;
mod ports;
mod postgres;
mod setup;
mod shell;
mod shell_texts;
mod spa;
mod style;
mod test;
mod texts;
mod tidy;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// The developer commands of Causeway.
#[derive(Parser)]
#[command(name = "cargo xtask")]
enum Command {
    /// Build Causeway and start it with a demo company and the lab.
    Demo(demo::Args),
    /// Run every test: unit, API on two databases, components in two browsers, end to end.
    Test,
    /// What `.ci/run` calls: formatting, lints, tidy, then the tests.
    Ci,
    /// The demo's server with the application rebuilt on every change.
    Dev(demo::Args),
    /// Build the release binary with the application inside.
    Dist,
    /// Check the invariants of docs/ARCHITECTURE.md.
    Tidy,
    /// Print one table of figures beside their goals.
    Bench(bench::Args),
    /// Run the long checks that a release has to pass.
    CheckRelease,
    /// Install what building and testing need, and nothing else.
    Setup,
    #[command(subcommand, hide = true)]
    Internal(Internal),
}

#[derive(Subcommand)]
enum Internal {
    /// Join the stylesheets into one, for every promised browser; Trunk calls this before it builds.
    Style,
    /// Put a hash into the names of the bundles; Trunk calls this after it has built.
    Fingerprint,
}

fn main() -> ExitCode {
    let done = match Command::parse() {
        Command::Demo(args) => demo::run(&args),
        Command::Test => test::all(),
        Command::Ci => test::ci(),
        Command::Dev(args) => demo::develop(&args),
        Command::Dist => dist::run(),
        Command::Tidy => tidy::run(),
        Command::Bench(args) => bench::run(&args),
        Command::CheckRelease => check_release::run(),
        Command::Setup => setup::everything(),
        Command::Internal(Internal::Style) => style::build(),
        Command::Internal(Internal::Fingerprint) => bundles::fingerprint(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            shell::say(&format!("\n✗ {error:#}"));
            ExitCode::FAILURE
        }
    }
}
