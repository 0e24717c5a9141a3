//! axe-core on every step of linking a phone and of stronger sign-in, in the languages that the other scenarios do not
//! speak. What is pressed and filled is found by the texts of the language, so each is tried as well.

use anyhow::{Context as _, Result};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    texts::Texts,
    world::{World, until},
};
use serde_json::json;
use totp_rs::{Builder, Secret};

const PRIYA: &str = "priya.nair@lanternbay.example";
const PASSCODE: &str = "271828";

/// A browser of someone who reads a language.
struct Reader {
    browser: Browser,
    texts: Texts,
    language: &'static str,
}

impl Reader {
    async fn new(world: &World, language: &'static str, size: (u32, u32)) -> Result<Self> {
        let browser = Browser::chromium(size).await?;
        browser.open(&format!("{}/login", world.portal)).await?;
        Ok(Self { browser, texts: Texts::of(language)?, language })
    }

    async fn open(&self, address: &str) -> Result<()> {
        self.browser.open_in(self.language, address).await
    }

    async fn press(&self, id: &str) -> Result<()> {
        self.browser.press(self.texts.say(id)?).await
    }

    async fn fill(&self, id: &str, text: &str) -> Result<()> {
        self.browser.fill(self.texts.say(id)?, text).await
    }

    /// Checks the page once it says so.
    async fn check(&self, id: &str) -> Result<()> {
        self.browser.sees(self.texts.say(id)?).await?;
        self.browser.check_accessibility(&format!("{id}, {}", self.language)).await
    }

    async fn text_of(&self, css: &str) -> Result<String> {
        Ok(self.browser.find(css).await?.text().await?)
    }
}

async fn a_phone_is_linked(language: &'static str) -> Result<()> {
    let world = World::start().await?;
    let portal = Reader::new(&world, language, DESKTOP).await?;
    portal.browser.sign_in(&world, "priya.nair").await?;
    portal.open(&format!("{}/settings/devices", world.portal)).await?;
    portal.press("devices-link").await?;
    let code = portal.text_of("[data-code]").await?;
    portal.check("link-or-type").await?;
    let phone = Reader::new(&world, language, PHONE).await?;
    phone.open(&format!("{}/activate", world.portal)).await?;
    phone.press("activate-skip").await?;
    phone.check("activate-code-text").await?;
    phone.fill("link-code-label", &code).await?;
    phone.press("activate-next").await?;
    phone.check("activate-login-text").await?;
    let before = world.code(PRIYA, None).await?;
    phone.fill("username", "priya.nair").await?;
    phone.fill("password", world.password()).await?;
    phone.press("sign-in").await?;
    phone.check("code-label").await?;
    let code = world.code(PRIYA, Some(&before)).await?;
    phone.browser.labelled(phone.texts.say("code-label")?).await?.send_keys(code).await?;
    phone.check("activate-number-title").await?;
    portal.check("link-confirm-title").await?;
    portal.fill("link-number", &phone.text_of("[data-number]").await?).await?;
    portal.press("link-confirm").await?;
    portal.check("link-linked-title").await?;
    phone.check("passcode-offer").await?;
    phone.press("yes").await?;
    phone.check("passcode-new").await?;
    phone.fill("passcode-new", PASSCODE).await?;
    phone.fill("passcode-again", PASSCODE).await?;
    phone.press("passcode-set").await?;
    decline_notifications(&phone).await?;
    phone.browser.before_every_page("const now = Date.now; Date.now = () => now() + 6 * 60 * 1000;").await?;
    phone.browser.driver.refresh().await?;
    phone.check("locked-title").await
}

/// Passes the offer of notifications, where the browser can be asked for them.
async fn decline_notifications(phone: &Reader) -> Result<()> {
    let is_there = |css: &'static str| async move {
        let script = "return document.querySelector(arguments[0]) !== null";
        Some(phone.browser.run(script, vec![json!(css)]).await.ok()? == json!(true))
    };
    until("the phone shows the chats", || async {
        if is_there("#notify-title").await? {
            phone.check("activate-notify-title").await.ok()?;
            phone.press("activate-notify-later").await.ok()?;
        }
        is_there("a.row").await?.then_some(())
    })
    .await
}

async fn sign_in_is_made_stronger(language: &'static str) -> Result<()> {
    let world = World::start().await?;
    let portal = Reader::new(&world, language, DESKTOP).await?;
    portal.browser.sign_in(&world, "priya.nair").await?;
    portal.open(&format!("{}/settings/security", world.portal)).await?;
    portal.press("passkey-add").await?;
    portal.check("passkey-add-text").await?;
    let cancel = format!("//dialog[@open]//button[normalize-space()='{}']", portal.texts.say("cancel")?);
    portal.browser.click_path(&cancel).await?;
    portal.press("authenticator-set-up").await?;
    portal.check("authenticator-type").await?;
    let typed: String = portal.text_of(".secret").await?.split(' ').collect();
    let secret = Secret::try_from_base32(typed).context("a base 32 key")?;
    let app = Builder::new().with_secret(secret).with_account_name("priya").build().context("an app")?;
    let now = portal.browser.run("return Math.floor(Date.now() / 1000)", vec![]).await?;
    let code = app.generate(now.as_u64().context("a time")?).to_string();
    portal.browser.labelled(portal.texts.say("code-label")?).await?.send_keys(code).await?;
    portal.check("recovery-codes-kept").await?;
    portal.press("recovery-codes-kept").await?;
    let new_browser = Reader::new(&world, language, DESKTOP).await?;
    new_browser.open(&format!("{}/login", world.portal)).await?;
    new_browser.fill("company-name", "lanternbay").await?;
    new_browser.press("continue").await?;
    new_browser.fill("username", "priya.nair").await?;
    new_browser.fill("password", world.password()).await?;
    new_browser.press("sign-in").await?;
    new_browser.check("authenticator-code-text").await?;
    new_browser.press("way-recovery-code").await?;
    new_browser.check("recovery-code-text").await
}

#[tokio::test]
async fn every_step_has_no_violation_in_traditional_chinese() -> Result<()> {
    a_phone_is_linked("zh-Hant").await?;
    sign_in_is_made_stronger("zh-Hant").await
}

#[tokio::test]
async fn every_step_has_no_violation_in_simplified_chinese() -> Result<()> {
    a_phone_is_linked("zh-Hans").await?;
    sign_in_is_made_stronger("zh-Hans").await
}

#[tokio::test]
async fn every_step_has_no_violation_in_japanese() -> Result<()> {
    a_phone_is_linked("ja").await?;
    sign_in_is_made_stronger("ja").await
}
