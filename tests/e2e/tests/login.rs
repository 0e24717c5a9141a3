//! Signing in, in real browsers.

use anyhow::{Context as _, Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    world::{World, until},
};
use serde_json::json;

#[tokio::test]
async fn a_deep_link_survives_sign_in_and_signing_out_ends_everything() -> Result<()> {
    let world = World::start().await?;
    let priya = Browser::chromium(DESKTOP).await?;
    priya.open(&format!("{}/settings/support", world.portal)).await?;
    priya.labelled("Company name").await?;
    priya.sees_icons().await?;
    priya.sign_in(&world, "priya.nair").await?;
    assert_eq!(priya.driver.current_url().await?.path(), "/settings/support");
    priya.sees_icons().await?;
    priya.click("summary.rail__you").await?;
    priya.press("Sign out").await?;
    priya.labelled("Company name").await?;
    let kept = priya
        .run("return Object.keys(localStorage).filter(k => /drafts|outgoing/.test(k)).length", vec![])
        .await?;
    assert_eq!(kept, 0);
    priya.open(&format!("{}/chats", world.portal)).await?;
    priya.labelled("Company name").await?;
    Ok(())
}

#[tokio::test]
async fn a_browser_that_keeps_no_cookies_is_told_so() -> Result<()> {
    let world = World::start().await?;
    let browser = Browser::chromium(DESKTOP).await?;
    browser.open(&format!("{}/login", world.portal)).await?;
    browser.fill("Company name", "lanternbay").await?;
    browser.press("Continue").await?;
    browser.fill("Username", "priya.nair").await?;
    browser.fill("Password", world.password()).await?;
    browser.press("Sign in").await?;
    let field = browser.labelled("6-digit code").await?;
    // What a browser does that is told to block them: it keeps none, and scripts learn of it.
    let blocks = json!({ "disabled": true });
    browser.driver.cdp().send_raw("Emulation.setDocumentCookieDisabled", blocks).await?;
    browser.driver.delete_all_cookies().await?;
    field.send_keys(world.code("priya.nair@lanternbay.example", None).await?).await?;
    browser.sees("This browser keeps no cookies for this page.").await
}

#[tokio::test]
async fn a_refused_sign_in_says_nothing_about_which_part_was_wrong() -> Result<()> {
    let world = World::start().await?;
    let browser = Browser::chromium(DESKTOP).await?;
    let mut words = Vec::new();
    for (company, username) in
        [("nowhere", "priya.nair"), ("lanternbay", "nobody"), ("lanternbay", "priya.nair")]
    {
        // The same address again would be the page loaded anew, which keeps its step.
        browser.open("about:blank").await?;
        browser.open(&format!("{}/login", world.portal)).await?;
        browser.fill("Company name", company).await?;
        browser.press("Continue").await?;
        browser.sees(&format!("Sign in to {company}")).await?;
        browser.labelled("Username").await?.send_keys(username).await?;
        browser.labelled("Password").await?.send_keys("not the password").await?;
        browser.press("Sign in").await?;
        words.push(browser.text("[role=alert].banner").await?);
        assert_eq!(
            browser.labelled("Username").await?.value().await?.as_deref(),
            Some(username),
            "what was typed stays"
        );
    }
    assert!(words.iter().all(|said| *said == words[0] && !said.contains("left")), "{words:?}");
    Ok(())
}

#[tokio::test]
async fn without_webassembly_the_page_says_what_to_do() -> Result<()> {
    let world = World::start().await?;
    let browser = Browser::chromium(DESKTOP).await?;
    browser.before_every_page("delete window.WebAssembly").await?;
    browser.open(&format!("{}/login", world.portal)).await?;
    browser.sees("This browser is too old for Causeway").await?;
    browser.sees_icons().await?;
    browser.check_accessibility("too old").await?;
    // Each thing that is asked for, taken away, leads to the same page, and nothing comes in its place.
    for missing in [
        "delete HTMLScriptElement.prototype.noModule",
        "WebAssembly.validate = () => false",
        "delete window.CSSLayerBlockRule",
        "delete HTMLDialogElement.prototype.showModal",
        "delete Intl.PluralRules",
        "delete window.ResizeObserver",
        "delete Array.prototype.at",
        "delete String.prototype.replaceAll",
    ] {
        let older = Browser::chromium(DESKTOP).await?;
        older.before_every_page(missing).await?;
        older.open(&format!("{}/login", world.portal)).await?;
        older.sees("This browser is too old for Causeway").await.context(missing)?;
        ensure!(older.count("#app").await? == 0, "{missing}: nothing is started");
    }
    let blocked = Browser::chromium(DESKTOP).await?;
    blocked.before_every_page("WebAssembly.instantiateStreaming = WebAssembly.instantiate = () => Promise.reject(new Error('blocked'))").await?;
    blocked.open(&format!("{}/login", world.portal)).await?;
    blocked.sees("Causeway couldn’t be loaded completely").await
}

#[tokio::test]
async fn nothing_secret_is_in_the_log_or_the_database() -> Result<()> {
    let world = World::start().await?;
    let priya = Browser::chromium(DESKTOP).await?;
    priya.open(&world.portal).await?;
    priya.sign_in(&world, "priya.nair").await?;
    let code = world.code("priya.nair@lanternbay.example", None).await?;
    let client = Browser::chromium(DESKTOP).await?;
    let link = world.client_link("Lukas Brandt")?;
    client.open(&link).await?;
    client.sees("Lantern Bay Capital").await?;
    let token = link.split('#').nth(1).unwrap_or_default().to_owned();
    let cookies = priya.driver.get_all_cookies().await?;
    let session =
        cookies.iter().find(|cookie| cookie.name.contains("session")).map(|cookie| cookie.value.clone());
    let session = session.unwrap_or_default();
    assert!(token.len() > 40 && session.len() > 40);
    let secrets = [token.as_str(), session.as_str(), world.password()];
    until("the outbox has been emptied", || async {
        let database = std::fs::read(world.data().join("causeway.db-wal")).ok()?;
        (!database.is_empty()).then_some(())
    })
    .await?;
    for file in ["causeway.log", "causeway.db", "causeway.db-wal"] {
        let bytes = std::fs::read(world.data().join(file))?;
        for secret in secrets {
            assert!(
                !bytes.windows(secret.len()).any(|part| part == secret.as_bytes()),
                "a secret is in {file}"
            );
        }
    }
    let log = std::fs::read_to_string(world.data().join("causeway.log"))?;
    assert!(!log.contains(&code), "a code is in the log");
    Ok(())
}

#[tokio::test]
async fn back_leads_from_step_to_step_with_what_was_typed() -> Result<()> {
    let world = World::start().await?;
    let browser = Browser::chromium(DESKTOP).await?;
    browser.open(&format!("{}/login", world.portal)).await?;
    browser.fill("Company name", "lanternbay").await?;
    browser.press("Continue").await?;
    browser.fill("Username", "priya.nair").await?;
    browser.fill("Password", world.password()).await?;
    browser.press("Sign in").await?;
    browser.labelled("6-digit code").await?;
    browser.driver.back().await?;
    let value = async |label: &str| browser.labelled(label).await?.value().await.map_err(anyhow::Error::from);
    assert_eq!(value("Username").await?.as_deref(), Some("priya.nair"));
    assert_eq!(value("Password").await?.as_deref(), Some(""), "the password is not kept");
    browser.driver.back().await?;
    assert_eq!(value("Company name").await?.as_deref(), Some("lanternbay"));
    Ok(())
}

#[tokio::test]
async fn a_phone_that_loads_the_page_anew_is_at_its_code_and_no_other_is_sent() -> Result<()> {
    let world = World::start().await?;
    let phone = Browser::chromium(PHONE).await?;
    phone.open(&format!("{}/login", world.portal)).await?;
    phone.fill("Company name", "lanternbay").await?;
    phone.press("Continue").await?;
    phone.fill("Username", "priya.nair").await?;
    phone.fill("Password", world.password()).await?;
    phone.press("Sign in").await?;
    phone.labelled("6-digit code").await?;
    let code = world.code("priya.nair@lanternbay.example", None).await?;
    for _ in 0..3 {
        phone.driver.refresh().await?;
        phone.labelled("6-digit code").await?;
    }
    // A tab that is opened anew knows nothing of the steps of this one.
    let first = phone.driver.window().await?;
    phone.driver.new_tab().await?;
    let other = phone.driver.windows().await?.into_iter().find(|tab| *tab != first).context("another tab")?;
    phone.driver.switch_to_window(other).await?;
    phone.open(&format!("{}/login", world.portal)).await?;
    phone.labelled("6-digit code").await?;
    phone.driver.close_window().await?;
    phone.driver.switch_to_window(first).await?;
    phone.driver.back().await?;
    assert_eq!(phone.labelled("Username").await?.value().await?.as_deref(), Some("priya.nair"));
    phone.driver.forward().await?;
    phone.labelled("6-digit code").await?.send_keys(code).await?;
    phone.find("nav[aria-label=Main]").await?;
    // The steps are done: Back leads out of them.
    phone.driver.back().await?;
    assert_ne!(phone.driver.current_url().await?.path(), "/login");
    Ok(())
}
