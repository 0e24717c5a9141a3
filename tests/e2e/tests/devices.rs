//! Linking a phone: a desktop and a phone-sized browser at once.

use anyhow::{Context as _, Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    world::{World, until},
};

/// The width of a module of the QR code, in pixels.
const SCALE: usize = 4;
const PRIYA: &str = "priya.nair@lanternbay.example";

async fn portal(world: &World) -> Result<Browser> {
    let portal = Browser::chromium(DESKTOP).await?;
    portal.open(&world.portal).await?;
    portal.sign_in(world, "priya.nair").await?;
    portal.open(&format!("{}/settings/devices", world.portal)).await?;
    portal.sees("This device").await?;
    Ok(portal)
}

/// Signs Priya in on a phone that has shown the code; answers the number that it shows then.
async fn sign_in(world: &World, phone: &Browser) -> Result<String> {
    let before = world.code(PRIYA, None).await?;
    phone.sees("Sign in to Lantern Bay Capital").await?;
    phone.labelled("Username").await?.send_keys("priya.nair").await?;
    phone.labelled("Password").await?.send_keys(world.password()).await?;
    phone.check_accessibility("activation, sign in").await?;
    phone.press("Sign in").await?;
    let field = phone.labelled("6-digit code").await?;
    phone.check_accessibility("activation, sign-in code").await?;
    field.send_keys(world.code(PRIYA, Some(&before)).await?).await?;
    phone.sees("Compare this number").await?;
    phone.check_accessibility("activation, number").await?;
    Ok(phone.find("[data-number]").await?.text().await?)
}

#[tokio::test]
async fn a_phone_is_linked_by_a_typed_code_and_signed_out_from_the_desktop() -> Result<()> {
    let world = World::start().await?;
    let portal = portal(&world).await?;
    portal.check_accessibility("devices").await?;
    portal.press("Link device").await?;
    let code = portal.find("[data-code]").await?.text().await?;
    portal.check_accessibility("link device, code").await?;
    let phone = Browser::chromium(PHONE).await?;
    phone.open(&format!("{}/activate", world.portal)).await?;
    phone.sees("How to link this phone").await?;
    phone.check_accessibility("activation, instructions").await?;
    phone.press("Skip").await?;
    let field = phone.labelled("Activation code").await?;
    phone.check_accessibility("activation, code").await?;
    field.send_keys("ABC").await?;
    phone.press("Next").await?;
    phone.sees("A code has 8 letters and digits").await?;
    field.clear().await?;
    // Small letters and spaces instead of the dash.
    field.send_keys(code.to_lowercase().replace('-', " ")).await?;
    phone.press("Next").await?;
    portal.sees("has shown the code").await?;
    let number = sign_in(&world, &phone).await?;
    portal.sees("Are you linking this device?").await?;
    portal.check_accessibility("link device, number").await?;
    portal.labelled("Number on the phone").await?.send_keys(&number).await?;
    portal.press("Link").await?;
    portal.sees("can read and send messages as you now.").await?;
    portal.check_accessibility("link device, linked").await?;
    portal.press("Done").await?;
    phone.find("a.row").await?;
    phone.open_chat("Lukas Brandt").await?;
    phone.write("From my phone").await?;
    phone
        .wait_for_tick("From my phone", "Sent")
        .await
        .or(phone.wait_for_tick("From my phone", "Delivered").await)?;
    // The list shows the phone, and signs it out at once.
    portal.sees("Linked ").await?;
    portal
        .find_path("//button[starts-with(@aria-label, 'Rename')][ancestor::li[contains(., 'Linked ')]]")
        .await?
        .click()
        .await?;
    let name = portal.labelled("Name of the device").await?;
    name.clear().await?;
    name.send_keys("Pocket").await?;
    portal.press("Save").await?;
    portal.press("Unlink Pocket").await?;
    portal.sees("Pocket is signed out.").await?;
    phone.labelled("Company name").await?;
    let told = until("the account is told by mail", || async {
        let answer = reqwest::get(format!("{}/api/messages?to={PRIYA}", world.lab)).await.ok()?;
        let text = answer.text().await.ok()?;
        (text.contains("A device was linked to your account") && text.contains("Pocket")).then_some(())
    });
    told.await
}

#[tokio::test]
async fn a_qr_code_opened_by_a_camera_links_too_and_a_wrong_number_does_not() -> Result<()> {
    let world = World::start().await?;
    let portal = portal(&world).await?;
    portal.press("Link device").await?;
    portal.find("[data-code]").await?;
    let address = qr_text(&portal).await?;
    ensure!(address.starts_with(&format!("{}/activate#", world.portal)), "the code leads to {address}");
    let phone = Browser::chromium(PHONE).await?;
    phone.open(&address).await?;
    let number = sign_in(&world, &phone).await?;
    let kept = phone.run("return location.href", vec![]).await?;
    ensure!(!kept.to_string().contains('#'), "the secret stays in {kept}");
    portal.labelled("Number on the phone").await?.send_keys(if number == "17" { "71" } else { "17" }).await?;
    portal.press("Link").await?;
    portal.sees("The device was refused").await?;
    portal.check_accessibility("link device, refused").await?;
    phone.sees("This phone was not linked").await?;
    phone.check_accessibility("activation, refused").await?;
    // Another code, and this time the right number.
    portal.press("Request another code").await?;
    portal.find("[data-code]").await?;
    let address = qr_text(&portal).await?;
    phone.open("about:blank").await?;
    phone.open(&address).await?;
    let number = sign_in(&world, &phone).await?;
    portal.labelled("Number on the phone").await?.send_keys(&number).await?;
    portal.press("Link").await?;
    phone.find("a.row").await?;
    Ok(())
}

#[tokio::test]
async fn the_app_can_be_installed_opens_without_its_server_and_keeps_no_answer_of_it() -> Result<()> {
    let mut world = World::start().await?;
    let phone = Browser::chromium(PHONE).await?;
    phone.open(&world.portal).await?;
    phone.sign_in(&world, "priya.nair").await?;
    phone.find("a.row").await?;
    let script = "const done = arguments[arguments.length - 1]; navigator.serviceWorker.ready.then(async () => { \
        const manifest = await (await fetch(document.querySelector('link[rel=manifest]').href)).json(); \
        const icons = await Promise.all(manifest.icons.map(async (icon) => [icon.sizes, icon.purpose, (await fetch(icon.src)).ok])); \
        const names = await caches.keys(); \
        const kept = (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((it) => new URL(it.url).pathname)))).flat(); \
        done({ manifest, icons, kept }) })";
    let app = phone.driver.execute_async(script, vec![]).await?.json().clone();
    // What browsers ask of an app that can be installed (web.dev, \"Installability criteria\").
    ensure!(
        app["manifest"]["display"] == "standalone" && app["manifest"]["start_url"] == "/chats",
        "{app:#}"
    );
    for wanted in [("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")] {
        let icons = app["icons"].as_array().context("icons")?;
        ensure!(
            icons.iter().any(|it| it[0] == wanted.0 && it[1] == wanted.1 && it[2] == true),
            "{wanted:?}: {app:#}"
        );
    }
    let kept: Vec<&str> =
        app["kept"].as_array().context("caches")?.iter().filter_map(|it| it.as_str()).collect();
    ensure!(kept.contains(&"/") && kept.iter().any(|path| path.starts_with("/portal-")), "{kept:?}");
    ensure!(kept.iter().all(|path| !path.starts_with("/api") && !path.starts_with("/health")), "{kept:?}");
    let address = format!("{}/chats", world.portal);
    world
        .restart(async {
            phone.open(&address).await?;
            phone.find(".rail, [role=alert], .empty").await?;
            let started = phone.run("return document.getElementById('shell') === null", vec![]).await?;
            ensure!(started == true, "the application runs without its server");
            Ok(())
        })
        .await?;
    phone.find("a.row").await?;
    Ok(())
}

/// What the QR code on the page says, read by a decoder that knows nothing of the one that wrote it.
async fn qr_text(browser: &Browser) -> Result<String> {
    let path = "const svg = document.querySelector('svg.qr'); \
        return [svg.getAttribute('viewBox').split(' ')[2], svg.querySelector('path').getAttribute('d')]";
    let drawn = browser.run(path, vec![]).await?;
    let side: usize = drawn[0].as_str().context("a width")?.parse()?;
    let modules = drawn[1].as_str().context("a path")?;
    let dark: Vec<(usize, usize)> = modules
        .split('M')
        .skip(1)
        .filter_map(|module| {
            let (x, rest) = module.split_once(' ')?;
            Some((x.parse().ok()?, rest.split('h').next()?.parse().ok()?))
        })
        .collect();
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * SCALE, side * SCALE, |x, y| {
        if dark.contains(&(x / SCALE, y / SCALE)) { 0 } else { 255 }
    });
    let grids = image.detect_grids();
    let (_, text) = grids.first().context("a QR code")?.decode()?;
    Ok(text)
}
