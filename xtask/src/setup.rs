//! What building and testing need: installed once, quietly, into `.tools/` or by the system's packages.

pub(crate) mod debian;
mod old_chromium;
mod wasm_std;

use crate::shell::{cargo, command, find, output, path, quietly, step, tools};
use anyhow::{Context as _, Result, bail};
use std::{env, fs, thread};

/// A tool from the Rust registry.
struct Tool {
    binary: &'static str,
    package: &'static str,
    version: &'static str,
    flags: &'static [&'static str],
    /// About how long, where it has to be compiled on two processors.
    takes: &'static str,
}

const TRUNK: Tool = Tool {
    binary: "trunk",
    package: "trunk",
    version: "0.22.1",
    // It declares a newer Rust than it needs.
    flags: &["--locked", "--ignore-rust-version"],
    takes: "about 3 min",
};
const WASM_BINDGEN: Tool =
    // Its own lock file names a crate version that registries do not all have.
    Tool {
        binary: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        version: "0.2.130",
        flags: &[],
        takes: "about 1 min",
    };
const WASM_PACK: Tool = Tool {
    binary: "wasm-pack",
    package: "wasm-pack",
    version: "0.15.1",
    flags: &["--locked"],
    takes: "about 1 min",
};
const GECKODRIVER: Tool = Tool {
    binary: "geckodriver",
    package: "geckodriver",
    version: "0.37.1",
    flags: &["--locked"],
    takes: "about 1 min",
};

/// Packages of npm: name and version.
const BINARYEN: (&str, &str) = ("binaryen", "132.0.0");
/// Writes stylesheets so that older browsers read them.
const LIGHTNINGCSS: (&str, &str) = ("lightningcss-cli", "1.33.0");
const AXE_CORE: (&str, &str) = ("axe-core", "4.14.1");

/// Programs of the system, and the Debian packages that have them.
const NODE: [(&str, &str); 2] = [("node", "nodejs"), ("npm", "npm")];
const BROWSERS_AND_DATABASE: [(&str, &str); 7] = [
    ("chromium", "chromium"),
    ("chromedriver", "chromium-driver"),
    ("firefox-esr", "firefox-esr"),
    ("WebKitWebDriver", "webkit2gtk-driver"),
    ("Xvfb", "xvfb"),
    ("initdb", "postgresql"),
    // Injects errors of the disk into a running server.
    ("strace", "strace"),
];

/// What building the application needs.
pub(crate) fn for_building() -> Result<()> {
    everything_of(&NODE, &[WASM_BINDGEN, TRUNK], &[BINARYEN, LIGHTNINGCSS])
}

/// What testing needs beyond that.
pub(crate) fn for_testing() -> Result<()> {
    let programs = [&NODE[..], &BROWSERS_AND_DATABASE].concat();
    everything_of(
        &programs,
        &[WASM_BINDGEN, TRUNK, WASM_PACK, GECKODRIVER],
        &[BINARYEN, LIGHTNINGCSS, AXE_CORE, old_chromium::PACKAGE],
    )?;
    old_chromium::unpack()
}

/// Packages of the system arrive while tools are compiled: one waits for the network, the other for the processor.
fn everything_of(
    programs: &[(&'static str, &'static str)],
    tools: &[Tool],
    of_npm: &[(&str, &str)],
) -> Result<()> {
    wasm_std::ensure()?;
    let packages = debian::missing(programs);
    thread::scope(|scope| {
        let arriving = (!packages.is_empty()).then(|| scope.spawn(|| debian::install(&packages)));
        install(tools)?;
        let Some(arriving) = arriving else { return Ok(()) };
        step(&format!("installing {}", packages.join(" ")), || {
            arriving.join().unwrap_or_else(|_| bail!("installing packages ended badly"))
        })
    })?;
    npm_packages(of_npm)
}

/// Everything.
pub(crate) fn everything() -> Result<()> {
    for_testing()
}

fn has_version(tool: &Tool) -> bool {
    find(tool.binary).is_some()
        && output(command(tool.binary).arg("--version"))
            .is_ok_and(|said| said.split_whitespace().any(|word| word == tool.version))
}

fn install(wanted: &[Tool]) -> Result<()> {
    let missing: Vec<&Tool> = wanted.iter().filter(|tool| !has_version(tool)).collect();
    for tool in &missing {
        step(&format!("installing {} {} ({})", tool.package, tool.version, tool.takes), || {
            let named = format!("{}@{}", tool.package, tool.version);
            if find("cargo-binstall").is_some() {
                let fetched =
                    quietly(cargo().args(["binstall", "--no-confirm", "--root"]).arg(tools()).arg(&named));
                if fetched.is_ok() && has_version(tool) {
                    return Ok(());
                }
            }
            quietly(
                cargo()
                    .args(["install", "--force", "--root"])
                    .arg(tools())
                    .args(tool.flags)
                    .arg(&named)
                    .current_dir(env::temp_dir())
                    .env("CARGO_TARGET_DIR", tools().join("build"))
                    // Tools are built once and run seldom: a quick build is the better bargain.
                    .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
                    .env("CARGO_PROFILE_RELEASE_LTO", "off")
                    .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                    .env("CARGO_PROFILE_RELEASE_DEBUG", "0"),
            )
            .with_context(|| format!("install it by hand with: cargo install {named}"))
        })?;
    }
    // What was compiled on the way is of no further use.
    if !missing.is_empty() && tools().join("build").exists() {
        fs::remove_dir_all(tools().join("build"))?;
    }
    Ok(())
}

/// All of them are named at once: npm removes what it is not told about.
fn npm_packages(wanted: &[(&str, &str)]) -> Result<()> {
    let folder = tools().join("npm");
    let is_there = |(name, version): &(&str, &str)| {
        let manifest = folder.join("node_modules").join(name).join("package.json");
        fs::read_to_string(manifest).is_ok_and(|text| text.contains(&format!("\"version\": \"{version}\"")))
    };
    if wanted.iter().all(is_there) {
        return Ok(());
    }
    let named: Vec<String> = [BINARYEN, LIGHTNINGCSS, AXE_CORE, old_chromium::PACKAGE]
        .into_iter()
        .filter(|package| wanted.contains(package) || is_there(package))
        .map(|(name, version)| format!("{name}@{version}"))
        .collect();
    step(&format!("installing {}", named.join(" ")), || {
        fs::create_dir_all(&folder)?;
        let install = ["install", "--no-audit", "--no-fund", "--no-save", "--prefix"];
        quietly(command("npm").args(install).arg(&folder).args(&named))
    })
}

/// Names a tool that must be there by now.
pub(crate) fn require(program: &str) -> Result<std::path::PathBuf> {
    match find(program) {
        Some(found) => Ok(found),
        None => bail!("{program} is not on the PATH: {}", path().to_string_lossy()),
    }
}
