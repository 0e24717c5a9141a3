//! The second text: an employee links a phone.

use anyhow::{Context as _, Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    caller::Caller,
    world::{World, until},
};
use serde_json::{Value, json};

const PRIYA: &str = "priya.nair@lanternbay.example";

/// "Follow the instructions on the screen to get the activation code, or tap Skip to go straight to the screen where it is
/// typed."
#[tokio::test]
async fn the_instructions_are_followed_or_skipped() -> Result<()> {
    let world = World::start().await?;
    let phone = Browser::chromium(PHONE).await?;
    for way in ["Next", "Skip"] {
        phone.open(&format!("{}/robots.txt", world.portal)).await?;
        phone.run("localStorage.clear()", vec![]).await?;
        phone.open(&format!("{}/activate", world.portal)).await?;
        for step in ["Sign in to Causeway on your computer.", "then Devices", "Link device"] {
            phone.sees(step).await?;
        }
        phone.press(way).await?;
        phone.labelled("Activation code").await?;
    }
    Ok(())
}

/// "In the portal, click on your profile picture, then on Devices. In the section Connected devices, click on Link device. In
/// the pop-up, click on Request another code to generate the code. Or scan the code in the pop-up."
#[tokio::test]
async fn devices_is_behind_the_profile_picture_and_the_pop_up_generates_another_code() -> Result<()> {
    let world = World::start().await?;
    let priya = world.browser_of("priya.nair", DESKTOP).await?;
    priya.at_both_sizes(async |_| {
        priya.open(&format!("{}/chats", world.portal)).await?;
        priya.click("summary.rail__you").await?;
        priya.press("Devices").await?;
        priya.find_path("//section[.//h3[normalize-space()='Connected devices']]//button[normalize-space()='Link device']").await?;
        priya.press("Link device").await?;
        let first = priya.text("[data-code]").await?;
        ensure!(first.len() == 9 && first.chars().nth(4) == Some('-'), "{first}");
        priya.find("dialog svg.qr").await?;
        priya.press("Request another code").await?;
        until("another code", || async {
            (priya.text("[data-code]").await.ok()? != first).then_some(())
        })
        .await
    })
    .await
}

/// A code that links a phone of Priya, from the pop-up.
async fn activation_code(priya: &mut Caller) -> Result<Value> {
    priya.post("/api/device-links", Value::Null).await
}

/// "Note down the code generated. Input the code, which is not case-sensitive, and tap Next."
#[tokio::test]
async fn the_activation_code_is_not_case_sensitive() -> Result<()> {
    let world = World::start().await?;
    let mut priya = world.employee("priya.nair").await?;
    let earlier = activation_code(&mut priya).await?;
    let code = activation_code(&mut priya).await?;
    let phone = Browser::chromium(PHONE).await?;
    phone.open(&format!("{}/activate", world.portal)).await?;
    phone.press("Skip").await?;
    phone.fill("Activation code", earlier["code"].as_str().context("a code")?).await?;
    phone.press("Next").await?;
    phone.sees("This code doesn’t work or has expired.").await?;
    phone.fill("Activation code", &code["code"].as_str().context("a code")?.to_lowercase()).await?;
    phone.press("Next").await?;
    phone.sees("Sign in to Lantern Bay Capital").await
}

/// "It is required to input an activation code if the app is on a new device; this is only required once. Log in using your
/// user name and password. At the first login, a pop-up asks you to set up a passcode: tap No to skip this step."
#[tokio::test]
async fn a_new_device_asks_for_a_code_once_and_no_passcode_is_set_when_no_is_tapped() -> Result<()> {
    let world = World::start().await?;
    let mut priya = world.employee("priya.nair").await?;
    let link = activation_code(&mut priya).await?;
    let phone = Browser::chromium(PHONE).await?;
    // As the installed app.
    phone
        .before_every_page(
            "const ask = window.matchMedia.bind(window); \
             window.matchMedia = (query) => query.includes('display-mode') ? { matches: true } : ask(query);",
        )
        .await?;
    phone.open(&world.portal).await?;
    phone.press("Skip").await?;
    phone.fill("Activation code", link["code"].as_str().context("a code")?).await?;
    phone.press("Next").await?;
    let before = world.newest_code(PRIYA).await;
    phone.fill("Username", "priya.nair").await?;
    phone.fill("Password", world.password()).await?;
    phone.press("Sign in").await?;
    let field = phone.labelled("6-digit code").await?;
    field.send_keys(world.code(PRIYA, before.as_deref()).await?).await?;
    let number = json!({ "number": phone.text("[data-number]").await? });
    priya.put(&format!("/api/device-links/{}", link["id"].as_str().context("an id")?), number).await?;
    phone.sees("Set a passcode for this phone?").await?;
    phone.press("No").await?;
    until("the phone shows the chats", || async {
        if phone.says("Get notified of new messages?").await.ok()? {
            phone.press("Not now").await.ok()?;
        }
        phone.says("Lukas Brandt").await.ok()?.then_some(())
    })
    .await?;
    // Opened again after six minutes in the background: neither a code nor a passcode is asked for.
    phone.before_every_page("const now = Date.now; Date.now = () => now() + 6 * 60 * 1000;").await?;
    phone.open(&format!("{}/settings/security", world.portal)).await?;
    phone.sees("No passcode is set.").await
}

/// "Add a new chat in the tab of chats; add a new client from the tab of clients."
#[tokio::test]
async fn on_a_phone_a_chat_is_added_in_chats_and_a_client_in_contacts() -> Result<()> {
    let world = World::start().await?;
    let phone = world.browser_of("priya.nair", PHONE).await?;
    phone.open(&format!("{}/chats", world.portal)).await?;
    phone.press("New group chat").await?;
    phone.click_path("//dialog//label[contains(., 'Mei Lin')]//input").await?;
    phone.press("Start chat").await?;
    phone.find_path("//h2[@id='conversation-title'][normalize-space()='Mei Lin']").await?;
    phone.press("Back to chats").await?;
    phone.click_path("//nav//a[contains(normalize-space(), 'Contacts')]").await?;
    phone.press("Invite new client").await?;
    phone.fill("Email", "siuming@pearlriver.example").await?;
    phone.press("Continue").await?;
    phone.fill("First name", "Siu Ming").await?;
    phone.fill("Last name", "Chan").await?;
    phone.press("Invite").await?;
    phone.sees("Siu Ming Chan was invited.").await
}
