//! Causeway installed in a Chromium. Only a browser that is driven through a pipe installs apps (DevTools protocol, domain
//! PWA), so it has no driver.

use crate::{
    caller::Caller,
    world::{World, until},
};
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use std::{path::Path, process::Stdio, time::Duration};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    process::{Child, ChildStdin, ChildStdout, Command},
    sync::Mutex,
    time::timeout,
};

/// Longer than any command takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// A browser that the app is installed in. It ends when this value is dropped.
pub struct Installed {
    /// The app's id: the address of its manifest's `id`.
    app: String,
    pipe: Mutex<Pipe>,
    _process: Child,
    _profile: tempfile::TempDir,
}

struct Pipe {
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    last: u64,
}

impl Pipe {
    async fn call(&mut self, method: &str, parameters: Value, page: Option<&str>) -> Result<Value> {
        self.last += 1;
        let mut command = json!({ "id": self.last, "method": method, "params": parameters });
        if let Some(page) = page {
            command["sessionId"] = json!(page);
        }
        let mut sent = command.to_string().into_bytes();
        sent.push(0);
        self.to.write_all(&sent).await?;
        loop {
            let mut message = Vec::new();
            self.from.read_until(0, &mut message).await?;
            ensure!(message.pop() == Some(0), "the browser has ended");
            let answer: Value = serde_json::from_slice(&message)?;
            if answer["id"] == self.last {
                ensure!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return Ok(answer["result"].clone());
            }
        }
    }
}

impl Installed {
    /// Installs the app from a page of a portal.
    pub async fn in_chromium(world: &World) -> Result<Self> {
        let profile = tempfile::tempdir()?;
        // The browser reads commands from file 3 and answers on 4.
        let mut process = Command::new("sh")
            .args(["-c", r#"exec chromium "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#, "sh"])
            .args([
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
            ])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .args(["--remote-debugging-pipe", "--lang=en-GB"])
            .arg(format!("--user-data-dir={}", Path::new(profile.path()).display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("chromium is missing: cargo xtask setup installs it")?;
        let to = process.stdin.take().context("a pipe to the browser")?;
        let from = BufReader::new(process.stdout.take().context("a pipe from the browser")?);
        let pipe = Mutex::new(Pipe { to, from, last: 0 });
        let installed =
            Self { app: format!("{}/", world.portal), pipe, _process: process, _profile: profile };
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
        let mut pipe = self.pipe.lock().await;
        timeout(PATIENCE, pipe.call(method, parameters, page)).await.with_context(|| method.to_owned())?
    }

    /// Opens an address in a tab of the browser; returns what the tab is called.
    pub async fn open(&self, address: &str) -> Result<String> {
        let made = self.call("Target.createTarget", json!({ "url": address }), None).await?;
        let tab = self.attach(&made["targetId"]).await?;
        let is_there =
            format!("document.readyState === 'complete' && location.href.startsWith({})", json!(address));
        until(&format!("{address} is open"), || async {
            self.evaluate(&tab, &is_there).await.is_ok_and(|it| it == true).then_some(())
        })
        .await?;
        Ok(tab)
    }

    async fn attach(&self, target: &Value) -> Result<String> {
        let wanted = json!({ "targetId": target, "flatten": true });
        let attached = self.call("Target.attachToTarget", wanted, None).await?;
        Ok(attached["sessionId"].as_str().context("a session")?.to_owned())
    }

    /// Follows a link that is on the page of a tab, as a tap does.
    pub async fn follow(&self, tab: &str, link: &str) -> Result<()> {
        let tap = format!(
            "(() => {{ const link = document.createElement('a'); link.href = {}; link.target = '_blank'; \
             link.rel = 'noopener'; document.body.append(link); link.click(); }})()",
            json!(link)
        );
        self.evaluate(tab, &tap).await.map(drop)
    }

    async fn evaluate(&self, page: &str, script: &str) -> Result<Value> {
        let wanted = json!({ "expression": script, "userGesture": true, "returnByValue": true });
        Ok(self.call("Runtime.evaluate", wanted, Some(page)).await?["result"]["value"].clone())
    }

    /// Waits until a window of the app, which is no tab of the browser, shows these words.
    pub async fn app_says(&self, words: &str) -> Result<()> {
        let script = format!(
            "matchMedia('(display-mode: standalone)').matches && document.body.innerText.includes({})",
            json!(words)
        );
        until(&format!("the app says «{words}»"), || async {
            let targets = self.call("Target.getTargets", json!({}), None).await.ok()?;
            for target in targets["targetInfos"].as_array()?.iter().filter(|it| it["type"] == "page") {
                // One that is just being made or closed answers nothing.
                let Ok(page) = self.attach(&target["targetId"]).await else { continue };
                if self.evaluate(&page, &script).await.is_ok_and(|it| it == true) {
                    return Some(());
                }
            }
            None
        })
        .await
    }

    /// Someone is signed in, and starts the app.
    pub async fn start_as(&self, world: &World, caller: &Caller) -> Result<()> {
        let page = self.open("about:blank").await?;
        self.call("Network.setCookie", caller.session_cookie(world)?, Some(&page)).await?;
        self.start().await
    }

    /// Starts the app.
    pub async fn start(&self) -> Result<()> {
        self.call("PWA.launch", json!({ "manifestId": self.app }), None).await.map(drop)
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
