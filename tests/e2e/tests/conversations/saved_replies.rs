//! Saved replies: kept in the settings, put into a message, filled in before it is sent.

use anyhow::Result;
use causeway_e2e::{
    browser::{Browser, DESKTOP},
    world::{World, until},
};

const CLIENT: &str = "Wong Ka Man 黃嘉敏";

#[tokio::test]
async fn a_saved_reply_is_kept_inserted_and_filled_in() -> Result<()> {
    let world = World::start().await?;
    let priya = Browser::chromium(DESKTOP).await?;
    priya.open(&world.portal).await?;
    priya.sign_in(&world, "priya.nair").await?;
    priya.open(&format!("{}/settings/saved-replies", world.portal)).await?;
    priya.press("New saved reply").await?;
    priya.fill("Shortcut", "fees").await?;
    priya.fill("Title", "Fee schedule").await?;
    priya.fill("Message", "Dear {name}, our fees").await?;
    priya.check_accessibility("writing a saved reply").await?;
    priya.press("Save").await?;
    priya.sees("Braces hold one of the variables").await?;
    priya.fill("Message", "Our fees, {client.first_name}").await?;
    priya.press("Save").await?;
    priya.sees("The saved reply is saved.").await?;
    priya.sees("Our fees, {client.first_name}").await?;
    priya.check_accessibility("saved replies").await?;
    priya.open(&format!("{}/chats", world.portal)).await?;
    priya.open_chat(CLIENT).await?;
    // By its shortcut; Enter inserts and does not send.
    let field = priya.find("textarea").await?;
    field.send_keys("/fe").await?;
    priya.find_path("//ul[@role='listbox']//li[contains(., 'Our fees, Wong')]").await?;
    priya.check_accessibility("a shortcut that is typed").await?;
    field.send_keys(thirtyfour::Key::Enter).await?;
    until("the text to be filled in", async || {
        (priya.value("Message").await.ok()? == "Our fees, Wong").then_some(())
    })
    .await?;
    field.send_keys(thirtyfour::Key::Enter).await?;
    priya.wait_for_tick("Our fees, Wong", "Sent").await?;
    // From the list that the button opens.
    priya.press("Saved replies").await?;
    priya.fill("Search saved replies", "schedule").await?;
    priya.check_accessibility("the list of saved replies").await?;
    priya.click_path("//ul[@role='listbox']//li[contains(., 'Fee schedule')]").await?;
    until("the text to be inserted", async || {
        (priya.value("Message").await.ok()? == "Our fees, Wong").then_some(())
    })
    .await
}
