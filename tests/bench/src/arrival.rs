//! How long people wait on Slow 4G, with the processor four times slower: until they can type their company, from the last
//! digit of the code to the list of chats, and from a client's link to the conversation; and what moves meanwhile.

use crate::table::{Goal, Table};
use anyhow::{Context as _, Result};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    world::{Extra, World},
};
use serde_json::json;
use std::time::{Duration, Instant};

/// How often each is measured; the median counts.
const TIMES: usize = 3;
/// Slow 4G as browsers' own tools emulate it: 1.6 Mbit/s down, 750 kbit/s up, 150 ms (Lighthouse, "Throttling").
const SLOW_4G: (u32, u32, u32) = (1_600_000 / 8, 750_000 / 8, 150);

/// How long a person takes for the code.
const READING: Duration = Duration::from_secs(4);

/// Notes when a field with the focus can be typed into, when a message is seen, and how much moves.
const WATCH: &str = "
    window.seen = {}; window.moved = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((it) => { if (!it.hadRecentInput) window.moved += it.value; }))
        .observe({ type: 'layout-shift', buffered: true });
    const look = () => {
        const field = document.activeElement, now = performance.now();
        if (field?.name === 'company' && field.offsetParent) window.seen.field ??= now;
        if (document.querySelector('#app:not([hidden]) [role=log]:not([aria-busy]) .bubble__text')) window.seen.message ??= now;
        if (document.querySelector('#app:not([hidden]) a.row')) window.seen.row ??= now;
        requestAnimationFrame(look);
    };
    look();";

async fn slow(size: (u32, u32)) -> Result<Browser> {
    let browser = Browser::chromium(size).await?;
    let (down, up, latency) = SLOW_4G;
    let network =
        json!({ "offline": false, "latency": latency, "downloadThroughput": down, "uploadThroughput": up });
    browser.driver.cdp().send_raw("Network.enable", json!({})).await?;
    browser.driver.cdp().send_raw("Network.emulateNetworkConditions", network).await?;
    browser.driver.cdp().send_raw("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await?;
    browser.before_every_page(WATCH).await?;
    Ok(browser)
}

/// Waits until the page has seen something; returns when, in seconds from the beginning of its load.
async fn seen(browser: &Browser, what: &str) -> Result<f64> {
    let script = format!(
        "const done = arguments[arguments.length - 1]; \
         const ask = () => window.seen?.{what} ? done(window.seen.{what}) : setTimeout(ask, 50); ask();"
    );
    Ok(browser.run_async(&script).await?.as_f64().context("a time")? / 1e3)
}

async fn moved(browser: &Browser) -> Result<f64> {
    browser.run("return window.moved", vec![]).await?.as_f64().context("a share of the window")
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

pub(crate) async fn measure(table: &mut Table) -> Result<()> {
    let world = World::start_release(Extra::default()).await?;
    let (mut typable, mut list, mut conversation, mut most_moved) = (vec![], vec![], vec![], 0.0_f64);
    for _ in 0..TIMES {
        let browser = slow(DESKTOP).await?;
        browser.open(&format!("{}/login", world.portal)).await?;
        typable.push(seen(&browser, "field").await?);
        list.push(sign_in(&browser, &world).await?);
        most_moved = most_moved.max(moved(&browser).await?);
        let phone = slow(PHONE).await?;
        phone.open(&world.client_link("Wong Ka Man 黃嘉敏")?).await?;
        conversation.push(seen(&phone, "message").await?);
        most_moved = most_moved.max(moved(&phone).await?);
    }
    table.add("Slow 4G, 4x slower: company typable", median(typable), "s", Goal::AtMost(1.8))?;
    table.add("Slow 4G, 4x slower: code to list", median(list), "s", Goal::AtMost(2.5))?;
    table.add("Slow 4G, 4x slower: link to conversation", median(conversation), "s", Goal::AtMost(3.5))?;
    table.add("Slow 4G, 4x slower: layout shift, at most", most_moved, "", Goal::AtMost(0.02))
}

/// Signs in at the pace of a person; returns the seconds from the last digit to the list of chats.
async fn sign_in(browser: &Browser, world: &World) -> Result<f64> {
    let address = "priya.nair@lanternbay.example";
    let before = world.newest_code(address).await;
    browser.fill("Company name", "lanternbay").await?;
    browser.press("Continue").await?;
    browser.fill("Username", "priya.nair").await?;
    browser.fill("Password", world.password()).await?;
    browser.press("Sign in").await?;
    let field = browser.labelled("6-digit code").await?;
    let code = world.code(address, before.as_deref()).await?;
    // An SMS takes a while to be read and typed: the portal is fetched meanwhile.
    tokio::time::interval_at(tokio::time::Instant::now() + READING, READING).tick().await;
    field.send_keys(code).await?;
    let sent = Instant::now();
    browser.find("a.row").await?;
    Ok(sent.elapsed().as_secs_f64())
}
