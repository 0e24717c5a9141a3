//! `cargo xtask bench`: the release binary under load, one table of figures beside their goals.

use crate::{
    postgres::{Cluster, Disk},
    setup,
    shell::{cargo, loudly, quietly, step},
    spa,
};
use anyhow::Result;

/// How much is measured.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A short run that shows whether the bench works, not what the server can do.
    #[arg(long)]
    quick: bool,
    /// Only these parts: page, arrival, login, screen, directory, large, files, find, sockets, pace, presence, fsync, peak, postgres, kill, attack.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// The server of another commit, built for release: peak and postgres measure it in turns with this one.
    #[arg(long)]
    against: Option<String>,
}

/// Builds everything for release and runs the load generator.
pub(crate) fn run(args: &Args) -> Result<()> {
    build()?;
    let mut bench = crate::shell::command("target/release/causeway-bench");
    if args.quick {
        bench.arg("--quick");
    }
    if !args.only.is_empty() {
        bench.args(["--only", &args.only.join(",")]);
    }
    if let Some(other) = &args.against {
        bench.args(["--against", other]);
    }
    let is_wanted =
        args.only.is_empty() || args.only.iter().any(|part| part == "postgres" || part == "large");
    let cluster = is_wanted.then(|| step("starting a PostgreSQL cluster", || Cluster::start(Disk::Awaited)));
    let cluster = cluster.transpose()?;
    if let Some(cluster) = &cluster {
        bench.env("CAUSEWAY_BENCH_POSTGRES", cluster.url());
    }
    loudly(&mut bench)
}

/// The release binaries.
pub(crate) fn build() -> Result<()> {
    setup::for_testing()?;
    spa::build_for_release()?;
    step("building server, lab and bench for release", || {
        quietly(
            cargo()
                .args([
                    "build",
                    "--release",
                    "-p",
                    "causeway-server",
                    "-p",
                    "causeway-lab",
                    "-p",
                    "causeway-bench",
                ])
                .args(["--features", "causeway-server/demo"]),
        )
    })
}
