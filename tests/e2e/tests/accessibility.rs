//! axe-core on every page, in both themes, on a desktop and on a phone.

use anyhow::Result;
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    world::World,
};

#[tokio::test]
async fn no_page_of_the_portal_has_a_violation() -> Result<()> {
    let world = World::start().await?;
    let priya = Browser::chromium(DESKTOP).await?;
    priya.open(&format!("{}/login", world.portal)).await?;
    priya.labelled("Company name").await?;
    priya.check_accessibility("company").await?;
    priya.sign_in(&world, "priya.nair").await?;
    priya.find("a.row").await?;
    priya.check_accessibility("chats").await?;
    priya.open_chat("Wong Ka Man 黃嘉敏").await?;
    priya.check_accessibility("conversation").await?;
    priya.press("Conversation details").await?;
    priya.find("aside").await?;
    priya.check_accessibility("details").await?;
    priya.press("New group chat").await?;
    priya.find("dialog[open] input[type=checkbox]").await?;
    priya.check_accessibility("new chat").await?;
    for page in [
        "contacts",
        "notifications",
        "applications",
        "settings/profile",
        "settings/devices",
        "settings/security",
        "settings/notifications",
        "settings/saved-replies",
        "settings/support",
        "nowhere",
    ] {
        priya.open(&format!("{}/{page}", world.portal)).await?;
        priya.find("h1, h2").await?;
        priya.check_accessibility(page).await?;
    }
    priya.open(&format!("{}/contacts", world.portal)).await?;
    priya.click_path("//a[contains(@class,'row')][contains(., 'Lukas Brandt')]").await?;
    for tab in ["Info", "Channels", "Notes", "Conversations"] {
        priya.click_path(&format!("//button[@role='tab' and normalize-space()='{tab}']")).await?;
        priya.check_accessibility(&format!("contact, {tab}")).await?;
    }
    priya.press("Invite new client").await?;
    priya.labelled("Email").await?.send_keys("new@client.example").await?;
    priya.check_accessibility("invitation, step 1").await?;
    priya.press("Continue").await?;
    priya.labelled("First name").await?;
    priya.check_accessibility("invitation, step 2").await?;
    priya.open(&format!("{}/welcome#spent", world.portal)).await?;
    priya.sees("This link no longer works").await?;
    priya.check_accessibility("welcome").await
}

#[tokio::test]
async fn no_page_of_the_administration_has_a_violation() -> Result<()> {
    let world = World::start().await?;
    for (size, languages) in [(DESKTOP, ["en", "zh-Hans"]), (PHONE, ["zh-Hant", "ja"])] {
        let mei = Browser::chromium(size).await?;
        mei.open(&world.portal).await?;
        mei.sign_in(&world, "mei.lin").await?;
        let pages = [
            "users",
            "clients",
            "registration",
            "imports",
            "features",
            "external-companies",
            "tags",
            "audit",
            "license",
        ];
        for language in languages {
            for page in pages {
                mei.open_in(language, &format!("{}/admin/{page}", world.portal)).await?;
                mei.check_accessibility(&format!("{page}, {language}")).await?;
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn no_page_has_a_violation_in_any_language() -> Result<()> {
    let world = World::start().await?;
    for (size, languages) in [(DESKTOP, ["zh-Hant", "ja"]), (PHONE, ["zh-Hans", "en"])] {
        let guest = Browser::chromium(size).await?;
        guest.open(&world.portal).await?;
        guest.find("main h1, main h2").await?;
        for language in languages {
            for page in
                ["login", "activate", "r/nowhere", "reset#spent", "welcome#spent", "miniapp/lanternbay"]
            {
                // Only what stands behind the hash may differ between two pages; that alone would load nothing.
                guest.open("about:blank").await?;
                guest.open(&format!("{}/health/live", world.portal)).await?;
                guest.open_in(language, &format!("{}/{page}", world.portal)).await?;
                guest.check_accessibility(&format!("{page}, {language}")).await?;
            }
        }
        let priya = Browser::chromium(size).await?;
        priya.open(&world.portal).await?;
        priya.sign_in(&world, "priya.nair").await?;
        priya.find("a.row").await?;
        for language in languages {
            for page in [
                "chats",
                "contacts",
                "notifications",
                "settings/profile",
                "settings/security",
                "settings/notifications",
                "settings/devices",
            ] {
                priya.open_in(language, &format!("{}/{page}", world.portal)).await?;
                priya.check_accessibility(&format!("{page}, {language}")).await?;
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn no_page_on_a_phone_has_a_violation() -> Result<()> {
    let world = World::start().await?;
    let client = Browser::chromium(PHONE).await?;
    client.open_client(&world, "Wong Ka Man 黃嘉敏").await?;
    client.find("[role=log]:not([aria-busy])").await?;
    client.check_accessibility("client's chat").await?;
    let guest = Browser::chromium(PHONE).await?;
    guest.open(&format!("{}/miniapp/lanternbay", world.portal)).await?;
    guest.fill("Email", "nobody@client.example").await?;
    guest.check_accessibility("mini program, start").await?;
    guest.press("Send code").await?;
    guest.labelled("6-digit code").await?;
    guest.check_accessibility("mini program, code").await?;
    let phone = Browser::chromium(PHONE).await?;
    phone.open(&world.portal).await?;
    phone.sign_in(&world, "daniel.okafor").await?;
    phone.find("a.row").await?;
    phone.check_accessibility("chats").await?;
    phone.open_chat("Lukas Brandt").await?;
    phone.check_accessibility("conversation").await?;
    let hidden =
        phone.run("return getComputedStyle(document.querySelector('.rail')).display", vec![]).await?;
    assert_eq!(hidden, "none", "a conversation takes the whole phone");
    phone.press("Back to chats").await?;
    phone.find("a.row").await?;
    Ok(())
}
