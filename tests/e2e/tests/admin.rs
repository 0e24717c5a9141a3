//! An org admin governs the company.

use anyhow::Result;
use causeway_e2e::{
    browser::{Browser, DESKTOP},
    world::World,
};

#[tokio::test]
async fn a_changed_feature_governs_open_pages_at_once() -> Result<()> {
    let world = World::start().await?;
    let (mei, priya) = (Browser::chromium(DESKTOP).await?, Browser::chromium(DESKTOP).await?);
    mei.open(&world.portal).await?;
    mei.sign_in(&world, "mei.lin").await?;
    priya.open(&world.portal).await?;
    priya.sign_in(&world, "priya.nair").await?;
    priya.open_chat("Lukas Brandt").await?;
    mei.open(&format!("{}/admin/features", world.portal)).await?;
    mei.press("Edit Message text limit").await?;
    let save = mei.find_path("//form//button[normalize-space()='Save']").await?;
    assert!(!save.is_enabled().await?, "nothing has been changed yet");
    let field = mei.find("input[aria-label='Message text limit']").await?;
    field.clear().await?;
    field.send_keys("99").await?;
    mei.sees("Enter 100 to 4000 characters.").await?;
    assert!(!save.is_enabled().await?);
    field.clear().await?;
    field.send_keys("100").await?;
    mei.sees("Saving changes 4000 characters to 100 characters for everyone").await?;
    mei.check_accessibility("feature configurations, editing").await?;
    save.click().await?;
    mei.sees("Message text limit saved.").await?;
    priya.labelled("Message").await?.send_keys("x".repeat(101)).await?;
    priya.find("textarea[aria-invalid=true]").await?;
    mei.press("History of Message text limit").await?;
    mei.sees("Default (4000 characters) → 100 characters").await?;
    mei.press("Back to Default (4000 characters)").await?;
    mei.sees("Default").await?;
    priya.find("textarea:not([aria-invalid])").await?;
    Ok(())
}

#[tokio::test]
async fn features_are_found_and_their_hits_are_marked() -> Result<()> {
    let world = World::start().await?;
    let mei = Browser::chromium(DESKTOP).await?;
    mei.open(&world.portal).await?;
    mei.sign_in(&world, "mei.lin").await?;
    mei.open(&format!("{}/admin/features", world.portal)).await?;
    mei.find("input[type=search]").await?.send_keys("mandatory").await?;
    mei.find_path("//button[@role='tab' and @aria-selected='true' and contains(., 'Profile Management')]")
        .await?;
    mei.find_path("//mark[normalize-space()='mandatory']").await?;
    mei.check_accessibility("feature configurations, search").await
}

#[tokio::test]
async fn whoever_is_no_org_admin_is_told_so() -> Result<()> {
    let world = World::start().await?;
    let priya = Browser::chromium(DESKTOP).await?;
    priya.open(&world.portal).await?;
    priya.sign_in(&world, "priya.nair").await?;
    priya.open(&format!("{}/admin/features", world.portal)).await?;
    priya.sees("For org admins").await
}
