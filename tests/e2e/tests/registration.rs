//! Public registration and forgotten passwords: an admin's desktop and a phone at once.

use anyhow::{Context as _, Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    world::{World, until},
};
use serde_json::Value;

async fn signed_in(world: &World, username: &str) -> Result<Browser> {
    let browser = Browser::chromium(DESKTOP).await?;
    browser.open(&world.portal).await?;
    browser.sign_in(world, username).await?;
    Ok(browser)
}

async fn fill(browser: &Browser, label: &str, text: &str) -> Result<()> {
    let field = browser.labelled(label).await?;
    field.clear().await?;
    Ok(field.send_keys(text).await?)
}

/// Mei opens public registration with Priya in charge; returns the link.
async fn open_registration(world: &World, mei: &Browser) -> Result<String> {
    mei.open(&format!("{}/admin/users", world.portal)).await?;
    mei.sees("User Administration").await?;
    mei.click("a.icon-btn[href='/admin/registration']").await?;
    mei.labelled("Person in charge").await?;
    mei.click_path("//option[contains(., 'Priya Nair')]").await?;
    // The switch saves at once; what else is typed waits for Save.
    mei.click("input[role=switch]").await?;
    mei.sees("Opened by Mei Lin").await?;
    fill(mei, "Welcome message", "Welcome. Ask me anything here.").await?;
    mei.press("Save").await?;
    mei.sees("Public registration saved.").await?;
    mei.check_accessibility("public registration").await?;
    mei.labelled("Registration link").await?.value().await?.context("a link")
}

/// Registers on the phone; returns the code that was mailed.
async fn register(world: &World, phone: &Browser, link: &str) -> Result<String> {
    phone.open(link).await?;
    phone.sees("Chat with Lantern Bay Capital").await?;
    for language in ["zh-Hant", "zh-Hans", "ja", "en"] {
        phone.open_in(language, link).await?;
        phone.find("form").await?;
        phone.check_accessibility(&format!("registration, form, {language}")).await?;
    }
    let manifest = "return document.querySelector('link[rel=manifest]').href";
    let manifest = phone.run(manifest, vec![]).await?;
    let manifest = reqwest::get(manifest.as_str().context("an address")?).await?.json::<Value>().await?;
    let window = &manifest["launch_handler"]["client_mode"][0];
    ensure!(
        manifest["handle_links"] == "preferred" && manifest["scope"] == "/" && window == "navigate-existing",
        "links open in the installed app: {manifest}"
    );
    fill(phone, "Name", "Lam Chi Ming").await?;
    fill(phone, "Email", "chiming.lam@").await?;
    phone.press("Send code").await?;
    phone.sees("Enter an email address like name@company.com.").await?;
    fill(phone, "Email", "chiming.lam@mail.example").await?;
    phone.press("Send code").await?;
    phone.labelled("6-digit code").await?;
    phone.check_accessibility("registration, code").await?;
    let code = world.code("chiming.lam@mail.example", None).await?;
    phone.labelled("6-digit code").await?.send_keys(&code).await?;
    phone.sees("You are in, Lam Chi Ming").await?;
    phone.check_accessibility("registration, done").await?;
    Ok(code)
}

#[tokio::test]
async fn a_phone_registers_and_writes_until_the_person_in_charge_has_gone() -> Result<()> {
    let world = World::start().await?;
    let (mei, priya) = (signed_in(&world, "mei.lin").await?, signed_in(&world, "priya.nair").await?);
    let link = open_registration(&world, &mei).await?;
    let phone = Browser::chromium(PHONE).await?;
    let code = register(&world, &phone, &link).await?;
    // The admin's page counts along, and the person in charge is told.
    mei.sees("1 registered").await?;
    priya.click_path("//a[contains(., 'Notifications')]").await?;
    priya.sees("Lam Chi Ming registered and is now your contact.").await?;
    priya.find_path("//a[contains(., 'Notifications')][not(.//span[@class='count'])]").await?;
    phone.press("Chat").await?;
    // The conversation is open at once; the password is asked for above it.
    phone.sees("Welcome. Ask me anything here.").await?;
    phone.press("Choose a password").await?;
    phone.sees("You signed in with your code.").await?;
    phone.check_accessibility("choose a password").await?;
    phone.press("Not now").await?;
    phone.sees("Welcome. Ask me anything here.").await?;
    phone.write("Good morning").await?;
    priya.click_path("//a[contains(., 'Chats')]").await?;
    priya.open_chat("Lam Chi Ming").await?;
    priya.sees("Good morning").await?;
    priya.write("Good morning, Chi Ming").await?;
    phone.sees("Good morning, Chi Ming").await?;
    // An external user has no directory, whatever address is typed.
    phone.open(&format!("{}/contacts", world.portal)).await?;
    phone.sees("Not part of your account").await?;
    // The code is the password of the first sign-in, and then one has to be chosen.
    let later = Browser::chromium(PHONE).await?;
    sign_in_external(&world, &later, "chiming.lam@mail.example", &code).await?;
    later.sees("You signed in with your code, which works once.").await?;
    fill(&later, "New password", "kelp orbit nine 9").await?;
    later.sees("Strength: Good").await?;
    later.press("Save password").await?;
    later.open_chat("Priya Nair").await?;
    // Priya leaves: registration closes by itself, visibly and with its reason.
    mei.open(&format!("{}/admin/users", world.portal)).await?;
    mei.press("Deactivate: Priya Nair").await?;
    mei.sees("Public registration closes too, because Priya Nair is the person in charge.").await?;
    mei.click_path("//dialog//button[normalize-space()='Deactivate']").await?;
    mei.sees("Priya Nair was deactivated.").await?;
    priya.labelled("Company name").await?;
    mei.open(&format!("{}/admin/registration", world.portal)).await?;
    mei.sees("Closed automatically: the person in charge was deactivated.").await?;
    phone.open(&link).await?;
    phone.sees("Registration is closed").await?;
    phone.check_accessibility("registration, closed").await
}

async fn sign_in_external(world: &World, browser: &Browser, email: &str, password: &str) -> Result<()> {
    browser.open(&format!("{}/login", world.portal)).await?;
    fill(browser, "Company name", "lanternbay").await?;
    browser.press("Continue").await?;
    fill(browser, "Username", email).await?;
    fill(browser, "Password", password).await?;
    browser.press("Sign in").await?;
    let field = browser.labelled("6-digit code").await?;
    field.send_keys(world.code(email, Some(password)).await?).await?;
    Ok(())
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_on_a_phone() -> Result<()> {
    let world = World::start().await?;
    let phone = Browser::chromium(PHONE).await?;
    phone.open(&format!("{}/login", world.portal)).await?;
    fill(&phone, "Company name", "lanternbay").await?;
    phone.press("Continue").await?;
    phone.press("Forgot password").await?;
    fill(&phone, "Username", "daniel.okafor").await?;
    phone.check_accessibility("forgot password").await?;
    phone.press("Send link").await?;
    phone.sees("Check your email").await?;
    let link = world.mailed_link("daniel.okafor@lanternbay.example", "/reset#").await?;
    phone.open(&link).await?;
    phone.sees("Afterwards you sign in with the new password").await?;
    phone.check_accessibility("new password").await?;
    fill(&phone, "New password", "short").await?;
    phone.press("Save password").await?;
    phone.sees("Use at least 12 characters.").await?;
    fill(&phone, "New password", "kelp orbit nine 9").await?;
    phone.press("Save password").await?;
    phone.sees("Your password is set").await?;
    phone.press("Sign in").await?;
    sign_in_with(&world, &phone, "daniel.okafor", "kelp orbit nine 9").await?;
    phone.find("a.row").await?;
    phone.open(&link).await?;
    phone.driver.refresh().await?;
    phone.sees("This link no longer works").await?;
    // Another link is asked for right there.
    phone.check_accessibility("spent link").await?;
    fill(&phone, "Company name", "lanternbay").await?;
    fill(&phone, "Username", "daniel.okafor").await?;
    phone.press("Send another link").await?;
    phone.sees("Check your email").await?;
    let another = until("another link", || async {
        let found = world.mailed_link("daniel.okafor@lanternbay.example", "/reset#").await.ok()?;
        (found != link).then_some(found)
    })
    .await?;
    // Mail gateways write the # as %23, twice even.
    for hash in ["%23", "%2523"] {
        phone.open("about:blank").await?;
        phone.open(&another.replace('#', hash)).await?;
        phone.sees("Afterwards you sign in with the new password").await?;
    }
    Ok(())
}

async fn sign_in_with(world: &World, browser: &Browser, username: &str, password: &str) -> Result<()> {
    let address = format!("{username}@lanternbay.example");
    browser.labelled("Company name").await?;
    browser.press("Continue").await?;
    fill(browser, "Username", username).await?;
    fill(browser, "Password", password).await?;
    browser.press("Sign in").await?;
    let field = browser.labelled("6-digit code").await?;
    field.send_keys(world.code(&address, None).await?).await?;
    Ok(())
}

#[tokio::test]
async fn an_admin_creates_imports_and_finds_users_and_reads_the_log() -> Result<()> {
    let world = World::start().await?;
    let mei = signed_in(&world, "mei.lin").await?;
    mei.open(&format!("{}/admin/users", world.portal)).await?;
    mei.press("New user").await?;
    fill(&mei, "Name", "Nora Quist").await?;
    mei.press("Save").await?;
    mei.sees("Enter an email address like name@company.com.").await?;
    mei.check_accessibility("new user").await?;
    fill(&mei, "Email", "nora.quist@lanternbay.example").await?;
    mei.press("Save").await?;
    mei.sees("Nora Quist was created.").await?;
    let link = world.mailed_link("nora.quist@lanternbay.example", "/welcome#").await?;
    let nora = Browser::chromium(PHONE).await?;
    nora.open(&link).await?;
    nora.sees("nora.quist").await?;

    mei.open(&format!("{}/admin/imports", world.portal)).await?;
    let file = world.data().join("people.csv");
    std::fs::write(
        &file,
        "name,email,role\nAda Berg,ada@lanternbay.example,account manager\nBad,nowhere,\n",
    )?;
    mei.labelled("CSV file").await?.send_keys(file.display().to_string()).await?;
    mei.sees("1 of 2 rows can be imported.").await?;
    mei.sees("Not imported: Email: ").await?;
    mei.check_accessibility("import").await?;
    mei.press("Import 1 user").await?;
    mei.sees("1 of 2 rows were imported.").await?;

    mei.open(&format!("{}/admin/users", world.portal)).await?;
    mei.labelled("Search users").await?.send_keys("ada").await?;
    mei.sees("1 user").await?;
    mei.sees("Ada Berg").await?;

    mei.open(&format!("{}/admin/audit", world.portal)).await?;
    mei.click_path("//option[normalize-space()='User created']").await?;
    until("only users that were created", || async {
        let rows = "return [...document.querySelectorAll('tbody tr')].map(r => r.cells[1].textContent)";
        let rows = mei.run(rows, vec![]).await.ok()?;
        let rows = rows.as_array()?;
        (rows.len() == 2 && rows.iter().all(|row| row == "User created")).then_some(())
    })
    .await?;
    mei.check_accessibility("audit log").await?;
    for page in ["clients", "license"] {
        mei.open(&format!("{}/admin/{page}", world.portal)).await?;
        mei.find("main h1").await?;
        mei.check_accessibility(page).await?;
    }
    mei.open(&format!("{}/admin/clients", world.portal)).await?;
    mei.press("Transfer: Lukas Brandt").await?;
    mei.click_path("//select[@id='transfer-to']/option[contains(., 'Daniel Okafor')]").await?;
    mei.click_path("//dialog//button[normalize-space()='Transfer']").await?;
    mei.sees("Lukas Brandt was transferred.").await
}

#[tokio::test]
async fn a_half_filled_form_survives_another_language() -> Result<()> {
    let world = World::start().await?;
    let phone = Browser::chromium(PHONE).await?;
    phone.open(&format!("{}/login", world.portal)).await?;
    fill(&phone, "Company name", "lanternbay").await?;
    phone.press("Continue").await?;
    fill(&phone, "Username", "priya.nair").await?;
    phone.click("select option[value=ja]").await?;
    phone.find("html[lang=ja]").await?;
    let kept = until("the user name is there", || async {
        phone.driver.find(thirtyfour::By::Id("username")).await.ok()?.value().await.ok()?
    })
    .await?;
    ensure!(kept == "priya.nair", "kept: {kept}");

    let priya = signed_in(&world, "priya.nair").await?;
    priya.open(&format!("{}/contacts", world.portal)).await?;
    priya.click_path("//a[contains(@class,'row')][contains(., 'Lukas Brandt')]").await?;
    priya.press("Edit profile").await?;
    fill(&priya, "First name", "Lukas Maria").await?;
    priya.click(".rail__you").await?;
    priya.click(".you__menu option[value=ja]").await?;
    priya.find("html[lang=ja]").await?;
    let kept = until("the first name is there", || async {
        priya.driver.find(thirtyfour::By::Id("first_name")).await.ok()?.value().await.ok()?
    })
    .await?;
    ensure!(kept == "Lukas Maria", "kept: {kept}");
    Ok(())
}
