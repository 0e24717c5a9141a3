//! Sockets and messages: delivery under a fixed schedule, and the most that goes through.

use crate::{
    server::{Pair, Server},
    table::{Goal, Table},
};
use anyhow::{Context as _, Result};
use causeway_api::{EventBody, ServerFrame, paths::PERSON_HEADER};
use futures_util::StreamExt as _;
use hdrhistogram::Histogram;
use serde_json::json;
use std::{
    collections::HashMap,
    time::{Duration, Instant},
};
use tokio::{
    net::{TcpSocket, TcpStream},
    sync::mpsc,
    task::JoinSet,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Message, client::IntoClientRequest as _, http::HeaderValue},
};

/// Sockets that hear one message.
const FAN_OUT: usize = 5;
/// Messages a second.
const RATE: u64 = 200;

/// What one socket has seen.
#[derive(Default)]
pub(crate) struct Seen {
    /// Microseconds from when each message was due.
    pub(crate) latencies: Vec<u64>,
    ordinals: Vec<i64>,
}

/// Sends one message; true when it was acknowledged.
pub(crate) async fn send(
    client: &reqwest::Client,
    server_port: u16,
    pair: &Pair,
    side: usize,
    text: &str,
) -> bool {
    let answer = client
        .post(format!("http://127.0.0.1:{server_port}/api/chats/{}/messages", pair.chat))
        .header("cookie", format!("causeway-session={}", pair.sessions[side]))
        .header(PERSON_HEADER, &pair.people[side])
        .json(&json!({ "id": new_id(), "text": text }))
        .send()
        .await;
    match answer {
        // The body is read, so that the connection can be used again.
        Ok(answer) => answer.status().as_u16() == 201 && answer.bytes().await.is_ok(),
        Err(_) => false,
    }
}

#[expect(clippy::disallowed_methods, reason = "the bench plays the browsers, which make these ids")]
pub(crate) fn new_id() -> uuid::Uuid {
    uuid::Uuid::new_v4()
}

/// What is heard on a socket of one of a pair.
pub(crate) async fn open(
    server: &Server,
    who: (&Pair, usize),
    number: usize,
) -> Result<impl futures_util::Stream<Item = Message> + Unpin + use<>> {
    let socket = connect(server, who, number).await?;
    Ok(Box::pin(socket.filter_map(|message| async { message.ok() })))
}

/// Opens a socket of one of a pair, from one of many addresses: one has its share only.
pub(crate) async fn connect(
    server: &Server,
    (pair, side): (&Pair, usize),
    number: usize,
) -> Result<WebSocketStream<TcpStream>> {
    let address = format!("ws://127.0.0.1:{}/api/events?since=0&person={}", server.port, pair.people[side]);
    let mut request = address.into_client_request()?;
    request
        .headers_mut()
        .insert("cookie", HeaderValue::from_str(&format!("causeway-session={}", pair.sessions[side]))?);
    request.headers_mut().insert("origin", HeaderValue::from_str(&server.origin())?);
    let connection = TcpSocket::new_v4()?;
    connection.bind(([127, 0, 2, u8::try_from(number % 200 + 1)?], 0).into())?;
    let connection = connection.connect(([127, 0, 0, 1], server.port).into()).await?;
    let (socket, _) = tokio_tungstenite::client_async(request, connection).await.context("a socket")?;
    Ok(socket)
}

/// Follows a socket until it is told to stop; the time in a text is when the message was due.
pub(crate) async fn follow(
    mut socket: impl futures_util::Stream<Item = Message> + Unpin,
    begun: Instant,
    mut stop: tokio::sync::watch::Receiver<bool>,
) -> Seen {
    let mut seen = Seen::default();
    loop {
        let next = tokio::select! {
            next = socket.next() => next,
            _ = stop.wait_for(|stop| *stop) => None,
        };
        let text = match next {
            Some(Message::Text(text)) => text,
            Some(_) => continue,
            None => return seen,
        };
        let Ok(ServerFrame::Event { event }) = serde_json::from_str(&text) else { continue };
        if let EventBody::MessageSent { message } = event.body {
            let due: u64 = message.text.parse().unwrap_or_default();
            seen.latencies.push((begun.elapsed().as_micros() as u64).saturating_sub(due));
            seen.ordinals.push(message.ordinal);
        }
    }
}

/// So many sockets, [`RATE`] messages a second, each heard by [`FAN_OUT`] sockets.
pub(crate) async fn fan_out(table: &mut Table, sockets: usize, seconds: u64) -> Result<()> {
    let mut server = Server::start(sockets / FAN_OUT * 2).await?;
    // Making a thousand people takes memory that serving them does not.
    server.kill_and_restart().await?;
    let base = server.memory()?;
    table.add("server: memory with nobody there", base, "MiB", Goal::AtMost(64.0))?;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let begun = Instant::now();
    let mut followers = JoinSet::new();
    for (index, pair) in server.pairs.iter().enumerate() {
        for number in 0..FAN_OUT {
            let socket = open(&server, (pair, number % 2), index).await?;
            let following = follow(socket, begun, stopped.clone());
            followers.spawn(async move { (index, following.await) });
        }
    }
    let per_socket = (server.memory()? - base) * 1024.0 / sockets as f64;
    let (acked, count) = schedule(server.port, &server.pairs, RATE, begun, seconds).await;
    // What is still under way has a second to arrive.
    tokio::time::interval_at(tokio::time::Instant::now() + Duration::from_secs(1), Duration::from_secs(1))
        .tick()
        .await;
    stop.send_replace(true);
    let mut latencies = Histogram::<u64>::new(3)?;
    let (mut lost, mut doubled, mut reordered) = (0, 0, 0);
    while let Some(done) = followers.join_next().await {
        let (index, seen) = done?;
        for latency in seen.latencies {
            latencies.record(latency.max(1))?;
        }
        let expected = acked.get(&index).copied().unwrap_or(0);
        let mut unique = seen.ordinals.clone();
        unique.sort_unstable();
        unique.dedup();
        lost += expected.saturating_sub(unique.len());
        doubled += seen.ordinals.len() - unique.len();
        reordered += seen.ordinals.windows(2).filter(|pair| pair[1] < pair[0]).count();
    }
    let millis = |quantile: f64| latencies.value_at_quantile(quantile) as f64 / 1_000.0;
    let name = |what: &str| format!("{sockets} sockets, {RATE}/s, fan-out {FAN_OUT}: {what}");
    let goal = if sockets > 1_000 { 100.0 } else { 50.0 };
    table.add(&name("delivery p50"), millis(0.5), "ms", Goal::None)?;
    table.add(&name("delivery p99"), millis(0.99), "ms", Goal::AtMost(goal))?;
    table.add(&name("delivery p99.9"), millis(0.999), "ms", Goal::None)?;
    table.add(&name("sent"), count as f64, "", Goal::None)?;
    table.add(&name("lost"), lost as f64, "", Goal::AtMost(0.0))?;
    table.add(&name("doubled"), doubled as f64, "", Goal::AtMost(0.0))?;
    table.add(&name("reordered"), reordered as f64, "", Goal::AtMost(0.0))?;
    table.add(&name("memory per socket"), per_socket, "KiB", Goal::AtMost(16.0))?;
    table.add(&name("memory"), server.memory()?, "MiB", Goal::AtMost(150.0))
}

/// Sends so many messages a second on a fixed schedule, whatever the answers take; returns the acknowledged messages per
/// pair.
pub(crate) async fn schedule(
    port: u16,
    pairs: &[Pair],
    rate: u64,
    begun: Instant,
    seconds: u64,
) -> (HashMap<usize, usize>, usize) {
    let client = reqwest::Client::builder().tcp_nodelay(true).build().unwrap_or_default();
    let (report, mut reports) = mpsc::unbounded_channel();
    let period = Duration::from_micros(1_000_000 / rate);
    let mut tick = tokio::time::interval(period);
    let first = begun.elapsed();
    let total = usize::try_from(rate * seconds).unwrap_or(0);
    for number in 0..total {
        tick.tick().await;
        let index = number % pairs.len();
        // Due by the schedule, not when its turn came: a sender that lags must not hide that.
        let due = (first + period * u32::try_from(number).unwrap_or(u32::MAX)).as_micros().to_string();
        let (pair, client, report) = (pairs[index].clone(), client.clone(), report.clone());
        tokio::spawn(async move {
            if send(&client, port, &pair, number / 7 % 2, &due).await {
                // No one counts any more when the run is over.
                let _ = report.send(index);
            }
        });
    }
    drop(report);
    let (mut acked, mut count) = (HashMap::new(), 0);
    while let Some(index) = reports.recv().await {
        *acked.entry(index).or_insert(0) += 1;
        count += 1;
    }
    (acked, count)
}
