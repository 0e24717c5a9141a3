//! Voice notes: recorded with a microphone that beeps, listened to, sent, played.

use anyhow::{Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    world::{World, until},
};
use serde_json::json;
use thirtyfour::Key;

const CLIENT: &str = "Wong Ka Man 黃嘉敏";

async fn at_the_chat(browser: Browser, world: &World) -> Result<Browser> {
    browser.open(&world.portal).await?;
    browser.sign_in(world, "priya.nair").await?;
    browser.open_chat(CLIENT).await?;
    Ok(browser)
}

/// Begins a recording, and waits until it is so many seconds long.
async fn record(browser: &Browser, seconds: u64) -> Result<()> {
    browser.press("Record a voice note").await?;
    until("something to be recorded", async || {
        let time = browser.text(".recorder__time").await.ok()?;
        let (_, recorded) = time.trim().split_once(':')?;
        (recorded.parse::<u64>().ok()? >= seconds).then_some(())
    })
    .await
}

/// Waits until the note on the screen plays.
async fn plays(browser: &Browser) -> Result<()> {
    until("the note to play", async || {
        let script = "const audio = document.querySelector('.voice audio'); \
                      return audio !== null && !audio.paused && audio.currentTime > 0;";
        (browser.run(script, vec![]).await.ok()? == json!(true)).then_some(())
    })
    .await
}

/// How many files the browser keeps.
async fn kept(browser: &Browser) -> Result<serde_json::Value> {
    let script = "const done = arguments[arguments.length - 1]; \
        const opened = indexedDB.open('causeway', 1); \
        opened.onupgradeneeded = () => opened.result.createObjectStore('files'); \
        opened.onsuccess = () => { \
            const all = opened.result.transaction('files').objectStore('files').getAllKeys(); \
            all.onsuccess = () => { opened.result.close(); done(all.result.length); }; };";
    browser.run_async(script).await
}

async fn keeps(browser: &Browser, expected: serde_json::Value) -> Result<()> {
    until("the browser to keep what it should", async || {
        (kept(browser).await.ok()? == expected).then_some(())
    })
    .await
}

#[tokio::test]
async fn a_voice_note_is_recorded_listened_to_sent_and_played() -> Result<()> {
    let world = World::start().await?;
    let priya = at_the_chat(Browser::chromium_with_microphone(DESKTOP).await?, &world).await?;
    record(&priya, 2).await?;
    priya.find("[role=group][aria-label='Recording a voice note']").await?;
    priya.check_accessibility("a recording").await?;
    priya.press("Pause recording").await?;
    priya.press("Listen").await?;
    priya.find("[role=group][aria-label='Voice note, listening']").await?;
    priya.press("Pause").await?;
    priya.press("Go on recording").await?;
    priya.press("Stop and send").await?;
    priya.find(".bubble--voice .tick").await?;
    priya.sees_no_more("Recording a voice note").await?;

    let client = Browser::chromium(PHONE).await?;
    client.open_client(&world, CLIENT).await?;
    client.find(".voice").await?;
    client.check_accessibility("a voice note").await?;
    client.click(".voice__play").await?;
    plays(&client).await?;
    client.click(".voice__rate").await?;
    let rate = "return document.querySelector('.voice audio').playbackRate";
    assert_eq!(client.run(rate, vec![]).await?, json!(1.5));
    client.find(".voice__seek").await?.send_keys(Key::End + "").await?;
    until("the note to end", async || {
        let ended = "return document.querySelector('.voice audio').paused";
        (client.run(ended, vec![]).await.ok()? == json!(true)).then_some(())
    })
    .await?;
    priya.open(&format!("{}/search?q=Voice%20note&has_file=true", world.portal)).await?;
    priya.find("a.hit mark").await?;
    Ok(())
}

#[tokio::test]
async fn what_was_recorded_survives_a_reload_and_goes_with_its_person() -> Result<()> {
    let world = World::start().await?;
    let priya = at_the_chat(Browser::chromium_with_microphone(DESKTOP).await?, &world).await?;
    record(&priya, 1).await?;
    priya.type_into_focus(Key::Escape + "").await?;
    until("the field to be there again", async || (priya.count(".recorder").await.ok()? == 0).then_some(()))
        .await?;
    keeps(&priya, json!(0)).await?;
    record(&priya, 3).await?;
    priya.driver.refresh().await?;
    priya.find("[role=group][aria-label='Voice note, paused']").await?;
    ensure!(priya.count("[aria-label='Go on recording']").await? == 0, "the microphone of before is gone");
    priya.press("Send voice note").await?;
    priya.find(".bubble--voice .tick").await?;
    record(&priya, 2).await?;
    priya.click("summary.rail__you").await?;
    priya.press("Sign out").await?;
    priya.labelled("Company name").await?;
    let keys = "return Object.keys(localStorage).filter(key => /drafts|uploads|outgoing|replying/.test(key))";
    assert_eq!(priya.run(keys, vec![]).await?, json!([]));
    keeps(&priya, json!(0)).await
}

#[tokio::test]
async fn without_a_microphone_it_is_said_why() -> Result<()> {
    let world = World::start().await?;
    let priya = at_the_chat(Browser::chromium(DESKTOP).await?, &world).await?;
    priya.press("Record a voice note").await?;
    until("a reason", async || {
        let reason = priya.text(".composer__note[role=alert]").await.ok()?;
        reason.contains("microphone").then_some(())
    })
    .await?;
    priya.write("Typed instead").await?;
    priya.sees("Typed instead").await
}

#[tokio::test]
async fn firefox_records_and_plays_a_voice_note() -> Result<()> {
    let world = World::start().await?;
    let priya = at_the_chat(Browser::firefox().await?, &world).await?;
    record(&priya, 2).await?;
    priya.press("Stop and send").await?;
    priya.find(".bubble--voice .tick").await?;
    priya.click(".voice__play").await?;
    plays(&priya).await
}
