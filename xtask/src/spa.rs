//! The application: stylesheets joined, built by Trunk, compressed once; nothing is done when nothing changed.

use crate::shell::{cargo, command, quietly, root, step};
use anyhow::{Context as _, Result};
use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash as _, Hasher as _},
    io::Write as _,
    path::{Path, PathBuf},
};

/// What the built application is made of.
const INPUTS: [&str; 12] = [
    "src",
    "api/src",
    "catalog/src",
    "style",
    "texts",
    "public",
    "index.html",
    "shell",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "api/Cargo.toml",
];

/// Builds the application for release unless it is there already.
pub(crate) fn build() -> Result<()> {
    let (stamp, now) = (root().join("target/spa.stamp"), fingerprint()?);
    let is_built = root().join("dist/index.html").exists();
    if is_built && fs::read_to_string(&stamp).is_ok_and(|before| before == now) {
        return Ok(());
    }
    // Trunk compiles one bundle after the other, each on one processor; what it finds done it takes.
    step("compiling the web application", || {
        let target = ["--target", "wasm32-unknown-unknown", "--profile", "wasm-release"];
        quietly(cargo().args(["build", "-p", "causeway", "--bins"]).args(target))
    })?;
    step("building the web application", || quietly(command("trunk").args(["build", "--release"])))?;
    step("compressing the web application", || compress(&root().join("dist")))?;
    Ok(fs::write(stamp, now)?)
}

/// A number that changes when an input does.
fn fingerprint() -> Result<String> {
    let mut files = Vec::new();
    for input in INPUTS {
        collect(&root().join(input), &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.hash(&mut hasher);
        fs::read(&file)?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Every file in a folder, or the file itself.
pub(crate) fn collect(path: &Path, into: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        into.push(path.to_path_buf());
        return Ok(());
    }
    for entry in fs::read_dir(path).with_context(|| path.display().to_string())?.flatten() {
        collect(&entry.path(), into)?;
    }
    Ok(())
}

/// Writes a brotli file beside every file that gains by it; the server never compresses.
fn compress(dist: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(dist, &mut files)?;
    let gains = |file: &&PathBuf| {
        file.extension().is_some_and(|end| {
            ["html", "js", "css", "wasm", "svg", "json", "txt"].iter().any(|it| *it == end)
        })
    };
    for file in files.iter().filter(gains) {
        let data = fs::read(file)?;
        let mut compressed = Vec::new();
        brotli::CompressorWriter::new(&mut compressed, 1 << 16, 11, 22).write_all(&data)?;
        if compressed.len() < data.len() {
            fs::write(format!("{}.br", file.display()), compressed)?;
        }
    }
    Ok(())
}

/// Joins the stylesheets that `style/main.css` imports into one file, so that one request brings them.
pub(crate) fn join_styles() -> Result<()> {
    let folder = root().join("style");
    let mut joined = String::new();
    for line in fs::read_to_string(folder.join("main.css"))?.lines() {
        match line.strip_prefix("@import \"").and_then(|rest| rest.strip_suffix("\";")) {
            Some(name) => {
                joined.push_str(&fs::read_to_string(folder.join(name)).with_context(|| name.to_owned())?);
            }
            None => joined.push_str(line),
        }
        joined.push('\n');
    }
    let out = root().join("target/style");
    fs::create_dir_all(&out)?;
    let file = out.join("main.css");
    // Trunk watches what it includes: the same contents must not look like a change.
    if fs::read_to_string(&file).is_ok_and(|before| before == joined) {
        return Ok(());
    }
    Ok(fs::write(file, joined)?)
}
