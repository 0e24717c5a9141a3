//! The third text: an org admin opens public registration, and how it closes.

use crate::registrants::{CHI_MING, opened, register};
use anyhow::{Context as _, Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    world::{World, until},
};
use thirtyfour::Key;

/// Waits until the switch shows what the server has.
async fn sees_switch(mei: &Browser, is_on: bool) -> Result<()> {
    until("the switch shows what the server has", || async {
        (mei.find("input[role=switch]").await.ok()?.is_selected().await.ok()? == is_on).then_some(())
    })
    .await
}

/// "Registration can be opened with the Pro plan or above."
#[tokio::test]
async fn registration_needs_the_pro_plan_or_above() -> Result<()> {
    let world = World::start().await?;
    let ana = world.browser_of("ana.silva", DESKTOP).await?;
    ana.at_both_sizes(async |_| {
        ana.open(&format!("{}/admin/registration", world.portal)).await?;
        ana.sees("Public registration needs the Pro plan or above").await?;
        ensure!(ana.run("return document.querySelector('[role=switch]')", vec![]).await?.is_null());
        Ok(())
    })
    .await?;
    world.operate(&["company", "plan", "peaklegal", "--plan", "pro"]).await?;
    ana.driver.refresh().await?;
    sees_switch(&ana, false).await
}

/// "This can be accessed from the icon on the top right of User Administration."
#[tokio::test]
async fn an_icon_at_the_top_right_of_user_administration_leads_to_registration() -> Result<()> {
    let world = World::start().await?;
    let mei = world.browser_of("mei.lin", DESKTOP).await?;
    mei.at_both_sizes(async |_| {
        mei.open(&format!("{}/admin/users", world.portal)).await?;
        mei.sees("User Administration").await?;
        let icon = mei.labelled("Public registration").await?.rect().await?;
        let width = mei.run("return innerWidth", vec![]).await?.as_f64().context("a width")?;
        ensure!(icon.x > width / 2.0 && icon.y < 220.0, "{icon:?} of {width}");
        mei.click("a.icon-btn[aria-label='Public registration']").await?;
        mei.labelled("Person in charge").await?;
        Ok(())
    })
    .await
}

/// "There are a number of settings, and you can tap on their adjacent question marks to see the help text."
#[tokio::test]
async fn each_setting_is_explained_behind_its_question_mark() -> Result<()> {
    let world = World::start().await?;
    opened(&world).await?;
    let mei = world.browser_of("mei.lin", DESKTOP).await?;
    mei.at_both_sizes(async |_| {
        mei.open(&format!("{}/admin/registration", world.portal)).await?;
        for (setting, help) in [
            ("Person in charge", "Every new user gets a direct contact with the person in charge"),
            ("Capacity", "Registration closes when all places are taken."),
            ("Registration link", "Opens the app if it is installed, otherwise the browser."),
            ("Form message", "Plain text above the form"),
            ("Welcome message", "Leave it empty to send nothing."),
            ("Allowed email domains", "Only addresses at these domains can register."),
        ] {
            mei.press(&format!("Help: {setting}")).await?;
            mei.find_path(&format!("//*[@role='tooltip'][contains(., '{help}')]")).await?;
            // What was read gives way to the settings below it.
            mei.type_into_focus(Key::Escape).await?;
            mei.driver.action_chain().move_to(0, 0).perform().await?;
        }
        Ok(())
    })
    .await
}

/// "The person in charge is mandatory to open the registration."
#[tokio::test]
async fn a_person_in_charge_is_mandatory_to_open() -> Result<()> {
    let world = World::start().await?;
    let mei = world.browser_of("mei.lin", DESKTOP).await?;
    mei.at_both_sizes(async |_| {
        mei.open(&format!("{}/admin/registration", world.portal)).await?;
        mei.click("input[role=switch]").await?;
        mei.sees("Choose an active employee whose role can write to clients.").await?;
        sees_switch(&mei, false).await?;
        mei.sees("Not opened yet").await
    })
    .await
}

/// "The registration link is generated during the first opening."
#[tokio::test]
async fn the_link_is_made_at_the_first_opening_and_stays() -> Result<()> {
    let world = World::start().await?;
    let mei = world.browser_of("mei.lin", DESKTOP).await?;
    mei.open(&format!("{}/admin/registration", world.portal)).await?;
    mei.sees("The link is made when you first open registration.").await?;
    mei.click_path("//option[contains(., 'Priya Nair')]").await?;
    mei.click("input[role=switch]").await?;
    mei.sees("Opened by Mei Lin").await?;
    let link = mei.value("Registration link").await?;
    ensure!(link.starts_with(&format!("{}/r/", world.portal)), "{link}");
    mei.check_accessibility("public registration").await?;
    mei.resize(PHONE.0, PHONE.1).await?;
    mei.click("input[role=switch]").await?;
    mei.sees("Closed by an admin").await?;
    mei.click("input[role=switch]").await?;
    mei.sees("Opened by Mei Lin").await?;
    ensure!(mei.value("Registration link").await? == link, "opening again changes the link");
    Ok(())
}

/// "The registration is closed automatically when the person in charge is no longer available, for instance inactivated."
#[tokio::test]
async fn the_registration_closes_when_the_person_in_charge_is_inactivated() -> Result<()> {
    let world = World::start().await?;
    let link = opened(&world).await?;
    let (mei, priya) =
        (world.browser_of("mei.lin", DESKTOP).await?, world.browser_of("priya.nair", PHONE).await?);
    priya.open(&world.portal).await?;
    priya.find("a.row").await?;
    mei.open(&format!("{}/admin/users", world.portal)).await?;
    mei.press("Deactivate: Priya Nair").await?;
    mei.sees("Public registration closes too, because Priya Nair is the person in charge.").await?;
    mei.click_path("//dialog//button[normalize-space()='Deactivate']").await?;
    mei.sees("Priya Nair was deactivated.").await?;
    priya.labelled("Company name").await?;
    mei.at_both_sizes(async |_| {
        mei.open(&format!("{}/admin/registration", world.portal)).await?;
        mei.sees("Closed automatically: the person in charge was deactivated.").await?;
        sees_switch(&mei, false).await
    })
    .await?;
    priya.open(&link).await?;
    priya.sees("Registration is closed").await?;
    priya.check_accessibility("registration, closed").await
}

/// "The capacity is restricted by the number of external users allowed. The registration is closed when the limit is
/// reached."
#[tokio::test]
async fn the_capacity_is_the_number_of_external_users_and_the_last_one_closes_registration() -> Result<()> {
    let world = World::start().await?;
    world.operate(&["company", "plan", "lanternbay", "--external-users", "2"]).await?;
    let link = opened(&world).await?;
    let mei = world.browser_of("mei.lin", DESKTOP).await?;
    mei.open(&format!("{}/admin/registration", world.portal)).await?;
    mei.sees("0 of 2").await?;
    let visitor = Browser::chromium(PHONE).await?;
    register(&world, &visitor, &link, "Lam Chi Ming", CHI_MING).await?;
    // The page of the admin counts along.
    mei.sees("1 of 2").await?;
    mei.sees("1 place left").await?;
    visitor.drop_session(&world).await?;
    register(&world, &visitor, &link, "Tess Try", "tess.try@mail.example").await?;
    mei.sees("2 of 2").await?;
    mei.at_both_sizes(async |_| mei.sees("Closed automatically: all places are taken.").await).await?;
    sees_switch(&mei, false).await?;
    visitor.drop_session(&world).await?;
    visitor.open(&link).await?;
    visitor.sees("Registration is closed").await
}

/// "The registration link is universal: it opens the form in the app if it is installed, otherwise in the web browser."
#[tokio::test]
async fn the_link_opens_in_the_browser_and_the_installed_app_takes_it() -> Result<()> {
    let world = World::start().await?;
    let link = opened(&world).await?;
    let visitor = Browser::chromium(DESKTOP).await?;
    visitor
        .at_both_sizes(async |_| {
            visitor.open(&link).await?;
            visitor.sees("Chat with Lantern Bay Capital").await
        })
        .await?;
    let manifest = "const done = arguments[arguments.length - 1]; \
        fetch(document.querySelector('link[rel=manifest]').href).then((it) => it.json()).then(done)";
    let manifest = visitor.run_async(manifest).await?;
    let window = &manifest["launch_handler"]["client_mode"][0];
    ensure!(
        manifest["handle_links"] == "preferred" && manifest["scope"] == "/" && window == "navigate-existing",
        "links open in the installed app: {manifest}"
    );
    Ok(())
}
