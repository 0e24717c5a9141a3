//! Stronger sign-in in a real browser: an authenticator app, recovery codes, a passkey, and a company that asks for them.

use anyhow::{Context as _, Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    world::World,
};
use serde_json::json;
use totp_rs::{Builder, Secret, Totp};

const LANGUAGES: [&str; 3] = ["zh-Hant", "zh-Hans", "ja"];

/// Seconds since 1970, by the clock of the browser.
async fn now(portal: &Browser) -> Result<u64> {
    portal.run("return Math.floor(Date.now() / 1000)", vec![]).await?.as_u64().context("a time")
}

async fn portal(world: &World, size: (u32, u32)) -> Result<Browser> {
    let portal = Browser::chromium(size).await?;
    portal.open(&world.portal).await?;
    portal.sign_in(world, "priya.nair").await?;
    portal.open(&format!("{}/settings/security", world.portal)).await?;
    portal.sees("Sign-in methods").await?;
    Ok(portal)
}

/// Signs Priya out and in again up to the question for something beside the password.
async fn sign_in_again(world: &World, portal: &Browser) -> Result<()> {
    portal
        .driver
        .execute_async(
            "const done = arguments[arguments.length - 1]; fetch('/api/session').then((it) => it.json()).then(({ me }) => fetch('/api/session', { method: 'DELETE', headers: { 'x-causeway-person': me.id } })).then(() => done(true))",
            vec![],
        )
        .await?;
    portal.open(&format!("{}/login", world.portal)).await?;
    portal.fill("Company name", "lanternbay").await?;
    portal.press("Continue").await?;
    portal.fill("Username", "priya.nair").await?;
    portal.fill("Password", world.password()).await?;
    portal.press("Sign in").await
}

/// The authenticator app of someone who types the key from the dialog.
async fn authenticator(portal: &Browser) -> Result<Totp> {
    let typed: String = portal.text(".secret").await?.split(' ').collect();
    let secret = Secret::try_from_base32(typed).context("a base 32 key")?;
    Builder::new().with_secret(secret).with_account_name("priya").build().context("an authenticator app")
}

#[tokio::test]
async fn an_authenticator_app_is_set_up_and_a_recovery_code_opens_the_account_without_it() -> Result<()> {
    let world = World::start().await?;
    let portal = portal(&world, DESKTOP).await?;
    portal.check_accessibility("security").await?;
    portal.press("Set up authenticator app").await?;
    let app = authenticator(&portal).await?;
    portal.check_accessibility("set up an authenticator app").await?;
    let first = now(&portal).await?;
    portal.labelled("6-digit code").await?.send_keys(app.generate(first).to_string()).await?;
    portal.sees("They’re shown only now").await?;
    portal.check_accessibility("recovery codes").await?;
    let codes = portal.text(".recovery-codes").await?;
    let codes: Vec<&str> = codes.lines().collect();
    ensure!(codes.len() == 10, "{codes:?}");
    portal.press("I’ve saved these codes").await?;
    portal.sees("10 of 10 left").await?;
    for language in LANGUAGES {
        portal.open_in(language, &format!("{}/settings/security", world.portal)).await?;
        portal.check_accessibility(&format!("security, {language}")).await?;
    }
    portal.speak("en").await?;
    sign_in_again(&world, &portal).await?;
    portal.sees("Open your authenticator app").await?;
    portal.check_accessibility("sign in, authenticator app").await?;
    // The code of the next step is taken as well, and each step only once: no one has to wait here.
    portal.labelled("6-digit code").await?.send_keys(app.generate(first + 30).to_string()).await?;
    portal.find("nav[aria-label=Main]").await?;
    sign_in_again(&world, &portal).await?;
    portal.press("Use a recovery code").await?;
    portal.check_accessibility("sign in, recovery code").await?;
    portal.fill("Recovery code", &codes[0].to_lowercase()).await?;
    portal.press("Confirm").await?;
    portal.find("nav[aria-label=Main]").await?;
    portal.open(&format!("{}/settings/security", world.portal)).await?;
    portal.sees("9 of 10 left").await
}

#[tokio::test]
async fn a_passkey_of_a_virtual_authenticator_signs_in_and_confirms_again() -> Result<()> {
    let world = World::start().await?;
    let portal = portal(&world, PHONE).await?;
    portal.driver.cdp().send_raw("WebAuthn.enable", json!({})).await?;
    let options = json!({ "options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
        "isUserVerified": true, "automaticPresenceSimulation": true,
    } });
    let made = portal.driver.cdp().send_raw("WebAuthn.addVirtualAuthenticator", options).await?;
    let authenticator = made["authenticatorId"].clone();
    portal.press("Add passkey").await?;
    portal.fill("Name", "Work laptop").await?;
    portal.check_accessibility("add a passkey").await?;
    portal.press("Create passkey").await?;
    portal.press("I’ve saved these codes").await?;
    portal.sees("Work laptop").await?;
    portal.check_accessibility("security with a passkey").await?;
    // Someone whose device does not know them is not let in, and told what to do.
    let verified = |is: bool| json!({ "authenticatorId": authenticator, "isUserVerified": is });
    portal.driver.cdp().send_raw("WebAuthn.setUserVerified", verified(false)).await?;
    sign_in_again(&world, &portal).await?;
    portal.sees("Confirm with your passkey").await?;
    portal.check_accessibility("sign in, passkey").await?;
    portal.press("Use passkey").await?;
    portal.sees("The passkey wasn’t used").await?;
    portal.driver.cdp().send_raw("WebAuthn.setUserVerified", verified(true)).await?;
    portal.press("Use passkey").await?;
    portal.find("nav[aria-label=Main]").await?;
    portal.open(&format!("{}/settings/security", world.portal)).await?;
    // The device's own lock opens the app as well, without the server.
    portal.press("Set passcode").await?;
    portal.press("Use fingerprint, face or screen lock").await?;
    portal.sees("This device’s screen lock opens Causeway.").await?;
    portal.before_every_page("const now = Date.now; Date.now = () => now() + 6 * 60 * 1000;").await?;
    portal.driver.refresh().await?;
    portal.sees("Causeway is locked").await?;
    portal.driver.cdp().send_raw("WebAuthn.setUserVerified", verified(false)).await?;
    portal.press("Unlock").await?;
    portal.sees("The passkey wasn’t used").await?;
    portal.driver.cdp().send_raw("WebAuthn.setUserVerified", verified(true)).await?;
    portal.press("Unlock").await?;
    portal.press("Remove passkey Work laptop").await?;
    portal.click_path("//dialog//button[normalize-space()='Remove']").await?;
    portal.sees("None yet.").await?;
    sign_in_again(&world, &portal).await?;
    portal.labelled("6-digit code").await?;
    portal.sees("We sent").await
}

#[tokio::test]
async fn a_role_that_needs_it_sets_it_up_before_anything_else() -> Result<()> {
    let world = World::start().await?;
    let employee = portal(&world, DESKTOP).await?;
    let admin = Browser::chromium(DESKTOP).await?;
    admin.open(&world.portal).await?;
    admin.sign_in(&world, "mei.lin").await?;
    admin.open(&format!("{}/admin/features", world.portal)).await?;
    admin.press("Edit Authenticator app or passkey required").await?;
    admin.click_path("//label[normalize-space()='Custom value']/input").await?;
    admin.click_path("//label[contains(., 'Account manager')]/input").await?;
    admin.press("Save").await?;
    admin.sees("Account manager").await?;
    employee.sees("Set up a safer sign-in").await?;
    employee.check_accessibility("set up before anything else").await?;
    employee.press("Set up authenticator app").await?;
    let app = authenticator(&employee).await?;
    employee
        .labelled("6-digit code")
        .await?
        .send_keys(app.generate(now(&employee).await?).to_string())
        .await?;
    employee.press("I’ve saved these codes").await?;
    employee.find("nav[aria-label=Main]").await?;
    // And the admin can take it away from someone who lost it.
    admin.open(&format!("{}/admin/users", world.portal)).await?;
    admin.press("Reset sign-in methods: Priya Nair").await?;
    admin.check_accessibility("reset sign-in methods").await?;
    admin.click_path("//dialog//button[normalize-space()='Reset sign-in methods']").await?;
    admin.sees("The sign-in methods of Priya Nair were reset.").await?;
    employee.labelled("Company name").await?;
    Ok(())
}
