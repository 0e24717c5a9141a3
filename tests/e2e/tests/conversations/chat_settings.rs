//! How people arrange their list of chats: pinned, muted, marked to come back to, put away.

use anyhow::Result;
use causeway_e2e::{
    browser::{Browser, DESKTOP},
    world::{World, until},
};
use thirtyfour::{By, Key};

const CLIENT: &str = "Wong Ka Man 黃嘉敏";

async fn at_the_chats(world: &World, username: &str) -> Result<Browser> {
    let browser = Browser::chromium(DESKTOP).await?;
    browser.open(&world.portal).await?;
    browser.sign_in(world, username).await?;
    Ok(browser)
}

fn row(name: &str) -> String {
    format!("//a[contains(@class, 'row')][.//span[@class='row__name'][contains(., '{name}')]]")
}

/// Opens the menu of a row by the right button, and chooses an entry.
async fn choose(browser: &Browser, name: &str, entry: &str) -> Result<()> {
    let row = browser.find_path(&row(name)).await?;
    browser.driver.action_chain().context_click_element(&row).perform().await?;
    browser.click_path(&format!("//*[@role='menuitem'][contains(., '{entry}')]")).await
}

#[tokio::test]
async fn a_chat_is_pinned_muted_and_marked_and_every_tab_shows_it() -> Result<()> {
    let world = World::start().await?;
    let priya = at_the_chats(&world, "priya.nair").await?;
    let tab = at_the_chats(&world, "priya.nair").await?;
    let oldest = "(//a[contains(@class, 'row')]//span[@class='row__name'])[last()]";
    let name = priya.find_path(oldest).await?.text().await?;
    choose(&priya, &name, "Pin to the top").await?;
    let first = "(//a[contains(@class, 'row')])[1]//span[@class='row__name']";
    for browser in [&priya, &tab] {
        until("the pinned chat on top", async || {
            let top = browser.find_path(first).await.ok()?.text().await.ok()?;
            (top == name).then_some(())
        })
        .await?;
    }
    choose(&priya, &name, "Mute").await?;
    priya.check_accessibility("for how long a chat is muted").await?;
    priya.click_path("//dialog//label[contains(., 'For a week')]").await?;
    priya.click_path("//dialog//button[@type='submit']").await?;
    tab.find_path(&format!("{}//*[contains(., 'Muted')]", row(&name))).await?;
    choose(&priya, &name, "Mark as unread").await?;
    tab.find_path(&format!("{}//*[contains(., 'Marked as unread')]", row(&name))).await?;
    priya.check_accessibility("a chat that is pinned, muted and marked").await?;
    tab.driver.refresh().await?;
    tab.find_path(&format!("{}//*[contains(., 'Pinned')]", row(&name))).await?;
    // Opened, it is marked no more.
    tab.click_path(&row(&name)).await?;
    until("no mark to be left", async || (priya.count(".count--dot").await.ok()? == 0).then_some(())).await
}

#[tokio::test]
async fn a_chat_that_was_put_away_comes_back_with_the_next_message() -> Result<()> {
    let world = World::start().await?;
    let priya = at_the_chats(&world, "priya.nair").await?;
    priya.open_chat(CLIENT).await?;
    // By keyboard, from the head of the conversation.
    priya.press_by_keyboard("//div[@class='conv-head__more']/button").await?;
    priya.check_accessibility("the menu of a conversation").await?;
    // Above the first entry is the last.
    priya.type_into_focus(Key::Up).await?;
    priya.type_into_focus(Key::Enter).await?;
    priya.sees("Archived. A new message brings it back.").await?;
    until("the row to go", async || {
        let found = priya.driver.find_all(By::XPath(row(CLIENT))).await.ok()?;
        found.is_empty().then_some(())
    })
    .await?;
    priya.click_path("//button[contains(@class, 'chip')][contains(., 'Archived')]").await?;
    priya.find_path(&row(CLIENT)).await?;
    let client = Browser::chromium(DESKTOP).await?;
    client.open_client(&world, CLIENT).await?;
    client.write("Is the lighthouse open?").await?;
    // The filter goes with the last one that was away.
    priya.find_path(&format!("{}//*[contains(., 'Is the lighthouse open?')]", row(CLIENT))).await?;
    until("the filter to go", async || (priya.count("button.chip").await.ok()? == 4).then_some(())).await
}
