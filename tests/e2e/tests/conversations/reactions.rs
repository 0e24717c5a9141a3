//! What people do with messages of others: leaving an emoji, forwarding, looking at what was said before and who has seen it.

use anyhow::Result;
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    world::{World, until},
};

const CLIENT: &str = "Wong Ka Man 黃嘉敏";

async fn at_the_chat(world: &World, username: &str, chat: &str) -> Result<Browser> {
    let browser = Browser::chromium(DESKTOP).await?;
    browser.open(&world.portal).await?;
    browser.sign_in(world, username).await?;
    browser.open_chat(chat).await?;
    Ok(browser)
}

/// Opens the menu of the message with these words.
async fn open_menu(browser: &Browser, words: &str) -> Result<()> {
    let bubble = format!("//article[contains(@class, 'bubble')][.//p[contains(., '{words}')]]");
    browser.click_path(&format!("{bubble}//button[@aria-haspopup='menu']")).await
}

async fn choose(browser: &Browser, entry: &str) -> Result<()> {
    browser.click_path(&format!("//*[@role='menuitem'][contains(., '{entry}')]")).await
}

#[tokio::test]
async fn an_emoji_is_left_seen_at_once_and_taken_away() -> Result<()> {
    let world = World::start().await?;
    let priya = at_the_chat(&world, "priya.nair", CLIENT).await?;
    priya.write("The lighthouse is open again").await?;
    let client = Browser::chromium(PHONE).await?;
    client.open_client(&world, CLIENT).await?;
    client.sees("The lighthouse is open again").await?;
    open_menu(&client, "lighthouse").await?;
    client.check_accessibility("the menu of a message").await?;
    client.press("React with Thumbs up").await?;
    client.find(".reaction[aria-label='Thumbs up, you'][aria-pressed=true]").await?;
    priya.find(".reaction[aria-label='Thumbs up, 1 person']").await?;
    priya.click(".reaction").await?;
    client.find(".reaction[aria-label='Thumbs up, 2 people, you too']").await?;
    priya.check_accessibility("reactions").await?;
    priya.driver.refresh().await?;
    priya.click(".reaction[aria-label='Thumbs up, 2 people, you too']").await?;
    client.find(".reaction[aria-label='Thumbs up, you']").await?;
    client.click(".reaction").await?;
    until("no reaction to be left", async || (priya.count(".reaction").await.ok()? == 0).then_some(())).await
}

#[tokio::test]
async fn a_message_goes_on_to_others_and_says_that_it_was_forwarded() -> Result<()> {
    let world = World::start().await?;
    let priya = at_the_chat(&world, "priya.nair", CLIENT).await?;
    priya.write("Figures for the harbour").await?;
    priya.wait_for_tick("Figures for the harbour", "Sent").await?;
    open_menu(&priya, "Figures for the harbour").await?;
    choose(&priya, "Forward").await?;
    priya.find_path("//dialog//h2[text()='Forward message']").await?;
    priya.check_accessibility("forwarding").await?;
    priya.fill("Search where it goes", "Daniel").await?;
    priya.click_path("//dialog//label[contains(., 'Daniel Okafor')]").await?;
    priya.sees("1 conversation chosen").await?;
    priya.click_path("//dialog//button[@type='submit']").await?;
    priya.sees("Forwarded to 1 conversation").await?;
    let daniel = at_the_chat(&world, "daniel.okafor", "Priya Nair").await?;
    daniel
        .find_path("//article[.//p[contains(., 'Forwarded')]][.//p[contains(., 'Figures for the harbour')]]")
        .await?;
    Ok(())
}

#[tokio::test]
async fn what_was_said_before_and_who_has_seen_it_is_looked_up() -> Result<()> {
    let world = World::start().await?;
    let priya = at_the_chat(&world, "priya.nair", "Harbour Fund onboarding").await?;
    priya.write("The first words").await?;
    priya.wait_for_tick("The first words", "Sent").await?;
    open_menu(&priya, "The first words").await?;
    choose(&priya, "Edit").await?;
    priya.fill_path("//dialog//textarea", "The second words").await?;
    priya.press("Save").await?;
    priya.sees("The second words").await?;
    let daniel = at_the_chat(&world, "daniel.okafor", "Harbour Fund onboarding").await?;
    daniel.sees("The second words").await?;
    priya.sees("Seen by Daniel Okafor").await?;
    open_menu(&priya, "The second words").await?;
    choose(&priya, "Versions and receipts").await?;
    priya.find_path("//dialog//li[contains(., 'The first words')]").await?;
    priya.find_path("//dialog//div[dt[contains(., 'Daniel')]]/dd[text()='Read']").await?;
    priya.check_accessibility("versions and receipts").await
}

#[tokio::test]
async fn who_is_writing_is_said_to_the_other_and_no_longer_once_it_was_sent() -> Result<()> {
    let world = World::start().await?;
    let priya = at_the_chat(&world, "priya.nair", CLIENT).await?;
    let client = Browser::chromium(PHONE).await?;
    client.open_client(&world, CLIENT).await?;
    client.find("[role=log]:not([aria-busy])").await?;
    let field = client.labelled("Message").await?;
    field.send_keys("Good morn").await?;
    until("the client to be said to write", async || {
        // Told once in three seconds: what is typed before the page listens is told later.
        field.send_keys("i").await.ok()?;
        let head = priya.text(".conv-head__meta").await.ok()?;
        head.contains("is typing…").then_some(())
    })
    .await?;
    field.send_keys("ng").await?;
    client.press("Send").await?;
    until("it to be over", async || {
        let head = priya.text(".conv-head__meta").await.ok()?;
        (!head.contains("is typing…")).then_some(())
    })
    .await
}

#[tokio::test]
async fn a_pinned_message_is_found_in_the_details_and_said_in_the_timeline() -> Result<()> {
    let world = World::start().await?;
    let priya = at_the_chat(&world, "priya.nair", "Harbour Fund onboarding").await?;
    let daniel = at_the_chat(&world, "daniel.okafor", "Harbour Fund onboarding").await?;
    priya.write("The account opens on Monday").await?;
    priya.wait_for_tick("The account opens on Monday", "Sent").await?;
    open_menu(&priya, "The account opens").await?;
    choose(&priya, "Pin").await?;
    daniel.sees("Priya Nair pinned a message").await?;
    daniel.press("Conversation details").await?;
    daniel.find_path("//aside//a[contains(., 'The account opens on Monday')]").await?;
    daniel.check_accessibility("pinned messages").await?;
    daniel.click_path("//aside//a[contains(., 'The account opens on Monday')]").await?;
    daniel.find_path("//article[contains(@class, 'bubble--pointed')]").await?;
    open_menu(&daniel, "The account opens").await?;
    choose(&daniel, "Unpin message").await?;
    priya.sees("Daniel Okafor unpinned a message").await?;
    until("nothing to be pinned", async || (daniel.count("#details-pinned").await.ok()? == 0).then_some(()))
        .await
}
