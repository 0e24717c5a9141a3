//! What it costs that people see each other come, go and write: a thousand are there, each with twenty others on the screen, and
//! every fifth is writing.

use crate::{
    load::connect,
    server::{Pair, Server},
    table::{Goal, Table},
};
use anyhow::Result;
use causeway_api::{
    PersonId, ServerFrame,
    paths::PERSON_HEADER,
    presence::{AWAY_AFTER, ClientFrame},
    signals::Signal,
};
use futures_util::{SinkExt as _, StreamExt as _};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;

/// Colleagues on the screen of each.
const ON_SCREEN: usize = 20;
/// Every how many of them writes.
const ACTIVE: usize = 5;
/// How often who writes tells of it.
const TYPES: Duration = Duration::from_secs(5);
/// Share of a core that it may take, in per cent.
const SHARE: f64 = 5.0;

/// What was told, of presence and of writing.
#[derive(Default)]
struct Told {
    presence: AtomicUsize,
    typing: AtomicUsize,
}

pub(crate) async fn measure(table: &mut Table, people: usize, seconds: u64) -> Result<()> {
    let server = Server::start(people).await?;
    let told = Arc::new(Told::default());
    let ids = server.pairs.iter().flat_map(|pair| pair.people.iter().map(|id| id.parse()));
    let ids: Vec<PersonId> = ids.collect::<Result<_, _>>()?;
    let mut pages = JoinSet::new();
    for (number, pair) in server.pairs.iter().enumerate() {
        for side in 0..2 {
            let place = number * 2 + side;
            let seen = (1..=ON_SCREEN).map(|away| ids[(place + away) % ids.len()]).collect();
            let socket = connect(&server, (pair, side), place).await?;
            pages.spawn(page(socket, (pair.chat.parse()?, seen), place, told.clone()));
        }
    }
    // Everyone has been told of everyone on the screen.
    let quiet = Duration::from_secs(5);
    tokio::time::interval_at(tokio::time::Instant::now() + quiet, quiet).tick().await;
    let (before, heard) = (server.processor_time()?, told.presence.load(Ordering::Relaxed));
    let writing = server.pairs.iter().step_by(ACTIVE).flat_map(|pair| [(pair.clone(), 0), (pair.clone(), 1)]);
    let refused = Arc::new(AtomicUsize::new(0));
    write(server.port, writing.collect(), seconds, &refused).await;
    let share = (server.processor_time()? - before) * 100.0 / seconds as f64;
    pages.abort_all();
    let name =
        |what: &str| format!("{people} people, {ON_SCREEN} on each screen, 1 in {ACTIVE} writing: {what}");
    let count = |count: &AtomicUsize, less: usize| count.load(Ordering::Relaxed).saturating_sub(less) as f64;
    table.add(&name("told of presence"), count(&told.presence, heard) / seconds as f64, "/s", Goal::None)?;
    table.add(&name("told of writing"), count(&told.typing, 0) / seconds as f64, "/s", Goal::None)?;
    table.add(&name("not told"), count(&refused, 0), "", Goal::AtMost(0.0))?;
    table.add(&name("processor"), share, "% of a core", Goal::AtMost(SHARE))
}

/// A page that says what it looks at, and now and then that it is used again or not any more.
async fn page(
    mut socket: tokio_tungstenite::WebSocketStream<tokio::net::TcpStream>,
    (chat, people): (causeway_api::ChatId, Vec<PersonId>),
    place: usize,
    told: Arc<Told>,
) {
    // Spread over the time in which each changes once.
    let changes = Duration::from_millis(AWAY_AFTER.unsigned_abs());
    let first = changes * u32::try_from(place % 1_000).unwrap_or_default() / 1_000;
    let mut change = tokio::time::interval_at(tokio::time::Instant::now() + first, changes);
    let (mut is_idle, mut is_live) = (false, false);
    loop {
        let next = tokio::select! {
            next = socket.next() => next,
            _ = change.tick(), if is_live => {
                is_idle = !is_idle;
                if say(&mut socket, chat, &people, is_idle).await.is_err() { return; }
                continue;
            }
        };
        let Some(Ok(message)) = next else { return };
        let Message::Text(text) = message else { continue };
        match serde_json::from_str(&text) {
            Ok(ServerFrame::Live) if !is_live => {
                is_live = true;
                if say(&mut socket, chat, &people, is_idle).await.is_err() {
                    return;
                }
            }
            Ok(ServerFrame::Signal { signal: Signal::Presence { .. } }) => {
                told.presence.fetch_add(1, Ordering::Relaxed);
            }
            Ok(ServerFrame::Signal { signal: Signal::Typing { .. } }) => {
                told.typing.fetch_add(1, Ordering::Relaxed);
            }
            _ => {}
        }
    }
}

async fn say(
    socket: &mut tokio_tungstenite::WebSocketStream<tokio::net::TcpStream>,
    chat: causeway_api::ChatId,
    people: &[PersonId],
    is_idle: bool,
) -> Result<()> {
    let frame = ClientFrame::Looking { chat: Some(chat), people: people.to_vec(), is_idle };
    Ok(socket.send(Message::text(serde_json::to_string(&frame)?)).await?)
}

/// Each of these is writing, and their pages tell of it.
async fn write(port: u16, writing: Vec<(Pair, usize)>, seconds: u64, refused: &Arc<AtomicUsize>) {
    let client = reqwest::Client::builder().tcp_nodelay(true).build().unwrap_or_default();
    let count = u32::try_from(writing.len()).unwrap_or(1).max(1);
    let mut tick = tokio::time::interval(TYPES / count);
    let end = tokio::time::Instant::now() + Duration::from_secs(seconds);
    for (pair, side) in writing.iter().cycle() {
        if tick.tick().await > end {
            return;
        }
        let asking = client
            .post(format!("http://127.0.0.1:{port}/api/chats/{}/typing", pair.chat))
            .header("cookie", format!("causeway-session={}", pair.sessions[*side]))
            .header(PERSON_HEADER, &pair.people[*side]);
        let refused = refused.clone();
        tokio::spawn(async move {
            if !asking.send().await.is_ok_and(|answer| answer.status().is_success()) {
                refused.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
}
