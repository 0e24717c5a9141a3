//! System packages: browsers, Node.js, PostgreSQL. On Debian they are installed; elsewhere they are named.

use crate::shell::{command, find, is_root, quietly, step};
use anyhow::{Context as _, Result, bail};
use std::{path::PathBuf, process::Command};

/// Makes sure that programs are there; each is given with the package that has it.
pub(super) fn ensure(wanted: &[(&str, &str)]) -> Result<()> {
    let missing: Vec<&str> =
        wanted.iter().filter(|(program, _)| find(program).is_none()).map(|(_, package)| *package).collect();
    if missing.is_empty() { Ok(()) } else { install(&missing) }
}

/// PostgreSQL keeps its server programs off the PATH.
pub(super) fn ensure_postgres() -> Result<()> {
    if postgres_program("initdb").is_some() { Ok(()) } else { install(&["postgresql"]) }
}

/// A server program of PostgreSQL, newest version first.
pub(crate) fn postgres_program(name: &str) -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|entries| entries.flatten().map(|entry| entry.path().join("bin").join(name)).collect())
        .unwrap_or_default();
    versions.sort();
    versions.into_iter().rev().find(|file| file.is_file()).or_else(|| find(name))
}

/// The same command as root.
pub(super) fn as_root(program: &str) -> Option<Command> {
    if is_root() {
        return Some(command(program));
    }
    find("sudo").map(|_| {
        let mut sudo = command("sudo");
        sudo.args(["--non-interactive", program]);
        sudo
    })
}

fn install(packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    let by_hand = format!("run this and start again: sudo apt-get install {list}");
    if find("apt-get").is_none() {
        bail!("these programs are missing and this is no Debian: {list}");
    }
    step(&format!("installing {list}"), || {
        let apt = || as_root("apt-get").with_context(|| format!("installing packages needs root; {by_hand}"));
        quietly(apt()?.args(["update", "-qq"])).context(by_hand.clone())?;
        let quiet = ["install", "-y", "-qq", "--no-install-recommends"];
        quietly(apt()?.args(quiet).args(packages).env("DEBIAN_FRONTEND", "noninteractive"))
            .context(by_hand.clone())
    })
}
