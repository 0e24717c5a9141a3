//! The installed app: a window of its own, which opens the links that people are sent, and a badge.

use anyhow::{Context as _, Result};
use causeway_e2e::{installed::Installed, world::World};

#[tokio::test]
async fn a_registration_link_and_a_reset_link_open_in_the_installed_app() -> Result<()> {
    let world = World::start().await?;
    let link = world.employee("mei.lin").await?.open_registration("Priya Nair", "").await?;
    let browser = Installed::in_chromium(&world).await?;
    browser.start().await?;
    browser.app_says("Find your company").await?;
    let elsewhere = browser.open(&world.lab).await?;
    browser.follow(&elsewhere, &link).await?;
    browser.app_says("Chat with Lantern Bay Capital").await?;
    let forgotten = serde_json::json!({ "company": "lanternbay", "username": "priya.nair" });
    world.caller().post("/api/password-reset", forgotten).await?;
    let mail = world.received("priya.nair@lanternbay.example", "/reset").await?;
    let reset = mail.split_whitespace().find(|word| word.contains("/reset")).context("a link")?;
    browser.follow(&elsewhere, reset).await?;
    browser.app_says("New password").await
}

#[tokio::test]
async fn the_installed_app_has_a_window_of_its_own_and_counts_unread_chats_on_its_icon() -> Result<()> {
    let world = World::start().await?;
    let priya = world.employee("priya.nair").await?;
    let browser = Installed::in_chromium(&world).await?;
    browser.start_as(&world, &priya).await?;
    browser.app_says("Wong Ka Man").await?;
    browser.has_badge(4).await
}
