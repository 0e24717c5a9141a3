//! Loads a real Causeway on this machine and prints one table of figures beside their goals. The load
//! generator shares the processors with the server: every figure is a pessimistic one.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "figures are counted in whole numbers and compared as shares"
)]

mod arrival;
mod attack;
mod directory;
mod disk;
mod files;
mod find;
mod fsync;
mod kill;
mod large;
mod load;
mod login;
mod pace;
mod page;
mod parts;
mod peak;
mod presence;
mod screen;
mod server;
mod table;
mod wire;

use anyhow::{Result, ensure};
use clap::Parser;
use std::path::PathBuf;
use table::Table;

/// How much is measured.
#[derive(Parser)]
struct Args {
    /// A short run that shows whether the bench works, not what the server can do.
    #[arg(long)]
    quick: bool,
    /// Fails when a goal is missed.
    #[arg(long)]
    strict: bool,
    /// Only these parts, for work on one of them; all when none is named.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Part>,
    /// Another server, which the peaks measure in turns with this one.
    #[arg(long)]
    against: Option<PathBuf>,
}

/// A part of the bench.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    Page,
    Arrival,
    Login,
    Screen,
    Directory,
    Large,
    Files,
    Find,
    Sockets,
    Pace,
    Presence,
    Fsync,
    Peak,
    Postgres,
    Kill,
    Attack,
}

#[tokio::main]
async fn main() -> Result<()> {
    // Nothing was installed before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let args = Args::parse();
    let mut table = Table::begin()?;
    disk::measure(&mut table)?;
    let (seconds, sockets, cycles) =
        if args.quick { (3, vec![200], 3) } else { (20, vec![1_000, 5_000], 50) };
    let wanted = |part| args.only.is_empty() || args.only.contains(&part);
    if wanted(Part::Page) {
        page::measure(&mut table).await?;
    }
    if wanted(Part::Arrival) {
        arrival::measure(&mut table).await?;
    }
    if wanted(Part::Login) {
        login::measure(&mut table).await?;
    }
    if wanted(Part::Screen) {
        screen::measure(&mut table).await?;
    }
    if wanted(Part::Directory) {
        directory::measure(&mut table, if args.quick { 500 } else { 10_000 }).await?;
    }
    if wanted(Part::Large) {
        large::measure(&mut table, args.quick).await?;
    }
    if wanted(Part::Files) {
        files::measure(&mut table, args.quick).await?;
    }
    if wanted(Part::Find) {
        find::measure(&mut table, args.quick).await?;
    }
    for count in sockets.into_iter().filter(|_| wanted(Part::Sockets)) {
        load::fan_out(&mut table, count, seconds).await?;
    }
    if wanted(Part::Pace) {
        pace::measure(&mut table, seconds.min(10)).await?;
    }
    if wanted(Part::Presence) {
        presence::measure(&mut table, if args.quick { 100 } else { 1_000 }, if args.quick { 5 } else { 30 })
            .await?;
    }
    if wanted(Part::Fsync) {
        fsync::measure(&mut table, seconds.min(10)).await?;
    }
    let against = args.against.as_deref();
    if wanted(Part::Peak) {
        peak::measure(&mut table, &peak::SQLITE, seconds.min(10), against).await?;
    }
    if wanted(Part::Postgres) {
        peak::measure(&mut table, &peak::POSTGRES, seconds.min(10), against).await?;
    }
    if wanted(Part::Kill) {
        kill::measure(&mut table, cycles).await?;
    }
    if wanted(Part::Attack) {
        attack::measure(&mut table, args.quick).await?;
    }
    table.print()?;
    ensure!(!args.strict || table.missed() == 0, "{} goals were missed", table.missed());
    Ok(())
}
