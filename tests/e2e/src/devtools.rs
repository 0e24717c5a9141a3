//! A Chromium that is driven through a pipe by the DevTools protocol, without a driver: no driver installs apps, and none of
//! today drives a browser of years ago.

use crate::world::until;
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

/// A browser. It ends when this value is dropped.
pub(crate) struct Devtools {
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

impl Devtools {
    /// Starts a browser, without a window.
    pub(crate) fn start(program: &Path, arguments: &[&str]) -> Result<Self> {
        let profile = tempfile::tempdir()?;
        // The browser reads commands from file 3 and answers on 4.
        let mut process = Command::new("sh")
            .args(["-c", r#"program="$1"; shift; exec "$program" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#])
            .arg("sh")
            .arg(program)
            .args(arguments)
            .args(["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .args(["--remote-debugging-pipe", "--lang=en-GB"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} is missing: cargo xtask setup installs it", program.display()))?;
        let to = process.stdin.take().context("a pipe to the browser")?;
        let from = BufReader::new(process.stdout.take().context("a pipe from the browser")?);
        let pipe = Mutex::new(Pipe { to, from, last: 0 });
        Ok(Self { pipe, _process: process, _profile: profile })
    }

    /// Runs a command of the protocol, in a tab or of the browser.
    pub(crate) async fn call(&self, method: &str, parameters: Value, page: Option<&str>) -> Result<Value> {
        let mut pipe = self.pipe.lock().await;
        timeout(PATIENCE, pipe.call(method, parameters, page)).await.with_context(|| method.to_owned())?
    }

    /// Opens an address in a tab; returns what the tab is called.
    pub(crate) async fn open(&self, address: &str) -> Result<String> {
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

    /// Returns what a tab or a window is called.
    pub(crate) async fn attach(&self, target: &Value) -> Result<String> {
        let wanted = json!({ "targetId": target, "flatten": true });
        let attached = self.call("Target.attachToTarget", wanted, None).await?;
        Ok(attached["sessionId"].as_str().context("a session")?.to_owned())
    }

    /// The value of an expression in a tab.
    pub(crate) async fn evaluate(&self, page: &str, script: &str) -> Result<Value> {
        let wanted = json!({ "expression": script, "userGesture": true, "returnByValue": true });
        Ok(self.call("Runtime.evaluate", wanted, Some(page)).await?["result"]["value"].clone())
    }
}
