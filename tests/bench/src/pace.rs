//! A hundred messages a second, in pairs and in rooms: how long each takes to everyone who hears it, beside what a single
//! write waits for the disk.

use crate::{
    disk,
    load::{follow, new_id, open, schedule},
    server::{Pair, Server},
    table::{Goal, Table},
};
use anyhow::{Result, ensure};
use causeway_api::paths::PERSON_HEADER;
use hdrhistogram::Histogram;
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Messages a second.
const RATE: u64 = 100;
/// What a delivery may take beyond one wait for the disk, in milliseconds.
const BEYOND_DISK: f64 = 1.5;

pub(crate) async fn measure(table: &mut Table, seconds: u64) -> Result<()> {
    let server = Server::start(200).await?;
    let mut disk = disk::waits(Duration::from_secs(2), Duration::from_millis(8))?;
    let pairs: Vec<Pair> = server.pairs[..50].to_vec();
    let in_pairs = steady(&server, &pairs, seconds).await?;
    disk.add(disk::waits(Duration::from_secs(2), Duration::from_millis(8))?)?;
    let wait = millis(&disk, 0.5);
    table.add("100/s: p50 of one wait for the disk", wait, "ms", Goal::None)?;
    say(table, "pairs", &in_pairs, Some(wait + BEYOND_DISK))?;
    let mut costs = Vec::new();
    for (count, size) in [(10, 5), (2, 50)] {
        let members = make_rooms(&server, count, size).await?;
        let before = server.processor_time()?;
        let heard = steady(&server, &members, seconds).await?;
        let cost = (server.processor_time()? - before) * 1e6 / heard.len() as f64;
        say(table, &format!("rooms of {size}"), &heard, None)?;
        table.add(&format!("100/s in rooms of {size}: processor time a delivery"), cost, "us", Goal::None)?;
        costs.push(cost);
    }
    table.add("that in rooms of 50, times that in rooms of 5", costs[1] / costs[0], "x", Goal::AtMost(1.2))
}

fn millis(times: &Histogram<u64>, quantile: f64) -> f64 {
    times.value_at_quantile(quantile) as f64 / 1_000.0
}

fn say(table: &mut Table, place: &str, heard: &Histogram<u64>, most: Option<f64>) -> Result<()> {
    let (half, most_of) = (millis(heard, 0.5), millis(heard, 0.99));
    let goal = most.map_or(Goal::None, Goal::AtMost);
    table.add(&format!("100/s in {place}: delivery p50"), half, "ms", goal)?;
    table.add(&format!("100/s in {place}: delivery p99"), most_of, "ms", Goal::None)?;
    table.add(&format!("100/s in {place}: p99 in p50s"), most_of / half, "x", Goal::AtMost(2.0))
}

/// Everyone of these pairs hears and writes; returns how long every delivery took.
async fn steady(server: &Server, pairs: &[Pair], seconds: u64) -> Result<Histogram<u64>> {
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let (begun, mut followers) = (Instant::now(), JoinSet::new());
    for (number, pair) in pairs.iter().enumerate() {
        for side in 0..2 {
            let socket = open(server, (pair, side), number).await?;
            followers.spawn(follow(socket, begun, stopped.clone()));
        }
    }
    let (_, count) = schedule(server.port, pairs, RATE, begun, seconds).await;
    ensure!(count as u64 == RATE * seconds, "{count} messages were acknowledged");
    // What is still under way has a second to arrive.
    tokio::time::interval_at(tokio::time::Instant::now() + Duration::from_secs(1), Duration::from_secs(1))
        .tick()
        .await;
    stop.send_replace(true);
    let mut heard = Histogram::new(3)?;
    while let Some(done) = followers.join_next().await {
        for latency in done?.latencies {
            heard.record(latency.max(1))?;
        }
    }
    Ok(heard)
}

/// Makes rooms of so many people, and returns their members in pairs.
async fn make_rooms(server: &Server, count: usize, size: usize) -> Result<Vec<Pair>> {
    let client = reqwest::Client::new();
    let mut members = Vec::new();
    for people in server.pairs.chunks(size.div_ceil(2)).take(count) {
        let everyone: Vec<&String> = people.iter().flat_map(|pair| &pair.people).take(size).collect();
        let (id, maker) = (new_id().to_string(), &people[0]);
        let answer = client
            .post(format!("{}/api/chats", server.origin()))
            .header("cookie", format!("causeway-session={}", maker.sessions[0]))
            .header(PERSON_HEADER, &maker.people[0])
            .json(&json!({ "kind": "group", "id": id, "name": "Room", "members": &everyone[1..] }))
            .send()
            .await?;
        ensure!(answer.status().as_u16() == 201, "{}", answer.text().await?);
        let sessions: Vec<&String> = people.iter().flat_map(|pair| &pair.sessions).take(size).collect();
        // An odd one hears and writes twice.
        for at in (0..size).step_by(2) {
            let other = if at + 1 < size { at + 1 } else { at };
            members.push(Pair {
                chat: id.clone(),
                people: [everyone[at].clone(), everyone[other].clone()],
                sessions: [sessions[at].clone(), sessions[other].clone()],
            });
        }
    }
    Ok(members)
}
