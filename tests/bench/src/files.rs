//! Files: a large one from the first byte to ready, what that takes of memory, and how soon a stretch of it comes.

use crate::{
    screen::quantile,
    server::resident,
    table::{Goal, Table},
};
use anyhow::{Context as _, Result, ensure};
use causeway_api::files::CHUNK_BYTES;
use causeway_e2e::{
    caller::Caller,
    world::{Extra, World},
};
use serde_json::json;
use std::{
    fs,
    io::Write as _,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// The largest file that a company can allow, in MiB.
const LARGE: usize = 100;
/// Uploads at the same time, and the size of each in MiB.
const MANY: (usize, usize) = (100, 5);

pub(crate) async fn measure(table: &mut Table, is_quick: bool) -> Result<()> {
    let world = World::start_release(Extra::default()).await?;
    let mut mei = world.employee("mei.lin").await?;
    mei.configure("file.size_limit", LARGE).await?;
    let mut priya = world.employee("priya.nair").await?;
    let chats = priya.get("/api/chats").await?;
    let chat = chats["chats"][0]["id"].as_str().context("a chat")?.to_owned();
    large(table, &world, &mut priya, &chat).await?;
    many(table, &mut priya, &chat, if is_quick { (10, 1) } else { MANY }).await
}

/// A text of so many MiB.
fn text(mebibytes: usize) -> Vec<u8> {
    (0..mebibytes * 1024 * 1024).map(|at| b'a' + (at / 31 % 26) as u8).collect()
}

/// Uploads a file. Returns its id.
async fn upload(caller: &mut Caller, chat: &str, name: &str, bytes: &[u8]) -> Result<String> {
    let id = crate::load::new_id().to_string();
    let new = json!({ "id": id, "name": name, "size": bytes.len() });
    caller.post(&format!("/api/chats/{chat}/uploads"), new).await?;
    let chunk = usize::try_from(CHUNK_BYTES)?;
    for (number, part) in bytes.chunks(chunk).enumerate() {
        let path = format!("/api/uploads/{id}?offset={}", number * chunk);
        caller.put_bytes(&path, part.to_vec()).await?;
    }
    let done = caller.post(&format!("/api/uploads/{id}/finish"), json!({})).await?;
    ensure!(done["state"] == "ready", "{done}");
    Ok(id)
}

/// Seconds in which the same bytes are written twice and waited for.
fn written_twice(bytes: &[u8]) -> Result<f64> {
    let path = std::env::current_dir()?.join("target/files.probe");
    let begun = Instant::now();
    for _ in 0..2 {
        let mut file = fs::File::create(&path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
    }
    let seconds = begun.elapsed().as_secs_f64();
    fs::remove_file(path)?;
    Ok(seconds)
}

async fn large(table: &mut Table, world: &World, priya: &mut Caller, chat: &str) -> Result<()> {
    let bytes = text(LARGE);
    let disk = written_twice(&bytes)?;
    let process = world.process();
    let before = resident(process)?;
    let (is_over, most) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let watching = {
        let (is_over, most) = (is_over.clone(), most.clone());
        tokio::spawn(async move {
            let mut tick = tokio::time::interval(Duration::from_millis(20));
            while !is_over.load(Ordering::Relaxed) {
                tick.tick().await;
                most.fetch_max(resident(process)? as u64, Ordering::Relaxed);
            }
            Ok::<_, anyhow::Error>(())
        })
    };
    let begun = Instant::now();
    let id = upload(priya, chat, "large.txt", &bytes).await?;
    let seconds = begun.elapsed().as_secs_f64();
    is_over.store(true, Ordering::Relaxed);
    watching.await??;
    let name = |what: &str| format!("files: {LARGE} MiB, {what}");
    let grown = most.load(Ordering::Relaxed) as f64 - before;
    table.add(&name("memory over that before"), grown, "MiB", Goal::AtMost(96.0))?;
    table.add(&name("from first part to ready"), seconds, "s", Goal::None)?;
    table.add(&name("that, times writing it twice"), seconds / disk, "x", Goal::AtMost(2.0))?;
    let mut times = Vec::new();
    for number in 0..20_usize {
        let from = number * 5_000_000;
        let begun = Instant::now();
        let stretch = priya.get_stretch(&format!("/api/files/{id}"), from, 100).await?;
        times.push(begun.elapsed().as_secs_f64() * 1e3);
        ensure!(stretch == bytes[from..from + 100], "another stretch came");
    }
    table.add(&name("a stretch of it, p95"), quantile(times, 0.95), "ms", Goal::AtMost(20.0))
}

/// Many uploads at once, while messages go as before.
async fn many(
    table: &mut Table,
    priya: &mut Caller,
    chat: &str,
    (count, size): (usize, usize),
) -> Result<()> {
    let bytes = Arc::new(text(size));
    let mut tasks = JoinSet::new();
    let begun = Instant::now();
    for number in 0..count {
        let (mut caller, chat, bytes) = (priya.clone(), chat.to_owned(), bytes.clone());
        tasks.spawn(async move { upload(&mut caller, &chat, &format!("{number}.txt"), &bytes).await });
    }
    let (mut times, mut done) = (Vec::new(), 0);
    let mut tick = tokio::time::interval(Duration::from_millis(250));
    while done < count {
        tokio::select! {
            ended = tasks.join_next() => {
                ended.context("an upload")???;
                done += 1;
            }
            _ = tick.tick() => {
                let begun = Instant::now();
                let new = json!({ "id": crate::load::new_id(), "text": "meanwhile" });
                priya.post(&format!("/api/chats/{chat}/messages"), new).await?;
                times.push(begun.elapsed().as_secs_f64() * 1e3);
            }
        }
    }
    let seconds = begun.elapsed().as_secs_f64();
    table.add(&format!("files: {count} of {size} MiB at once, all ready"), seconds, "s", Goal::None)?;
    table.add("files: messages meanwhile, p99", quantile(times, 0.99), "ms", Goal::AtMost(250.0))
}
