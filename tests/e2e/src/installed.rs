//! Causeway installed in a Chromium, which only one installs that is driven through a pipe (DevTools protocol, domain PWA).

use crate::{
    caller::Caller,
    devtools::Devtools,
    world::{World, until},
};
use anyhow::Result;
use serde_json::{Value, json};
use std::{
    cell::Cell,
    path::Path,
    time::{Duration, Instant},
};

/// An app that has not come by then is started again.
const START_AGAIN: Duration = Duration::from_secs(4);

/// A browser that the app is installed in. It ends when this value is dropped.
pub struct Installed {
    /// The app's id: the address of its manifest's `id`.
    app: String,
    browser: Devtools,
}

impl Installed {
    /// Installs the app from a page of a portal.
    pub async fn in_chromium(world: &World) -> Result<Self> {
        let browser = Devtools::start(Path::new("chromium"), &["--headless=new"])?;
        let installed = Self { app: format!("{}/", world.portal), browser };
        let page = installed.open(&format!("{}/activate", world.portal)).await?;
        until("the app is installed", || async {
            let wanted = json!({ "manifestId": installed.app });
            installed.call("PWA.install", wanted, Some(&page)).await.ok()
        })
        .await?;
        // What the person answers when the browser asks after installing: a window of its own, which opens its links.
        let wanted =
            json!({ "manifestId": installed.app, "linkCapturing": true, "displayMode": "standalone" });
        installed.call("PWA.changeAppUserSettings", wanted, None).await?;
        Ok(installed)
    }

    async fn call(&self, method: &str, parameters: Value, page: Option<&str>) -> Result<Value> {
        self.browser.call(method, parameters, page).await
    }

    /// Opens an address in a tab of the browser; returns what the tab is called.
    pub async fn open(&self, address: &str) -> Result<String> {
        self.browser.open(address).await
    }

    /// Follows a link that is on the page of a tab, as a tap does.
    pub async fn follow(&self, tab: &str, link: &str) -> Result<()> {
        let tap = format!(
            "(() => {{ const link = document.createElement('a'); link.href = {}; link.target = '_blank'; \
             link.rel = 'noopener'; document.body.append(link); link.click(); }})()",
            json!(link)
        );
        self.browser.evaluate(tab, &tap).await.map(drop)
    }

    /// Waits until a window of the app, which is no tab of the browser, shows these words.
    pub async fn app_says(&self, words: &str) -> Result<()> {
        let script = format!(
            "matchMedia('(display-mode: standalone)').matches && document.body.innerText.includes({})",
            json!(words)
        );
        let said = until(&format!("the app says «{words}»"), || async {
            for page in self.pages().await.ok()? {
                // One that is just being made or closed answers nothing.
                if self.browser.evaluate(&page, &script).await.is_ok_and(|it| it == true) {
                    return Some(());
                }
            }
            None
        })
        .await;
        match said {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(self.all_say().await?)),
        }
    }

    /// What the tabs and windows that can be asked are called.
    async fn pages(&self) -> Result<Vec<String>> {
        let targets = self.call("Target.getTargets", json!({}), None).await?;
        let mut pages = Vec::new();
        for target in
            targets["targetInfos"].as_array().into_iter().flatten().filter(|it| it["type"] == "page")
        {
            pages.extend(self.browser.attach(&target["targetId"]).await.ok());
        }
        Ok(pages)
    }

    /// Address and beginning of every tab and window.
    async fn all_say(&self) -> Result<String> {
        let script = "[location.href, matchMedia('(display-mode: standalone)').matches, document.readyState, \
            document.documentElement.dataset.start, document.body?.innerText.slice(0, 80)].join(' | ')";
        let mut all = Vec::new();
        for page in self.pages().await? {
            all.push(
                self.browser
                    .evaluate(&page, script)
                    .await
                    .map_or_else(|error| error.to_string(), |it| it.to_string()),
            );
        }
        Ok(all.join("\n"))
    }

    /// Someone is signed in, and starts the app.
    pub async fn start_as(&self, world: &World, caller: &Caller) -> Result<()> {
        let page = self.open("about:blank").await?;
        self.call("Network.setCookie", caller.session_cookie(world)?, Some(&page)).await?;
        self.start().await
    }

    /// Starts the app. A browser under load sometimes shows the page it was installed from instead of the app's first one:
    /// it is started again then, as a person would.
    pub async fn start(&self) -> Result<()> {
        let is_started =
            "matchMedia('(display-mode: standalone)').matches && location.pathname !== '/activate'";
        let launched = Cell::new(None::<Instant>);
        until("the app starts", || async {
            if launched.get().is_none_or(|at| at.elapsed() > START_AGAIN) {
                launched.set(Some(Instant::now()));
                self.call("PWA.launch", json!({ "manifestId": self.app }), None).await.ok()?;
            }
            for page in self.pages().await.ok()? {
                if self.browser.evaluate(&page, is_started).await.is_ok_and(|it| it == true) {
                    return Some(());
                }
            }
            None
        })
        .await
    }

    /// Waits until the app's icon has a badge with this number.
    pub async fn has_badge(&self, number: u64) -> Result<()> {
        until(&format!("the icon shows {number}"), || async {
            let state = self.call("PWA.getOsAppState", json!({ "manifestId": self.app }), None).await.ok()?;
            (state["badgeCount"] == number).then_some(())
        })
        .await
    }
}
