//! The disk: errors of `fsync` and of writing, injected by strace into the running server, and a file system that fills.

use crate::{
    rounds,
    server::{PATIENCE, Server},
    writers::{Writers, Written, require_everything},
};
use std::{
    ffi::OsString,
    fs,
    io::Write as _,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

/// Errors of the disk, by the system calls that SQLite makes (<https://sqlite.org/wal.html>).
const FAULTS: [&str; 3] =
    ["inject=fsync,fdatasync:error=EIO", "inject=pwrite64:error=ENOSPC", "inject=pwrite64:error=EIO"];

/// A fault that lasts until this value is dropped.
struct Fault(Child);

impl Fault {
    fn begin(process: u32, fault: &str) -> Self {
        let tracer = Command::new("strace")
            .args(["-f", "-q", "-e", "trace=fsync,fdatasync,pwrite64", "-e", fault, "-o", "/dev/null", "-p"])
            .arg(process.to_string())
            .stderr(Stdio::null())
            .spawn();
        Self(tracer.expect("strace injects the errors of the disk; cargo xtask test installs it"))
    }
}

impl Drop for Fault {
    fn drop(&mut self) {
        // Asked to stop, it lets go of the server; killed, it would take it along.
        let _ = Command::new("kill").args(["-INT", &self.0.id().to_string()]).status();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn errors_of_the_disk_lose_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Arc::new(Server::start(&folder.path().join("data"), &[], None).await);
    let written = Arc::new(Written::default());
    for round in 0..rounds() {
        let writers = Writers::start(&server, written.clone());
        writers.acknowledged(2, PATIENCE, &server).await;
        let fault = Fault::begin(server.process(), FAULTS[round as usize % FAULTS.len()]);
        assert!(writers.refused(PATIENCE).await, "round {round}: the fault was not felt");
        // Once more on the connection that took the place of the first.
        writers.refused(Duration::from_secs(2)).await;
        assert_eq!(server.readiness().await, 503, "round {round}: ready although nothing can be stored");
        let path = format!("/api/chats/{}/messages", server.pairs[0].chat);
        server.get(&path, &server.pairs[0].cookie).await;
        drop(fault);
        let back = writers.acknowledged(3, PATIENCE, &server).await;
        assert!(back < Duration::from_secs(5), "round {round}: writes were back after {back:?}");
        assert_eq!(server.readiness().await, 200, "round {round}");
        writers.stop().await;
        // What is only in memory is gone after this.
        Arc::get_mut(&mut server).unwrap().kill_and_restart().await;
        require_everything(&server, &written).await;
    }
    assert!(written.count() > 5 * rounds() as usize, "{} messages", written.count());
}

/// A mount namespace with a small file system of its own; gone with this value.
struct SmallDisk(Child);

impl SmallDisk {
    fn new(folder: &std::path::Path, megabytes: u32) -> Self {
        let script = format!(
            "mount -t tmpfs -o size={megabytes}m tmpfs '{}' && echo mounted && exec sleep infinity",
            folder.display()
        );
        let mut unshare = Command::new("unshare");
        if !is_root() {
            unshare.args(["--user", "--map-root-user"]);
        }
        let mut holder =
            unshare.args(["--mount", "sh", "-c", &script]).stdout(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        let output = holder.stdout.take().unwrap();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(output), &mut said).unwrap();
        assert_eq!(said.trim(), "mounted", "a small file system cannot be mounted");
        Self(holder)
    }

    /// The command that runs its arguments there.
    fn within(&self) -> Vec<OsString> {
        let target = self.0.id().to_string();
        let mut words = vec!["nsenter".into(), "--target".into(), target.into(), "--mount".into()];
        if !is_root() {
            words.extend(["--user".into(), "--preserve-credentials".into()]);
        }
        words
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|said| said.stdout.starts_with(b"0"))
}

/// How often one small disk is filled: what is written stays on it, and must not fill it by itself.
const FILLED_PER_DISK: u32 = 5;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_fills_loses_nothing_that_was_acknowledged_and_writes_come_back() {
    let total = rounds().div_ceil(4);
    for first in (0..total).step_by(FILLED_PER_DISK as usize) {
        fill_a_disk(first..total.min(first + FILLED_PER_DISK)).await;
    }
}

async fn fill_a_disk(rounds: std::ops::Range<u32>) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    let disk = SmallDisk::new(&data, 32);
    let mut server = Arc::new(Server::start(&data, &disk.within(), None).await);
    let written = Arc::new(Written::default());
    for round in rounds {
        let writers = Writers::start(&server, written.clone());
        writers.acknowledged(2, PATIENCE, &server).await;
        let filler = server.seen_from_here().join("filler");
        let mut file = fs::File::create(&filler).unwrap();
        while file.write_all(&[7; 4_096]).is_ok() {}
        assert!(writers.refused(PATIENCE * 2).await, "round {round}: the disk never filled");
        let path = format!("/api/chats/{}/messages", server.pairs[0].chat);
        server.get(&path, &server.pairs[0].cookie).await;
        drop(file);
        fs::remove_file(&filler).unwrap();
        let back = writers.acknowledged(3, PATIENCE, &server).await;
        assert!(back < Duration::from_secs(5), "round {round}: writes were back after {back:?}");
        writers.stop().await;
        Arc::get_mut(&mut server).unwrap().kill_and_restart().await;
        require_everything(&server, &written).await;
    }
}
