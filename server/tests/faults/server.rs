//! A server of its own, on a free port and in a folder of its own, with people in pairs whose sessions are open.

use serde::Deserialize;
use serde_json::Value;
use std::{
    ffi::OsString,
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU16, Ordering},
    time::{Duration, Instant},
};

/// Longest wait for anything that should happen within seconds.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Two people with a chat: the first one's session and id.
#[derive(Clone)]
pub(crate) struct Pair {
    pub(crate) chat: String,
    pub(crate) cookie: String,
    pub(crate) person: String,
}

#[derive(Deserialize)]
struct Load {
    pairs: Vec<LoadPair>,
}

#[derive(Deserialize)]
struct LoadPair {
    chat: String,
    sessions: [String; 2],
}

/// A running server. It is killed when this value is dropped.
pub(crate) struct Server {
    pub(crate) port: u16,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) client: reqwest::Client,
    folder: PathBuf,
    /// What stands in front of the program, to run it somewhere else.
    within: Vec<OsString>,
    database: Option<String>,
    child: Child,
}

/// A port below the range of outgoing connections; two tests of this process never get the same one.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 15_000 + u16::try_from(std::process::id() % 150).unwrap() * 100;
    loop {
        let port = first + NEXT.fetch_add(1, Ordering::SeqCst);
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

impl Server {
    /// Starts with so many pairs in an empty folder; `within` is a command that runs its arguments somewhere else.
    pub(crate) async fn start(folder: &Path, within: &[OsString], database: Option<String>) -> Self {
        // Another test may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
        let port = free_port();
        let child = spawn(folder, within, database.as_ref(), port, 12);
        let (within, folder) = (within.to_vec(), folder.to_owned());
        let mut server = Self { port, pairs: Vec::new(), client, folder, within, database, child };
        server.is_ready_within(PATIENCE * 2).await;
        let load = fs::read(server.seen_from_here().join("load.json")).unwrap();
        for LoadPair { chat, sessions: [first, _] } in serde_json::from_slice::<Load>(&load).unwrap().pairs {
            let cookie = format!("causeway-session={first}");
            let answer = server.get("/api/session", &cookie).await;
            let person = answer["me"]["id"].as_str().unwrap().to_owned();
            server.pairs.push(Pair { chat, cookie, person });
        }
        server
    }

    /// The data folder as this process sees it: the server may have file systems of its own.
    pub(crate) fn seen_from_here(&self) -> PathBuf {
        PathBuf::from(format!("/proc/{}/root{}", self.child.id(), self.folder.display()))
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    pub(crate) async fn get(&self, path: &str, cookie: &str) -> Value {
        let address = format!("http://127.0.0.1:{}{path}", self.port);
        let answer = self.client.get(address).header("cookie", cookie).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.json().await.unwrap()
    }

    /// The status of `/health/ready`.
    pub(crate) async fn readiness(&self) -> u16 {
        let address = format!("http://127.0.0.1:{}/health/ready", self.port);
        self.client.get(address).send().await.map_or(0, |answer| answer.status().as_u16())
    }

    /// Sends a message; the status of the answer, 0 without one.
    pub(crate) async fn send(&self, pair: &Pair, id: &str, text: &str) -> u16 {
        let address = format!("http://127.0.0.1:{}/api/chats/{}/messages", self.port, pair.chat);
        let sent = self
            .client
            .post(address)
            .header("cookie", &pair.cookie)
            .header("x-causeway-person", &pair.person)
            .json(&serde_json::json!({ "id": id, "text": text }))
            .send();
        sent.await.map_or(0, |answer| answer.status().as_u16())
    }

    /// Waits until the server says that it can work; returns how long that took.
    pub(crate) async fn is_ready_within(&mut self, patience: Duration) -> Duration {
        let begun = Instant::now();
        let mut tick = tokio::time::interval(Duration::from_millis(20));
        while begun.elapsed() < patience {
            tick.tick().await;
            assert!(self.child.try_wait().unwrap().is_none(), "the server ended: {}", self.log());
            if self.readiness().await == 200 {
                return begun.elapsed();
            }
        }
        panic!("not ready within {patience:?}: {}", self.log());
    }

    pub(crate) fn log(&self) -> String {
        let log = fs::read_to_string(log_file(&self.folder)).unwrap_or_default();
        log.lines().rev().take(20).collect::<Vec<_>>().join("\n")
    }

    /// Kills the server as `kill -9` does, and starts it again.
    pub(crate) async fn kill_and_restart(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.child = spawn(&self.folder, &self.within, self.database.as_ref(), self.port, 0);
        self.is_ready_within(PATIENCE).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn log_file(folder: &Path) -> PathBuf {
    folder.with_extension("log")
}

fn spawn(folder: &Path, within: &[OsString], database: Option<&String>, port: u16, people: usize) -> Child {
    let mut words = within.to_vec();
    words.push(env!("CARGO_BIN_EXE_causeway").into());
    let mut command = Command::new(&words[0]);
    command
        .args(&words[1..])
        .args(["demo", "--port", &port.to_string(), "--load-people", &people.to_string(), "--data"])
        .arg(folder)
        .env("CAUSEWAY_LOG", "warn")
        .env_remove("DATABASE_URL")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(fs::OpenOptions::new().create(true).append(true).open(log_file(folder)).unwrap());
    if let Some(database) = database {
        command.env("DATABASE_URL", database);
    }
    command.spawn().unwrap()
}
