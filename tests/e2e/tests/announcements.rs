//! What a screen reader announces, read from the accessibility tree: each thing once, and nothing that is only drawn anew.

use anyhow::{Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP},
    world::{World, until},
};

async fn signed_in(world: &World, username: &str) -> Result<Browser> {
    let browser = Browser::chromium(DESKTOP).await?;
    browser.open(&world.portal).await?;
    browser.sign_in(world, username).await?;
    Ok(browser)
}

/// Waits until exactly one live region says the words.
async fn announces(browser: &Browser, words: &str) -> Result<()> {
    until(&format!("«{words}» is announced once"), || async {
        (browser.count_announced(words).await.ok()? == 1).then_some(())
    })
    .await
}

#[tokio::test]
async fn a_refused_sign_in_is_announced_and_a_wrong_field_is_described() -> Result<()> {
    let world = World::start().await?;
    let browser = Browser::chromium(DESKTOP).await?;
    browser.open(&format!("{}/login", world.portal)).await?;
    browser.find("#app form").await?;
    browser.press("Continue").await?;
    browser.find("[aria-invalid=true]").await?;
    let company = browser.focused().await?;
    ensure!(
        company.name == "Company name" && company.is_invalid && !company.description.is_empty(),
        "{company:?}"
    );
    browser.fill("Company name", "lanternbay").await?;
    browser.press("Continue").await?;
    browser.labelled("Username").await?;
    let username = browser.focused().await?;
    ensure!(username.name == "Username" && !username.is_invalid, "{username:?}");
    browser.fill("Username", "priya.nair").await?;
    browser.fill("Password", "not the password").await?;
    browser.press("Sign in").await?;
    announces(&browser, "don’t match").await
}

#[tokio::test]
async fn a_message_that_arrives_is_announced_once_and_rows_drawn_while_scrolling_are_not() -> Result<()> {
    let world = World::start().await?;
    let (priya, daniel) = (signed_in(&world, "priya.nair").await?, signed_in(&world, "daniel.okafor").await?);
    priya.open_chat("Daniel Okafor").await?;
    daniel.open_chat("Priya Nair").await?;
    for number in 1..=30 {
        daniel.write(&format!("Line {number} of the minutes")).await?;
    }
    announces(&priya, "Daniel Okafor: Line 30 of the minutes").await?;
    priya.open_chat("Lukas Brandt").await?;
    priya.open_chat("Daniel Okafor").await?;
    priya.sees("Line 30 of the minutes").await?;
    priya.run("document.querySelector('[role=log]').scrollTop = 0", vec![]).await?;
    priya.sees("Line 1 of the minutes").await?;
    let said = priya.live_texts().await?;
    ensure!(!said.iter().any(|text| text.contains("of the minutes")), "old rows are announced: {said:?}");
    daniel.write("One more thing").await?;
    announces(&priya, "Daniel Okafor: One more thing").await
}

#[tokio::test]
async fn what_was_saved_is_announced_and_a_dialog_says_what_it_is() -> Result<()> {
    let world = World::start().await?;
    let mei = signed_in(&world, "mei.lin").await?;
    mei.open(&format!("{}/admin/users", world.portal)).await?;
    mei.press("New user").await?;
    until("the dialog has a name", || async { (mei.dialogs().await.ok()? == ["New user"]).then_some(()) })
        .await?;
    ensure!(mei.focused().await?.role == "textbox", "{:?}", mei.focused().await?);
    mei.fill("Name", "Hana Sato").await?;
    mei.press("Save").await?;
    mei.find("[aria-invalid=true]").await?;
    let email = mei.focused().await?;
    ensure!(email.name == "Email" && email.is_invalid && !email.description.is_empty(), "{email:?}");
    mei.fill("Email", "hana.sato@lanternbay.example").await?;
    mei.press("Save").await?;
    announces(&mei, "Hana Sato").await
}
