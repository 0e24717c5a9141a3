//! What people feel: opening long conversations, scrolling through them, typing while messages arrive. Measured in
//! headless Chromium on this machine, with the processor slowed for opening and scrolling.

use crate::{
    load,
    server::Pair,
    table::{Goal, Table},
};
use anyhow::{Context as _, Result};
use causeway_e2e::{
    browser::{Browser, DESKTOP},
    world::{Extra, World},
};
use serde_json::{Value, json};
use std::{fs, time::Duration};

/// How much slower than this machine the browser's processor is made.
const SLOWED: u32 = 4;
/// How often each conversation is opened.
const OPENINGS: usize = 9;
/// Messages a second that arrive while someone types.
const ARRIVING: u64 = 20;

/// Milliseconds from the click on a chat's row until its newest message is painted.
const OPEN: &str = "const [name, done] = [arguments[0], arguments[arguments.length - 1]]; \
    const row = [...document.querySelectorAll('a.row')].find(r => r.querySelector('.row__name').textContent === name); \
    const begun = performance.now(); row.click(); \
    const look = () => { const log = document.querySelector('[role=log]:not([aria-busy])'); \
        if (log && log.getAttribute('aria-label').includes(name) && log.querySelector('[data-ordinal]')) \
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun), 0)); \
        else requestAnimationFrame(look); }; look();";

/// The pauses between frames while the conversation is scrolled for four seconds, and the most DOM nodes seen.
const SCROLL: &str = "const done = arguments[arguments.length - 1]; const log = document.querySelector('[role=log]'); \
    const pauses = []; let nodes = 0, last = performance.now(); const begun = last; \
    const frame = now => { pauses.push(now - last); last = now; if (pauses.length % 20 === 0) nodes = Math.max(nodes, log.querySelectorAll('*').length); \
        log.scrollBy(0, -60); if (now - begun < 4000) requestAnimationFrame(frame); else done([pauses.slice(1), nodes]); }; \
    requestAnimationFrame(frame);";

/// The time from each key event to the end of the frame that shows it.
const KEYS: &str = "window.keyTimes = []; const field = document.querySelector('textarea[aria-label=Message]'); \
    field.addEventListener('keydown', event => { const pressed = event.timeStamp; \
        requestAnimationFrame(() => { const channel = new MessageChannel(); \
            channel.port1.onmessage = () => window.keyTimes.push(performance.now() - pressed); channel.port2.postMessage(0); }); }, true);";

/// The value below which this share of the values lies.
pub(crate) fn quantile(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let index = (values.len() as f64 * share).ceil() as usize;
    values.get(index.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

pub(crate) fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

pub(crate) async fn measure(table: &mut Table) -> Result<()> {
    let world = World::start_release(Extra { people: 10, ..Extra::default() }).await?;
    reading(table, &world).await?;
    typing(table, &world).await
}

async fn slow_down(browser: &Browser, rate: u32) -> Result<()> {
    browser.driver.cdp().send_raw("Emulation.setCPUThrottlingRate", json!({ "rate": rate })).await?;
    Ok(())
}

async fn reading(table: &mut Table, world: &World) -> Result<()> {
    let browser = Browser::chromium(DESKTOP).await?;
    browser.open(&world.portal).await?;
    browser.sign_in(world, "priya.nair").await?;
    let (long, short) = ("Harbour Fund onboarding", "One hundred messages");
    fill(&browser, short).await?;
    slow_down(&browser, SLOWED).await?;
    let (mut of_long, mut of_short) = (Vec::new(), Vec::new());
    for round in 0..=OPENINGS {
        for (name, times) in [(long, &mut of_long), (short, &mut of_short)] {
            let time = browser.driver.execute_async(OPEN, vec![json!(name)]).await?.json().as_f64();
            // The first round warms up.
            if round > 0 {
                times.push(time.context("milliseconds")?);
            }
        }
    }
    let (of_long, of_short) = (quantile(of_long, 0.5), quantile(of_short, 0.5));
    table.add("screen, 4x slower: opening 10,000 messages, median", of_long, "ms", Goal::AtMost(300.0))?;
    table.add("screen, 4x slower: the same with 100 messages", of_short, "ms", Goal::None)?;
    table.add("screen: 10,000 messages against 100", of_long / of_short, "x", Goal::AtMost(1.1))?;
    browser.driver.execute_async(OPEN, vec![json!(long)]).await?;
    let slowed = browser.driver.execute_async(SCROLL, vec![]).await?.json().clone();
    slow_down(&browser, 1).await?;
    let scrolled = browser.driver.execute_async(SCROLL, vec![]).await?.json().clone();
    table.add(
        "screen: frames while scrolling, p95",
        quantile(numbers(&scrolled[0]), 0.95),
        "ms",
        Goal::AtMost(33.0),
    )?;
    table.add(
        "screen, 4x slower: frames while scrolling, p95",
        quantile(numbers(&slowed[0]), 0.95),
        "ms",
        Goal::None,
    )?;
    table.add(
        "screen: DOM nodes of the conversation",
        scrolled[1].as_f64().context("nodes")?,
        "",
        Goal::AtMost(600.0),
    )
}

/// Makes a group with a hundred messages, as fast as one person may write.
async fn fill(browser: &Browser, name: &str) -> Result<()> {
    let script = "const [name, done] = [arguments[0], arguments[arguments.length - 1]]; (async () => { \
        const me = (await (await fetch('/api/session')).json()).me.id; \
        const send = (path, body) => fetch(path, { method: 'POST', headers: { 'content-type': 'application/json', 'x-causeway-person': me }, body: JSON.stringify(body) }); \
        const people = await (await fetch('/api/people')).json(); const id = crypto.randomUUID(); \
        await send('/api/chats', { kind: 'group', id, name, members: [people[0].id] }); \
        for (let sent = 0; sent < 100; ) { const answer = await send(`/api/chats/${id}/messages`, { id: crypto.randomUUID(), text: `Message ${sent} of a short conversation` }); \
            if (answer.ok) sent += 1; else await new Promise(go => setTimeout(go, 250)); } done(true); })();";
    browser.driver.set_script_timeout(Duration::from_mins(1)).await?;
    browser.driver.execute_async(script, vec![json!(name)]).await?;
    browser.sees(name).await
}

async fn typing(table: &mut Table, world: &World) -> Result<()> {
    let load: Value = serde_json::from_slice(&fs::read(world.data().join("load.json"))?)?;
    let pairs: Vec<Pair> = serde_json::from_value(load["pairs"].clone())?;
    let reader = &pairs.first().context("people")?.sessions[0];
    let browser = Browser::chromium(DESKTOP).await?;
    let cookie = json!({ "name": "causeway-session", "value": reader, "url": world.portal, "path": "/", "httpOnly": true });
    browser.driver.cdp().send_raw("Network.setCookie", cookie).await?;
    browser.open(&format!("{}/chats", world.portal)).await?;
    browser.find("nav[aria-label=Main]").await?;
    let make = "const done = arguments[arguments.length - 1]; (async () => { const id = crypto.randomUUID(); \
        const people = await (await fetch('/api/people')).json(); const me = (await (await fetch('/api/session')).json()).me.id; \
        await fetch('/api/chats', { method: 'POST', headers: { 'content-type': 'application/json', 'x-causeway-person': me }, \
            body: JSON.stringify({ kind: 'group', id, name: 'Busy', members: people.map(p => p.id) }) }); done(id); })();";
    let id = browser.driver.execute_async(make, vec![]).await?.json().as_str().context("an id")?.to_owned();
    browser.open_chat("Busy").await?;
    browser.run(KEYS, vec![]).await?;
    let flood = tokio::spawn(flood(world.port(), id, pairs.clone()));
    let field = browser.labelled("Message").await?;
    for word in
        ["The ", "quick ", "brown ", "fox ", "jumps ", "over ", "the ", "lazy ", "dog, ", "twice. "].repeat(3)
    {
        for letter in word.chars() {
            field.send_keys(letter.to_string()).await?;
        }
    }
    flood.abort();
    let times = numbers(&browser.run("return window.keyTimes", vec![]).await?);
    let seen = browser
        .run("return +[...document.querySelectorAll('[data-ordinal]')].at(-1).dataset.ordinal", vec![])
        .await?;
    table.add(
        "screen: messages that arrived while typing",
        seen.as_f64().context("ordinal")?,
        "",
        Goal::None,
    )?;
    table.add("screen: keys typed meanwhile", times.len() as f64, "", Goal::None)?;
    table.add(
        "screen: 20 messages/s arriving, key to frame, p95",
        quantile(times, 0.95),
        "ms",
        Goal::AtMost(50.0),
    )
}

/// [`ARRIVING`] messages a second from several people, until it is aborted.
async fn flood(port: u16, chat: String, pairs: Vec<Pair>) {
    let client = reqwest::Client::new();
    let mut tick = tokio::time::interval(Duration::from_millis(1_000 / ARRIVING));
    // The first person is the one who types.
    let writers = pairs.iter().flat_map(|pair| [(pair, 0), (pair, 1)]).skip(1);
    for (pair, side) in writers.cycle() {
        tick.tick().await;
        let pair = Pair { chat: chat.clone(), ..pair.clone() };
        load::send(
            &client,
            port,
            &pair,
            side,
            "A message of ordinary length that arrives while somebody types.",
        )
        .await;
    }
}
