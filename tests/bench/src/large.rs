//! Large accounts: someone with a thousand chats, a group of as many as a group takes, a hundred thousand contacts on both
//! databases, a thousand companies in which nothing happens.

use crate::{
    directory::{contacts, signed_in},
    screen::quantile,
    server::{self, resident},
    table::{Goal, Table},
};
use anyhow::{Context as _, Result};
use causeway_e2e::world::{Extra, World};
use std::{
    env,
    time::{Duration, Instant},
};

/// How often the list of chats is opened; the median counts.
const TIMES: usize = 9;

/// Notes when the list of chats is seen, and how many rows are drawn.
const WATCH: &str = "
    const look = () => {
        const rows = document.querySelectorAll('#app a.row').length;
        if (rows) requestAnimationFrame(() => { window.seen = { at: performance.now(), rows }; });
        else requestAnimationFrame(look);
    };
    look();";

/// Answers with what was seen.
const SEEN: &str = "const done = arguments[arguments.length - 1]; \
    const ask = () => window.seen ? done([window.seen.at, window.seen.rows]) : setTimeout(ask, 20); ask();";

pub(crate) async fn measure(table: &mut Table, is_quick: bool) -> Result<()> {
    chats(table, is_quick).await?;
    companies(table, is_quick).await?;
    let count = if is_quick { 1_000 } else { 100_000 };
    contacts(table, None, count, 80.0).await?;
    let Ok(address) = env::var("CAUSEWAY_BENCH_POSTGRES") else { return Ok(()) };
    server::empty(&address)?;
    contacts(table, Some(address.leak()), count, 150.0).await
}

/// The list of chats of someone who has many, against that of someone who has a tenth.
async fn chats(table: &mut Table, is_quick: bool) -> Result<()> {
    let many = if is_quick { 100 } else { 1_000 };
    let (few_ms, _) = first_paint(table, many / 10).await?;
    let (many_ms, rows) = first_paint(table, many).await?;
    table.add(&format!("large: list of {many} chats, first paint"), many_ms, "ms", Goal::None)?;
    let share = many_ms / few_ms;
    table.add(&format!("large: that, times the one of {}", many / 10), share, "", Goal::AtMost(1.3))?;
    table.add("large: rows drawn", rows, "", Goal::AtMost(50.0))
}

/// Milliseconds from the request of the page to the first paint of the list, and the rows in it.
async fn first_paint(table: &mut Table, chats: usize) -> Result<(f64, f64)> {
    let world = World::start_release(Extra { directory: chats.max(250), chats, ..Extra::default() }).await?;
    let priya = signed_in(&world, "priya.nair").await?;
    priya.find("a.row").await?;
    priya.before_every_page(WATCH).await?;
    let (mut times, mut rows) = (Vec::new(), 0.0_f64);
    for _ in 0..TIMES {
        priya.open(&format!("{}/chats", world.portal)).await?;
        let seen = priya.run_async(SEEN).await?;
        times.push(seen[0].as_f64().context("a time")?);
        rows = rows.max(seen[1].as_f64().context("a number")?);
    }
    priya.open_chat("Everyone").await?;
    priya.find("[role=log]:not([aria-busy]) .bubble__text").await?;
    let begun = Instant::now();
    priya.press("Conversation details").await?;
    priya.find("#details").await?;
    priya.sees("Fischer 00185").await?;
    let opened = begun.elapsed().as_secs_f64() * 1e3;
    table.add(&format!("large: details of a group of 200, {chats} chats"), opened, "ms", Goal::None)?;
    Ok((quantile(times, 0.5), rows))
}

/// What idle companies cost a server that was started with them.
async fn companies(table: &mut Table, is_quick: bool) -> Result<()> {
    let count = if is_quick { 50 } else { 1_000 };
    let mut used = Vec::new();
    for companies in [0, count] {
        let mut world = World::start_release(Extra { companies, ..Extra::default() }).await?;
        world.restart(async { Ok(()) }).await?;
        // The least of two seconds, so that what the start has set going has ended.
        let mut least = f64::MAX;
        let mut tick = tokio::time::interval(Duration::from_millis(200));
        for _ in 0..10 {
            tick.tick().await;
            least = least.min(resident(world.process())?);
        }
        used.push(least);
    }
    table.add(&format!("large: {count} idle companies, memory"), used[1] - used[0], "MiB", Goal::AtMost(8.0))
}
