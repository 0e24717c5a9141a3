//! Loads a real Causeway on this machine and prints one table of figures beside their goals. The load
//! generator shares the processors with the server: every figure is a pessimistic one.

mod disk;
mod fsync;
mod kill;
mod load;
mod login;
mod page;
mod screen;
mod server;
mod table;

use anyhow::Result;
use clap::Parser;
use table::Table;

/// How much is measured.
#[derive(Parser)]
struct Args {
    /// A short run that shows whether the bench works, not what the server can do.
    #[arg(long)]
    quick: bool,
}

#[tokio::main]
async fn main() -> Result<()> {
    // Nothing was installed before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let args = Args::parse();
    let mut table = Table::begin()?;
    disk::measure(&mut table)?;
    page::measure(&mut table).await?;
    login::measure(&mut table).await?;
    screen::measure(&mut table).await?;
    let (seconds, sockets, cycles) =
        if args.quick { (3, vec![200], 3) } else { (20, vec![1_000, 5_000], 50) };
    for count in sockets {
        load::fan_out(&mut table, count, seconds).await?;
    }
    fsync::measure(&mut table, seconds.min(10)).await?;
    load::saturate(&mut table, seconds.min(10)).await?;
    kill::measure(&mut table, cycles).await?;
    table.print()
}
