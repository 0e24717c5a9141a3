//! What the disk can do: the other figures mean little without it.

use crate::table::{Goal, Table};
use anyhow::Result;
use hdrhistogram::Histogram;
use std::{
    fs,
    io::Write as _,
    time::{Duration, Instant},
};

/// Writes 4 KiB and waits for the disk, for three seconds.
pub(crate) fn measure(table: &mut Table) -> Result<()> {
    let begun = Instant::now();
    let waits = waits(Duration::from_secs(3), Duration::ZERO)?;
    let rate = waits.len() as f64 / begun.elapsed().as_secs_f64();
    table.add("disk: 4 KiB writes with fsync", rate, "/s", Goal::None)
}

/// How long each of several writes of 4 KiB waits for the disk, with a pause before each, in microseconds.
pub(crate) fn waits(time: Duration, pause: Duration) -> Result<Histogram<u64>> {
    let path = std::env::current_dir()?.join("target/fsync.probe");
    let (mut file, mut waits) = (fs::File::create(&path)?, Histogram::new(3)?);
    let begun = Instant::now();
    while begun.elapsed() < time {
        std::thread::park_timeout(pause);
        let write = Instant::now();
        file.write_all(&[0; 4096])?;
        file.sync_data()?;
        waits.record((write.elapsed().as_micros() as u64).max(1))?;
    }
    fs::remove_file(path)?;
    Ok(waits)
}
