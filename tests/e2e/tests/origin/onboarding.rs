//! The first text: clients are onboarded on the mini program by SMS.

use anyhow::{Context as _, Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    caller::Caller,
    sizes::Size,
    world::World,
};
use serde_json::{Value, json};

const SMS: &str = "wechat.client.onboarding.sms";
const DELIVERY: &str = "wechat.onboarding.otp.delivery_method";
const SIU_MING: (&str, &str) = ("Siu Ming", "Chan");
const MAIL: &str = "siuming@pearlriver.example";
const NUMBER: &str = "+85261234567";

/// Mei, who has turned the onboarding by SMS on.
async fn mei_with_sms(world: &World) -> Result<Caller> {
    let mut mei = world.employee("mei.lin").await?;
    mei.configure(SMS, true).await?;
    Ok(mei)
}

/// The feature configurations, narrowed down to one.
async fn search_feature(mei: &Browser, world: &World, name: &str) -> Result<()> {
    mei.open(&format!("{}/admin/features", world.portal)).await?;
    mei.fill("Search features", name).await?;
    mei.find_path(&format!("//li[contains(@class, 'config-row')]//mark[normalize-space()='{name}']")).await?;
    Ok(())
}

/// Waits until the row of the feature that was searched for shows a value, and whether it is the default or a custom one.
async fn sees_value(mei: &Browser, value: &str, kind: &str) -> Result<()> {
    let row = "//p[contains(@class, 'config-row__value')]";
    mei.find_path(&format!("{row}[b[normalize-space()='{value}']][span[normalize-space()='{kind}']]"))
        .await?;
    Ok(())
}

async fn is_save_enabled(mei: &Browser) -> Result<bool> {
    Ok(mei.find_path("//form//button[normalize-space()='Save']").await?.is_enabled().await?)
}

/// "Go to Company Settings, Feature Configurations, and select Governed Channels. In the section of the mini program, search
/// for Client onboarding via SMS."
#[tokio::test]
async fn the_switch_is_in_the_company_settings_under_governed_channels() -> Result<()> {
    let world = World::start().await?;
    let mei = world.browser_of("mei.lin", DESKTOP).await?;
    mei.at_both_sizes(async |size| {
        mei.open(&format!("{}/chats", world.portal)).await?;
        mei.click("summary.rail__you").await?;
        mei.press("Org Admin").await?;
        mei.sees("User Administration").await?;
        if size == Size::Phone {
            mei.click(".subnav__toggle").await?;
        }
        mei.sees("Company Settings").await?;
        mei.press("Feature Configurations").await?;
        mei.click_path("//button[@role='tab'][contains(., 'Governed Channels')]").await?;
        mei.sees("WeChat MiniApp Governed").await?;
        mei.fill("Search features", "Client onboarding via SMS").await?;
        let section = "//h2[normalize-space()='WeChat MiniApp Governed']/following-sibling::ul[1]";
        mei.find_path(&format!("{section}/li[.//mark[normalize-space()='Client onboarding via SMS']]"))
            .await?;
        Ok(())
    })
    .await
}

/// "Click Edit, choose a custom value, and toggle it to ON. The default value is OFF: the onboarding by email."
#[tokio::test]
async fn the_default_is_off_and_a_custom_value_turns_it_on() -> Result<()> {
    let world = World::start().await?;
    let (mei, mut admin) = (world.browser_of("mei.lin", DESKTOP).await?, world.employee("mei.lin").await?);
    let (name, mini_program) = ("Client onboarding via SMS", format!("{}/miniapp/lanternbay", world.portal));
    mei.open(&mini_program).await?;
    mei.labelled("Email").await?;
    mei.at_both_sizes(async |_| {
        search_feature(&mei, &world, name).await?;
        sees_value(&mei, "OFF", "Default").await?;
        mei.press(&format!("Edit {name}")).await?;
        ensure!(!is_save_enabled(&mei).await?, "nothing has been changed yet");
        mei.click_path("//label[normalize-space()='Custom value']/input").await?;
        mei.click("input[role=switch]").await?;
        mei.press("Save").await?;
        mei.sees(&format!("{name} saved.")).await?;
        sees_value(&mei, "ON", "Custom").await?;
        mei.press(&format!("Edit {name}")).await?;
        mei.click_path("//label[normalize-space()='Default value']/input").await?;
        mei.press("Save").await?;
        sees_value(&mei, "OFF", "Default").await
    })
    .await?;
    admin.configure(SMS, true).await?;
    mei.open(&mini_program).await?;
    mei.labelled("Phone number").await?;
    Ok(())
}

/// Opens the drawer in Contacts and goes on with a phone number.
async fn begin_invitation(priya: &Browser, world: &World, number: &str) -> Result<()> {
    priya.open(&format!("{}/chats", world.portal)).await?;
    priya.click_path("//nav//a[contains(., 'Contacts')]").await?;
    priya.press("Invite new client").await?;
    priya.click_path("//select[@id=//label[.='Initial channel']/@for]/option[.='WeChat MiniApp']").await?;
    priya.fill("Phone number", number).await?;
    priya.press("Continue").await
}

/// "Go to the portal on a desktop or a phone. In Contacts, select Invite new client. Select the mini program as the initial
/// channel. Type the client's phone number, then click Continue."
#[tokio::test]
async fn the_invitation_begins_in_contacts_with_the_channel_and_the_phone_number() -> Result<()> {
    let world = World::start().await?;
    mei_with_sms(&world).await?;
    let priya = world.browser_of("priya.nair", DESKTOP).await?;
    priya
        .at_both_sizes(async |_| {
            begin_invitation(&priya, &world, "12").await?;
            priya.sees("This isn’t a phone number in Hong Kong").await?;
            priya.fill("Phone number", "6123 4567").await?;
            priya.press("Continue").await?;
            priya.sees("WeChat MiniApp · +852 6123 4567").await?;
            priya.press("Cancel").await
        })
        .await
}

/// "For a new profile, enter first and last name, email, country, language, external company and tags, and click Invite."
#[tokio::test]
async fn a_new_profile_has_names_email_country_language_company_and_tags() -> Result<()> {
    let world = World::start().await?;
    mei_with_sms(&world).await?;
    let priya = world.browser_of("priya.nair", DESKTOP).await?;
    priya
        .at_both_sizes(async |size| {
            let (last, number) =
                if size == Size::Phone { ("Phone", "6123 4568") } else { ("Desktop", "6123 4567") };
            begin_invitation(&priya, &world, number).await?;
            priya.click_path("//label[contains(., 'Create a new profile')]/input").await?;
            priya.fill("First name", "Siu Ming").await?;
            priya.fill("Last name", last).await?;
            priya.fill("Email", &format!("{}@pearlriver.example", size.word())).await?;
            for (label, choice) in [
                ("Country", "Singapore"),
                ("Language", "日本語"),
                ("External company", "Brandt Logistik GmbH"),
                ("Tags", "Corporate"),
            ] {
                let select = format!("//select[@id=//label[normalize-space()='{label}']/@for]");
                priya.click_path(&format!("{select}/option[contains(., '{choice}')]")).await?;
            }
            priya.press("Invite").await?;
            priya.sees(&format!("Siu Ming {last} was invited.")).await?;
            priya.press("Show contact").await?;
            let all = ["Brandt Logistik GmbH", "Singapore", "日本語", "Corporate"];
            for shown in all.into_iter().chain([format!("{}@pearlriver.example", size.word()).as_str()]) {
                priya.sees(shown).await?;
            }
            Ok(())
        })
        .await
}

/// "Select Use an existing profile if the client already has one."
#[tokio::test]
async fn an_existing_profile_is_used_for_a_client_who_has_one() -> Result<()> {
    let world = World::start().await?;
    mei_with_sms(&world).await?;
    let priya = world.browser_of("priya.nair", DESKTOP).await?;
    priya
        .at_both_sizes(async |size| {
            let (name, number) = match size {
                Size::Desktop => ("Lukas Brandt", "6123 4567"),
                Size::Phone => ("Amara Ndiaye", "6123 4568"),
            };
            begin_invitation(&priya, &world, number).await?;
            priya.click_path("//label[contains(., 'Use an existing profile')]/input").await?;
            priya.click_path(&format!("//label[contains(., '{name}')]/input[@name='existing']")).await?;
            priya.press("Invite").await?;
            priya.sees(&format!("{name} was invited.")).await?;
            priya.press("Show contact").await?;
            priya.press("Channels").await?;
            priya.find(".channel-card--pending[data-channel=wechat]").await?;
            priya.find(".channel-card:not(.channel-card--pending)[data-channel=causeway]").await?;
            Ok(())
        })
        .await
}

/// "Go to Channels and check that the integration status is Pending."
#[tokio::test]
async fn after_invite_the_integration_status_is_pending() -> Result<()> {
    let world = World::start().await?;
    mei_with_sms(&world).await?;
    world.employee("priya.nair").await?.invite(SIU_MING, MAIL, Some(NUMBER)).await?;
    let priya = world.browser_of("priya.nair", DESKTOP).await?;
    priya
        .at_both_sizes(async |_| {
            priya.open(&format!("{}/contacts", world.portal)).await?;
            priya.click_path("//a[contains(@class, 'row')][contains(., 'Siu Ming Chan')]").await?;
            priya.press("Channels").await?;
            let card = priya.text(".channel-card[data-channel=wechat]").await?;
            ensure!(
                ["WeChat MiniApp", "Pending", "+852 6123 4567"].iter().all(|it| card.contains(it)),
                "{card}"
            );
            Ok(())
        })
        .await
}

/// Asks for a code on the page of the mini program, as someone whose phone has never been there; waits for the next step.
async fn ask_for_code(client: &Browser, world: &World, country: &str, number: &str) -> Result<()> {
    client.open(&format!("{}/robots.txt", world.portal)).await?;
    client.run("localStorage.clear(); sessionStorage.clear()", vec![]).await?;
    client.open(&format!("{}/miniapp/lanternbay", world.portal)).await?;
    client.click(&format!("select#country option[value={country}]")).await?;
    let field = client.find("input#address").await?;
    field.clear().await?;
    field.send_keys(number).await?;
    client.click("form button[type=submit]").await?;
    client.find("input[autocomplete=one-time-code]").await?;
    Ok(())
}

/// "The one-time code is sent to the client by SMS."
#[tokio::test]
async fn the_code_sent_by_sms_links_the_client_and_both_write() -> Result<()> {
    let world = World::start().await?;
    mei_with_sms(&world).await?;
    world.employee("priya.nair").await?.invite(SIU_MING, MAIL, Some(NUMBER)).await?;
    let (priya, phone) = (world.browser_of("priya.nair", DESKTOP).await?, Browser::chromium(PHONE).await?);
    priya.open(&format!("{}/contacts", world.portal)).await?;
    priya.click_path("//a[contains(@class, 'row')][contains(., 'Siu Ming Chan')]").await?;
    priya.press("Channels").await?;
    priya.find(".channel-card--pending[data-channel=wechat]").await?;
    ask_for_code(&phone, &world, "HK", "6123 4567").await?;
    // The page goes on in the language of the number's country.
    phone.find("html[lang=zh-Hant]").await?;
    phone.sees("+852 6123 4567").await?;
    phone.labelled("6 位驗證碼").await?.send_keys(world.code(NUMBER, None).await?).await?;
    phone.sees("已連結").await?;
    // The card turns by itself.
    priya.find(".channel-card[data-channel=wechat] .pill--success").await?;
    phone.press("開啟對話").await?;
    phone.find("[role=log]").await?;
    phone.write("你好, this is Siu Ming").await?;
    priya.press("Message").await?;
    priya.sees("你好, this is Siu Ming").await?;
    priya.write("Welcome to Lantern Bay").await?;
    phone.sees("Welcome to Lantern Bay").await?;
    priya.find(".composer[data-channel=wechat]").await?;
    Ok(())
}

/// "The code can be sent to the client's email, by SMS, or both, depending on the configuration: Email only, SMS only, or
/// Both, which is the default."
#[tokio::test]
async fn the_code_goes_by_email_and_sms_unless_configured() -> Result<()> {
    let world = World::start().await?;
    let (mut mei, mut priya) = (mei_with_sms(&world).await?, world.employee("priya.nair").await?);
    let client = Browser::chromium(PHONE).await?;
    let (mail, number) = (|way| format!("{way}@pearlriver.example"), |last| format!("+8526123456{last}"));
    let all = [("sms", 1, json!("sms")), ("email", 2, json!("email")), ("both", 3, Value::Null)];
    for (way, last, configured) in all {
        priya.invite(("By", way), &mail(way), Some(&number(last))).await?;
        mei.configure(DELIVERY, configured).await?;
        ask_for_code(&client, &world, "HK", &number(last)).await?;
    }
    for (address, is_sent) in [
        // These are the last that are sent: the others were sent before, or never.
        (mail("both"), true),
        (number(3), true),
        (mail("email"), true),
        (number(1), true),
        (mail("sms"), false),
        (number(2), false),
    ] {
        if is_sent {
            world.code(&address, None).await.context(address)?;
        } else {
            ensure!(world.newest_code(&address).await.is_none(), "a code was sent to {address}");
        }
    }
    Ok(())
}

/// "The code is sent in the client's language, which the country code of the registered phone number tells."
#[tokio::test]
async fn the_code_is_in_the_language_of_the_country_code() -> Result<()> {
    let world = World::start().await?;
    mei_with_sms(&world).await?;
    let mut priya = world.employee("priya.nair").await?;
    let client = Browser::chromium(PHONE).await?;
    for (country, number, language, words) in [
        ("HK", "+85261234567", "zh-Hant", "驗證碼"),
        ("JP", "+819012345678", "ja", "確認コード"),
        ("CN", "+8613812345678", "zh-Hans", "验证码"),
        ("GB", "+447400123456", "en", "is your code"),
    ] {
        priya.invite(("Client", country), &format!("{language}@client.example"), Some(number)).await?;
        ask_for_code(&client, &world, country, number).await?;
        client.find(&format!("html[lang={language}]")).await?;
        world.received(number, words).await?;
    }
    Ok(())
}

/// "If the phone number does not exist in the system, no code is sent, but the client still comes to the screen of the code."
#[tokio::test]
async fn a_number_that_is_not_invited_gets_the_same_screen_and_no_code() -> Result<()> {
    let world = World::start().await?;
    mei_with_sms(&world).await?;
    world.employee("priya.nair").await?.invite(SIU_MING, MAIL, Some(NUMBER)).await?;
    let client = Browser::chromium(DESKTOP).await?;
    client
        .at_both_sizes(async |_| {
            let mut screens = Vec::new();
            for number in ["6999 9999", "6123 4567"] {
                client.open(&format!("{}/robots.txt", world.portal)).await?;
                client.run("localStorage.clear(); sessionStorage.clear()", vec![]).await?;
                ask_for_code(&client, &world, "HK", number).await?;
                client.find("html[lang=zh-Hant]").await?;
                client.sees(&format!("+852 {number}")).await?;
                let screen = client.text("main").await?;
                let digits = |c: char| c.is_ascii_digit();
                screens.push(screen.replace(digits, "0"));
            }
            ensure!(screens[0] == screens[1], "{screens:#?}");
            Ok(())
        })
        .await?;
    // The code for the other number was asked for later: it would have come before.
    world.code(NUMBER, None).await?;
    let received = world.inbox("+85269999999").await.context("the lab")?;
    ensure!(received.is_empty(), "{received:?}");
    Ok(())
}

/// "Search for OTP delivery method, click Edit, choose a custom value, select an option from the list: Both, Email or SMS.
/// The default value is Both. Once done, click Save."
#[tokio::test]
async fn the_delivery_method_is_both_email_or_sms_and_both_by_default() -> Result<()> {
    let world = World::start().await?;
    let (mei, mut admin) = (world.browser_of("mei.lin", DESKTOP).await?, world.employee("mei.lin").await?);
    let name = "OTP delivery method (Phone Number FI)";
    for (size, choice) in [(DESKTOP, "Email"), (PHONE, "SMS")] {
        mei.resize(size.0, size.1).await?;
        search_feature(&mei, &world, name).await?;
        sees_value(&mei, "Both", "Default").await?;
        mei.press(&format!("Edit {name}")).await?;
        mei.click_path("//label[normalize-space()='Custom value']/input").await?;
        let options = mei.text("select.config-row__select").await?;
        ensure!(options.split_whitespace().eq(["Both", "Email", "SMS"]), "{options}");
        mei.click_path(&format!("//select/option[normalize-space()='{choice}']")).await?;
        mei.press("Save").await?;
        mei.sees(&format!("{name} saved.")).await?;
        sees_value(&mei, choice, "Custom").await?;
        admin.configure(DELIVERY, Value::Null).await?;
        // The page that is open follows.
        sees_value(&mei, "Both", "Default").await?;
    }
    Ok(())
}
