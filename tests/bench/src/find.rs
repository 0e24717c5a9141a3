//! Finding messages: how long a search takes in a long log for someone who sees a small part of it, and how far the index
//! is behind those who write.

use crate::{
    load::new_id,
    screen::quantile,
    server::{Pair, Server},
    table::{Goal, Table},
    wire::Wire,
};
use anyhow::{Context as _, Result, bail};
use causeway_api::paths::PERSON_HEADER;
use serde_json::Value;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// Connections that write.
const SENDERS: usize = 128;
/// How often each search is asked.
const TIMES: usize = 25;

/// A text like those that people write: mostly English, a third Chinese, a fifth Japanese.
fn text(number: usize) -> String {
    let extra = match number {
        it if it % 1_667 == 0 => " 美玲",
        it if it % 250 == 0 => " 佐藤",
        it if it % 125 == 0 => " invoice payment instruction",
        _ => "",
    };
    let body = match number % 20 {
        0..=8 => "please find the custody statement for the account below and confirm the settlement date",
        9..=14 => "你好，第三季報告已經寄到辦公室，請在星期五之前確認付款指示和交收日期。",
        15..=18 => "お世話になっております。送金手続きの書類を本日中にお送りいたします。",
        _ => "please see the 報告 and the 書類 for the lease",
    };
    format!("{number} {body}{extra}")
}

pub(crate) async fn measure(table: &mut Table, is_quick: bool) -> Result<()> {
    let count = if is_quick { 5_000 } else { 1_000_000 };
    let server = Arc::new(Server::start(3_000).await?);
    write(&server, count).await?;
    let begun = Instant::now();
    let pair = server.pairs[0].clone();
    let mut tick = tokio::time::interval(Duration::from_millis(500));
    while !ask(&server, &pair, "custody").await?["behind_since"].is_null() {
        tick.tick().await;
        if begun.elapsed() > Duration::from_mins(10) {
            bail!("the index does not come");
        }
    }
    let behind = begun.elapsed().as_secs_f64();
    table.add(&format!("find: the index after {count} messages, behind"), behind, "s", Goal::None)?;
    let mut all = Vec::new();
    for typed in ["佐藤", "美玲", "invoice", "\"payment instruction\"", "inv", "please", "lighthouse"] {
        let mut times = Vec::new();
        for turn in 0..TIMES {
            // Everyone searches a few times a second at most.
            let pair = &server.pairs[turn * 7 % server.pairs.len()];
            let begun = Instant::now();
            ask(&server, pair, typed).await?;
            times.push(begun.elapsed().as_secs_f64() * 1e3);
        }
        all.extend(times.iter().copied());
        let p95 = quantile(times, 0.95);
        table.add(&format!("find: {typed} among {count}, p95"), p95, "ms", Goal::AtMost(50.0))?;
    }
    table.add("find: all of these, p50", quantile(all, 0.5), "ms", Goal::None)
}

async fn write(server: &Arc<Server>, count: usize) -> Result<()> {
    let (next, mut senders) = (Arc::new(AtomicUsize::new(0)), JoinSet::new());
    for _ in 0..SENDERS {
        let (server, next) = (server.clone(), next.clone());
        senders.spawn(async move {
            let mut wire = Wire::open(server.port).await?;
            let mut tick = tokio::time::interval(Duration::from_millis(200));
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    return Ok::<_, anyhow::Error>(());
                }
                let pair = &server.pairs[number % server.pairs.len()];
                let side = number / server.pairs.len() % 2;
                while !wire.send(pair, side, &new_id().to_string(), &text(number)).await? {
                    // Someone wrote too fast.
                    tick.tick().await;
                }
            }
        });
    }
    while let Some(done) = senders.join_next().await {
        done??;
    }
    Ok(())
}

async fn ask(server: &Server, pair: &Pair, typed: &str) -> Result<Value> {
    let address =
        reqwest::Url::parse_with_params(&format!("{}/api/search", server.origin()), [("q", typed)])?;
    let answer = reqwest::Client::new()
        .get(address)
        .header("cookie", format!("causeway-session={}", pair.sessions[0]))
        .header(PERSON_HEADER, &pair.people[0])
        .send()
        .await?;
    let status = answer.status();
    let text = answer.text().await?;
    serde_json::from_str(&text).with_context(|| format!("{status}: {text}"))
}
