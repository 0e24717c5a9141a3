//! `cargo xtask check-release`: what `cargo xtask test` runs in a small form, in its whole size.

use crate::{
    bench,
    postgres::{Cluster, Disk},
    shell::{command, loudly, say, step},
    test,
};
use anyhow::{Context as _, Result};

/// Rounds of each injected fault, over both databases.
const FAULT_ROUNDS: &str = "200";
/// Races of each pair of a credential in use and its end, on each database.
const RACES: &str = "50";

/// Runs the long checks that a release has to pass.
pub(crate) fn run() -> Result<()> {
    bench::build()?;
    let cluster = step("starting a PostgreSQL cluster", || Cluster::start(Disk::Ignored))?;
    say(&format!("\n── injected faults, {FAULT_ROUNDS} rounds"));
    loudly(
        test::tests(&["--test", "faults"])
            .env("CAUSEWAY_TEST_POSTGRES", cluster.url())
            .env("CAUSEWAY_FAULT_ROUNDS", FAULT_ROUNDS),
    )
    .context("injected faults")?;
    say(&format!("\n── races, {RACES} of every pair"));
    loudly(
        test::tests(&["--test", "api", "races::"])
            .env("CAUSEWAY_TEST_POSTGRES", cluster.url())
            .env("CAUSEWAY_RACES", RACES),
    )
    .context("races")?;
    drop(cluster);
    say("\n── attacks from one address");
    loudly(command("target/release/causeway-bench").args(["--strict", "--only", "attack"])).context("attacks")
}
