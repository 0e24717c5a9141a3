//! Messages that go out later.

use anyhow::Result;
use causeway_e2e::{
    browser::{Browser, DESKTOP},
    world::{World, until},
};

const CLIENT: &str = "Wong Ka Man 黃嘉敏";

#[tokio::test]
async fn a_message_waits_is_moved_and_goes_out() -> Result<()> {
    let world = World::start().await?;
    let priya = Browser::chromium(DESKTOP).await?;
    priya.open(&world.portal).await?;
    priya.sign_in(&world, "priya.nair").await?;
    priya.open_chat(CLIENT).await?;
    let client = Browser::chromium(DESKTOP).await?;
    client.open_client(&world, CLIENT).await?;
    let field = priya.find("textarea").await?;
    field.send_keys("The lighthouse opens at nine").await?;
    priya.press("Send later").await?;
    priya.check_accessibility("when a message goes out").await?;
    priya.click_path("//dialog//label[contains(., 'Tomorrow morning')]").await?;
    priya.click_path("//dialog//button[@type='submit']").await?;
    let waiting = "//*[@data-testid='scheduled'][contains(., 'The lighthouse opens at nine')]";
    priya.find_path(waiting).await?;
    until("the field to be empty", async || priya.value("Message").await.ok()?.is_empty().then_some(()))
        .await?;
    priya.check_accessibility("a message that goes out later").await?;
    // It is there after the page was loaded again, and the client has seen nothing of it.
    priya.driver.refresh().await?;
    priya.find_path(&format!("{waiting}//p[contains(., 'Goes out')]")).await?;
    assert!(!client.says("The lighthouse opens at nine").await?);
    priya.press("Change time").await?;
    priya.click_path("//dialog//button[normalize-space()='Cancel']").await?;
    priya.press("Send now").await?;
    client.sees("The lighthouse opens at nine").await?;
    priya.wait_for_tick("The lighthouse opens at nine", "Sent").await?;
    until("nothing to wait", async || (priya.count("[data-testid=scheduled]").await.ok()? == 0).then_some(()))
        .await
}
