//! The standard library for `wasm32-unknown-unknown`: from rustup where it may install, otherwise built once
//! from the sources that Debian ships for exactly this Rust, into the toolchain's own folder.

use super::debian::as_root;
use crate::shell::{cargo, command, find, output, quietly, step, tools};
use anyhow::{Context as _, Result, bail};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

const TARGET: &str = "wasm32-unknown-unknown";
const BY_HAND: &str = "install it with: rustup target add wasm32-unknown-unknown";

pub(super) fn ensure() -> Result<()> {
    let sysroot = PathBuf::from(output(command("rustc").args(["--print", "sysroot"]))?);
    let libraries = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    if has_std(&libraries) {
        return Ok(());
    }
    let may_install = env::var("RUSTUP_AUTO_INSTALL").map_or(true, |value| value != "0");
    if may_install && find("rustup").is_some() {
        let added = step("adding the wasm32 standard library by rustup", || {
            quietly(command("rustup").args(["target", "add", TARGET]))
        });
        if added.is_ok() && has_std(&libraries) {
            return Ok(());
        }
    }
    let release = output(command("rustc").arg("-vV"))?
        .lines()
        .find_map(|line| line.strip_prefix("release: ").map(str::to_owned))
        .context("rustc does not tell its release")?;
    let work = tools().join("rust-src");
    let sources = step(&format!("fetching the sources of Rust {release}"), || fetch(&work, &release))?;
    step("building the wasm32 standard library", || build(&work, &sources, &sysroot, &libraries))?;
    Ok(fs::remove_dir_all(&work)?)
}

fn has_std(libraries: &Path) -> bool {
    fs::read_dir(libraries).is_ok_and(|entries| {
        entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
    })
}

/// Downloads Debian's package of sources through an apt configuration of its own: newer suites of the mirror
/// that this machine uses anyway. Nothing of the system's configuration is touched.
fn fetch(work: &Path, release: &str) -> Result<PathBuf> {
    if find("apt-get").is_none() {
        bail!("rustup may not install here, and this is no Debian; {BY_HAND}");
    }
    if let Some(mut apt) = as_root("apt-get") {
        // A bare machine has no list of its mirrors yet. Without one the next step says so.
        let _ = quietly(apt.args(["update", "-qq"]));
    }
    let mirrors = output(command("apt-get").args(["indextargets", "--format", "$(REPO_URI)"]))?;
    let mirror = mirrors.lines().find(|line| !line.contains("security")).context("apt knows no mirror")?;
    for folder in ["lists/partial", "cache/archives/partial"] {
        fs::create_dir_all(work.join(folder))?;
    }
    let suites: String = ["trixie-backports", "forky", "sid"]
        .iter()
        .map(|suite| format!("deb [trusted=yes] {mirror} {suite} main\n"))
        .collect();
    fs::write(work.join("sources.list"), suites)?;
    let option = |name: &str, value: &Path| format!("-o{name}={}", value.display());
    let options = [
        option("Dir::Etc::SourceList", &work.join("sources.list")),
        option("Dir::Etc::SourceParts", Path::new("/dev/null")),
        option("Dir::State::Lists", &work.join("lists")),
        option("Dir::Cache", &work.join("cache")),
        "-oAPT::Sandbox::User=root".to_owned(),
    ];
    // A suite that this mirror does not have is no fault; a missing package is, and is told below.
    let _ = quietly(command("apt-get").args(&options).arg("update"));
    quietly(
        command("apt-get")
            .args(&options)
            .arg("download")
            .arg(format!("rust-src={release}*"))
            .current_dir(work),
    )
    .with_context(|| format!("Debian has no sources of Rust {release}; {BY_HAND}"))?;
    let package = fs::read_dir(work)?
        .flatten()
        .map(|entry| entry.path())
        .find(|file| file.extension().is_some_and(|extension| extension == "deb"))
        .context("apt downloaded nothing")?;
    quietly(command("dpkg").arg("-x").arg(&package).arg(work.join("unpacked")))?;
    Ok(work.join(format!("unpacked/usr/src/rustc-{release}/library")))
}

fn build(work: &Path, sources: &Path, sysroot: &Path, libraries: &Path) -> Result<()> {
    let place = sysroot.join("lib/rustlib/src/rust");
    fs::create_dir_all(&place)?;
    if !place.join("library/std").exists() {
        quietly(command("cp").arg("-r").arg(sources).arg(&place))?;
    }
    let empty = work.join("empty");
    fs::create_dir_all(empty.join("src"))?;
    fs::write(empty.join("src/lib.rs"), "")?;
    fs::write(empty.join("Cargo.toml"), "[package]\nname = \"empty\"\nedition = \"2024\"\n[workspace]\n")?;
    quietly(
        cargo()
            .args(["build", "--release", "-Zbuild-std=std,panic_abort,test,proc_macro", "--target", TARGET])
            .current_dir(&empty)
            .env("RUSTC_BOOTSTRAP", "1")
            // Without bitcode every later build with link-time optimisation fails.
            .env("RUSTFLAGS", "-Cembed-bitcode=yes")
            .env("CARGO_TARGET_DIR", work.join("target")),
    )?;
    fs::create_dir_all(libraries)?;
    for entry in fs::read_dir(work.join("target").join(TARGET).join("release/deps"))?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().extension().is_some_and(|end| end == "rlib") && !name.starts_with("libempty") {
            fs::copy(entry.path(), libraries.join(name))?;
        }
    }
    Ok(())
}
