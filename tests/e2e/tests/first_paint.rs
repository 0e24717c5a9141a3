//! The first form is there before the application: what is typed into it is kept.

use anyhow::{Context as _, Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    world::{World, until},
};
use serde_json::json;

/// As much as brings the page and its style at once, and the application in some ten seconds.
const SLOW_BYTES_PER_SECOND: i32 = 40_000;

/// A page of which the application is still on its way.
async fn slow_page(world: &World, size: (u32, u32), language: &str, path: &str) -> Result<Browser> {
    let browser = Browser::chromium(size).await?;
    browser.open(&format!("{}/robots.txt", world.portal)).await?;
    browser.speak(language).await?;
    browser.set_speed(SLOW_BYTES_PER_SECOND).await?;
    browser.open(&format!("{}{path}", world.portal)).await?;
    ensure!(browser.count("#app").await? == 0, "the application is there already");
    Ok(browser)
}

/// The application has taken the place of the static form.
async fn application(browser: &Browser) -> Result<()> {
    browser.set_speed(-1).await?;
    until("the application takes over", || async { (browser.count("#shell").await.ok()? == 0).then_some(()) })
        .await
}

/// Name, value and caret of the field with the focus.
async fn focused(browser: &Browser) -> Result<serde_json::Value> {
    let script =
        "const it = document.activeElement; return [it.name, it.value, it.selectionStart, it.selectionEnd]";
    browser.run(script, vec![]).await
}

/// An admin opens public registration with Priya in charge; returns the link.
async fn open_registration(world: &World) -> Result<String> {
    let mei = Browser::chromium(DESKTOP).await?;
    mei.open(&world.portal).await?;
    mei.sign_in(world, "mei.lin").await?;
    mei.open(&format!("{}/admin/registration", world.portal)).await?;
    mei.labelled("Person in charge").await?;
    mei.click_path("//option[contains(., 'Priya Nair')]").await?;
    mei.click("input[role=switch]").await?;
    mei.sees("Opened by Mei Lin").await?;
    mei.value("Registration link").await
}

#[tokio::test]
async fn what_is_typed_before_the_application_is_there_is_kept_with_focus_and_caret() -> Result<()> {
    let world = World::start().await?;
    let browser = slow_page(&world, DESKTOP, "en", "/login").await?;
    browser.labelled("Company name").await?.send_keys("lanbay").await?;
    browser.run("document.activeElement.setSelectionRange(3, 3)", vec![]).await?;
    application(&browser).await?;
    ensure!(focused(&browser).await? == json!(["company", "lanbay", 3, 3]), "{}", focused(&browser).await?);
    browser.type_into_focused("Company name", "tern").await?;
    browser.press("Continue").await?;
    browser.labelled("Username").await?;
    let kept = browser.run("return localStorage['causeway.company']", vec![]).await?;
    ensure!(kept == json!("\"lanternbay\""), "{kept}");
    Ok(())
}

#[tokio::test]
async fn enter_before_the_application_is_there_waits_visibly_and_goes_on() -> Result<()> {
    let world = World::start().await?;
    let browser = slow_page(&world, PHONE, "ja", "/login").await?;
    browser.labelled("会社名").await?.send_keys("lanternbay\u{e007}").await?;
    browser.find("#shell [aria-busy=true]").await?;
    application(&browser).await?;
    browser.find("input[name=username]").await?;
    Ok(())
}

#[tokio::test]
async fn a_word_that_is_being_composed_is_finished_before_the_application_takes_over() -> Result<()> {
    let world = World::start().await?;
    let browser = slow_page(&world, DESKTOP, "zh-Hant", "/login").await?;
    browser.labelled("公司名稱").await?.send_keys("a").await?;
    let composed = json!({ "text": "ㄉㄥ", "selectionStart": 2, "selectionEnd": 2 });
    browser.driver.cdp().send_raw("Input.imeSetComposition", composed).await?;
    browser.set_speed(-1).await?;
    until("the application is there", || async { (browser.count("#app").await.ok()? == 1).then_some(()) })
        .await?;
    ensure!(browser.count("#shell").await? == 1, "the composition was broken off");
    browser.driver.cdp().send_raw("Input.insertText", json!({ "text": "燈" })).await?;
    application(&browser).await?;
    ensure!(focused(&browser).await? == json!(["company", "a燈", 2, 2]), "{}", focused(&browser).await?);
    Ok(())
}

#[tokio::test]
async fn registering_and_onboarding_begin_before_the_application_is_there() -> Result<()> {
    let world = World::start().await?;
    let link = open_registration(&world).await?;
    let path = link.strip_prefix(&world.portal).context("a link of the portal")?;
    let phone = slow_page(&world, PHONE, "en", path).await?;
    phone.fill("Name", "Lam Chi Ming").await?;
    phone.fill("Email", "chiming.lam@mail.example").await?;
    application(&phone).await?;
    ensure!(focused(&phone).await?[0] == json!("join-email"));
    phone.press("Send code").await?;
    phone.labelled("6-digit code").await?;

    let client = slow_page(&world, PHONE, "en", "/miniapp/lanternbay").await?;
    client.fill("Email", "lukas.brandt@example").await?;
    application(&client).await?;
    ensure!(focused(&client).await?[1] == json!("lukas.brandt@example"));
    Ok(())
}

#[tokio::test]
async fn someone_who_is_not_signed_in_loads_no_portal_and_comes_back_to_the_wanted_screen() -> Result<()> {
    let world = World::start().await?;
    let browser = Browser::chromium(DESKTOP).await?;
    browser.open(&format!("{}/contacts?tab=team", world.portal)).await?;
    browser.labelled("Company name").await?;
    application(&browser).await?;
    let loaded =
        "return performance.getEntriesByType('resource').filter(it => it.name.includes('/portal-')).length";
    ensure!(browser.run(loaded, vec![]).await? == json!(0), "the portal was loaded");
    browser.sign_in(&world, "priya.nair").await?;
    let place = browser.run("return location.pathname + location.search", vec![]).await?;
    ensure!(place == json!("/contacts?tab=team"), "{place}");
    Ok(())
}
