//! Linking a phone: a desktop and a phone-sized browser at once.

use anyhow::{Context as _, Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    world::{World, until},
};
use serde_json::json;
use std::path::Path;

/// The width of a module of the QR code, in pixels.
const SCALE: usize = 4;
const PASSCODE: &str = "271828";
const PRIYA: &str = "priya.nair@lanternbay.example";

async fn portal(world: &World) -> Result<Browser> {
    let portal = Browser::chromium(DESKTOP).await?;
    portal.open(&world.portal).await?;
    portal.sign_in(world, "priya.nair").await?;
    portal.open(&format!("{}/settings/devices", world.portal)).await?;
    portal.sees("This device").await?;
    Ok(portal)
}

/// Signs Priya in on a phone that has used the code; returns the number that it shows then.
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
    phone.text("[data-number]").await
}

/// Types the activation code on the phone, wrongly first, then in small letters and with spaces instead of the dash.
async fn type_activation_code(world: &World, phone: &Browser, code: &str) -> Result<()> {
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
    field.send_keys(code.to_lowercase().replace('-', " ")).await?;
    phone.press("Next").await
}

/// Confirms on the portal the number that the phone shows.
async fn confirm_number(portal: &Browser, number: &str) -> Result<()> {
    portal.sees("Are you linking this device?").await?;
    portal.check_accessibility("link device, number").await?;
    portal.labelled("Number on the phone").await?.send_keys(number).await?;
    portal.press("Link").await?;
    portal.sees("can now read and send messages as you.").await?;
    portal.check_accessibility("link device, linked").await?;
    portal.press("Done").await
}

/// Turning the phone keeps the place, and what is typed.
async fn turn(phone: &Browser) -> Result<()> {
    phone.labelled("Message").await?.send_keys("Half a sentence").await?;
    phone.resize(PHONE.1, PHONE.0).await?;
    phone.sees("From my phone").await?;
    phone.resize(PHONE.0, PHONE.1).await?;
    phone.sees("From my phone").await?;
    let draft = phone.labelled("Message").await?.prop("value").await?;
    ensure!(draft.as_deref() == Some("Half a sentence"), "{draft:?}");
    Ok(())
}

/// The portal's list shows the phone, names it, and signs it out.
async fn rename_and_unlink(portal: &Browser) -> Result<()> {
    portal.sees("Linked ").await?;
    portal
        .click_path("//button[starts-with(@aria-label, 'Rename')][ancestor::li[contains(., 'Linked ')]]")
        .await?;
    portal.fill("Device name", "Pocket").await?;
    portal.press("Save").await?;
    portal.press("Unlink Pocket").await?;
    portal.sees("Pocket was signed out.").await
}

#[tokio::test]
async fn a_phone_is_linked_by_a_typed_code_and_signed_out_from_the_desktop() -> Result<()> {
    let world = World::start().await?;
    let portal = portal(&world).await?;
    portal.check_accessibility("devices").await?;
    portal.press("Link device").await?;
    let code = portal.text("[data-code]").await?;
    portal.check_accessibility("link device, code").await?;
    let phone = Browser::chromium(PHONE).await?;
    type_activation_code(&world, &phone, &code).await?;
    portal.sees("has used the code").await?;
    let number = sign_in(&world, &phone).await?;
    confirm_number(&portal, &number).await?;
    phone.sees("Set a passcode for this phone?").await?;
    phone.check_accessibility("activation, passcode").await?;
    phone.press("Yes").await?;
    set_passcode(&phone).await?;
    phone.find("a.row").await?;
    phone.open_chat("Lukas Brandt").await?;
    phone.write("From my phone").await?;
    phone
        .wait_for_tick("From my phone", "Sent")
        .await
        .or(phone.wait_for_tick("From my phone", "Delivered").await)?;
    turn(&phone).await?;
    come_back_later(&phone).await?;
    phone.check_accessibility("locked").await?;
    ensure!(!phone.says("Lukas Brandt").await?, "nothing stands behind the lock");
    phone.fill("Passcode on this device", "000000").await?;
    phone.press("Unlock").await?;
    phone.sees("Attempts left: 4").await?;
    phone.fill("Passcode on this device", PASSCODE).await?;
    phone.press("Unlock").await?;
    phone.find("[role=log]:not([aria-busy])").await?;
    rename_and_unlink(&portal).await?;
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
    // This time with the camera of another phone, inside the page.
    let video = world.data().join("camera.y4m");
    show_to_camera(&portal, &video).await?;
    drop(phone);
    let phone = Browser::chromium_with_camera(PHONE, &video).await?;
    phone.open(&format!("{}/activate", world.portal)).await?;
    phone.press("Skip").await?;
    phone.allow_camera(false).await?;
    phone.press("Scan QR code").await?;
    phone.sees("The camera is blocked for this page").await?;
    phone.check_accessibility("activation, no camera").await?;
    phone.press("Type the code instead").await?;
    phone.allow_camera(true).await?;
    phone.press("Scan QR code").await?;
    let number = sign_in(&world, &phone).await?;
    portal.labelled("Number on the phone").await?.send_keys(&number).await?;
    portal.press("Link").await?;
    phone.press("Yes").await?;
    set_passcode(&phone).await?;
    phone.find("a.row").await?;
    come_back_later(&phone).await?;
    for left in (1..5).rev() {
        phone.fill("Passcode on this device", "000000").await?;
        phone.press("Unlock").await?;
        phone.sees(&format!("Attempts left: {left}")).await?;
    }
    phone.fill("Passcode on this device", "000000").await?;
    phone.press("Unlock").await?;
    phone.labelled("Company name").await?;
    phone.sees("This device was signed out after five wrong passcodes.").await?;
    let session =
        "const done = arguments[arguments.length - 1]; fetch('/api/session').then((it) => done(it.status))";
    let status = phone.driver.execute_async(session, vec![]).await?.json().clone();
    ensure!(status == 401, "the phone is signed out: {status}");
    Ok(())
}

/// Sets the passcode that the scenarios use, and declines notifications where the browser can be asked for them.
async fn set_passcode(phone: &Browser) -> Result<()> {
    phone.fill("New passcode, 6 digits", "123456").await?;
    phone.fill("Repeat passcode", "123456").await?;
    phone.press("Set passcode").await?;
    phone.sees("This passcode is easy to guess.").await?;
    phone.fill("New passcode, 6 digits", PASSCODE).await?;
    phone.fill("Repeat passcode", PASSCODE).await?;
    phone.press("Set passcode").await?;
    until("the phone shows the chats", || async {
        if phone.says("Get notified of new messages?").await.ok()? {
            phone.press("Not now").await.ok()?;
        }
        let has_chats = phone.run("return document.querySelector('a.row') !== null", vec![]).await.ok()?;
        (has_chats == json!(true)).then_some(())
    })
    .await
}

/// Opens the app again as if it had been in the background for six minutes.
async fn come_back_later(phone: &Browser) -> Result<()> {
    phone.before_every_page("const now = Date.now; Date.now = () => now() + 6 * 60 * 1000;").await?;
    phone.driver.refresh().await?;
    phone.sees("Causeway is locked").await
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
    // The browser's own audit, which is also what Lighthouse's "installable-manifest" asks for.
    let faults = phone.driver.cdp().send_raw("Page.getInstallabilityErrors", json!({})).await?;
    ensure!(faults["installabilityErrors"] == json!([]), "{faults:#}");
    let kept: Vec<&str> =
        app["kept"].as_array().context("caches")?.iter().filter_map(|it| it.as_str()).collect();
    for wanted in ["/portal-", "/icons-"] {
        ensure!(
            kept.contains(&"/index.html") && kept.iter().any(|path| path.starts_with(wanted)),
            "{kept:?}"
        );
    }
    ensure!(kept.iter().all(|path| !path.starts_with("/api") && !path.starts_with("/health")), "{kept:?}");
    let address = format!("{}/chats", world.portal);
    // As the installed app, which keeps the list on the device.
    phone
        .before_every_page(
            "const ask = window.matchMedia.bind(window); \
             window.matchMedia = (query) => query.includes('display-mode') ? { matches: true } : ask(query);",
        )
        .await?;
    phone.open(&address).await?;
    phone.open_chat("Lukas Brandt").await?;
    phone.labelled("Message").await?.send_keys("Not sent yet").await?;
    phone.open(&address).await?;
    phone.sees("Not sent yet").await?;
    world
        .restart(async {
            phone.open(&address).await?;
            phone.sees("You’re offline.").await?;
            phone.sees("Lukas Brandt").await?;
            phone.sees("Not sent yet").await?;
            phone.sees_icons().await?;
            phone.check_accessibility("without the server").await
        })
        .await?;
    phone.sees_no_more("You’re offline.").await?;
    phone.find("a.row").await?;
    Ok(())
}

/// Writes the QR code on the page as a video for a camera: 640 x 480 points, grey.
async fn show_to_camera(browser: &Browser, file: &Path) -> Result<()> {
    let (dark, side) = qr_modules(browser).await?;
    let (width, height, scale) = (640, 480, 400 / side);
    let (left, top) = ((width - side * scale) / 2, (height - side * scale) / 2);
    let mut picture = vec![235_u8; width * height];
    for (x, y) in dark {
        for row in 0..scale {
            let from = (top + y * scale + row) * width + left + x * scale;
            picture[from..from + scale].fill(16);
        }
    }
    // Colour at half the size, all of it grey.
    picture.resize(width * height * 3 / 2, 128);
    let mut video = format!("YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n").into_bytes();
    video.extend(b"FRAME\n");
    video.extend(picture);
    Ok(std::fs::write(file, video)?)
}

/// What the QR code on the page says, read by a decoder that knows nothing of the one that wrote it.
async fn qr_text(browser: &Browser) -> Result<String> {
    let (dark, side) = qr_modules(browser).await?;
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * SCALE, side * SCALE, |x, y| {
        if dark.contains(&(x / SCALE, y / SCALE)) { 0 } else { 255 }
    });
    let grids = image.detect_grids();
    let (_, text) = grids.first().context("a QR code")?.decode()?;
    Ok(text)
}

/// The dark modules of the QR code on the page, and how many there are in a row with the quiet zone.
async fn qr_modules(browser: &Browser) -> Result<(Vec<(usize, usize)>, usize)> {
    let path = "const svg = document.querySelector('svg.qr'); \
        return [svg.getAttribute('viewBox').split(' ')[2], svg.querySelector('path').getAttribute('d')]";
    let drawn = browser.run(path, vec![]).await?;
    let side: usize = drawn[0].as_str().context("a width")?.parse()?;
    let modules = drawn[1].as_str().context("a path")?;
    let dark = modules
        .split('M')
        .skip(1)
        .filter_map(|module| {
            let (x, rest) = module.split_once(' ')?;
            Some((x.parse().ok()?, rest.split('h').next()?.parse().ok()?))
        })
        .collect();
    Ok((dark, side))
}

#[tokio::test]
async fn a_message_is_shown_while_no_page_is_open_and_leads_to_its_chat() -> Result<()> {
    let world = World::start().await?;
    let phone = Browser::chromium(PHONE).await?;
    // The browser's maker is out of reach here: the subscription is one that such a service would give.
    phone
        .before_every_page(
            "if (window.PushManager) PushManager.prototype.subscribe = async () => ({ toJSON: () => ({ \
                endpoint: 'https://fcm.googleapis.com/fcm/send/scenario', keys: { auth: 'AAECAwQFBgcICQoLDA0ODw', \
                p256dh: 'BLn9b-VR0ca83knDNZ32dCHGyjJp-1riX9ZTN40MqV8K_LpQmLqxC_DoHvqvFXO_nGdAB4W9dogZb_sM-uV4JbY' } }) })",
        )
        .await?;
    phone.open(&world.portal).await?;
    phone.sign_in(&world, "priya.nair").await?;
    phone.open(&format!("{}/settings/notifications", world.portal)).await?;
    phone.sees("Notifications are off.").await?;
    phone.check_accessibility("notifications on this device").await?;
    let permission = |setting: &str| json!({ "permission": { "name": "notifications" }, "setting": setting });
    phone.driver.cdp().send_raw("Browser.setPermission", permission("denied")).await?;
    phone.press("Turn on notifications").await?;
    phone.sees("Notifications are blocked for this page.").await?;
    phone.driver.cdp().send_raw("Browser.setPermission", permission("granted")).await?;
    phone.driver.refresh().await?;
    phone.press("Turn on notifications").await?;
    phone.sees("Notifications are on.").await?;
    // What the server would send, handed to the service worker as the browser does.
    let notice = "{\"title\":\"Lukas Brandt\",\"body\":\"Lunch?\",\"url\":\"/contacts\",\"tag\":\"t\"}";
    let shown = "const done = arguments[arguments.length - 1]; navigator.serviceWorker.ready.then((it) => it.getNotifications()) \
        .then((all) => done(all.map((it) => [it.title, it.body, it.data.url])))";
    let shown = until("the notification is shown", || async {
        // Again is no harm: a notice of the same chat takes the place of the one before.
        phone.deliver_push(&world.portal, notice).await.ok()?;
        let shown = phone.driver.execute_async(shown, vec![]).await.ok()?.json().clone();
        shown.as_array().is_some_and(|all| !all.is_empty()).then_some(shown)
    })
    .await?;
    ensure!(shown == json!([["Lukas Brandt", "Lunch?", "/contacts"]]), "{shown}");
    phone.press("Turn off notifications").await?;
    phone.sees("Notifications are off.").await
}
