//! Inviting a client: desktop and phone at once.

use anyhow::{Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    world::World,
};
use thirtyfour::prelude::*;

async fn signed_in(world: &World, username: &str) -> Result<Browser> {
    let browser = Browser::chromium(DESKTOP).await?;
    browser.open(&world.portal).await?;
    browser.sign_in(world, username).await?;
    Ok(browser)
}

/// What the client's page says: in English, and in the language of Hong Kong.
const ENGLISH: [&str; 3] = ["6-digit code", "You are connected", "Open chat"];
const HONG_KONG_SEND: &str = "傳送驗證碼";
const HONG_KONG: [&str; 3] = ["6 位驗證碼", "已連結", "開啟對話"];

async fn fill(browser: &Browser, label: &str, text: &str) -> Result<()> {
    let field = browser.labelled(label).await?;
    field.clear().await?;
    Ok(field.send_keys(text).await?)
}

/// Step 2 of the drawer for a new client, then the contact's channels.
async fn finish_invitation(priya: &Browser) -> Result<()> {
    fill(priya, "First name", "Siu Ming").await?;
    fill(priya, "Last name", "Chan").await?;
    priya.press("Invite").await?;
    priya.sees("Siu Ming Chan was invited.").await?;
    priya.press("Show contact").await?;
    priya.click_path("//button[@role='tab' and normalize-space()='Channels']").await?;
    priya.find(".channel-card--pending[data-channel=wechat]").await?;
    Ok(())
}

/// The client's phone takes the code, the card turns linked by itself, and both write.
async fn complete(
    world: &World,
    priya: &Browser,
    phone: &Browser,
    address: &str,
    before: Option<&str>,
    [label, connected, open]: [&str; 3],
) -> Result<()> {
    let field = phone.labelled(label).await?;
    field.send_keys(world.code(address, before).await?).await?;
    phone.sees(connected).await?;
    priya.find(".channel-card[data-channel=wechat] .pill--success").await?;
    phone.press(open).await?;
    phone.find("[role=log]").await?;
    phone.write("你好, this is Siu Ming").await?;
    priya.press("Message").await?;
    priya.sees("你好, this is Siu Ming").await?;
    priya.write("Welcome to Lantern Bay").await?;
    phone.sees("Welcome to Lantern Bay").await?;
    priya.find(".composer[data-channel=wechat]").await?;
    Ok(())
}

/// Turns the SMS flow of the mini program on or off, on the page of the features.
async fn switch_sms(mei: &Browser) -> Result<()> {
    mei.press("Edit Client onboarding via SMS").await?;
    mei.click("input[role=switch]").await?;
    mei.press("Save").await
}

#[tokio::test]
async fn open_forms_follow_the_switch_and_hold_only_what_they_show() -> Result<()> {
    let world = World::start().await?;
    let (mei, priya) = (signed_in(&world, "mei.lin").await?, signed_in(&world, "priya.nair").await?);
    mei.open(&format!("{}/admin/features", world.portal)).await?;
    mei.find("input[type=search]").await?.send_keys("Client onboarding via SMS").await?;
    priya.open(&format!("{}/contacts", world.portal)).await?;
    priya.press("Invite new client").await?;
    fill(&priya, "Email", "hidden@pearlriver.example").await?;
    let phone = Browser::chromium(PHONE).await?;
    phone.open(&format!("{}/miniapp/lanternbay", world.portal)).await?;
    fill(&phone, "Email", "hidden@pearlriver.example").await?;
    switch_sms(&mei).await?;
    priya.sees("clients on WeChat MiniApp are now invited by phone number").await?;
    priya.check_accessibility("invite, changed meanwhile").await?;
    phone.press("Send code").await?;
    phone.sees("it now asks for your phone number").await?;
    phone.check_accessibility("mini program, changed meanwhile").await?;
    let number = phone.labelled("Phone number").await?.value().await?;
    ensure!(number.as_deref() == Some(""), "the address is not taken for a number: {number:?}");
    switch_sms(&mei).await?;
    priya.sees("clients on WeChat MiniApp are now invited by email").await?;
    let email = priya.labelled("Email").await?.value().await?;
    ensure!(email.as_deref() == Some(""), "an address that was not on the screen is gone: {email:?}");
    priya.press("Continue").await?;
    priya.sees("Fill this in.").await?;
    ensure!(
        priya.driver.active_element().await?.id().await?.as_deref() == Some("invite-email"),
        "the field that is empty has the focus"
    );
    fill(&priya, "Email", "siuming@pearlriver.example").await?;
    priya.sees_no_more("Fill this in.").await?;
    priya.press("Continue").await?;
    priya.labelled("First name").await?;
    // Cancel gives the draft up, unlike closing the drawer.
    priya.press("Cancel").await?;
    priya.press("Invite new client").await?;
    let email = priya.labelled("Email").await?.value().await?;
    ensure!(email.as_deref() == Some(""), "the draft has ended: {email:?}");
    Ok(())
}

#[tokio::test]
async fn the_mail_flow_survives_closing_the_drawer_and_a_reload() -> Result<()> {
    let world = World::start().await?;
    let priya = signed_in(&world, "priya.nair").await?;
    priya.open(&format!("{}/contacts", world.portal)).await?;
    priya.press("Invite new client").await?;
    fill(&priya, "Email", "siuming@pearlriver.example").await?;
    priya.press("Continue").await?;
    fill(&priya, "First name", "Siu Ming").await?;
    priya.press("Close").await?;
    priya.driver.refresh().await?;
    priya.press("Invite new client").await?;
    ensure!(
        priya.labelled("First name").await?.value().await?.as_deref() == Some("Siu Ming"),
        "the draft is there"
    );
    finish_invitation(&priya).await?;
    let phone = Browser::chromium(PHONE).await?;
    phone.open(&format!("{}/miniapp/lanternbay", world.portal)).await?;
    fill(&phone, "Email", "siuming@pearlriver.example").await?;
    phone.press("Send code").await?;
    complete(&world, &priya, &phone, "siuming@pearlriver.example", None, ENGLISH).await
}

#[tokio::test]
async fn a_link_invitation_is_completed_with_a_code() -> Result<()> {
    let world = World::start().await?;
    let priya = signed_in(&world, "priya.nair").await?;
    priya.open(&format!("{}/contacts", world.portal)).await?;
    priya.press("Invite new client").await?;
    priya.click("#invite-channel option[value=causeway]").await?;
    fill(&priya, "Phone number", "6123 4568").await?;
    priya.press("Continue").await?;
    fill(&priya, "First name", "Siu Ming").await?;
    fill(&priya, "Last name", "Chan").await?;
    priya.press("Invite").await?;
    priya.find("svg.qr").await?;
    let link = priya.labelled("Invitation link").await?.value().await?.unwrap_or_default();
    let phone = Browser::chromium(PHONE).await?;
    phone.open(&link).await?;
    phone.sees("+852 •••• 4568").await?;
    // Opening the link sends nothing; the client asks for the code.
    phone.press(HONG_KONG_SEND).await?;
    phone.labelled(HONG_KONG[0]).await?;
    let code = world.code("+85261234568", None).await?;
    // A phone loads the page anew each time its owner comes back from the SMS: the step and the code stay.
    for _ in 0..3 {
        phone.driver.refresh().await?;
        phone.labelled(HONG_KONG[0]).await?;
    }
    ensure!(world.code("+85261234568", None).await? == code, "no other code was sent");
    phone.labelled(HONG_KONG[0]).await?.send_keys(code).await?;
    phone.sees(HONG_KONG[1]).await?;
    // The link is all that the client has: on a phone that is linked it leads to the chat.
    phone.open("about:blank").await?;
    phone.open(&link).await?;
    phone.find("[role=log]:not([aria-busy])").await?;
    phone.write("Here I am").await?;
    priya.open(&format!("{}/chats", world.portal)).await?;
    priya.open_chat("Siu Ming Chan").await?;
    priya.sees("Here I am").await
}

#[tokio::test]
async fn the_drawer_works_by_keyboard_alone() -> Result<()> {
    let world = World::start().await?;
    let priya = signed_in(&world, "priya.nair").await?;
    priya.open(&format!("{}/contacts", world.portal)).await?;
    priya
        .find_path("//button[normalize-space()='Invite new client']")
        .await?
        .send_keys(Key::Enter + "")
        .await?;
    priya.labelled("Email").await?;
    // From the drawer, which has the focus: close, channel, address.
    for _ in 0..3 {
        priya.driver.active_element().await?.send_keys(Key::Tab + "").await?;
    }
    priya.driver.active_element().await?.send_keys("keyboard@pearlriver.example").await?;
    priya.driver.active_element().await?.send_keys(Key::Enter + "").await?;
    priya.labelled("First name").await?.send_keys("Key").await?;
    priya.driver.active_element().await?.send_keys(Key::Tab + "").await?;
    priya.driver.active_element().await?.send_keys("Board").await?;
    priya.driver.active_element().await?.send_keys(Key::Enter + "").await?;
    priya.sees("Key Board was invited.").await?;
    priya.driver.active_element().await?.send_keys(Key::Escape + "").await?;
    priya.find(".drawer").await?.send_keys(Key::Escape + "").await?;
    priya.sees_no_more("Key Board was invited.").await
}

#[tokio::test]
async fn duplicates_are_merged_and_taken_apart_again() -> Result<()> {
    let world = World::start().await?;
    let (mei, priya) = (signed_in(&world, "mei.lin").await?, signed_in(&world, "priya.nair").await?);
    mei.open(&format!("{}/admin/features", world.portal)).await?;
    mei.find("input[type=search]").await?.send_keys("Unique email").await?;
    mei.press("Edit Unique email").await?;
    mei.click_path("//label[normalize-space()='Custom value']/input").await?;
    if mei.find("input[role=switch]").await?.is_selected().await? {
        mei.click("input[role=switch]").await?;
    }
    mei.press("Save").await?;
    mei.sees("Unique email saved.").await?;
    priya.open(&format!("{}/contacts", world.portal)).await?;
    priya.click_path("//a[contains(@class,'row')][contains(., 'Amara Ndiaye')]").await?;
    priya.press("Edit profile").await?;
    fill(&priya, "Email", "lukas@brandt-logistik.example").await?;
    priya.press("Save").await?;
    priya.sees("Other contacts have the same phone number or email address:").await?;
    priya.press("Merge Lukas Brandt into this contact").await?;
    priya.sees("Lukas Brandt → Amara Ndiaye").await?;
    priya.check_accessibility("merging").await?;
    priya.press("Merge").await?;
    priya.find_path("//h3[normalize-space()='Merged into this contact']").await?;
    priya.find_path("//ul[contains(@class,'rows')][not(contains(., 'Lukas Brandt'))]").await?;
    priya.press("Undo merge of Lukas Brandt").await?;
    priya.find_path("//ul[contains(@class,'rows')][contains(., 'Lukas Brandt')]").await?;
    Ok(())
}
