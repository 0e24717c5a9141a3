//! A browser driven by WebDriver: find by role and label, do what people do, check what they see.

mod network;
mod start;

use crate::world::{World, until};
use anyhow::{Context as _, Result, bail, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use std::path::Path;
use thirtyfour::{error::WebDriverErrorInner, prelude::*};
use tokio::process::Child;

/// A browser and the driver that it hangs on.
pub struct Browser {
    /// The driver, for what the methods here do not do.
    pub driver: WebDriver,
    process: Child,
    /// What a browser without a headless mode draws on.
    _screen: Option<Child>,
    /// Where driver and browser put what they need, which goes with them.
    _folder: tempfile::TempDir,
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The browser is a child of its driver: both end with their process group. Asking the driver to quit
        // would wait for answers in a runtime that may be gone. A session that was quit has nothing to forget.
        let _ = self.driver.clone().leak();
        if let Some(id) = self.process.id() {
            let _ = std::process::Command::new("kill").args(["-KILL", "--", &format!("-{id}")]).status();
        }
    }
}

/// The size of a desktop window.
pub const DESKTOP: (u32, u32) = (1440, 900);
/// The size of a phone.
pub const PHONE: (u32, u32) = (390, 844);

/// The XPath of the field with that label, or of the element of that accessible name.
pub(crate) fn labelled(label: &str) -> String {
    format!("//*[@id=//label[normalize-space()='{label}']/@for] | //*[@aria-label='{label}']")
}

impl Browser {
    /// Gives the page another size, as turning a phone does.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        let tools = self.driver.cdp();
        tools.send_raw("Emulation.setDeviceMetricsOverride", size).await?;
        // A phone is touched: nothing hovers, and its keyboard is on the screen.
        tools.send_raw("Emulation.setTouchEmulationEnabled", json!({ "enabled": width < 600 })).await?;
        Ok(())
    }

    /// Runs a script in every page before the page's own.
    pub async fn before_every_page(&self, script: &str) -> Result<()> {
        let source = json!({ "source": script });
        self.driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", source).await?;
        Ok(())
    }

    /// Opens an address.
    pub async fn open(&self, address: &str) -> Result<()> {
        Ok(self.driver.goto(address).await?)
    }

    /// The first visible element, once it is there and stays while it is looked at.
    async fn visible(&self, what: &str, by: By) -> Result<WebElement> {
        until(what, || async {
            let found = self.driver.find_all(by.clone()).await.ok()?;
            for element in found {
                if element.is_displayed().await.unwrap_or(false) {
                    return Some(element);
                }
            }
            None
        })
        .await
    }

    /// The first visible element that a CSS selector finds.
    pub async fn find(&self, css: &str) -> Result<WebElement> {
        self.visible(css, By::Css(css.to_owned())).await
    }

    /// The first visible element that an XPath finds.
    pub async fn find_path(&self, path: &str) -> Result<WebElement> {
        self.visible(path, By::XPath(path.to_owned())).await
    }

    /// Clicks the first visible element that a CSS selector finds.
    pub async fn click(&self, css: &str) -> Result<()> {
        self.click_by(css, By::Css(css.to_owned())).await
    }

    /// Clicks the first visible element that an XPath finds.
    pub async fn click_path(&self, path: &str) -> Result<()> {
        self.click_by(path, By::XPath(path.to_owned())).await
    }

    /// Clicks what is there: a page that draws an element anew between the look and the click has it looked for again.
    async fn click_by(&self, what: &str, by: By) -> Result<()> {
        until(&format!("{what} is clicked"), || async {
            let element = match self.visible(what, by.clone()).await {
                Ok(element) => element,
                Err(error) => return Some(Err(error)),
            };
            match element.click().await {
                Err(error) if matches!(*error, WebDriverErrorInner::StaleElementReference(_)) => None,
                clicked => Some(clicked.map_err(Into::into)),
            }
        })
        .await?
    }

    /// The field with that label, or the element of that accessible name.
    pub async fn labelled(&self, label: &str) -> Result<WebElement> {
        self.find_path(&labelled(label)).await
    }

    /// What stands in the field with that label: a page that draws the field anew in between has it looked for again.
    pub async fn value(&self, label: &str) -> Result<String> {
        until(&format!("the field «{label}» is read"), || async {
            self.labelled(label).await.ok()?.prop("value").await.ok()?
        })
        .await
    }

    /// What the first visible element says that a CSS selector finds, likewise.
    pub async fn text(&self, css: &str) -> Result<String> {
        until(&format!("{css} is read"), || async { self.find(css).await.ok()?.text().await.ok() }).await
    }

    /// Lets pages use the camera, or not.
    pub async fn allow_camera(&self, is_allowed: bool) -> Result<()> {
        let setting = if is_allowed { "granted" } else { "denied" };
        let permission = json!({ "permission": { "name": "camera" }, "setting": setting });
        self.driver.cdp().send_raw("Browser.setPermission", permission).await?;
        Ok(())
    }

    /// Hands a push message to the service worker of a site, as the browser does when its push service has one.
    pub async fn deliver_push(&self, origin: &str, data: &str) -> Result<()> {
        let tools = self.driver.cdp();
        tools.send_raw("ServiceWorker.enable", json!({})).await?;
        // The protocol tells registrations by events only. Their numbers begin at 0 in every browser profile, and one is
        // spent when a page is left before its worker was installed; a number that no one has is ignored.
        for number in 0..5 {
            let message = json!({ "origin": origin, "registrationId": number.to_string(), "data": data });
            tools.send_raw("ServiceWorker.deliverPushMessage", message).await?;
        }
        Ok(())
    }

    /// Presses the button or link that says so.
    pub async fn press(&self, words: &str) -> Result<()> {
        let of = |tag: &str| format!("//{tag}[normalize-space()='{words}' or @aria-label='{words}']");
        self.click_path(&format!("{} | {}", of("button"), of("a"))).await
    }

    /// How many elements a CSS selector finds now, visible or not.
    pub async fn count(&self, css: &str) -> Result<usize> {
        Ok(self.driver.find_all(By::Css(css.to_owned())).await?.len())
    }

    /// Waits until words are somewhere on the page.
    pub async fn sees(&self, words: &str) -> Result<()> {
        until(&format!("the page says «{words}»"), || async { self.says(words).await.ok()?.then_some(()) })
            .await
    }

    /// Waits until words are nowhere on the page.
    pub async fn sees_no_more(&self, words: &str) -> Result<()> {
        until(&format!("the page stops saying «{words}»"), || async {
            (!self.says(words).await.ok()?).then_some(())
        })
        .await
    }

    /// Whether words are on the page now.
    pub async fn says(&self, words: &str) -> Result<bool> {
        let found =
            self.run("return document.body.innerText.includes(arguments[0])", vec![json!(words)]).await?;
        Ok(found == json!(true))
    }

    /// Runs a script and returns what it returns.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.driver.execute(script.to_owned(), arguments).await?.json().clone())
    }

    /// Runs a script that passes its result to its last argument, a function.
    pub async fn run_async(&self, script: &str) -> Result<Value> {
        Ok(self.driver.execute_async(script.to_owned(), vec![]).await?.json().clone())
    }

    /// Runs a script after two frames were painted and returns what it returns: what a person would see.
    pub async fn run_when_painted(&self, script: &str) -> Result<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1]; requestAnimationFrame(() => requestAnimationFrame(() => \
             setTimeout(() => {{ try {{ done((() => {{ {script} }})()) }} catch (e) {{ done(null) }} }}, 0)))"
        );
        self.run_async(&script).await
    }

    /// How many times a text stands in the messages.
    pub async fn count_messages(&self, text: &str) -> Result<u64> {
        let script = "return [...document.querySelectorAll('.bubble__text')].filter(b => b.textContent === arguments[0]).length";
        self.run(script, vec![json!(text)]).await?.as_u64().context("a number")
    }

    /// Types into the field with that label until it says so, as someone does who looks at what was typed: a field that
    /// takes the focus when it appears can take letters that were meant for another.
    pub async fn fill(&self, label: &str, text: &str) -> Result<()> {
        self.fill_path(&labelled(label), text).await
    }

    /// The same for the field that an XPath finds.
    pub async fn fill_path(&self, path: &str, text: &str) -> Result<()> {
        until(&format!("«{path}» says «{text}»"), || async {
            let field = self.find_path(path).await.ok()?;
            field.clear().await.ok()?;
            field.send_keys(text).await.ok()?;
            (field.prop("value").await.ok()?.as_deref() == Some(text)).then_some(())
        })
        .await
    }

    /// Signs an employee in from wherever the sign-in page was reached.
    pub async fn sign_in(&self, world: &World, username: &str) -> Result<()> {
        let address = format!("{username}@lanternbay.example");
        let before = world.newest_code(&address).await;
        self.fill("Company name", "lanternbay").await?;
        self.press("Continue").await?;
        self.fill("Username", username).await?;
        self.fill("Password", world.password()).await?;
        self.press("Sign in").await?;
        let field = match self.labelled("6-digit code").await {
            Ok(field) => field,
            Err(error) => {
                let said = self.run("return document.body.innerText", vec![]).await?;
                return Err(error.context(format!("signing in, the page says {said}")));
            }
        };
        let code = world.code(&address, before.as_deref()).await?;
        field.send_keys(code).await?;
        self.find("nav[aria-label=Main]").await?;
        Ok(())
    }

    /// Opens the chat of that name from the list.
    pub async fn open_chat(&self, name: &str) -> Result<()> {
        let path = format!(
            "//a[contains(@class,'row')][.//span[@class='row__name' and normalize-space()=\"{name}\"]]"
        );
        self.click_path(&path).await?;
        self.find("[role=log]:not([aria-busy])").await?;
        Ok(())
    }

    /// Writes a message and sends it: with Enter, or with the button where Enter is the key for another line.
    pub async fn write(&self, text: &str) -> Result<()> {
        let field = self.find(".composer textarea").await?;
        field.send_keys(text).await?;
        let is_touch =
            self.run("return matchMedia('(pointer: coarse) and (hover: none)').matches", vec![]).await?;
        if is_touch == json!(true) {
            return self.click(".composer button[type=submit]").await;
        }
        Ok(field.send_keys(Key::Enter).await?)
    }

    /// The page as a WebP picture.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        // Nothing moves, and no caret blinks in the picture.
        let still = "document.documentElement.style.caretColor = 'transparent'; \
                     for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish()";
        self.run(still, vec![]).await?;
        let wanted = json!({ "format": "webp", "quality": 60 });
        let taken = self.driver.cdp().send_raw("Page.captureScreenshot", wanted).await?;
        Ok(STANDARD.decode(taken["data"].as_str().context("a picture")?)?)
    }

    /// Shows pages as they are printed, or with other colours than their own (CSS media features).
    pub async fn emulate_media(&self, media: &str, features: &[(&str, &str)]) -> Result<()> {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        let emulated = json!({ "media": media, "features": features });
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", emulated).await?;
        Ok(())
    }

    /// The word of the tick at the message with that text.
    pub async fn wait_for_tick(&self, text: &str, word: &str) -> Result<()> {
        let script = "const b = [...document.querySelectorAll('.bubble')].find(b => b.querySelector('.bubble__text')?.textContent === arguments[0]); \
                      return b?.querySelector('.tick')?.getAttribute('aria-label') ?? null";
        until(&format!("«{text}» is {word}"), || async {
            (self.run(script, vec![json!(text)]).await.ok()? == json!(word)).then_some(())
        })
        .await
    }

    /// Fails when axe-core finds a violation on the page as it is, in either theme.
    pub async fn check_accessibility(&self, what: &str) -> Result<()> {
        let source = std::fs::read_to_string(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools/npm/node_modules/axe-core/axe.min.js"),
        )
        .context("axe-core is missing: cargo xtask setup installs it")?;
        self.driver.execute(source, vec![]).await?;
        let before = self.set_theme(Value::Null).await?;
        for theme in ["light", "dark"] {
            self.set_theme(theme.into()).await?;
            self.check_as_it_is(&format!("{what}, {theme}")).await?;
        }
        self.set_theme(before).await?;
        Ok(())
    }

    /// Shows a theme (the system's when empty, no other when `null`), its colours at once, and returns which was shown.
    async fn set_theme(&self, theme: Value) -> Result<Value> {
        let script = "const root = document.documentElement; const before = root.dataset.theme ?? ''; \
            if (arguments[0] === '') delete root.dataset.theme; \
            else if (arguments[0] !== null) root.dataset.theme = arguments[0]; \
            for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish(); \
            return before";
        self.run(script, vec![theme]).await
    }

    async fn check_as_it_is(&self, what: &str) -> Result<()> {
        let missing = self.run("return document.documentElement.dataset.missingText ?? null", vec![]).await?;
        ensure!(missing.is_null(), "{what}: no text for {missing}");
        let script = "const done = arguments[arguments.length - 1]; \
            axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }) \
               .then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).join(' | '))))\
               .catch(e => done(['axe failed: ' + e]))";
        let found = self.driver.execute_async(script, vec![]).await?.json().clone();
        match found.as_array() {
            Some(violations) if violations.is_empty() => Ok(()),
            _ => bail!("{what}: {found:#}"),
        }
    }
}
