//! System packages: browsers, Node.js, PostgreSQL. On Debian they are installed; elsewhere they are named.

use crate::shell::{command, find, is_root, quietly};
use anyhow::{Context as _, Result, bail};
use std::{path::PathBuf, process::Command};

/// The packages of those programs that are not there.
pub(super) fn missing(wanted: &[(&str, &'static str)]) -> Vec<&'static str> {
    // PostgreSQL keeps its server programs off the PATH.
    let is_there = |program: &str| find(program).is_some() || postgres_program(program).is_some();
    wanted.iter().filter(|(program, _)| !is_there(program)).map(|(_, package)| *package).collect()
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

/// What to do where there is no apt, package by package.
fn elsewhere(packages: &[&str]) -> String {
    let lines = packages.iter().map(|package| {
        let by_brew = match *package {
            "nodejs" | "npm" => "on macOS: brew install node",
            "chromium" => "on macOS: brew install --cask chromium",
            "chromium-driver" => "on macOS: brew install --cask chromedriver",
            "firefox-esr" => "on macOS: brew install --cask firefox",
            "postgresql" => "on macOS: brew install postgresql",
            _ => "not to be had on macOS: the tests need Linux, the demo does not",
        };
        format!("  {package} ({by_brew})")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Installs packages.
pub(super) fn install(packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    let by_hand = format!("run this and start again: sudo apt-get install {list}");
    if find("apt-get").is_none() {
        bail!("these are missing, and this is no Debian:\n{}", elsewhere(packages));
    }
    let apt = || as_root("apt-get").with_context(|| format!("installing packages needs root; {by_hand}"));
    quietly(apt()?.args(["update", "-qq"])).context(by_hand.clone())?;
    let quiet = ["install", "-y", "-qq", "--no-install-recommends"];
    quietly(apt()?.args(quiet).args(packages).env("DEBIAN_FRONTEND", "noninteractive")).context(by_hand)
}

#[cfg(test)]
mod tests {
    use super::elsewhere;

    #[test]
    fn where_there_is_no_apt_it_is_said_what_to_install() {
        let said = elsewhere(&["nodejs", "strace"]);
        assert!(said.contains("brew install node") && said.contains("the tests need Linux"), "{said}");
    }
}
