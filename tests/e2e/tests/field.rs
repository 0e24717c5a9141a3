//! What people stumbled over in other products: two people in one browser, addresses in messages, keyboards of phones, paper,
//! high contrast, screen readers, extensions of the browser.

use anyhow::{Context as _, Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    world::{World, until},
};
use serde_json::json;
use thirtyfour::prelude::*;

async fn signed_in(world: &World, username: &str) -> Result<Browser> {
    let browser = Browser::chromium(DESKTOP).await?;
    browser.open(&world.portal).await?;
    browser.sign_in(world, username).await?;
    Ok(browser)
}

/// Mei opens public registration with Priya in charge. Returns the link.
async fn open_registration(world: &World, mei: &Browser) -> Result<String> {
    mei.open(&format!("{}/admin/registration", world.portal)).await?;
    mei.labelled("Person in charge").await?;
    mei.click_path("//option[contains(., 'Priya Nair')]").await?;
    mei.click("input[role=switch]").await?;
    mei.sees("Opened by Mei Lin").await?;
    mei.labelled("Registration link").await?.value().await?.context("a link")
}

#[tokio::test]
async fn registering_in_a_second_tab_asks_first_and_the_first_tab_stops() -> Result<()> {
    let world = World::start().await?;
    let (mei, priya) = (signed_in(&world, "mei.lin").await?, signed_in(&world, "priya.nair").await?);
    let link = open_registration(&world, &mei).await?;
    priya.open_chat("Lukas Brandt").await?;
    priya.labelled("Message").await?.send_keys("Half a sentence").await?;
    let first = priya.driver.window().await?;
    let second = priya.driver.new_tab().await?;
    priya.driver.switch_to_window(second).await?;
    priya.open(&link).await?;
    priya.fill("Name", "Tess Try").await?;
    priya.fill("Email", "tess.try@mail.example").await?;
    priya.press("Send code").await?;
    let field = priya.labelled("6-digit code").await?;
    field.send_keys(world.code("tess.try@mail.example", None).await?).await?;
    priya.sees("This browser is signed in as Priya Nair.").await?;
    priya.check_accessibility("someone else is signed in").await?;
    priya.press("Continue as someone else").await?;
    priya.sees("You are in, Tess Try").await?;
    priya.driver.switch_to_window(first).await?;
    priya.sees("Someone else has signed in here").await?;
    priya.check_accessibility("taken over").await?;
    ensure!(!priya.says("Half a sentence").await?, "nothing of the first person is left on the screen");
    priya.press("Continue as Tess Try").await?;
    priya.sees("Choose a password").await?;
    let drafts = "return Object.entries(localStorage).filter(([k, v]) => k.startsWith('causeway.drafts.') && v.includes('Half a sentence')).length";
    ensure!(priya.run(drafts, vec![]).await? == json!(1), "the draft is kept for its writer");
    Ok(())
}

#[tokio::test]
async fn a_tab_whose_cookie_is_another_persons_sends_nothing() -> Result<()> {
    let world = World::start().await?;
    let priya = signed_in(&world, "priya.nair").await?;
    priya.open_chat("Wong Ka Man 黃嘉敏").await?;
    // Another sign-in in this browser that this tab is not told of, as from another product of the same host.
    let daniel = signed_in(&world, "daniel.okafor").await?;
    let name = "causeway-session";
    let cookies = daniel.driver.get_all_cookies().await?;
    let session = cookies.into_iter().find(|cookie| cookie.name.contains("session")).context(name)?;
    let set = json!({ "name": session.name, "value": session.value, "url": world.portal, "httpOnly": true });
    priya.driver.cdp().send_raw("Network.setCookie", set).await?;
    // With the first letter the others would be told that someone writes: the tab learns then whose cookie it is.
    priya.labelled("Message").await?.send_keys("W").await?;
    priya.sees("Someone else has signed in here").await?;
    priya.sees("Daniel Okafor is signed in here now.").await?;
    daniel.open_chat("Wong Ka Man 黃嘉敏").await?;
    ensure!(!daniel.says("Priya Nair is typing").await?, "nothing is told under another name");
    ensure!(daniel.count_messages("W").await? == 0, "nothing is sent under another name");
    Ok(())
}

#[tokio::test]
async fn signing_out_in_one_tab_signs_the_other_out() -> Result<()> {
    let world = World::start().await?;
    let priya = signed_in(&world, "priya.nair").await?;
    let first = priya.driver.window().await?;
    let second = priya.driver.new_tab().await?;
    priya.driver.switch_to_window(second).await?;
    priya.open(&format!("{}/chats", world.portal)).await?;
    priya.click("summary.rail__you").await?;
    priya.click_path("//div[contains(@class,'you__menu')]//button[last()]").await?;
    priya.labelled("Company name").await?;
    priya.driver.switch_to_window(first).await?;
    priya.labelled("Company name").await?;
    Ok(())
}

/// The addresses of the message that begins so, as shown, and where they lead.
async fn links(browser: &Browser, beginning: &str) -> Result<serde_json::Value> {
    let script = "const b = [...document.querySelectorAll('.bubble__text')].find(b => b.textContent.startsWith(arguments[0])); \
                  return [...b.querySelectorAll('a')].map(a => [a.textContent, a.href])";
    browser.run(script, vec![json!(beginning)]).await
}

#[tokio::test]
async fn addresses_spaces_and_directions_of_a_message_are_as_they_were_meant() -> Result<()> {
    let world = World::start().await?;
    let priya = signed_in(&world, "priya.nair").await?;
    priya.open_chat("Lukas Brandt").await?;
    for (text, shown) in [
        ("A 「https://a.example/x」", json!([["https://a.example/x", "https://a.example/x"]])),
        ("B Www.a.example…", json!([["Www.a.example", "https://www.a.example/"]])),
        ("C HTTPS://a.example/b_(c))", json!([["HTTPS://a.example/b_(c)", "https://a.example/b_(c)"]])),
        ("D ana@a.example, bye", json!([["ana@a.example", "mailto:ana@a.example"]])),
        // The first letter is Cyrillic.
        (
            "E https://аpple.example/",
            json!([["https://xn--pple-43d.example/", "https://xn--pple-43d.example/"]]),
        ),
        ("F javascript:alert(1)", json!([])),
    ] {
        priya.write(text).await?;
        let beginning = text.get(..2).context("a letter and a space")?;
        priya
            .find_path(&format!("//p[contains(@class,'bubble__text')][starts-with(., '{beginning}')]"))
            .await?;
        ensure!(links(&priya, beginning).await? == shown, "{text}: {}", links(&priya, beginning).await?);
    }
    let style = "const b = [...document.querySelectorAll('.bubble__text')].find(b => b.textContent.startsWith(arguments[0])); \
                 const s = getComputedStyle(b); return [s.direction, s.unicodeBidi, s.whiteSpaceCollapse ?? s.whiteSpace]";
    priya.write("שלום, האם החוזה מוכן?").await?;
    priya.sees("שלום").await?;
    ensure!(priya.run(style, vec![json!("שלום")]).await? == json!(["rtl", "plaintext", "preserve"]));
    let field = priya.find(".composer textarea").await?;
    field.send_keys("مرحبا").await?;
    let direction = "return getComputedStyle(document.querySelector('.composer textarea')).direction";
    ensure!(priya.run(direction, vec![]).await? == json!("rtl"), "the field follows what is typed");
    Ok(())
}

#[tokio::test]
async fn enter_on_a_phone_breaks_the_line_and_the_button_sends() -> Result<()> {
    let world = World::start().await?;
    let (phone, priya) = (Browser::chromium(PHONE).await?, signed_in(&world, "priya.nair").await?);
    phone.open_client(&world, "Wong Ka Man 黃嘉敏").await?;
    let field = phone.find(".composer textarea").await?;
    field.send_keys("one" + Key::Enter + "two").await?;
    ensure!(field.value().await?.as_deref() == Some("one\ntwo"), "{:?}", field.value().await?);
    phone.press("Send").await?;
    priya.open_chat("Wong Ka Man 黃嘉敏").await?;
    until("two lines in one message", || async {
        (priya.count_messages("one\ntwo").await.ok()? == 1).then_some(())
    })
    .await
}

#[tokio::test]
async fn those_who_listen_hear_new_messages_and_no_old_ones() -> Result<()> {
    let world = World::start().await?;
    let (priya, daniel) = (signed_in(&world, "priya.nair").await?, signed_in(&world, "daniel.okafor").await?);
    for browser in [&priya, &daniel] {
        browser.open_chat("Harbour Fund onboarding").await?;
    }
    // Counts what is put into a region that is read out.
    let watch = "window.heard = []; new MutationObserver(all => { for (const one of all) for (const node of one.addedNodes) { \
        const region = one.target.closest('[aria-live],[role=log],[role=status],[role=alert]'); \
        if (region && region.getAttribute('aria-live') !== 'off') window.heard.push(node.textContent); } \
        }).observe(document.body, { childList: true, subtree: true })";
    priya.run(watch, vec![]).await?;
    let newest = "const l = document.querySelector('[role=log]'); return [...l.querySelectorAll('[data-ordinal]')].at(-1).dataset.ordinal";
    for _ in 0..10 {
        let before = priya.run(newest, vec![]).await?;
        priya.run("document.querySelector('[role=log]').scrollBy(0, -1200)", vec![]).await?;
        until("rows were drawn anew", || async {
            (priya.run_when_painted(newest).await.ok()? != before).then_some(())
        })
        .await
        .ok();
    }
    ensure!(priya.run("return window.heard", vec![]).await? == json!([]), "old rows are not said");
    daniel.write("Is anybody there?").await?;
    until("the new message is said", || async {
        let heard = priya.run("return window.heard", vec![]).await.ok()?;
        (heard == json!(["Daniel Okafor: Is anybody there?"])).then_some(())
    })
    .await
}

#[tokio::test]
async fn high_contrast_tells_states_apart_without_backgrounds() -> Result<()> {
    let world = World::start().await?;
    let priya = signed_in(&world, "priya.nair").await?;
    priya.open_chat("Wong Ka Man 黃嘉敏").await?;
    priya.write("My side").await?;
    priya.emulate_media("", &[("forced-colors", "active")]).await?;
    let styles = |css: &str| {
        format!(
            "return [...document.querySelectorAll({css:?})].map(e => {{ const s = getComputedStyle(e); \
             return [s.backgroundColor, s.borderTopWidth, s.borderTopColor, s.borderInlineEndWidth, s.outlineStyle].join(' ') }})"
        )
    };
    let chips = priya.run(&styles(".chip"), vec![]).await?;
    ensure!(chips[0] != chips[1], "a pressed chip looks like the others: {chips}");
    let own = priya.run(&styles(".group--out .bubble"), vec![]).await?;
    let others = priya.run(&styles(".group--in .bubble"), vec![]).await?;
    ensure!(own[0] != others[0], "own and others' bubbles look alike: {own} {others}");
    let rows = priya.run(&styles("a.row"), vec![]).await?;
    let current = priya.run(&styles("a.row[aria-current]"), vec![]).await?;
    let rows = rows.as_array().context("rows")?;
    ensure!(
        rows.iter().filter(|row| **row == current[0]).count() == 1,
        "the chat that is open is not told apart"
    );
    Ok(())
}

#[tokio::test]
async fn a_conversation_is_printed_with_all_that_is_loaded() -> Result<()> {
    let world = World::start().await?;
    let priya = signed_in(&world, "priya.nair").await?;
    priya.open_chat("Harbour Fund onboarding").await?;
    priya.sees("I added the custody forms").await?;
    let drawn = priya.run("return document.querySelectorAll('[data-ordinal]').length", vec![]).await?;
    let rows = "window.dispatchEvent(new Event('beforeprint')); return document.querySelectorAll('.sheet__row').length";
    let printed = until("more than what is drawn is loaded", || async {
        let printed = priya.run(rows, vec![]).await.ok()?.as_u64()?;
        (printed > drawn.as_u64()?).then_some(printed)
    })
    .await?;
    ensure!(printed >= 90, "{printed} messages are printed");
    priya.emulate_media("print", &[]).await?;
    let shown = "return ['.portal', '.sheet'].map(css => document.querySelector(css).checkVisibility())";
    ensure!(priya.run(shown, vec![]).await? == json!([false, true]));
    let sheet = "const s = document.querySelector('.sheet'); return [s.innerText.includes('I added the custody forms'), s.innerText.includes('of 10000')]";
    ensure!(
        priya.run(sheet, vec![]).await? == json!([true, true]),
        "the newest message, and how many there are"
    );
    priya.emulate_media("", &[]).await?;
    priya.run("window.dispatchEvent(new Event('afterprint'))", vec![]).await?;
    ensure!(priya.run("return document.querySelector('.sheet')", vec![]).await?.is_null());
    Ok(())
}

#[tokio::test]
async fn a_message_that_is_deleted_unread_does_not_count() -> Result<()> {
    let world = World::start().await?;
    let (priya, daniel) = (signed_in(&world, "priya.nair").await?, signed_in(&world, "daniel.okafor").await?);
    let count = "return [...document.querySelectorAll('a.row')].find(r => r.textContent.includes('Daniel Okafor'))?.querySelector('.count')?.textContent ?? '0'";
    let before = priya.run(count, vec![]).await?;
    let counts = async |expected: &str| {
        until(&format!("the list counts {expected}"), || async {
            (priya.run(count, vec![]).await.ok()? == json!(expected)).then_some(())
        })
        .await
    };
    daniel.open_chat("Priya Nair").await?;
    daniel.write("Stays").await?;
    let one_more = (before.as_str().context("a number")?.parse::<u32>()? + 1).to_string();
    counts(&one_more).await?;
    daniel.write("Goes").await?;
    counts(&(one_more.parse::<u32>()? + 1).to_string()).await?;
    daniel.wait_for_tick("Goes", "Delivered").await?;
    daniel.find_path("//article[contains(., 'Goes')]").await?.scroll_into_view().await?;
    daniel.run("[...document.querySelectorAll('.bubble__change')].at(-1).click()", vec![]).await?;
    daniel.press("Delete").await?;
    daniel.press("Delete for everyone").await?;
    counts(&one_more).await?;
    priya.driver.refresh().await?;
    counts(&one_more).await
}

#[tokio::test]
async fn what_an_extension_of_the_browser_does_is_no_failed_start() -> Result<()> {
    let world = World::start().await?;
    let browser = Browser::chromium(DESKTOP).await?;
    let extension = "document.addEventListener('DOMContentLoaded', () => { \
        const image = new Image(); image.src = 'https://blocked.invalid/x.png'; document.body.append(image); \
        const script = document.createElement('script'); script.src = 'https://blocked.invalid/x.js'; document.head.append(script); \
        Promise.reject(new Error('extension')); setTimeout(() => { throw new Error('extension') }); \
        new MutationObserver(() => { if (document.documentElement.dataset.start) window.wasFailed = true }) \
            .observe(document.documentElement, { attributes: true }); })";
    browser.before_every_page(extension).await?;
    browser.open(&format!("{}/login", world.portal)).await?;
    browser.labelled("Company name").await?;
    let state = "return [document.documentElement.dataset.start ?? null, window.wasFailed ?? false]";
    ensure!(browser.run(state, vec![]).await? == json!([null, false]));
    Ok(())
}
