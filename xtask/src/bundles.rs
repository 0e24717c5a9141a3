//! Names of the bundles and of the icons with a hash of what is in them, so that browsers may keep them for ever.
//!
//! Trunk hashes the one main bundle only, and nothing that it copies; `index.html` chooses between several bundles.

use crate::{
    browsers::{scripts, wasm},
    guide, shell_texts,
    spa::collect,
    texts,
};
use anyhow::{Context as _, Result, ensure};
use std::{
    collections::hash_map::DefaultHasher,
    env, fs,
    hash::{Hash as _, Hasher as _},
    path::{Path, PathBuf},
};

/// The binaries of the application.
const BUNDLES: [&str; 6] = ["entry", "visit", "client", "portal", "admin", "scanner"];

/// Those that show few of the texts, and load a file with these only.
const SMALL: [&str; 3] = ["entry", "visit", "client"];

/// The sprite of the icons.
const ICONS: &str = "icons.svg";

/// Renames the files of every bundle and the icons in the folder Trunk is about to publish, and whatever names them.
pub(crate) fn fingerprint() -> Result<()> {
    let staging = PathBuf::from(env::var_os("TRUNK_STAGING_DIR").context("Trunk sets TRUNK_STAGING_DIR")?);
    let index = staging.join("index.html");
    let mut html = fs::read_to_string(&index)?;
    for bundle in BUNDLES {
        html = rename(&staging, bundle, &html)?;
    }
    html = rename_icons(&staging, &html)?;
    html = shell_texts::insert(&staging, &html)?;
    guide::publish(&staging, &html)?;
    texts::publish(&staging)?;
    stamp_service_worker(&staging, &html)?;
    fs::write(staging.join("signed-out.html"), for_signed_out(&html)?)?;
    check_scripts(&staging)?;
    Ok(fs::write(index, html)?)
}

/// Every script is for every browser that is promised, those within the page, too.
fn check_scripts(staging: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(staging, &mut files)?;
    for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "js" || end == "html")) {
        let faults = scripts::faults(&fs::read_to_string(file)?);
        ensure!(
            faults.is_empty(),
            "{} is not for every promised browser: {}",
            file.display(),
            faults.join(", ")
        );
    }
    Ok(())
}

/// The page as the server sends it where nobody is signed in (`server/src/http/assets.rs`): it begins with signing in,
/// whatever screen was asked for (`shell/check.js`).
fn for_signed_out(html: &str) -> Result<String> {
    let marked = html.replacen("<html ", "<html data-signed-out ", 1);
    ensure!(marked != html, "index.html has no root element to mark");
    Ok(marked)
}

/// Writes a number that changes with the application into the service worker: that is how browsers notice a new one.
fn stamp_service_worker(staging: &Path, html: &str) -> Result<()> {
    let file = staging.join("sw.js");
    let worker = fs::read_to_string(&file).context("sw.js")?;
    let mut hasher = DefaultHasher::new();
    (html, &worker).hash(&mut hasher);
    let stamped = worker.replace("\"unbuilt\"", &format!("\"{:016x}\"", hasher.finish()));
    ensure!(stamped != worker, "sw.js has no place for its version");
    Ok(fs::write(file, stamped)?)
}

/// Renames the icons; returns the page with the new name.
fn rename_icons(staging: &Path, html: &str) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    fs::read(staging.join(ICONS)).context(ICONS)?.hash(&mut hasher);
    let name = format!("icons-{:016x}.svg", hasher.finish());
    fs::rename(staging.join(ICONS), staging.join(&name))?;
    let (before, after) = (format!("/{ICONS}"), format!("/{name}"));
    ensure!(html.contains(&before), "index.html does not name the icons");
    Ok(html.replace(&before, &after))
}

/// Renames one bundle; returns the page with the new names.
fn rename(staging: &Path, bundle: &str, html: &str) -> Result<String> {
    let (script, code) = (format!("{bundle}.js"), format!("{bundle}_bg.wasm"));
    let wasm = fs::read(staging.join(&code)).with_context(|| code.clone())?;
    wasm::check(&staging.join(&code))?;
    let glue = fs::read_to_string(staging.join(&script)).with_context(|| script.clone())?;
    if SMALL.contains(&bundle) {
        texts::for_bundle(staging, bundle, &wasm)?;
    }
    let mut hasher = DefaultHasher::new();
    (&wasm, &glue).hash(&mut hasher);
    let name = format!("{bundle}-{:016x}", hasher.finish());
    let (new_script, new_code) = (format!("{name}.js"), format!("{name}_bg.wasm"));
    fs::write(staging.join(&new_script), glue.replace(&code, &new_code))?;
    fs::rename(staging.join(&code), staging.join(&new_code))?;
    fs::remove_file(staging.join(&script))?;
    Ok(html
        .replace(&format!("/{script}"), &format!("/{new_script}"))
        .replace(&format!("/{code}"), &format!("/{new_code}")))
}
