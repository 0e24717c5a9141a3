//! Every test, in the order in which failures are cheapest to find.

use crate::{
    demo,
    postgres::Cluster,
    setup,
    shell::{cargo, command, loudly, quietly, say, step},
    spa, tidy,
};
use anyhow::{Context as _, Result};

/// `cargo xtask test`.
pub(crate) fn all() -> Result<()> {
    setup::for_testing()?;
    spa::build()?;
    demo::build_server()?;
    let cluster = step("starting a PostgreSQL cluster", Cluster::start)?;
    say("\n── unit and API tests, on SQLite and PostgreSQL");
    loudly(
        cargo()
            .args(["test", "--workspace", "--exclude", "causeway-e2e", "--features", "causeway-server/demo"])
            .env("CAUSEWAY_TEST_POSTGRES", cluster.url()),
    )
    .context("unit and API tests")?;
    drop(cluster);
    components("chrome", "CHROMEDRIVER", "chromedriver")?;
    components("firefox", "GECKODRIVER", "geckodriver")?;
    say("\n── end to end, in Chromium and Firefox");
    loudly(cargo().args(["test", "-p", "causeway-e2e", "--", "--test-threads=2"])).context("end-to-end tests")
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
    setup::for_building()?;
    let deny = ["--", "-D", "warnings"];
    step("lints, host", || quietly(cargo().args(["clippy", "--workspace", "--all-targets"]).args(deny)))?;
    step("lints, wasm", || {
        quietly(
            cargo()
                .args(["clippy", "-p", "causeway", "-p", "causeway-api", "--all-targets"])
                .args(["--target", "wasm32-unknown-unknown"])
                .args(deny),
        )
    })?;
    tidy::run()?;
    all()
}
