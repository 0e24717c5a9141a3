//! Two employees and a client, in browsers of their own.

use anyhow::{Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    world::{World, until},
};
use serde_json::json;

#[tokio::test]
async fn a_client_reads_the_chat_in_the_language_of_the_own_profile_unless_another_is_chosen() -> Result<()> {
    let world = World::start().await?;
    let client = Browser::chromium(PHONE).await?;
    client.open(&world.client_link("Wong Ka Man 黃嘉敏")?).await?;
    client.find("html[lang=zh-Hant] [role=log]:not([aria-busy])").await?;
    client.speak("en").await?;
    client.driver.refresh().await?;
    client.find("html[lang=en] [role=log]:not([aria-busy])").await?;
    Ok(())
}

#[tokio::test]
async fn employees_and_a_client_talk_through_a_power_cut() -> Result<()> {
    let mut world = World::start().await?;
    let (priya, daniel) = (Browser::chromium(DESKTOP).await?, Browser::chromium(DESKTOP).await?);
    let client = Browser::chromium(PHONE).await?;
    for (browser, name) in [(&priya, "priya.nair"), (&daniel, "daniel.okafor")] {
        browser.open(&world.portal).await?;
        browser.sign_in(&world, name).await?;
    }
    client.open_client(&world, "Wong Ka Man 黃嘉敏").await?;
    client.find("[role=log]:not([aria-busy])").await?;
    let address = client.driver.current_url().await?;
    assert_eq!(address.fragment(), None, "the token has left the address bar");
    for browser in [&priya, &daniel] {
        browser.open_chat("Wong Ka Man 黃嘉敏").await?;
    }

    priya.write("Good news: the report is approved.").await?;
    for browser in [&daniel, &client] {
        browser.sees("Good news: the report is approved.").await?;
    }
    priya.wait_for_tick("Good news: the report is approved.", "Read").await?;
    client.write("Wonderful, thank you both!").await?;
    for browser in [&priya, &daniel] {
        browser.sees("Wonderful, thank you both!").await?;
    }

    priya.driver.refresh().await?;
    priya.sees("Wonderful, thank you both!").await?;

    world
        .restart(async {
            priya.sees("You’re offline.").await?;
            priya.write("Written while the server was away.").await?;
            client.sees("You’re offline.").await?;
            client.write("And this from my side.").await
        })
        .await?;
    for browser in [&priya, &daniel, &client] {
        browser.sees_no_more("You’re offline.").await?;
        browser.sees("Written while the server was away.").await?;
        browser.sees("And this from my side.").await?;
    }
    for browser in [&priya, &daniel, &client] {
        for text in [
            "Good news: the report is approved.",
            "Written while the server was away.",
            "And this from my side.",
        ] {
            assert_eq!(browser.count_messages(text).await?, 1, "{text}");
        }
    }
    priya.wait_for_tick("Written while the server was away.", "Read").await
}

#[tokio::test]
async fn a_browser_that_was_offline_misses_nothing_and_doubles_nothing() -> Result<()> {
    let world = World::start().await?;
    let (priya, client) = (Browser::chromium(DESKTOP).await?, Browser::chromium(PHONE).await?);
    priya.open(&world.portal).await?;
    priya.sign_in(&world, "priya.nair").await?;
    priya.open_chat("Lukas Brandt").await?;
    client.open_client(&world, "Lukas Brandt").await?;
    // This client has two conversations: the list comes first.
    client.click_path("//a[contains(., 'Priya Nair')]").await?;
    client.find("[role=log]:not([aria-busy])").await?;
    priya.set_offline(true).await?;
    priya.run("window.dispatchEvent(new Event('offline'))", vec![]).await?;
    priya.sees("You’re offline.").await?;
    for number in 1..=3 {
        client.write(&format!("Missed {number}")).await?;
    }
    priya.write("Kept here").await?;
    client.wait_for_tick("Missed 3", "Sent").await?;
    priya.set_offline(false).await?;
    priya.run("window.dispatchEvent(new Event('online'))", vec![]).await?;
    priya.sees("Missed 3").await?;
    client.sees("Kept here").await?;
    for text in ["Missed 1", "Missed 2", "Missed 3", "Kept here"] {
        assert_eq!((priya.count_messages(text).await?, client.count_messages(text).await?), (1, 1), "{text}");
    }
    Ok(())
}

#[tokio::test]
async fn a_draft_survives_a_reload_and_stays_in_its_chat() -> Result<()> {
    let world = World::start().await?;
    let priya = Browser::chromium(DESKTOP).await?;
    priya.open(&world.portal).await?;
    priya.sign_in(&world, "priya.nair").await?;
    priya.open_chat("Lukas Brandt").await?;
    priya.labelled("Message").await?.send_keys("About the transfer: I would suggest we").await?;
    priya.open_chat("Amara Ndiaye").await?;
    assert_eq!(priya.labelled("Message").await?.value().await?.unwrap_or_default(), "");
    priya.sees("Draft").await?;
    priya.driver.refresh().await?;
    priya.open_chat("Lukas Brandt").await?;
    assert_eq!(
        priya.labelled("Message").await?.value().await?.unwrap_or_default(),
        "About the transfer: I would suggest we"
    );
    Ok(())
}

#[tokio::test]
async fn a_group_is_made_and_both_tabs_agree() -> Result<()> {
    let world = World::start().await?;
    let priya = Browser::chromium(DESKTOP).await?;
    priya.open(&world.portal).await?;
    priya.sign_in(&world, "priya.nair").await?;
    priya.press("New group chat").await?;
    for name in ["Daniel Okafor", "Amara Ndiaye"] {
        let path = format!("//label[.//span[contains(., '{name}')]]//input");
        priya.click_path(&path).await?;
    }
    priya.labelled("Group name").await?.send_keys("Quarterly call").await?;
    priya.press("Create group of 3").await?;
    priya.find("#conversation-title").await?;
    priya.write("Welcome to the call").await?;
    let here = priya.driver.window().await?;
    let there = priya.driver.new_tab().await?;
    priya.driver.switch_to_window(there).await?;
    priya.open(&world.portal).await?;
    priya.open_chat("Quarterly call").await?;
    priya.sees("Welcome to the call").await?;
    priya.write("From the second tab").await?;
    priya.driver.switch_to_window(here).await?;
    priya.sees("From the second tab").await?;
    assert_eq!(priya.count_messages("From the second tab").await?, 1);
    Ok(())
}

#[tokio::test]
async fn ten_thousand_messages_scroll_in_a_bounded_page() -> Result<()> {
    let world = World::start().await?;
    let priya = Browser::chromium(DESKTOP).await?;
    priya.open(&world.portal).await?;
    priya.sign_in(&world, "priya.nair").await?;
    priya.open_chat("Harbour Fund onboarding").await?;
    priya.sees("I added the custody forms").await?;
    let nodes = "return document.querySelectorAll('[role=log] *').length";
    // Scrolling up in steps of less than a screen: every message must pass by, in order, none left out.
    let first = "const l = document.querySelector('[role=log]'); const t = l.getBoundingClientRect(); \
                 const r = [...l.querySelectorAll('[data-ordinal]')].filter(e => { const b = e.getBoundingClientRect(); return b.bottom > t.top && b.top < t.bottom; }); \
                 return [+r[0].dataset.ordinal, +r.at(-1).dataset.ordinal]";
    let range = priya.run(first, vec![]).await?;
    let mut top = range[0].as_i64().unwrap_or_default();
    assert_eq!(range[1], json!(10_000));
    for _ in 0..60 {
        priya.run("document.querySelector('[role=log]').scrollBy(0, -600)", vec![]).await?;
        // Looked at between frames, as eyes do: whoever scrolls on before a frame was painted drags the scroll
        // bar, and that leads to a place, not past every row.
        let range = until("the rows have moved and none was jumped over", || async {
            let range = priya.run_when_painted(first).await.ok()?;
            (range[0].as_i64()? < top && range[1].as_i64()? >= top - 1).then_some(range)
        })
        .await?;
        top = range[0].as_i64().unwrap_or_default();
        let nodes = priya.run(nodes, vec![]).await?.as_u64().unwrap_or(u64::MAX);
        assert!(nodes <= 900, "{nodes} nodes");
    }
    assert!(top < 9_700, "60 steps led to {top} only");
    priya.press("Jump to latest").await?;
    priya.sees("I added the custody forms").await
}

#[tokio::test]
async fn a_message_is_edited_then_deleted_on_both_screens() -> Result<()> {
    let world = World::start().await?;
    let (priya, daniel) = (Browser::chromium(DESKTOP).await?, Browser::chromium(DESKTOP).await?);
    for (browser, name) in [(&priya, "priya.nair"), (&daniel, "daniel.okafor")] {
        browser.open(&world.portal).await?;
        browser.sign_in(&world, name).await?;
        browser.open_chat("Wong Ka Man 黃嘉敏").await?;
    }
    priya.write("The fee is 2 %.").await?;
    daniel.sees("The fee is 2 %.").await?;
    let change = "//article[contains(., 'The fee is')]//button";
    priya.find_path("//article[contains(., 'The fee is')]").await?.scroll_into_view().await?;
    priya.run("document.querySelector('.bubble__change:last-of-type')?.focus()", vec![]).await?;
    priya.click_path(change).await?;
    priya.check_accessibility("menu of a message").await?;
    priya.press("Edit").await?;
    let field = priya.find("#changed-text").await?;
    field.clear().await?;
    field.send_keys("The fee is 1 %.").await?;
    priya.check_accessibility("change message").await?;
    priya.press("Save").await?;
    for browser in [&priya, &daniel] {
        browser.sees("The fee is 1 %.").await?;
        browser.sees_no_more("The fee is 2 %.").await?;
        browser.sees("edited").await?;
    }
    priya.click_path(change).await?;
    priya.press("Delete").await?;
    priya.check_accessibility("delete message").await?;
    priya.press("Delete for everyone").await?;
    for browser in [&priya, &daniel] {
        browser.sees("This message was deleted").await?;
        browser.sees_no_more("The fee is 1 %.").await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_reply_quotes_a_message_and_leads_there() -> Result<()> {
    let world = World::start().await?;
    let priya = world.browser_of("priya.nair", DESKTOP).await?;
    priya.open(&world.portal).await?;
    priya.open_chat("Wong Ka Man 黃嘉敏").await?;
    let client = Browser::chromium(PHONE).await?;
    client.open_client(&world, "Wong Ka Man 黃嘉敏").await?;
    client.find("[role=log]:not([aria-busy])").await?;
    client.write("Is the lease signed?").await?;
    priya.sees("Is the lease signed?").await?;
    priya.run("[...document.querySelectorAll('.group--in .bubble__change')].at(-1).click()", vec![]).await?;
    priya.press("Reply").await?;
    priya.sees("Replying to Wong Ka Man 黃嘉敏").await?;
    // What was begun survives another chat and a reload.
    priya.driver.refresh().await?;
    priya.sees("Replying to Wong Ka Man 黃嘉敏").await?;
    priya.write("Since this morning.").await?;
    priya.sees_no_more("Replying to").await?;
    for (browser, quote) in [(&priya, "Is the lease signed?"), (&client, "Is the lease signed?")] {
        browser.sees("Since this morning.").await?;
        let quoted = browser.text("button.quote .quote__text").await?;
        ensure!(quoted == quote, "{quoted}");
        browser.click("button.quote").await?;
        browser.find(".bubble--pointed").await?;
    }
    priya.check_accessibility("a conversation with a reply").await
}
