//! `kill -9` in the middle of writing: what was acknowledged must be there afterwards.

use crate::{
    load,
    server::Server,
    table::{Goal, Table},
};
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::task::JoinSet;

/// So many cycles of writing, killing and looking.
pub(crate) async fn measure(table: &mut Table, cycles: u32) -> Result<()> {
    let mut server = Server::start(32).await?;
    let acked = Arc::new(Mutex::new(HashSet::new()));
    let mut slowest = Duration::ZERO;
    for cycle in 0..cycles {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(5)).build()?;
        let mut writers = JoinSet::new();
        for (number, pair) in server.pairs.clone().into_iter().enumerate() {
            let (client, acked, port) = (client.clone(), acked.clone(), server.port);
            writers.spawn(async move {
                for turn in 0..1_000_u32 {
                    let text = format!("{cycle} {number} {turn}");
                    if !load::send(&client, port, &pair, usize::from(turn % 2 == 1), &text).await {
                        return;
                    }
                    acked.lock().unwrap_or_else(PoisonError::into_inner).insert((pair.chat.clone(), text));
                }
            });
        }
        tokio::time::interval_at(
            tokio::time::Instant::now() + Duration::from_millis(250),
            Duration::from_secs(1),
        )
        .tick()
        .await;
        slowest = slowest.max(server.kill_and_restart().await?);
        writers.shutdown().await;
    }
    let acked = acked.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let found = everything(&server).await?;
    let lost = acked.difference(&found).count();
    table.add(&format!("kill -9, {cycles} cycles: acknowledged"), acked.len() as f64, "", Goal::None)?;
    table.add(
        &format!("kill -9, {cycles} cycles: acknowledged and lost"),
        lost as f64,
        "",
        Goal::AtMost(0.0),
    )?;
    table.add(
        "kill -9: longest until ready again",
        slowest.as_secs_f64() * 1_000.0,
        "ms",
        Goal::AtMost(1_000.0),
    )
}

async fn everything(server: &Server) -> Result<HashSet<(String, String)>> {
    let client = reqwest::Client::new();
    let mut found = HashSet::new();
    for pair in &server.pairs {
        let mut from = 1;
        loop {
            let address =
                format!("{}/api/chats/{}/messages?from={from}&limit=100", server.origin(), pair.chat);
            let cookie = format!("causeway-session={}", pair.sessions[0]);
            let text = client.get(address).header("cookie", cookie).send().await?.text().await?;
            let page: Value = serde_json::from_str(&text)?;
            let messages = page["messages"].as_array().context("messages")?;
            if messages.is_empty() {
                break;
            }
            from += i64::try_from(messages.len())?;
            found.extend(
                messages
                    .iter()
                    .filter_map(|message| Some((pair.chat.clone(), message["text"].as_str()?.to_owned()))),
            );
        }
    }
    Ok(found)
}
