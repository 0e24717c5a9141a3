//! Finding messages, people and files again.

use anyhow::{Context as _, Result};
use causeway_e2e::{
    browser::{Browser, DESKTOP},
    world::{World, until},
};
use serde_json::json;
use thirtyfour::Key;

const CLIENT: &str = "Wong Ka Man 黃嘉敏";

async fn signed_in(world: &World) -> Result<Browser> {
    let priya = Browser::chromium(DESKTOP).await?;
    priya.open(&world.portal).await?;
    priya.sign_in(world, "priya.nair").await?;
    Ok(priya)
}

/// Waits until the message with these words is drawn inside the conversation, and is what the reader was led to.
async fn is_led_to(browser: &Browser, words: &str) -> Result<()> {
    until(&format!("to be led to «{words}»"), async || {
        let script = "return document.querySelector('.bubble--pointed .bubble__text')?.textContent ?? ''";
        let text = browser.run(script, vec![]).await.ok()?;
        text.as_str()?.contains(words).then_some(())
    })
    .await
}

#[tokio::test]
async fn a_message_is_found_in_any_script_and_a_press_leads_to_it() -> Result<()> {
    let world = World::start().await?;
    let priya = signed_in(&world).await?;
    priya.open_chat(CLIENT).await?;
    priya.write("第三季報告已寄到尖沙咀辦公室。").await?;
    for number in 0..30 {
        priya.write(&format!("Line {number} of many, so that the others are far away")).await?;
    }
    priya.open(&format!("{}/search", world.portal)).await?;
    priya.sees("Search everything you can see").await?;
    priya.check_accessibility("an empty search").await?;
    // Simplified characters find traditional ones.
    priya.fill("Search everything", "报告已寄").await?;
    priya.find("a.hit mark").await?;
    assert_eq!(priya.text("a.hit mark").await?, "報告已寄");
    priya.check_accessibility("hits of a search").await?;
    let address = priya.driver.current_url().await?;
    assert!(address.query().context("a query")?.contains("q="), "{address}");
    priya.driver.refresh().await?;
    priya.find("a.hit mark").await?;
    priya.click("a.hit").await?;
    is_led_to(&priya, "尖沙咀").await?;
    priya.driver.back().await?;
    priya.find("a.hit mark").await?;
    priya.fill("Search everything", "nobody wrote this").await?;
    priya.sees("Nothing matches “nobody wrote this”").await?;
    priya.fill("Search everything", "Ka Man").await?;
    priya.find_path("//section[.//h2[text()='People']]//b[contains(., 'Wong Ka Man')]").await?;
    Ok(())
}

#[tokio::test]
async fn a_conversation_is_searched_from_one_match_to_the_next() -> Result<()> {
    let world = World::start().await?;
    let priya = signed_in(&world).await?;
    priya.open_chat(CLIENT).await?;
    for text in ["The lighthouse report, first", "something else", "The lighthouse report, second"] {
        priya.write(text).await?;
    }
    priya.wait_for_tick("The lighthouse report, second", "Sent").await?;
    priya.press("Search in conversation").await?;
    until("both to be found", async || {
        let field = "//input[@aria-label='Search in conversation']";
        priya.fill_path(field, "lighthouse").await.ok()?;
        tokio::time::timeout(std::time::Duration::from_secs(2), priya.sees("1 of 2")).await.ok()?.ok()
    })
    .await?;
    is_led_to(&priya, "second").await?;
    priya.check_accessibility("a search in a conversation").await?;
    priya.type_into_focus(Key::Enter + "").await?;
    priya.sees("2 of 2").await?;
    is_led_to(&priya, "first").await?;
    priya.press("Next match").await?;
    is_led_to(&priya, "second").await?;
    priya.press("Close search").await?;
    until("the bar to be closed", async || (priya.count(".find").await.ok()? == 0).then_some(())).await
}

/// Opens the palette by its keys.
async fn open_palette(browser: &Browser) -> Result<()> {
    let keys = browser.driver.action_chain().key_down(Key::Control).send_keys("k").key_up(Key::Control);
    keys.perform().await?;
    browser.find("dialog.palette[open]").await?;
    Ok(())
}

#[tokio::test]
async fn the_palette_leads_everywhere_by_keyboard() -> Result<()> {
    let world = World::start().await?;
    let priya = signed_in(&world).await?;
    priya.find("a.row").await?;
    open_palette(&priya).await?;
    priya.check_accessibility("the palette").await?;
    priya.type_into_focus("Lukas").await?;
    until("Lukas to be chosen", async || {
        let chosen = priya.text(".palette__item[aria-selected=true]").await.ok()?;
        chosen.contains("Lukas Brandt").then_some(())
    })
    .await?;
    priya.type_into_focus(Key::Enter + "").await?;
    priya.find_path("//h2[@id='conversation-title'][contains(., 'Lukas Brandt')]").await?;
    open_palette(&priya).await?;
    priya.type_into_focus("theme").await?;
    until("the act to be chosen", async || {
        let chosen = priya.text(".palette__item[aria-selected=true]").await.ok()?;
        (chosen == "Switch theme").then_some(())
    })
    .await?;
    let theme = "return document.documentElement.dataset.theme ?? ''";
    let before = priya.run(theme, vec![]).await?;
    priya.type_into_focus(Key::Enter + "").await?;
    until("another theme", async || (priya.run(theme, vec![]).await.ok()? != before).then_some(())).await?;
    open_palette(&priya).await?;
    priya.type_into_focus("custody").await?;
    priya.find_path("//*[@role='option'][contains(., 'All results for “custody”')]").await?;
    priya.type_into_focus(Key::Up + "").await?;
    priya.type_into_focus(Key::Enter + "").await?;
    priya.find("a.hit mark").await?;
    assert_eq!(
        priya.run("return document.querySelectorAll('dialog.palette').length", vec![]).await?,
        json!(0)
    );
    Ok(())
}
