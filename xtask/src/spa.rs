//! The application: stylesheets joined, built by Trunk, compressed for release; nothing is done when nothing changed.

use crate::shell::{cargo, command, quietly, root, step};
use anyhow::{Context as _, Result, bail};
use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash as _, Hasher as _},
    io::Write as _,
    path::{Path, PathBuf},
    sync::Mutex,
    thread,
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

/// How the application is built.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As people load it: small, compressed.
    Release,
    /// For the machine itself: quick to build.
    Quick,
}

impl Form {
    fn profile(self) -> &'static str {
        match self {
            Self::Release => "wasm-release",
            Self::Quick => "wasm-quick",
        }
    }

    fn steps(self) -> (&'static str, &'static str) {
        match self {
            Self::Release => {
                ("compiling the web application (about 5 min)", "building the web application (about 1 min)")
            }
            Self::Quick => (
                "compiling the web application (about 2 min the first time)",
                "building the web application, a few seconds",
            ),
        }
    }
}

/// Builds the application and compresses it, as a release has it.
pub(crate) fn build_for_release() -> Result<()> {
    build_as(Form::Release)?;
    let (stamp, now) = (root().join("target/spa-compressed.stamp"), fingerprint()?);
    let is_compressed = root().join("dist/index.html.br").exists();
    if is_compressed && fs::read_to_string(&stamp).is_ok_and(|before| before == now) {
        return Ok(());
    }
    step("compressing the web application, about 20 s", || compress(&root().join("dist")))?;
    Ok(fs::write(stamp, now)?)
}

/// Builds the application for the machine itself, unless it is there already, in this form or as a release has it.
pub(crate) fn build() -> Result<()> {
    if is_built(Form::Release)? { Ok(()) } else { build_as(Form::Quick) }
}

/// What the stamp says of an application that was built in a form from what is there now.
fn stamp_of(form: Form) -> Result<String> {
    Ok(format!("{} {}", form.profile(), fingerprint()?))
}

fn is_built(form: Form) -> Result<bool> {
    let (stamp, now) = (fs::read_to_string(root().join("target/spa.stamp")), stamp_of(form)?);
    Ok(root().join("dist/index.html").exists() && stamp.is_ok_and(|before| before == now))
}

fn build_as(form: Form) -> Result<()> {
    if is_built(form)? {
        return Ok(());
    }
    let now = stamp_of(form)?;
    let (compiling, building) = form.steps();
    // Trunk compiles one bundle after the other, each on one processor; what it finds done it takes.
    step(compiling, || {
        let target = ["--target", "wasm32-unknown-unknown", "--profile", form.profile()];
        quietly(cargo().args(["build", "-p", "causeway", "--bins"]).args(target))
    })?;
    step(building, || {
        let how: &[&str] = if form == Form::Release { &["build", "--release"] } else { &["build"] };
        quietly(command("trunk").args(how))
    })?;
    Ok(fs::write(root().join("target/spa.stamp"), now)?)
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
    let waiting = Mutex::new(files.iter().filter(gains));
    let next = || waiting.lock().map_or(None, |mut waiting| waiting.next());
    let work = || {
        while let Some(file) = next() {
            compress_file(file)?;
        }
        anyhow::Ok(())
    };
    let processors = thread::available_parallelism()?.get();
    thread::scope(|scope| {
        let working: Vec<_> = (0..processors).map(|_| scope.spawn(work)).collect();
        working.into_iter().try_for_each(|it| it.join().unwrap_or_else(|_| bail!("compressing ended badly")))
    })
}

fn compress_file(file: &Path) -> Result<()> {
    let data = fs::read(file)?;
    let mut compressed = Vec::new();
    brotli::CompressorWriter::new(&mut compressed, 1 << 16, 11, 22).write_all(&data)?;
    if compressed.len() < data.len() {
        fs::write(format!("{}.br", file.display()), compressed)?;
    }
    Ok(())
}
