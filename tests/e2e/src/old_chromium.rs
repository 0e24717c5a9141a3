//! Chromium 109, from January 2023: machines that get no newer Windows, and phones some years old, have it or less.

use crate::{devtools::Devtools, world::until};
use anyhow::{Context as _, Result};
use serde_json::json;
use std::path::Path;

/// A tab of a browser of its own.
pub struct OldChromium {
    browser: Devtools,
    tab: String,
}

/// The field with a label, in whatever way it is labelled.
const FIELD: &str = "(label => { const named = [...document.querySelectorAll('label')].find(it => it.innerText.trim() === label); \
    return named ? document.getElementById(named.htmlFor) : document.querySelector(`[aria-label=\"${label}\"]`); })";

/// The button or link that says so and can be seen.
const BUTTON: &str = "(words => [...document.querySelectorAll('button, a')].find(it => it.getClientRects().length && !it.disabled \
    && (it.innerText.trim() === words || it.getAttribute('aria-label') === words)))";

impl OldChromium {
    /// Starts the browser and opens an address.
    pub async fn open(address: &str) -> Result<Self> {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools/bin/chromium-109");
        let program = own.canonicalize().context("chromium-109 is missing: cargo xtask setup installs it")?;
        // A build for machines without a desktop: one process, which starts no others.
        let browser = Devtools::start(&program, &["--headless", "--single-process", "--no-zygote"])?;
        let tab = browser.open(address).await?;
        Ok(Self { browser, tab })
    }

    async fn does(&self, what: &str, script: &str) -> Result<()> {
        until(what, || async {
            self.browser.evaluate(&self.tab, script).await.is_ok_and(|it| it == true).then_some(())
        })
        .await
    }

    /// Waits until the page says so.
    pub async fn sees(&self, words: &str) -> Result<()> {
        let script = format!("document.body.innerText.includes({})", json!(words));
        self.does(&format!("the page says «{words}»"), &script).await
    }

    /// Types into the field with this label, whatever was in it.
    pub async fn fill(&self, label: &str, text: &str) -> Result<()> {
        let label = json!(label);
        let focus = format!(
            "(() => {{ const field = {FIELD}({label}); if (!field?.getClientRects().length) return false; \
             field.focus(); field.select?.(); return document.activeElement === field; }})()"
        );
        self.does(&format!("{label} can be typed into"), &focus).await?;
        self.browser.call("Input.insertText", json!({ "text": text }), Some(&self.tab)).await.map(drop)
    }

    /// Presses the button, or follows the link, that says so.
    pub async fn press(&self, words: &str) -> Result<()> {
        let script = format!(
            "(() => {{ const button = {BUTTON}({}); button?.click(); return Boolean(button); }})()",
            json!(words)
        );
        self.does(&format!("«{words}» can be pressed"), &script).await
    }

    /// Follows the row of a list with this name.
    pub async fn follow_row(&self, name: &str) -> Result<()> {
        let script = format!(
            "(() => {{ const row = [...document.querySelectorAll('a.row')] \
             .find(it => it.querySelector('.row__name').textContent === {}); row?.click(); return Boolean(row); }})()",
            json!(name)
        );
        self.does(&format!("the row of {name} is there"), &script).await
    }
}
