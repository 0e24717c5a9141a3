//! The second text: an employee signs in for the first time, and what is in the portal then.

use anyhow::{Context as _, Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    caller::Caller,
    sizes::Size,
    world::{World, until},
};
use serde_json::json;
use thirtyfour::By;

/// "Provide your information: email, phone number, company role and job description. Your company usually does this."
#[tokio::test]
async fn the_company_gives_email_phone_company_role_and_job_description() -> Result<()> {
    let world = World::start().await?;
    let mei = world.browser_of("mei.lin", DESKTOP).await?;
    mei.at_both_sizes(async |size| {
        let name = format!("Nora {}", size.word());
        mei.open(&format!("{}/admin/users", world.portal)).await?;
        mei.press("New user").await?;
        for (label, text) in [
            ("Name", name.as_str()),
            ("Email", &format!("nora.{}@lanternbay.example", size.word())),
            ("Phone number", if size == Size::Phone { "+12025550131" } else { "+12025550132" }),
            ("Company role", "Relationship manager"),
            ("Job description", "Looks after shipping clients"),
        ] {
            mei.fill(label, text).await?;
        }
        mei.press("Save").await?;
        mei.sees(&format!("{name} was created.")).await
    })
    .await
}

/// "The support team has sent you an onboarding email with the link and your credentials for opening the portal. Click on the
/// link using your company's default browser."
#[tokio::test]
async fn the_onboarding_mail_brings_the_link_and_the_credentials() -> Result<()> {
    let world = World::start().await?;
    let nora = json!({
        "name": "Nora Quist", "email": "nora.quist@lanternbay.example", "phone": "+12025550131", "role": "account_manager",
        "company_role": "Relationship manager", "about": "Looks after shipping clients",
    });
    world.employee("mei.lin").await?.post("/api/admin/users", nora).await?;
    let mail = world.received("nora.quist@lanternbay.example", "Username: nora.quist").await?;
    ensure!(mail.contains(&format!("Portal: {}", world.portal)), "{mail}");
    ensure!(mail.contains("Company name: lanternbay"), "{mail}");
    let phone = Browser::chromium(PHONE).await?;
    phone.open(&world.mailed_link("nora.quist@lanternbay.example", "/welcome#").await?).await?;
    phone.sees("nora.quist").await?;
    phone.fill("New password", "kelp orbit nine 9").await?;
    phone.press("Save password").await?;
    phone.sees("Your password is set").await?;
    phone.press("Sign in").await?;
    enter(&phone, "nora.quist", "kelp orbit nine 9").await?;
    phone.labelled("6-digit code").await?.send_keys(world.code("+12025550131", None).await?).await?;
    phone.find("nav[aria-label=Main]").await?;
    phone.open(&format!("{}/settings/profile", world.portal)).await?;
    for own in ["Nora Quist", "Relationship manager", "Looks after shipping clients"] {
        phone.sees(own).await?;
    }
    Ok(())
}

/// Company, user name and password.
async fn enter(browser: &Browser, username: &str, password: &str) -> Result<()> {
    browser.fill("Company name", "lanternbay").await?;
    browser.press("Continue").await?;
    browser.fill("Username", username).await?;
    browser.fill("Password", password).await?;
    browser.press("Sign in").await
}

/// "At the login page, enter your company name. On the next screen, enter your user name and password. You will receive a
/// 6-digit code on your mobile, please enter and confirm."
#[tokio::test]
async fn sign_in_asks_for_company_then_username_and_password_then_a_code_on_the_mobile() -> Result<()> {
    let world = World::start().await?;
    let browser = Browser::chromium(DESKTOP).await?;
    browser
        .at_both_sizes(async |_| {
            let mobile = "+12025550101";
            let before = world.newest_code(mobile).await;
            browser.drop_session(&world).await?;
            browser.open(&world.portal).await?;
            browser.labelled("Company name").await?;
            ensure!(!browser.says("Password").await?, "one thing is asked for after the other");
            enter(&browser, "priya.nair", world.password()).await?;
            let field = browser.labelled("6-digit code").await?;
            browser.sees("We sent a 6-digit code to").await?;
            ensure!(browser.run("return document.querySelector('.rail')", vec![]).await?.is_null());
            field.send_keys(world.code(mobile, before.as_deref()).await?).await?;
            browser.find("nav[aria-label=Main]").await?;
            browser.find("a.row").await?;
            Ok(())
        })
        .await
}

/// "You are in! Here is what you see: chats, contacts, notifications, applications, personal settings."
#[tokio::test]
async fn the_portal_has_chats_contacts_notifications_applications_and_settings() -> Result<()> {
    let world = World::start().await?;
    let priya = world.browser_of("priya.nair", DESKTOP).await?;
    priya
        .at_both_sizes(async |size| {
            for (place, shown) in [
                ("Chats", "Lukas Brandt"),
                ("Contacts", "Invite new client"),
                ("Notifications", "2 unread"),
                ("Applications", "Bots that your company connects appear here."),
            ] {
                priya.open(&world.portal).await?;
                if size == Size::Phone && place == "Applications" {
                    priya.click("summary.rail__you").await?;
                }
                priya.click_path(&format!("//nav//a[contains(normalize-space(), '{place}')]")).await?;
                priya.sees(shown).await?;
            }
            priya.click("summary.rail__you").await?;
            priya.press("Profile").await?;
            priya.sees("Language of emails and SMS").await
        })
        .await
}

/// The ring's colour at someone's place in a list, as red, green and blue.
async fn ring(browser: &Browser, name: &str) -> Result<[u64; 3]> {
    browser.sees(name).await?;
    let script = "const row = [...document.querySelectorAll('a.row')].find(it => it.textContent.includes(arguments[0])); \
        const board = document.createElement('canvas').getContext('2d', { willReadFrequently: true }); \
        board.fillStyle = getComputedStyle(row.querySelector('.avatar')).borderTopColor; board.fillRect(0, 0, 1, 1); \
        return [...board.getImageData(0, 0, 1, 1).data].slice(0, 3)";
    let colour = browser.run(script, vec![json!(name)]).await?;
    serde_json::from_value(colour.clone()).with_context(|| format!("a colour: {colour}"))
}

/// "Avatars with round orange strips are your co-workers. Avatars with round green strips are clients that are shared with
/// you."
#[tokio::test]
async fn colleagues_have_an_orange_ring_and_clients_a_green_one() -> Result<()> {
    let world = World::start().await?;
    let priya = world.browser_of("priya.nair", DESKTOP).await?;
    priya
        .at_both_sizes(async |_| {
            priya.open(&format!("{}/chats", world.portal)).await?;
            let [red, green, blue] = ring(&priya, "Daniel Okafor").await?;
            ensure!(red > green && green > blue, "not orange: {red} {green} {blue}");
            let [red, green, blue] = ring(&priya, "Amara Ndiaye").await?;
            ensure!(green > red && green > blue, "not green: {red} {green} {blue}");
            Ok(())
        })
        .await
}

/// "Contacts: there are tabs of clients and of the team."
#[tokio::test]
async fn contacts_have_a_tab_of_clients_and_one_of_the_team() -> Result<()> {
    let world = World::start().await?;
    let priya = world.browser_of("priya.nair", DESKTOP).await?;
    priya
        .at_both_sizes(async |_| {
            priya.open(&format!("{}/contacts", world.portal)).await?;
            priya.sees("Lukas Brandt").await?;
            ensure!(!priya.says("Daniel Okafor").await?, "a colleague is among the clients");
            priya.click_path("//button[@role='tab' and normalize-space()='Team']").await?;
            priya.sees("Daniel Okafor").await?;
            priya.sees_no_more("Lukas Brandt").await?;
            priya.click_path("//button[@role='tab' and normalize-space()='Clients']").await?;
            priya.sees("Lukas Brandt").await
        })
        .await
}

/// "Notifications: if you received a message, it will be there."
#[tokio::test]
async fn a_received_message_is_among_the_notifications() -> Result<()> {
    let world = World::start().await?;
    let priya = world.browser_of("priya.nair", DESKTOP).await?;
    priya
        .at_both_sizes(async |size| {
            priya.open(&format!("{}/notifications", world.portal)).await?;
            priya.sees("2 unread").await?;
            let mut client = world.client("王建国").await?;
            let chats = client.get("/api/client/chats").await?;
            let chat = chats["chats"][0]["id"].as_str().context("a chat")?.to_owned();
            let text = format!("From the {}", size.word());
            let id = format!("00000000-0000-4000-8000-{:012}", size as u8);
            client
                .post(&format!("/api/client/chats/{chat}/messages"), json!({ "id": id, "text": text }))
                .await?;
            let row = "//li[contains(@class, 'notice-row')][contains(., '王建国')]";
            priya.find_path(&format!("{row}[contains(., 'unread')][contains(., '{text}')]")).await?;
            priya.click_path(&format!("{row}//a")).await?;
            priya.find_path("//h2[@id='conversation-title'][normalize-space()='王建国']").await?;
            priya.find_path(&format!("//*[@role='log']//p[normalize-space()='{text}']")).await?;
            Ok(())
        })
        .await
}

/// "Personal settings: your personal details, contact support, log out."
#[tokio::test]
async fn personal_settings_have_the_details_the_support_and_sign_out() -> Result<()> {
    let world = World::start().await?;
    let browser = Browser::chromium(DESKTOP).await?;
    browser
        .at_both_sizes(async |_| {
            browser.take_session(&world, &world.employee("priya.nair").await?).await?;
            browser.open(&format!("{}/chats", world.portal)).await?;
            browser.click("summary.rail__you").await?;
            browser.press("Profile").await?;
            for own in ["Priya Nair", "Lantern Bay Capital", "Account manager"] {
                browser.sees(own).await?;
            }
            browser.click("summary.rail__you").await?;
            browser.press("Contact support").await?;
            browser.sees("Your administrator at Lantern Bay Capital can help.").await?;
            browser.click("summary.rail__you").await?;
            browser.press("Sign out").await?;
            browser.labelled("Company name").await?;
            browser.open(&format!("{}/chats", world.portal)).await?;
            browser.labelled("Company name").await?;
            Ok(())
        })
        .await
}

/// "Create a group chat with your contacts."
#[tokio::test]
async fn a_group_chat_is_created_with_contacts() -> Result<()> {
    let world = World::start().await?;
    let priya = world.browser_of("priya.nair", DESKTOP).await?;
    priya
        .at_both_sizes(async |size| {
            let name = format!("Quarter, {}", size.word());
            priya.open(&format!("{}/chats", world.portal)).await?;
            priya.press("New group chat").await?;
            for person in ["Daniel Okafor", "Amara Ndiaye"] {
                priya.click_path(&format!("//dialog//label[contains(., '{person}')]//input")).await?;
            }
            priya.fill("Group name", &name).await?;
            priya.press("Create group of 3").await?;
            priya.find_path(&format!("//h2[@id='conversation-title'][normalize-space()='{name}']")).await?;
            priya.sees("You created the group").await
        })
        .await
}

/// Links a client of Priya to the mini program, by email; returns when it is done.
async fn link_to_mini_program(world: &World, priya: &mut Caller, name: &str, email: &str) -> Result<()> {
    let person = priya.id_of(name).await?;
    let invitation = json!({
        "identity": { "channel": "wechat", "country": "", "phone": "", "email": email },
        "profile": { "kind": "existing", "person": person },
    });
    priya.post("/api/invitations", invitation).await?;
    let mut client = world.caller();
    client.post("/api/onboarding/lanternbay", json!({ "country": "HK", "address": email })).await?;
    client.put("/api/onboarding-code", json!({ "code": world.code(email, None).await? })).await?;
    Ok(())
}

/// "Choose a messaging service to correspond with your contact."
#[tokio::test]
async fn the_messaging_service_is_chosen_to_write_to_a_contact() -> Result<()> {
    let world = World::start().await?;
    let mut person = world.employee("priya.nair").await?;
    link_to_mini_program(&world, &mut person, "Amara Ndiaye", "amara@ndiaye-fils.example").await?;
    let priya = Browser::chromium(DESKTOP).await?;
    priya.take_session(&world, &person).await?;
    priya
        .at_both_sizes(async |size| {
            let (service, channel) = match size {
                Size::Desktop => ("WeChat MiniApp", "wechat"),
                Size::Phone => ("Causeway app", "causeway"),
            };
            priya.open(&format!("{}/chats", world.portal)).await?;
            priya.open_chat("Amara Ndiaye").await?;
            priya.click(".via__button--choice").await?;
            let entry =
                format!("//*[@role='menu']//*[starts-with(@role, 'menuitem')][contains(., '{service}')]");
            priya.click_path(&format!("{entry}[not(@aria-disabled='true')]")).await?;
            priya.find(&format!(".composer[data-channel={channel}]")).await?;
            let text = format!("By {service}");
            priya.write(&text).await?;
            priya
                .find_path(&format!(
                    "//*[@data-channel='{channel}'][@data-ordinal]//p[normalize-space()='{text}']"
                ))
                .await?;
            Ok(())
        })
        .await
}

/// "View the details of a conversation."
#[tokio::test]
async fn the_details_of_a_conversation_are_viewed() -> Result<()> {
    let world = World::start().await?;
    let priya = world.browser_of("priya.nair", DESKTOP).await?;
    priya
        .at_both_sizes(async |size| {
            priya.open(&format!("{}/chats", world.portal)).await?;
            priya.open_chat("Wong Ka Man 黃嘉敏").await?;
            priya.press("Conversation details").await?;
            let details = priya.text("#details").await?.to_lowercase();
            let parts = ["channels", "causeway app", "participants", "daniel okafor", "record", "messages"];
            ensure!(parts.iter().all(|part| details.contains(part)), "{details}");
            // They are beside the conversation, or over it.
            priya.press(if size == Size::Phone { "Close details" } else { "Conversation details" }).await?;
            until("the details are closed", || async {
                priya.driver.find(By::Id("details")).await.err().map(|_| ())
            })
            .await?;
            priya.find("[role=log]").await?;
            Ok(())
        })
        .await
}
