//! The release binary: one file, with the application inside and nothing of the demo.

use crate::{
    setup,
    shell::{cargo, quietly, root, say, step},
    spa,
};
use anyhow::{Result, bail};
use std::fs;

/// `cargo xtask dist`.
pub(crate) fn run() -> Result<()> {
    setup::for_building()?;
    spa::build_for_release()?;
    step("building the release binary", || {
        quietly(cargo().args(["build", "--release", "-p", "causeway-server"]))
    })?;
    let binary = root().join("target/release/causeway");
    let bytes = fs::read(&binary)?;
    if contains(&bytes, b"lantern over the water") || contains(&bytes, b"demo.json") {
        bail!("the demo is in the release binary");
    }
    say(&format!("{} ({} MB)", binary.display(), bytes.len() / 1_000_000));
    Ok(())
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
