//! Links for passwords, and what org admins do with users; `origin/registration.rs` has public registration.

use anyhow::{Context as _, Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    world::{World, until},
};
use serde_json::json;

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

#[tokio::test]
async fn a_reset_link_works_once_and_however_a_mail_gateway_writes_it() -> Result<()> {
    let world = World::start().await?;
    let (phone, address) = (Browser::chromium(PHONE).await?, "daniel.okafor@lanternbay.example");
    let account = json!({ "company": "lanternbay", "username": "daniel.okafor" });
    world.caller().post("/api/password-reset", account).await?;
    let link = world.mailed_link(address, "/reset#").await?;
    let token = link.split('#').nth(1).context("a token")?;
    let spend = json!({ "token": token, "password": "kelp orbit nine 9" });
    world.caller().put("/api/password-reset/link", spend).await?;
    phone.open(&link).await?;
    phone.sees("This link no longer works").await?;
    // Another link is asked for right there.
    phone.check_accessibility("spent link").await?;
    fill(&phone, "Company name", "lanternbay").await?;
    fill(&phone, "Username", "daniel.okafor").await?;
    phone.press("Send another link").await?;
    phone.sees("Check your email").await?;
    let another = until("another link", || async {
        let found = world.mailed_link(address, "/reset#").await.ok()?;
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
