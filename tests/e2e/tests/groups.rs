//! A group from its making to the day on which a member leaves it.

use anyhow::{Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP},
    world::{World, until},
};
use serde_json::json;

async fn signed_in(world: &World, name: &str) -> Result<Browser> {
    let browser = Browser::chromium(DESKTOP).await?;
    browser.open(&world.portal).await?;
    browser.sign_in(world, name).await?;
    Ok(browser)
}

/// Waits until the timeline has a line that says this.
async fn sees_line(browser: &Browser, words: &str) -> Result<()> {
    browser.find_path(&format!("//*[@data-testid='line'][contains(normalize-space(), '{words}')]")).await?;
    Ok(())
}

/// Makes the group "Tai Po" with Daniel and Lukas.
async fn make_group(priya: &Browser) -> Result<()> {
    priya.press("New group chat").await?;
    for name in ["Daniel Okafor", "Lukas Brandt"] {
        priya.click_path(&format!("//dialog//label[contains(., '{name}')]//input")).await?;
    }
    priya.fill("Group name", "Tai Po").await?;
    priya.press("Create group of 3").await?;
    sees_line(priya, "You created the group").await
}

const PARTICIPANTS: &str = "return document.querySelectorAll('.participants li').length";

#[tokio::test]
async fn a_group_is_renamed_and_its_members_are_added_removed_and_leave() -> Result<()> {
    let world = World::start().await?;
    let (priya, daniel) = (signed_in(&world, "priya.nair").await?, signed_in(&world, "daniel.okafor").await?);
    make_group(&priya).await?;
    daniel.open_chat("Tai Po").await?;
    sees_line(&daniel, "Priya Nair created the group").await?;

    // Choosing a person adds no one; the button does, and says first that two clients would meet.
    priya.press("Conversation details").await?;
    priya.press("Add participant").await?;
    priya.find("dialog input[type=radio]").await?.send_keys(" \u{e015}\u{e015}").await?;
    priya.click_path("//dialog//label[contains(., 'Amara Ndiaye')]//input").await?;
    priya.sees("Amara Ndiaye is a client, and so is Lukas Brandt.").await?;
    ensure!(priya.run(PARTICIPANTS, vec![]).await? == json!(3), "a key has added someone");
    priya.check_accessibility("add participant").await?;
    priya.press("Add Amara Ndiaye anyway").await?;
    for browser in [&priya, &daniel] {
        sees_line(browser, "Amara Ndiaye joined and can see new messages").await?;
    }

    priya.press("Rename group").await?;
    let field = priya.find("#group-rename").await?;
    field.clear().await?;
    field.send_keys(" ").await?;
    priya.press("Save").await?;
    priya.find("#group-rename[aria-invalid=true]").await?;
    field.clear().await?;
    field.send_keys("Tai Po site").await?;
    priya.check_accessibility("rename group").await?;
    priya.press("Save").await?;
    sees_line(&priya, "You renamed the group to “Tai Po site”").await?;
    sees_line(&daniel, "Priya Nair renamed the group to “Tai Po site”").await?;

    priya.press("Remove Amara Ndiaye").await?;
    priya.check_accessibility("remove from group").await?;
    priya.press("Remove from group").await?;
    sees_line(&daniel, "Priya Nair removed Amara Ndiaye").await?;
    until("the focus is where the row was", || async {
        let focus = priya.run("return document.activeElement.id", vec![]).await.ok()?;
        (focus == json!("details-participants")).then_some(())
    })
    .await?;

    daniel.press("Conversation details").await?;
    ensure!(!daniel.says("Rename group").await?, "a member who does not manage the group renames it");
    daniel.press("Leave group").await?;
    daniel.sees("you can’t undo this").await?;
    daniel.click_path("//dialog//button[normalize-space()='Leave group']").await?;
    daniel.sees("You left Tai Po site.").await?;
    until("the list of chats is shown", || async {
        (daniel.driver.current_url().await.ok()?.path() == "/chats").then_some(())
    })
    .await?;
    sees_line(&priya, "Daniel Okafor left").await?;
    priya.driver.refresh().await?;
    sees_line(&priya, "Daniel Okafor left").await?;
    sees_line(&priya, "You created the group").await
}

#[tokio::test]
async fn chats_are_found_opened_and_answered_by_keys_alone() -> Result<()> {
    let world = World::start().await?;
    let priya = signed_in(&world, "priya.nair").await?;
    let search = priya.find("#list input[type=search]").await?;
    search.send_keys("SOREN").await?;
    priya.sees("Olivia Sørensen").await?;
    // Down to the row that was found, and into it.
    search.send_keys("\u{e015}").await?;
    let focus = "return document.activeElement.className";
    ensure!(priya.run(focus, vec![]).await?.as_str().is_some_and(|class| class.starts_with("row")));
    priya.driver.active_element().await?.send_keys("\u{e007}").await?;
    priya.find("[role=log]:not([aria-busy])").await?;
    until("the field of the conversation has the focus", || async {
        (priya.run(focus, vec![]).await.ok()? == json!("composer__input")).then_some(())
    })
    .await
}

#[tokio::test]
async fn a_colleague_in_the_team_opens_and_is_written_to() -> Result<()> {
    let world = World::start().await?;
    let priya = signed_in(&world, "priya.nair").await?;
    priya.open(&format!("{}/contacts", world.portal)).await?;
    priya.press("Team").await?;
    priya.click_path("//a[contains(@class,'row')][contains(., 'Daniel Okafor')]").await?;
    priya.find_path("//h2[@id='ct-title'][normalize-space()='Daniel Okafor']").await?;
    priya.check_accessibility("colleague").await?;
    priya.driver.refresh().await?;
    priya.find_path("//h2[@id='ct-title'][normalize-space()='Daniel Okafor']").await?;
    priya.press("Message").await?;
    priya.find_path("//h2[@id='conversation-title'][normalize-space()='Daniel Okafor']").await?;
    Ok(())
}
