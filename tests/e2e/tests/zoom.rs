//! A window of 1280 px at 400 %: 320 by 256 px. Nothing is wider than the page, and what matters can be reached.

use anyhow::{Context as _, Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    world::World,
};
use serde_json::{Value, json};

/// What a person sees of a window of 1280 by 1024 px at 400 %.
const ZOOMED: (u32, u32) = (320, 256);

/// Scrolls to an element and says what keeps it from being used there, if anything does.
const REACH: &str = "
    const [what, width] = arguments, root = document.documentElement;
    if (root.scrollWidth > width) return `the page is ${root.scrollWidth} px wide`;
    const found = [...document.querySelectorAll(what)]
        .find((it) => it.checkVisibility({ visibilityProperty: true }) && it.offsetWidth > 1);
    if (!found) return 'it is not there';
    found.scrollIntoView({ block: 'center', behavior: 'instant' });
    const box = found.getBoundingClientRect();
    const x = (Math.max(box.left, 0) + Math.min(box.right, width)) / 2, y = box.top + Math.min(box.height, 40) / 2;
    if (box.left < -1 || box.right > width + 1) return `it is cut: ${box.left} to ${box.right}`;
    if (y < 0 || y > innerHeight) return `it stays outside: ${box.top} to ${box.bottom}`;
    const above = document.elementFromPoint(x, y);
    return found.contains(above) ? null : `it is covered by ${above?.outerHTML.slice(0, 200)}`;";

async fn zoomed() -> Result<Browser> {
    let browser = Browser::chromium(DESKTOP).await?;
    browser.resize(ZOOMED.0, ZOOMED.1).await?;
    Ok(browser)
}

/// Looks at each of these on the page that is open.
async fn reach(browser: &Browser, page: &str, all: &[&str]) -> Result<()> {
    for what in all {
        browser.find(what).await.with_context(|| page.to_owned())?;
        let fault = browser.run(REACH, vec![json!(what), json!(ZOOMED.0)]).await?;
        ensure!(fault == Value::Null, "{page}, {what}: {fault}");
    }
    Ok(())
}

/// Opens each page and looks at what matters there.
async fn reach_pages(browser: &Browser, world: &World, pages: &[(&str, &[&str])]) -> Result<()> {
    for (page, all) in pages {
        browser.open(&format!("{}/{page}", world.portal)).await?;
        reach(browser, page, all).await?;
    }
    Ok(())
}

#[tokio::test]
async fn at_four_hundred_percent_a_guest_finds_each_field_and_each_next_step() -> Result<()> {
    let world = World::start().await?;
    let guest = zoomed().await?;
    let form: &[&str] =
        &["#app .auth__title", "#app .auth__form input", "#app .auth__form button[type=submit]"];
    let pages = [
        ("login", form),
        ("activate", &["#app .auth__title", "#app .auth button"]),
        ("miniapp/lanternbay", form),
    ];
    reach_pages(&guest, &world, &pages).await?;
    guest.fill("Email", "nobody@client.example").await?;
    guest.press("Send code").await?;
    guest.labelled("6-digit code").await?;
    reach(&guest, "mini program, code", &["main form .code", "main form button[type=submit]"]).await
}

#[tokio::test]
async fn at_four_hundred_percent_an_employee_signs_in_reads_writes_and_invites() -> Result<()> {
    let world = World::start().await?;
    let priya = zoomed().await?;
    priya.open(&world.portal).await?;
    priya.sign_in(&world, "priya.nair").await?;
    let rail = "nav[aria-label=Main] a";
    let pages: [(&str, &[&str]); 6] = [
        ("contacts", &[rail, "a.row", "input[type=search]"]),
        ("notifications", &[rail, "main a"]),
        ("settings/profile", &[rail]),
        ("settings/security", &["main input[type=password]", "main button[type=submit]"]),
        ("settings/devices", &["main button.btn--primary"]),
        ("chats", &[rail, "a.row", "input[type=search]"]),
    ];
    reach_pages(&priya, &world, &pages).await?;
    priya.open_chat("Wong Ka Man 黃嘉敏").await?;
    reach(&priya, "conversation", &[".bubble", ".composer textarea", ".composer button[type=submit]"])
        .await?;
    priya.press("Conversation details").await?;
    reach(&priya, "details", &["aside h2", "aside button.btn"]).await?;
    priya.open(&format!("{}/contacts", world.portal)).await?;
    priya.press("Invite new client").await?;
    let step: &[&str] =
        &["dialog[open] input, .drawer input", "dialog[open] .btn--primary, .drawer .btn--primary"];
    priya.labelled("Email").await?.send_keys("new@client.example").await?;
    reach(&priya, "invitation, step 1", step).await?;
    priya.press("Continue").await?;
    priya.labelled("First name").await?;
    reach(&priya, "invitation, step 2", step).await
}

#[tokio::test]
async fn at_four_hundred_percent_an_administrator_sets_and_adds() -> Result<()> {
    let world = World::start().await?;
    let mei = zoomed().await?;
    mei.open(&world.portal).await?;
    mei.sign_in(&world, "mei.lin").await?;
    let pages: [(&str, &[&str]); 7] = [
        ("admin/clients", &["main input[type=search]", "td .btn"]),
        (
            "admin/features",
            &["main input[type=search]", "[role=tab]", ".setting .btn, .config .btn, main button.btn"],
        ),
        ("admin/registration", &["input[role=switch]", "textarea", ".savebar button"]),
        ("admin/tags", &["main input", "main button[type=submit]"]),
        ("admin/audit", &["main select", "main input", "main button.btn"]),
        ("admin/license", &["main h1, main h2"]),
        ("admin/users", &["main input[type=search]", "main .btn--primary", "td .btn"]),
    ];
    reach_pages(&mei, &world, &pages).await?;
    mei.press("New user").await?;
    reach(&mei, "new user", &["dialog[open] input", "dialog[open] .btn--primary"]).await
}

#[tokio::test]
async fn at_four_hundred_percent_a_client_reads_and_writes() -> Result<()> {
    let world = World::start().await?;
    let client = Browser::chromium(PHONE).await?;
    client.open_client(&world, "Wong Ka Man 黃嘉敏").await?;
    client.resize(ZOOMED.0, ZOOMED.1).await?;
    client.find("[role=log]:not([aria-busy])").await?;
    reach(&client, "client's chat", &[".bubble", ".composer textarea", ".composer button[type=submit]"]).await
}
