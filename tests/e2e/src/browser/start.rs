//! Starting a browser and the driver that it hangs on.

use super::{Browser, DESKTOP};
use crate::world::{free_port, until};
use anyhow::{Context as _, Result, ensure};
use serde_json::json;
use std::{
    path::{Path, PathBuf},
    process::Stdio,
};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use tokio::{
    io::AsyncReadExt as _,
    process::{Child, Command},
};

const MISSING: &str = "is missing: cargo xtask setup installs it";

impl Browser {
    /// Headless Chromium.
    pub async fn chromium(size: (u32, u32)) -> Result<Self> {
        Self::chromium_with(size, &[]).await
    }

    /// The same with a camera that shows a video file (YUV4MPEG2).
    pub async fn chromium_with_camera(size: (u32, u32), video: &Path) -> Result<Self> {
        let shown = format!("--use-file-for-fake-video-capture={}", video.display());
        Self::chromium_with(size, &["--use-fake-device-for-media-stream", &shown]).await
    }

    /// The same with a microphone that beeps, allowed already.
    pub async fn chromium_with_microphone(size: (u32, u32)) -> Result<Self> {
        let arguments = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
        Self::chromium_with(size, &arguments).await
    }

    async fn chromium_with((width, height): (u32, u32), more: &[&str]) -> Result<Self> {
        let port = free_port()?;
        let mut command = Command::new("chromedriver");
        let (process, folder) = start_driver(command.arg(format!("--port={port}")), port).await?;
        let mut wanted = DesiredCapabilities::chrome();
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=en-GB",
        ]
        .iter()
        .chain(more)
        {
            wanted.add_arg(argument)?;
        }
        wanted.add_arg(&format!("--window-size={width},{height}"))?;
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted).await?;
        let browser = Self { driver, process, _screen: None, _folder: folder };
        browser.resize(width, height).await?;
        Ok(browser)
    }

    /// Headless Firefox with a microphone that hums, allowed already.
    pub async fn firefox() -> Result<Self> {
        let port = free_port()?;
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools/bin/geckodriver");
        let mut command = Command::new(if own.exists() { own } else { PathBuf::from("geckodriver") });
        command.args([format!("--port={port}"), format!("--marionette-port={}", free_port()?)]);
        let (process, folder) = start_driver(&mut command, port).await?;
        let mut wanted = DesiredCapabilities::firefox();
        wanted.set_headless()?;
        let mut preferences = thirtyfour::common::capabilities::firefox::FirefoxPreferences::new();
        preferences.set("media.navigator.streams.fake", true)?;
        preferences.set("media.navigator.permission.disabled", true)?;
        preferences.set("media.autoplay.default", 0)?;
        wanted.set_preferences(preferences)?;
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted).await?;
        Ok(Self { driver, process, _screen: None, _folder: folder })
    }

    /// WebKit, the engine of Safari, on a screen of its own: it has no headless mode. Of CDP it knows nothing, so it has
    /// neither sizes of phones nor an emulated network.
    pub async fn webkit() -> Result<Self> {
        let (screen, display) = start_screen().await?;
        let port = free_port()?;
        let mut command = Command::new("WebKitWebDriver");
        command.arg(format!("--port={port}")).env("DISPLAY", display);
        let (process, folder) = start_driver(&mut command, port).await?;
        let mut wanted = Capabilities::new();
        // The proxy in front of the server has made its certificate itself.
        wanted.set("acceptInsecureCerts", json!(true))?;
        let options = json!({ "binary": mini_browser()?, "args": ["--automation"] });
        wanted.set("webkitgtk:browserOptions", options)?;
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted).await?;
        driver.set_window_rect(0, 0, DESKTOP.0, DESKTOP.1).await?;
        Ok(Self { driver, process, _screen: Some(screen), _folder: folder })
    }
}

/// Starts a driver in a folder of its own for what is temporary: profiles would stay when it is ended.
async fn start_driver(command: &mut Command, port: u16) -> Result<(Child, TempDir)> {
    let folder = tempfile::tempdir()?;
    let process = command
        .env("TMPDIR", folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("{} {MISSING}", command.as_std().get_program().display()))?;
    let address = format!("http://127.0.0.1:{port}/status");
    until("the driver listens", || async { reqwest::get(&address).await.ok().map(|_| ()) }).await?;
    Ok((process, folder))
}

/// Starts a screen that nobody sees, and returns it with its name.
async fn start_screen() -> Result<(Child, String)> {
    let mut screen = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("Xvfb {MISSING}"))?;
    // It writes its number and the end of the line once it is ready.
    let mut said = screen.stdout.take().context("the output of Xvfb")?;
    let mut number = Vec::new();
    while !number.ends_with(b"\n") {
        ensure!(said.read_buf(&mut number).await? > 0, "Xvfb has ended");
    }
    Ok((screen, format!(":{}", String::from_utf8_lossy(&number).trim())))
}

/// The small browser that comes with WebKit, in Debian's folder of this processor.
fn mini_browser() -> Result<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib")?.flatten();
    let mut places = folders.map(|folder| folder.path().join("webkit2gtk-4.1/MiniBrowser"));
    places.find(|place| place.exists()).with_context(|| format!("MiniBrowser {MISSING}"))
}
