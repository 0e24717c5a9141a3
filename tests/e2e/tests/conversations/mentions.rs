//! Naming someone in a group, and emoji in what is written.

use anyhow::Result;
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    world::{World, until},
};
use thirtyfour::{By, Key};

const GROUP: &str = "Harbour Fund onboarding";

async fn at_the_group(world: &World, username: &str) -> Result<Browser> {
    let browser = Browser::chromium(DESKTOP).await?;
    browser.open(&world.portal).await?;
    browser.sign_in(world, username).await?;
    browser.open_chat(GROUP).await?;
    Ok(browser)
}

#[tokio::test]
async fn a_member_is_named_by_keyboard_and_sees_it_in_the_list() -> Result<()> {
    let world = World::start().await?;
    let daniel = Browser::chromium(DESKTOP).await?;
    daniel.open(&world.portal).await?;
    daniel.sign_in(&world, "daniel.okafor").await?;
    let priya = at_the_group(&world, "priya.nair").await?;
    let field = priya.find("textarea").await?;
    field.send_keys("Could @da").await?;
    priya.find_path("//*[@role='listbox']//*[@role='option'][contains(., 'Daniel Okafor')]").await?;
    priya.check_accessibility("naming someone").await?;
    field.send_keys(Key::Enter).await?;
    field.send_keys("read this?").await?;
    field.send_keys(Key::Enter).await?;
    priya.find_path("//article//span[@class='mention'][.='@Daniel Okafor']").await?;
    let row = format!("//a[contains(@class, 'row')][contains(., '{GROUP}')]");
    daniel.find_path(&format!("{row}//*[contains(., 'You’re mentioned')]")).await?;
    daniel.open_chat(GROUP).await?;
    daniel.find_path("//article//span[contains(@class, 'mention--own')][.='@Daniel Okafor']").await?;
    daniel.check_accessibility("a message that names the reader").await?;
    until("the sign to go", async || {
        let signs = daniel.driver.find_all(By::XPath(format!("{row}//*[@class='count']"))).await.ok()?;
        signs.is_empty().then_some(())
    })
    .await?;
    // Escape leaves what is typed alone, and Enter then sends it.
    field.send_keys("@da").await?;
    field.send_keys(Key::Escape).await?;
    field.send_keys(Key::Enter).await?;
    daniel.sees("@da").await
}

#[tokio::test]
async fn an_emoji_is_found_by_its_name_and_lands_at_the_cursor() -> Result<()> {
    let world = World::start().await?;
    let client = Browser::chromium(PHONE).await?;
    client.open_client(&world, "Wong Ka Man 黃嘉敏").await?;
    let field = client.find("textarea").await?;
    field.send_keys("See you ! ").await?;
    field.send_keys(Key::Left).await?;
    field.send_keys(Key::Left).await?;
    client.press("Emoji").await?;
    client.fill("Search emoji", "lighthouse").await?;
    client.sees("Nothing found").await?;
    client.fill("Search emoji", "sailboat").await?;
    client.check_accessibility("the picker of emoji").await?;
    client.click("button[data-emoji='⛵']").await?;
    until("the emoji in the text", async || {
        (client.value("Message").await.ok()? == "See you ⛵! ").then_some(())
    })
    .await?;
    // By keyboard, among those that are used often.
    client.press("Emoji").await?;
    client.find_path("//p[text()='Used often']").await?;
    client.labelled("Search emoji").await?.send_keys(Key::Down).await?;
    client.type_into_focus(Key::Enter).await?;
    until("the emoji twice", async || {
        (client.value("Message").await.ok()? == "See you ⛵⛵! ").then_some(())
    })
    .await?;
    client.press("Send").await?;
    client.find_path("//article//p[contains(., 'See you ⛵⛵!')]").await?;
    Ok(())
}
