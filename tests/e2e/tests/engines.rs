//! The main flows in the other engines: Firefox, and WebKit, the engine of Safari.

use anyhow::{Result, ensure};
use causeway_e2e::{browser::Browser, world::World};

/// A browser engine beside Chromium.
#[derive(Clone, Copy)]
enum Engine {
    Firefox,
    WebKit,
}

impl Engine {
    async fn browser(self) -> Result<Browser> {
        match self {
            Self::Firefox => Browser::firefox().await,
            Self::WebKit => Browser::webkit().await,
        }
    }

    /// Starts a server; WebKit keeps its cookies behind TLS only.
    async fn world(self) -> Result<World> {
        match self {
            Self::Firefox => World::start().await,
            Self::WebKit => World::start_behind_tls().await,
        }
    }

    async fn signed_in(self, world: &World, username: &str) -> Result<Browser> {
        let browser = self.browser().await?;
        browser.open(&world.portal).await?;
        browser.labelled("Company name").await?;
        browser.sees_icons().await?;
        browser.sign_in(world, username).await?;
        Ok(browser)
    }
}

/// An employee signs in and exchanges messages with a client.
async fn exchange(engine: Engine) -> Result<()> {
    let world = engine.world().await?;
    let daniel = engine.signed_in(&world, "daniel.okafor").await?;
    daniel.find("a.row").await?;
    daniel.sees_icons().await?;
    daniel.open_chat("Wong Ka Man 黃嘉敏").await?;
    let client = engine.browser().await?;
    client.open_client(&world, "Wong Ka Man 黃嘉敏").await?;
    client.find("[role=log]:not([aria-busy])").await?;
    client.write("Hello from another engine").await?;
    daniel.sees("Hello from another engine").await?;
    daniel.write("Hello back").await?;
    client.sees("Hello back").await
}

/// Somebody registers by the public link and writes to the person in charge.
async fn registration(engine: Engine) -> Result<()> {
    let world = engine.world().await?;
    let mei = engine.signed_in(&world, "mei.lin").await?;
    mei.open(&format!("{}/admin/registration", world.portal)).await?;
    mei.labelled("Person in charge").await?;
    mei.click_path("//option[contains(., 'Priya Nair')]").await?;
    mei.click("input[role=switch]").await?;
    mei.sees("Opened by Mei Lin").await?;
    let link = mei.value("Registration link").await?;
    let phone = engine.browser().await?;
    phone.open(&link).await?;
    phone.fill("Name", "Lam Chi Ming").await?;
    phone.fill("Email", "chiming.lam@mail.example").await?;
    phone.press("Send code").await?;
    let field = phone.labelled("6-digit code").await?;
    field.send_keys(world.code("chiming.lam@mail.example", None).await?).await?;
    phone.sees("You are in, Lam Chi Ming").await?;
    phone.press("Chat").await?;
    phone.find("[role=log]").await?;
    phone.write("Good morning").await?;
    phone.press("Choose a password").await?;
    phone.sees("You signed in with your code.").await
}

/// An invited client completes the onboarding on the mini program and writes.
async fn onboarding(engine: Engine) -> Result<()> {
    let world = engine.world().await?;
    let priya = engine.signed_in(&world, "priya.nair").await?;
    priya.open(&format!("{}/contacts", world.portal)).await?;
    priya.press("Invite new client").await?;
    priya.fill("Email", "siuming@pearlriver.example").await?;
    priya.press("Continue").await?;
    priya.fill("First name", "Siu Ming").await?;
    priya.fill("Last name", "Chan").await?;
    priya.press("Invite").await?;
    priya.sees("Siu Ming Chan was invited.").await?;
    let phone = engine.browser().await?;
    phone.open(&format!("{}/miniapp/lanternbay", world.portal)).await?;
    phone.fill("Email", "siuming@pearlriver.example").await?;
    phone.press("Send code").await?;
    let field = phone.labelled("6-digit code").await?;
    field.send_keys(world.code("siuming@pearlriver.example", None).await?).await?;
    phone.sees("You are connected").await?;
    phone.press("Open chat").await?;
    phone.find("[role=log]").await?;
    phone.write("Good morning").await?;
    priya.press("Show contact").await?;
    priya.press("Message").await?;
    priya.sees("Good morning").await
}

/// A phone is linked by a typed activation code.
async fn linking(engine: Engine) -> Result<()> {
    let world = engine.world().await?;
    let portal = engine.signed_in(&world, "priya.nair").await?;
    portal.open(&format!("{}/settings/devices", world.portal)).await?;
    portal.press("Link device").await?;
    let code = portal.text("[data-code]").await?;
    let phone = engine.browser().await?;
    phone.open(&format!("{}/activate", world.portal)).await?;
    phone.press("Skip").await?;
    phone.fill("Activation code", &code).await?;
    phone.press("Next").await?;
    let address = "priya.nair@lanternbay.example";
    let before = world.code(address, None).await?;
    phone.fill("Username", "priya.nair").await?;
    phone.fill("Password", world.password()).await?;
    phone.press("Sign in").await?;
    let field = phone.labelled("6-digit code").await?;
    field.send_keys(world.code(address, Some(&before)).await?).await?;
    let number = phone.text("[data-number]").await?;
    ensure!(number.len() == 2, "two digits are compared: {number}");
    portal.fill("Number on the phone", &number).await?;
    portal.press("Link").await?;
    portal.sees("can now read and send messages as you.").await
}

/// Safari keeps no secure cookie on plain http, and none that pretends to be one.
#[tokio::test]
async fn signing_in_works_in_webkit_on_plain_localhost() -> Result<()> {
    let world = World::start().await?;
    let browser = Engine::WebKit.signed_in(&world, "priya.nair").await?;
    browser.find("a.row").await?;
    browser.driver.refresh().await?;
    browser.find("a.row").await.map(drop)
}

#[tokio::test]
async fn an_exchange_works_in_firefox() -> Result<()> {
    exchange(Engine::Firefox).await
}

#[tokio::test]
async fn an_exchange_works_in_webkit() -> Result<()> {
    exchange(Engine::WebKit).await
}

#[tokio::test]
async fn registration_works_in_firefox() -> Result<()> {
    registration(Engine::Firefox).await
}

#[tokio::test]
async fn registration_works_in_webkit() -> Result<()> {
    registration(Engine::WebKit).await
}

#[tokio::test]
async fn onboarding_works_in_firefox() -> Result<()> {
    onboarding(Engine::Firefox).await
}

#[tokio::test]
async fn onboarding_works_in_webkit() -> Result<()> {
    onboarding(Engine::WebKit).await
}

#[tokio::test]
async fn linking_works_in_firefox() -> Result<()> {
    linking(Engine::Firefox).await
}

#[tokio::test]
async fn linking_works_in_webkit() -> Result<()> {
    linking(Engine::WebKit).await
}
