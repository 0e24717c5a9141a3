//! How many times the server waits for the disk per acknowledged message, counted by `strace`.

use crate::{
    load,
    server::Server,
    table::{Goal, Table},
};
use anyhow::{Context as _, Result};
use std::{
    fs,
    io::Write as _,
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::task::JoinSet;

/// Messages a second.
const RATE: u64 = 1_000;

pub(crate) async fn measure(table: &mut Table, seconds: u64) -> Result<()> {
    if Command::new("strace").arg("-V").stdout(Stdio::null()).status().is_err() {
        return Ok(writeln!(std::io::stderr(), "fsyncs were not counted: strace is not installed")?);
    }
    let log = std::env::current_dir()?.join("target/fsync.trace");
    let server = Arc::new(Server::start_traced(3_000, &log).await?);
    let client = reqwest::Client::builder().tcp_nodelay(true).pool_max_idle_per_host(200).build()?;
    let (acked, mut sending) = (Arc::new(AtomicU64::new(0)), JoinSet::new());
    let mut tick = tokio::time::interval(Duration::from_micros(1_000_000 / RATE));
    let (warm_up, mut before) = (RATE, (0, 0));
    for number in 0..warm_up + RATE * seconds {
        tick.tick().await;
        if number == warm_up {
            before = (count(&log)?, acked.load(Ordering::SeqCst));
        }
        let (server, client, acked) = (server.clone(), client.clone(), acked.clone());
        sending.spawn(async move {
            let pair = &server.pairs[number as usize % server.pairs.len()];
            if load::send(
                &client,
                server.port,
                pair,
                number as usize / 1_500 % 2,
                "How often does the disk wait?",
            )
            .await
            {
                acked.fetch_add(1, Ordering::SeqCst);
            }
        });
    }
    sending.join_all().await;
    let (syncs, messages) = (count(&log)? - before.0, acked.load(Ordering::SeqCst) - before.1);
    drop(server);
    fs::remove_file(&log)?;
    table.add(
        "disk: acknowledged messages while fsyncs were counted",
        messages as f64 / seconds as f64,
        "/s",
        Goal::None,
    )?;
    table.add(
        "disk: fsyncs per acknowledged message at 1,000/s",
        syncs as f64 / messages as f64,
        "",
        Goal::AtMost(0.2),
    )
}

/// The calls in the trace so far.
fn count(log: &std::path::Path) -> Result<u64> {
    let text = fs::read_to_string(log).context("the trace")?;
    // A call that was interrupted by another thread's stands on two lines; the second says "resumed".
    Ok(text.lines().filter(|line| line.contains("sync(") && !line.contains("resumed")).count() as u64)
}
