//! Long lists: ten thousand contacts of one employee, ten thousand users of a company.

use crate::{
    screen::{numbers, quantile},
    table::{Goal, Table},
};
use anyhow::{Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP},
    world::{Extra, World},
};
use serde_json::json;

/// How often each list is asked for.
const TIMES: usize = 40;

/// Milliseconds until the answer at an address has arrived, again and again.
const ASK: &str = "const [path, times, done] = arguments; (async () => { const all = []; \
    for (let i = 0; i < times; i++) { const begun = performance.now(); const answer = await fetch(path, { cache: 'no-store' }); \
        await answer.text(); if (!answer.ok) return done([]); all.push(performance.now() - begun); } done(all); })();";

/// The pauses between frames while the list is scrolled for four seconds, and the most rows seen.
const SCROLL: &str = "const done = arguments[arguments.length - 1]; const list = document.getElementById('contacts-panel'); \
    const pauses = []; let rows = 0, last = performance.now(); const begun = last; \
    const frame = now => { pauses.push(now - last); last = now; rows = Math.max(rows, list.querySelectorAll('li').length); \
        list.scrollBy(0, 90); if (now - begun < 4000) requestAnimationFrame(frame); else done([pauses.slice(1), rows]); }; \
    requestAnimationFrame(frame);";

/// What the list of contacts asks for.
const CONTACTS: [(&str, &str); 3] = [
    ("first page", "/api/contacts?limit=200"),
    ("search", "/api/contacts?search=nakamura%2000&limit=200"),
    ("search by number", "/api/contacts?search=0001234&limit=200"),
];

/// Only the contacts, of which there may be very many, on a database beside the folder if there is one.
pub(crate) async fn contacts(
    table: &mut Table,
    database: Option<&'static str>,
    count: usize,
    most: f64,
) -> Result<()> {
    let world = World::start_release_on(database, Extra { directory: count, ..Extra::default() }).await?;
    let priya = signed_in(&world, "priya.nair").await?;
    let place = if database.is_some() { "PostgreSQL" } else { "SQLite" };
    for (what, path) in CONTACTS {
        let what = format!("large: {count} contacts, {place}, {what}, p95");
        add(table, &what, &priya, path, Goal::AtMost(most)).await?;
    }
    Ok(())
}

pub(crate) async fn measure(table: &mut Table, count: usize) -> Result<()> {
    let world = World::start_release(Extra { directory: count, ..Extra::default() }).await?;
    let priya = signed_in(&world, "priya.nair").await?;
    for (what, path) in CONTACTS {
        add(table, &format!("directory: {count} contacts, {what}, p95"), &priya, path, Goal::AtMost(100.0))
            .await?;
    }
    priya.open(&format!("{}/contacts", world.portal)).await?;
    priya.find("#contacts-panel li").await?;
    let scrolled = priya.driver.execute_async(SCROLL, vec![]).await?.json().clone();
    let frames = quantile(numbers(&scrolled[0]), 0.95);
    table.add("directory: frames while scrolling contacts, p95", frames, "ms", Goal::AtMost(33.0))?;
    let rows = scrolled[1].as_f64().unwrap_or(f64::NAN);
    table.add("directory: rows on the screen, at most", rows, "", Goal::AtMost(200.0))?;
    let mei = signed_in(&world, "mei.lin").await?;
    for (what, path) in [
        ("first page", "/api/admin/users?limit=50"),
        ("search, sorted", "/api/admin/users?search=zhang&sort=created&descending=true&limit=50"),
    ] {
        add(table, &format!("directory: {count} users, {what}, p95"), &mei, path, Goal::AtMost(60.0)).await?;
    }
    Ok(())
}

pub(crate) async fn signed_in(world: &World, username: &str) -> Result<Browser> {
    let browser = Browser::chromium(DESKTOP).await?;
    browser.open(&world.portal).await?;
    browser.sign_in(world, username).await?;
    Ok(browser)
}

async fn add(table: &mut Table, what: &str, browser: &Browser, path: &str, goal: Goal) -> Result<()> {
    let times = browser.driver.execute_async(ASK, vec![json!(path), json!(TIMES)]).await?.json().clone();
    let times = numbers(&times);
    ensure!(times.len() == TIMES, "{path} was refused");
    table.add(what, quantile(times, 0.95), "ms", goal)
}
