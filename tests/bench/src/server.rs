//! The release binary with the lab, on ports and in a folder of its own.

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;
use std::{
    fs,
    net::TcpListener,
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// A pair of people with a chat; the first and second person, and their sessions.
#[derive(Clone, Deserialize)]
pub(crate) struct Pair {
    pub(crate) chat: String,
    pub(crate) people: [String; 2],
    pub(crate) sessions: [String; 2],
}

pub(crate) const BINARY: &str = "target/release/causeway";
/// Ticks of processor time in a second: a constant of Linux on every architecture that people use (`USER_HZ`).
const TICKS: f64 = 100.0;

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

/// Empties a database of PostgreSQL.
pub(crate) fn empty(address: &str) -> Result<()> {
    let made_anew = "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public";
    let done = Command::new("psql").args(["-q", address, "-c", made_anew]).stderr(Stdio::null()).status()?;
    ensure!(done.success(), "psql could not empty the database");
    Ok(())
}

fn free_port() -> Result<u16> {
    let first = 9_000 + u16::try_from(std::process::id() % 2_000)?;
    (first..12_000).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).context("no port is free")
}

impl Server {
    /// Starts with an empty folder and so many people in pairs.
    pub(crate) async fn start(people: usize) -> Result<Self> {
        Self::start_with(Command::new(BINARY), people).await
    }

    /// The same of another binary, on a database beside the folder if there is one. What was in that database goes.
    pub(crate) async fn start_of(binary: &Path, database: Option<&str>, people: usize) -> Result<Self> {
        let mut program = Command::new(binary);
        if let Some(address) = database {
            empty(address)?;
            program.env("DATABASE_URL", address);
        }
        Self::start_with(program, people).await
    }

    /// The same under `strace`, which writes every wait for the disk into a file. Its filter runs in the kernel, so
    /// that other calls cost nothing more.
    pub(crate) async fn start_traced(people: usize, log: &Path) -> Result<Self> {
        let mut tracer = Command::new("strace");
        tracer.args(["-f", "--seccomp-bpf", "-q", "-e", "trace=fsync,fdatasync", "-e", "signal=none", "-o"]);
        tracer.arg(log).arg(BINARY);
        Self::start_with(tracer, people).await
    }

    async fn start_with(program: Command, people: usize) -> Result<Self> {
        let folder = std::env::current_dir()?.join(format!("target/bench-{}", std::process::id()));
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let port = free_port()?;
        let child = Self::spawn(program, &folder, port, people)?;
        let mut server = Self { port, pairs: Vec::new(), folder, child };
        server.ready().await?;
        let load = fs::read(server.folder.join("load.json"))?;
        server.pairs = serde_json::from_slice::<Load>(&load)?.pairs;
        Ok(server)
    }

    fn spawn(mut program: Command, folder: &PathBuf, port: u16, people: usize) -> Result<Child> {
        program
            .args(["demo", "--port", &port.to_string(), "--load-people", &people.to_string(), "--data"])
            .arg(folder)
            .env("CAUSEWAY_LOG", "warn")
            .stdout(Stdio::null())
            .stderr(fs::OpenOptions::new().create(true).append(true).open(folder.join("log"))?)
            .process_group(0)
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

    /// Kills the server as `kill -9` does and starts it again; returns how long it took to be ready.
    pub(crate) async fn kill_and_restart(&mut self) -> Result<Duration> {
        self.kill()?;
        let begun = Instant::now();
        self.child = Self::spawn(Command::new(BINARY), &self.folder, self.port, 0)?;
        self.ready().await?;
        Ok(begun.elapsed())
    }

    /// Kills the server, and what it may run under, without a chance to tidy up.
    fn kill(&mut self) -> Result<()> {
        Command::new("kill").args(["-KILL", "--", &format!("-{}", self.child.id())]).status()?;
        self.child.wait()?;
        Ok(())
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Processor time of the server so far, in seconds (proc(5), fields 14 and 15 of `stat`).
    pub(crate) fn processor_time(&self) -> Result<f64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let (_, fields) = stat.rsplit_once(')').context("stat")?;
        let ticks: u64 =
            fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>).sum::<Result<_, _>>()?;
        Ok(ticks as f64 / TICKS)
    }

    /// Resident memory in MiB.
    pub(crate) fn memory(&self) -> Result<f64> {
        resident(self.child.id())
    }
}

/// Resident memory of a process, in MiB.
pub(crate) fn resident(process: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find(|line| line.starts_with("VmRSS")).context("VmRSS")?;
    let kib: f64 = line.split_whitespace().nth(1).context("VmRSS")?.parse()?;
    Ok(kib / 1024.0)
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; the folder is in `target` and harms no one.
        let _ = self.kill();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
