//! What the disk can do: the other figures mean little without it.

use crate::table::{Goal, Table};
use anyhow::Result;
use std::{
    fs,
    io::Write as _,
    time::{Duration, Instant},
};

/// Writes 4 KiB and waits for the disk, for three seconds.
pub(crate) fn measure(table: &mut Table) -> Result<()> {
    let path = std::env::current_dir()?.join("target/fsync.probe");
    let mut file = fs::File::create(&path)?;
    let (begun, mut count) = (Instant::now(), 0_u32);
    while begun.elapsed() < Duration::from_secs(3) {
        file.write_all(&[0; 4096])?;
        file.sync_data()?;
        count += 1;
    }
    fs::remove_file(path)?;
    table.add(
        "disk: 4 KiB writes with fsync",
        f64::from(count) / begun.elapsed().as_secs_f64(),
        "/s",
        Goal::None,
    )
}
