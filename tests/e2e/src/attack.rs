//! One address that tries to keep the others out, and what the others notice of it.

use crate::world::World;
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use std::{
    net::Ipv4Addr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, Interest, Ready},
    net::{TcpSocket, TcpStream},
    sync::{Semaphore, oneshot},
    task::JoinSet,
};

/// Who attacks, who works meanwhile, and who asks for the server's health.
const ATTACKER: Ipv4Addr = Ipv4Addr::LOCALHOST;
const WORKER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
const WATCHER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 3);
/// An attacker whose connection was closed comes back after this long.
const BACK_AFTER: Duration = Duration::from_secs(10);
/// Connections that the attacker is opening at one time.
const OPENING: usize = 64;

/// What one address does at the same time.
#[derive(Clone, Copy, Debug)]
pub struct Attack {
    /// Connections that say nothing.
    pub connections: usize,
    /// Bodies of which the second half never comes.
    pub bodies: usize,
    /// Sockets of one client that are never read.
    pub sockets: usize,
    /// How long each measurement takes.
    pub seconds: u64,
}

/// What the others noticed.
#[derive(Clone, Copy, Debug)]
pub struct Noticed {
    /// The 99th percentile of a request from another address, before.
    pub quiet: Duration,
    /// The same during the attack.
    pub attacked: Duration,
    /// The 99th percentile of `/health/live` from a third address.
    pub health: Duration,
    /// The slowest of these.
    pub health_slowest: Duration,
    /// The most memory of the server, in MiB.
    pub memory: f64,
}

/// Measures a quiet server and then the same server under attack.
pub async fn run(world: &World, attack: Attack) -> Result<Noticed> {
    let port = world.port();
    let (worker, attacker) =
        (enter(world, WORKER, "Amara Ndiaye").await?, enter(world, ATTACKER, "Olivia Sørensen").await?);
    let quiet = percentile(&ask_on(port, &worker, attack.seconds).await?, 0.99);
    let stop = Arc::new(AtomicBool::new(false));
    let health = tokio::spawn(watch(port, stop.clone()));
    let attackers = Attackers::begin(port, words(attack, &attacker, port))?;
    let sampled = tokio::spawn(sample(world.process(), stop.clone()));
    let meanwhile = ask_on(port, &worker, attack.seconds).await?;
    stop.store(true, Ordering::Relaxed);
    let health = health.await??;
    let memory = sampled.await??;
    drop(attackers);
    Ok(Noticed {
        quiet,
        attacked: percentile(&meanwhile, 0.99),
        health: percentile(&health, 0.99),
        health_slowest: percentile(&health, 1.0),
        memory,
    })
}

/// What each of the attacker's connections says.
fn words(attack: Attack, attacker: &Entered, port: u16) -> Vec<String> {
    let mut words = vec![upgrade(attacker, port); attack.sockets];
    words.extend(vec![half_body(port); attack.bodies]);
    words.extend(vec![String::new(); attack.connections]);
    words
}

/// The attacker, on a thread of its own that runs when no one else wants to: a real one has a machine of its own, and what
/// is measured is what it costs the server. It ends with this value.
struct Attackers {
    end: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Attackers {
    fn begin(port: u16, words: Vec<String>) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (end, ended) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            // Without it the figures are worse, not better.
            let _ = rustix::process::setpriority_process(None, 19);
            runtime.block_on(async move {
                let (mut attackers, turns) = (JoinSet::new(), Arc::new(Semaphore::new(OPENING)));
                for (number, words) in words.into_iter().enumerate() {
                    // They do not all come back at the same moment: server and generator share the processors.
                    let offset = BACK_AFTER.mul_f64((number % 1_000) as f64 / 1_000.0);
                    attackers.spawn(hold(port, words, turns.clone(), offset));
                }
                // An error is an end as well.
                let _ = ended.await;
            });
        });
        Ok(Self { end: Some(end), thread: Some(thread) })
    }
}

impl Drop for Attackers {
    fn drop(&mut self) {
        // The thread may have ended by itself.
        let _ = self.end.take().map(|end| end.send(()));
        let _ = self.thread.take().map(std::thread::JoinHandle::join);
    }
}

/// So many wrong sign-ins from many addresses, eight at a time; returns the most memory of the server, in MiB.
pub async fn sign_in_wrongly(world: &World, count: usize) -> Result<f64> {
    let (port, stop) = (world.port(), Arc::new(AtomicBool::new(false)));
    let sampled = tokio::spawn(sample(world.process(), stop.clone()));
    let turns = Arc::new(Semaphore::new(8));
    let mut tries = JoinSet::new();
    for number in 0..count {
        let turns = turns.clone();
        tries.spawn(async move {
            let _turn = turns.acquire().await?;
            let from = Ipv4Addr::new(127, 0, 1, u8::try_from(number % 100 + 1)?);
            let body = json!({ "company": "lanternbay", "username": format!("nobody.{number}"), "password": "wrong" });
            let (status, _) = exchange(from, port, &post("/api/login", &body, port)).await?;
            ensure!(status == 401, "a wrong sign-in was answered with {status}");
            Ok(())
        });
    }
    while let Some(done) = tries.join_next().await {
        done??;
    }
    stop.store(true, Ordering::Relaxed);
    sampled.await?
}

/// A client in a browser: the cookie, and who it is.
struct Entered {
    cookie: String,
    person: String,
}

async fn enter(world: &World, from: Ipv4Addr, client: &str) -> Result<Entered> {
    let (link, port) = (world.client_link(client)?, world.port());
    let token = link.split('#').nth(1).context("a link without a token")?;
    let request = post("/api/client/open", &json!({ "token": token }), port);
    let (status, answer) = exchange(from, port, &request).await?;
    ensure!(status == 204, "{client} is not let in: {answer}");
    let cookie = answer.split("causeway-client=").nth(1).context("a cookie")?;
    let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
    let (_, answer) = exchange(from, port, &get("/api/client/session", &cookie, port)).await?;
    let body = answer.split("\r\n\r\n").nth(1).context("a body")?;
    let session: Value = serde_json::from_str(body)?;
    Ok(Entered { cookie, person: session["me"]["id"].as_str().context("an id")?.to_owned() })
}

fn post(path: &str, body: &Value, port: u16) -> String {
    let body = body.to_string();
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost:{port}\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn get(path: &str, cookie: &str, port: u16) -> String {
    format!(
        "GET {path} HTTP/1.1\r\nhost: localhost:{port}\r\nconnection: close\r\n\
         cookie: causeway-client={cookie}\r\n\r\n"
    )
}

fn half_body(port: u16) -> String {
    format!(
        "POST /api/login HTTP/1.1\r\nhost: localhost:{port}\r\ncontent-type: application/json\r\n\
         content-length: 200000\r\n\r\n{{\"company\":\"{}",
        "x".repeat(1_000)
    )
}

fn upgrade(who: &Entered, port: u16) -> String {
    format!(
        "GET /api/client/events?since=0&person={} HTTP/1.1\r\nhost: localhost:{port}\r\n\
         origin: http://localhost:{port}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         cookie: causeway-client={}\r\n\r\n",
        who.person, who.cookie
    )
}

async fn dial(from: Ipv4Addr, port: u16) -> Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind((from, 0).into())?;
    Ok(socket.connect((Ipv4Addr::LOCALHOST, port).into()).await?)
}

/// One request on a connection of its own; returns the status and everything that was said.
async fn exchange(from: Ipv4Addr, port: u16, request: &str) -> Result<(u16, String)> {
    let mut connection = dial(from, port).await?;
    connection.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.split(' ').nth(1).context("a status")?.parse()?;
    Ok((status, answer))
}

/// Asks for the chats on a fixed schedule; a time counts from when the request was due.
async fn ask_on(port: u16, who: &Entered, seconds: u64) -> Result<Vec<Duration>> {
    let request = get("/api/client/chats", &who.cookie, port);
    let mut tick = tokio::time::interval(Duration::from_millis(25));
    let mut times = Vec::new();
    for _ in 0..seconds * 40 {
        let due = tick.tick().await;
        let (status, answer) = exchange(WORKER, port, &request).await?;
        ensure!(status == 200, "another address is refused: {answer}");
        times.push(due.elapsed());
    }
    Ok(times)
}

/// Asks whether the server lives, a hundred times a second.
async fn watch(port: u16, stop: Arc<AtomicBool>) -> Result<Vec<Duration>> {
    let mut tick = tokio::time::interval(Duration::from_millis(10));
    let mut times = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let due = tick.tick().await;
        let (status, answer) = exchange(WATCHER, port, &get("/health/live", "", port)).await?;
        ensure!(status == 200, "the server does not live: {answer}");
        times.push(due.elapsed());
    }
    Ok(times)
}

/// Opens a connection, says something, reads nothing, and comes back when the server has closed it.
async fn hold(port: u16, words: String, turns: Arc<Semaphore>, offset: Duration) {
    loop {
        let opened = {
            let Ok(_turn) = turns.acquire().await else { return };
            open_small(port, &words).await
        };
        if let Ok(connection) = opened {
            until_closed(&connection).await;
        }
        pause(BACK_AFTER + offset).await;
    }
}

async fn open_small(port: u16, words: &str) -> Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(4096)?;
    socket.bind((ATTACKER, 0).into())?;
    let mut connection = socket.connect((Ipv4Addr::LOCALHOST, port).into()).await?;
    connection.write_all(words.as_bytes()).await?;
    Ok(connection)
}

/// Waits for the end of a connection without reading what is said on it.
async fn until_closed(connection: &TcpStream) {
    loop {
        let ready = connection.ready(Interest::READABLE).await;
        if ready.is_err() || ready.is_ok_and(Ready::is_read_closed) {
            return;
        }
        // Something was said, and is left unread: it is of no use to be woken by it again and again.
        pause(Duration::from_secs(1)).await;
    }
}

/// A pause of the attacker.
async fn pause(time: Duration) {
    let _ = tokio::time::timeout(time, std::future::pending::<()>()).await;
}

async fn sample(process: u32, stop: Arc<AtomicBool>) -> Result<f64> {
    let mut tick = tokio::time::interval(Duration::from_millis(100));
    let mut most: f64 = 0.0;
    while !stop.load(Ordering::Relaxed) {
        tick.tick().await;
        most = most.max(resident(process)?);
    }
    Ok(most)
}

/// Resident memory of a process in MiB.
pub fn resident(process: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find(|line| line.starts_with("VmRSS")).context("VmRSS")?;
    let kib: f64 = line.split_whitespace().nth(1).context("VmRSS")?.parse()?;
    Ok(kib / 1024.0)
}

fn percentile(times: &[Duration], share: f64) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let place = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(place.saturating_sub(1)).copied().unwrap_or_default()
}

/// A time in milliseconds, for a table.
pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Whether the server still answers at once after all of it.
pub async fn is_well(world: &World) -> Result<bool> {
    let begun = Instant::now();
    let (status, _) = exchange(WATCHER, world.port(), &get("/health/ready", "", world.port())).await?;
    Ok(status == 200 && begun.elapsed() < Duration::from_secs(1))
}
