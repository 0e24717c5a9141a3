//! Whether a colleague is there, in words.

use anyhow::Result;
use causeway_e2e::{
    browser::{Browser, DESKTOP},
    world::World,
};

#[tokio::test]
async fn a_colleague_comes_says_something_and_goes() -> Result<()> {
    let world = World::start().await?;
    let priya = Browser::chromium(DESKTOP).await?;
    priya.open(&world.portal).await?;
    priya.sign_in(&world, "priya.nair").await?;
    priya.open_chat("Daniel Okafor").await?;
    priya.find_path("//header[contains(., 'Offline')]").await?;
    let daniel = Browser::chromium(DESKTOP).await?;
    daniel.open(&world.portal).await?;
    daniel.sign_in(&world, "daniel.okafor").await?;
    priya.find_path("//header[contains(., 'Online')]").await?;
    daniel.open(&format!("{}/settings/profile", world.portal)).await?;
    daniel.click_path("//label[contains(., 'Busy')]").await?;
    daniel.fill("A few words", "Board meeting").await?;
    daniel.check_accessibility("setting a status").await?;
    daniel.click_path("//section[@aria-labelledby='status-title']//button[@type='submit']").await?;
    priya.find_path("//header[contains(., 'Busy · Board meeting')]").await?;
    priya.press("Conversation details").await?;
    priya.find_path("//aside//p[contains(., 'Busy · Board meeting')]").await?;
    priya.check_accessibility("presence in the details").await?;
    daniel.driver.refresh().await?;
    daniel.click_path("//label[contains(., 'Show whether')]").await?;
    daniel.click_path("//section[@aria-labelledby='status-title']//button[@type='submit']").await?;
    priya.find_path("//header[contains(., 'Online')]").await?;
    daniel.open("about:blank").await?;
    priya.find_path("//header[contains(., 'Last seen')]").await?;
    Ok(())
}
