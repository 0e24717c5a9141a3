//! The release binary with the lab, on ports and in a folder of its own.

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use std::{
    fs,
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// A pair of people with a chat; the first and second person's session.
#[derive(Clone, Deserialize)]
pub(crate) struct Pair {
    pub(crate) chat: String,
    pub(crate) sessions: [String; 2],
}

#[derive(Deserialize)]
struct Load {
    pairs: Vec<Pair>,
}

/// A running server. It is killed when this value is dropped.
pub(crate) struct Server {
    pub(crate) port: u16,
    pub(crate) pairs: Vec<Pair>,
    folder: PathBuf,
    child: Child,
}

fn free_port() -> Result<u16> {
    let first = 9_000 + u16::try_from(std::process::id() % 2_000)?;
    (first..12_000).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).context("no port is free")
}

impl Server {
    /// Starts with an empty folder and so many people in pairs.
    pub(crate) async fn start(people: usize) -> Result<Self> {
        let folder = std::env::current_dir()?.join(format!("target/bench-{}", std::process::id()));
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let port = free_port()?;
        let child = Self::spawn(&folder, port, people)?;
        let mut server = Self { port, pairs: Vec::new(), folder, child };
        server.ready().await?;
        let load = fs::read(server.folder.join("load.json"))?;
        server.pairs = serde_json::from_slice::<Load>(&load)?.pairs;
        Ok(server)
    }

    fn spawn(folder: &PathBuf, port: u16, people: usize) -> Result<Child> {
        Command::new("target/release/causeway")
            .args(["demo", "--port", &port.to_string(), "--load-people", &people.to_string(), "--data"])
            .arg(folder)
            .env("CAUSEWAY_LOG", "warn")
            .stdout(Stdio::null())
            .stderr(fs::OpenOptions::new().create(true).append(true).open(folder.join("log"))?)
            .spawn()
            .context("cargo xtask bench builds the server")
    }

    async fn ready(&self) -> Result<()> {
        let address = format!("{}/health/ready", self.origin());
        let begun = Instant::now();
        let mut tick = tokio::time::interval(Duration::from_millis(20));
        while begun.elapsed() < Duration::from_mins(1) {
            tick.tick().await;
            if reqwest::get(&address).await.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
        }
        bail!("the server did not start: {}", fs::read_to_string(self.folder.join("log"))?)
    }

    /// Kills the server as `kill -9` does and starts it again; answers how long it took to be ready.
    pub(crate) async fn kill_and_restart(&mut self) -> Result<Duration> {
        self.child.kill()?;
        self.child.wait()?;
        let begun = Instant::now();
        self.child = Self::spawn(&self.folder, self.port, 0)?;
        self.ready().await?;
        Ok(begun.elapsed())
    }

    /// The number of the server's process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Resident memory in MiB.
    pub(crate) fn memory(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS")).context("VmRSS")?;
        let kib: f64 = line.split_whitespace().nth(1).context("VmRSS")?.parse()?;
        Ok(kib / 1024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; the folder is in `target` and harms nobody.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
