//! Every test, in the order in which failures are cheapest to find.

use crate::{
    postgres::{Cluster, Disk},
    setup,
    shell::{beside, cargo, command, loudly, quietly, root, say, step},
    spa, tidy,
};
use anyhow::{Context as _, Result};
use std::{fs, process::Command};

/// `cargo xtask test`.
pub(crate) fn all() -> Result<()> {
    setup::for_testing()?;
    // The server names the folder of the application, which need not be built yet.
    fs::create_dir_all(root().join("dist"))?;
    beside(
        "building server, lab and every test (about 7 min the first time)",
        tests(&["--no-run"]),
        spa::build,
    )?;
    let cluster = step("starting a PostgreSQL cluster", || Cluster::start(Disk::Ignored))?;
    say("\n── unit and API tests, on SQLite and PostgreSQL");
    let unit = ["--lib", "--bins", "--test", "api", "--test", "cli", "--test", "faults", "--test", "command"];
    loudly(tests(&unit).env("CAUSEWAY_TEST_POSTGRES", cluster.url())).context("unit and API tests")?;
    drop(cluster);
    components("chrome", "CHROMEDRIVER", "chromedriver")?;
    components("firefox", "GECKODRIVER", "geckodriver")?;
    say("\n── end to end, in Chromium and Firefox");
    let scenarios = scenarios()?;
    let mut chosen: Vec<&str> = scenarios.iter().flat_map(|name| ["--test", name.as_str()]).collect();
    chosen.extend(["--", "--test-threads=2"]);
    loudly(&mut tests(&chosen)).context("end-to-end tests")
}

/// Tests of the whole workspace. Whatever is chosen of them, all of it is compiled with the same features of its
/// dependencies, so nothing is compiled twice; server and lab are built along with their own tests.
pub(crate) fn tests(chosen: &[&str]) -> Command {
    let mut command = cargo();
    command.args(["test", "--workspace", "--features", "causeway-server/demo"]).args(chosen);
    command
}

/// The files and folders of end-to-end scenarios, by name.
fn scenarios() -> Result<Vec<String>> {
    let folder = root().join("tests/e2e/tests");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "rs") || path.join("main.rs").exists() {
            names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    Ok(names)
}

/// Component tests by wasm-pack. With both drivers set it would prefer Firefox, so one is named at a time.
fn components(browser: &str, variable: &str, driver: &str) -> Result<()> {
    say(&format!("\n── components in {browser}"));
    let driver = setup::require(driver)?;
    loudly(
        command("wasm-pack")
            .args(["test", "--headless", &format!("--{browser}"), "--mode", "no-install"])
            .env_remove("CHROMEDRIVER")
            .env_remove("GECKODRIVER")
            .env(variable, driver)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120"),
    )
    .with_context(|| format!("component tests in {browser}"))
}

/// `cargo xtask ci`.
pub(crate) fn ci() -> Result<()> {
    step("formatting", || quietly(cargo().args(["fmt", "--all", "--check"])))?;
    setup::for_testing()?;
    let deny = ["--", "-D", "warnings"];
    step("lints, host", || quietly(cargo().args(["clippy", "--workspace", "--all-targets"]).args(deny)))?;
    step("lints, wasm", || {
        quietly(
            cargo()
                .args([
                    "clippy",
                    "-p",
                    "causeway",
                    "-p",
                    "causeway-api",
                    "-p",
                    "causeway-catalog",
                    "-p",
                    "causeway-ledger",
                    "--all-targets",
                ])
                .args(["--target", "wasm32-unknown-unknown"])
                .args(deny),
        )
    })?;
    tidy::run()?;
    all()
}
