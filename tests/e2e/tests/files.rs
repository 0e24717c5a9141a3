//! Files in a conversation: attached, sent, looked at, found again.

use anyhow::{Context as _, Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    world::{World, until},
};
use serde_json::json;
use std::{io::Write as _, path::PathBuf};
use thirtyfour::{By, Key};

const CLIENT: &str = "Wong Ka Man 黃嘉敏";

/// A folder of files to attach.
struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Result<Self> {
        Ok(Self(tempfile::tempdir()?))
    }

    fn make(&self, name: &str, bytes: &[u8]) -> Result<PathBuf> {
        let path = self.0.path().join(name);
        std::fs::File::create(&path)?.write_all(bytes)?;
        Ok(path)
    }

    /// A picture that a browser draws: a PNG of so many pixels in one colour.
    async fn picture(&self, browser: &Browser, name: &str, colour: &str) -> Result<PathBuf> {
        let drawn = browser
            .run(
                "const canvas = document.createElement('canvas'); canvas.width = 600; canvas.height = 400; \
                 const pen = canvas.getContext('2d'); pen.fillStyle = arguments[0]; pen.fillRect(0, 0, 600, 400); \
                 return canvas.toDataURL('image/png').split(',')[1];",
                vec![json!(colour)],
            )
            .await?;
        let bytes = decode(drawn.as_str().context("a picture")?)?;
        self.make(name, &bytes)
    }
}

fn decode(base64: &str) -> Result<Vec<u8>> {
    use base64::Engine as _;
    Ok(base64::engine::general_purpose::STANDARD.decode(base64)?)
}

/// Attaches files with the button of the composer.
async fn attach(browser: &Browser, paths: &[PathBuf]) -> Result<()> {
    let chooser = browser.driver.find(By::Css(".composer input[type=file]")).await?;
    let lines: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    chooser.send_keys(lines.join("\n")).await?;
    Ok(())
}

/// Waits until so many files of the tray are ready.
async fn are_ready(browser: &Browser, count: usize) -> Result<()> {
    let what = format!("{count} files to be ready");
    until(&what, async || {
        let rows = browser.driver.find_all(By::Css(".attach__meta")).await.ok()?;
        let mut ready = 0;
        for row in &rows {
            ready += usize::from(row.text().await.ok()?.ends_with("ready"));
        }
        (ready == count && rows.len() == count).then_some(())
    })
    .await
}

#[tokio::test]
async fn an_employee_and_a_client_exchange_pictures_and_documents() -> Result<()> {
    let world = World::start().await?;
    let (priya, client) = (Browser::chromium(DESKTOP).await?, Browser::chromium(PHONE).await?);
    priya.open(&world.portal).await?;
    priya.sign_in(&world, "priya.nair").await?;
    priya.open_chat(CLIENT).await?;
    client.open_client(&world, CLIENT).await?;
    client.find("[role=log]:not([aria-busy])").await?;
    let files = Files::new()?;
    let (one, two) =
        (files.picture(&priya, "Site.png", "teal").await?, files.picture(&priya, "Plan.png", "tan").await?);
    let report = files.make("Report 第三季.pdf", b"%PDF-1.7\nreport of the third quarter")?;

    attach(&priya, &[report]).await?;
    are_ready(&priya, 1).await?;
    priya.press("Send").await?;
    client.sees("Report 第三季.pdf").await?;
    let address =
        client.find("a[download='Report 第三季.pdf']").await?.attr("href").await?.context("an address")?;
    let downloaded = client
        .run_async(&format!(
            "const done = arguments[arguments.length - 1]; \
             fetch('{address}').then(it => it.text()).then(done, error => done(String(error)));"
        ))
        .await?;
    assert_eq!(downloaded, json!("%PDF-1.7\nreport of the third quarter"));

    attach(&priya, &[one, two]).await?;
    are_ready(&priya, 2).await?;
    priya.check_accessibility("the tray").await?;
    priya.write("Both as we took them").await?;
    client.sees("Both as we took them").await?;
    until("two pictures to be drawn", async || {
        let drawn = "return [...document.querySelectorAll('.album img')].filter(it => it.naturalWidth === 480).length";
        let drawn = client.run(drawn, vec![]).await.ok()?;
        (drawn == json!(2)).then_some(())
    })
    .await?;
    client.click(".album .pic:first-child").await?;
    client.find("dialog[aria-label='Picture 1 of 2']").await?;
    client.check_accessibility("a picture over the window").await?;
    client.type_into_focus(Key::Right + "").await?;
    client.find("dialog[aria-label='Picture 2 of 2']").await?;
    client.press("Close").await?;
    until("the picture to be closed", async || {
        (client.count("dialog.theatre").await.ok()? == 0).then_some(())
    })
    .await?;
    let is_back = "return document.activeElement?.matches('.album .pic:first-child') ?? false";
    assert_eq!(client.run(is_back, vec![]).await?, json!(true), "the focus is where it was");

    let answer = files.make("signed.txt", "已簽署".as_bytes())?;
    attach(&client, &[answer]).await?;
    are_ready(&client, 1).await?;
    client.write("Here it is").await?;
    priya.sees("signed.txt").await?;
    priya.press("Conversation details").await?;
    priya.find_path("//aside[.//h3[text()='Files']]//*[text()='Report 第三季.pdf']").await?;
    priya.driver.refresh().await?;
    priya.sees("signed.txt").await?;
    Ok(())
}

#[tokio::test]
async fn an_upload_goes_on_after_the_connection_was_cut_and_after_a_reload() -> Result<()> {
    let mut world = World::start().await?;
    let priya = Browser::chromium(DESKTOP).await?;
    priya.open(&world.portal).await?;
    priya.sign_in(&world, "priya.nair").await?;
    priya.open_chat(CLIENT).await?;
    let files = Files::new()?;
    let bytes: Vec<u8> = (0..20_000_000_u32).map(|number| b'a' + (number / 7 % 26) as u8).collect();
    let large = files.make("recording of the day.txt", &bytes)?;
    // Slow enough to be cut in the middle.
    priya.set_upload_speed(2_000_000).await?;
    attach(&priya, std::slice::from_ref(&large)).await?;
    has_sent(&priya, 4_194_304).await?;
    priya.set_offline(true).await?;
    priya.set_offline(false).await?;
    priya.set_upload_speed(2_000_000).await?;
    has_sent(&priya, 8_388_608).await?;
    // The rest is not to arrive before the server goes.
    priya.set_upload_speed(10_000).await?;
    world.restart(async { Ok(()) }).await?;
    priya.driver.refresh().await?;
    priya.find("[role=log]:not([aria-busy])").await?;
    // The browser has kept the file, so it goes on by itself.
    priya.find(".attach progress").await?;
    let lost = "const done = arguments[arguments.length - 1]; \
                const gone = indexedDB.deleteDatabase('causeway'); gone.onsuccess = () => done(true);";
    priya.run_async(lost).await?;
    priya.driver.refresh().await?;
    priya.sees("Choose this file again to go on from").await?;
    priya.sees("can’t be sent").await?;
    priya.set_upload_speed(-1).await?;
    attach(&priya, &[large]).await?;
    are_ready(&priya, 1).await?;
    priya.press("Send").await?;
    priya.find("a[download='recording of the day.txt']").await?;
    let client = Browser::chromium(PHONE).await?;
    client.open_client(&world, CLIENT).await?;
    let address = client
        .find("a[download='recording of the day.txt']")
        .await?
        .attr("href")
        .await?
        .context("an address")?;
    let length = client
        .run_async(&format!(
            "const done = arguments[arguments.length - 1]; \
             fetch('{address}').then(it => it.text()).then(it => done([it.length, it.slice(-4)]), done);"
        ))
        .await?;
    let end = String::from_utf8(bytes[bytes.len() - 4..].to_vec())?;
    assert_eq!(length, json!([20_000_000, end]));
    Ok(())
}

/// Waits until the server has so many bytes of the file in the tray.
async fn has_sent(browser: &Browser, bytes: u64) -> Result<()> {
    let script = "return JSON.parse(Object.entries(localStorage).find(([key]) => key.startsWith('causeway.uploads.'))?.[1] ?? '[]')[0]?.id";
    until("some of the file to arrive", async || {
        let id = browser.run(script, vec![]).await.ok()?;
        let asked = format!(
            "const done = arguments[arguments.length - 1]; \
             fetch('/api/uploads/{}').then(it => it.json()).then(it => done(it.offset), () => done(0));",
            id.as_str()?
        );
        let offset = browser.run_async(&asked).await.ok()?;
        (offset.as_u64()? >= bytes).then_some(())
    })
    .await
}

#[tokio::test]
async fn what_cannot_be_sent_says_why_at_the_file_and_nothing_else_is_lost() -> Result<()> {
    let world = World::start().await?;
    let priya = Browser::chromium(DESKTOP).await?;
    priya.open(&world.portal).await?;
    priya.sign_in(&world, "priya.nair").await?;
    priya.open_chat(CLIENT).await?;
    let files = Files::new()?;
    let wrong = [
        files.make("setup.exe", b"MZ")?,
        files.make("empty.pdf", b"")?,
        files.make("disguised.pdf", b"MZ\x90\0\x03")?,
        files.make("good.txt", b"good")?,
    ];
    attach(&priya, &wrong).await?;
    for reason in
        ["Files of this type can’t be sent here.", "This file is empty.", "What’s inside this file isn’t"]
    {
        priya.sees(reason).await?;
    }
    priya.sees("3 files can’t be sent.").await?;
    priya.fill("Message", "Only the good one").await?;
    priya.press("Send").await?;
    ensure!(priya.value("Message").await? == "Only the good one", "what was written stays");
    for name in ["setup.exe", "empty.pdf", "disguised.pdf"] {
        priya.press(&format!("Remove {name}")).await?;
    }
    are_ready(&priya, 1).await?;
    priya.press("Send").await?;
    priya.find("article a[download='good.txt']").await?;
    assert_eq!(priya.count(".attach").await?, 0);
    Ok(())
}

#[tokio::test]
async fn a_document_for_a_client_is_asked_about_where_the_company_wants_that() -> Result<()> {
    let world = World::start().await?;
    let mut mei = world.employee("mei.lin").await?;
    mei.configure("message.document_prompt", true).await?;
    let priya = Browser::chromium(DESKTOP).await?;
    priya.open(&world.portal).await?;
    priya.sign_in(&world, "priya.nair").await?;
    priya.open_chat(CLIENT).await?;
    let files = Files::new()?;
    let contract = files.make("Contract.txt", b"contract")?;
    attach(&priya, &[contract]).await?;
    are_ready(&priya, 1).await?;
    priya.fill("Message", "As agreed").await?;
    priya.press("Send").await?;
    priya.sees("Send a document to a client?").await?;
    priya.check_accessibility("the question before a document").await?;
    priya.press("Cancel").await?;
    ensure!(priya.value("Message").await? == "As agreed", "what was written stays");
    priya.press("Send").await?;
    priya.press("Send document").await?;
    priya.find("article a[download='Contract.txt']").await?;
    priya.wait_for_tick("As agreed", "Sent").await?;
    Ok(())
}
