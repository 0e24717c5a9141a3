//! The demo: everything built, the lab and the server started, their sheet printed.

use crate::{
    ports, setup,
    shell::{Running, beside, cargo, command, loudly, root, say},
    spa,
};
use anyhow::{Context as _, Result, bail};
use std::{fs, path::PathBuf, process::Command};

/// How the demo is started.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The port of the portal.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The port of the lab's inbox.
    #[arg(long, default_value_t = 8081)]
    lab_port: u16,
    /// The data folder [default: .demo in the project].
    #[arg(long)]
    data: Option<PathBuf>,
    /// Begin with an empty data folder.
    #[arg(long)]
    fresh: bool,
}

/// What builds server and lab as the demo uses them.
fn server_build() -> Result<Command> {
    // The server names the folder of the application, which need not be built yet.
    fs::create_dir_all(root().join("dist"))?;
    let mut build = cargo();
    let packages = ["-p", "causeway-server", "-p", "causeway-lab", "--features", "causeway-server/demo"];
    build.arg("build").args(packages);
    Ok(build)
}

/// The step of both.
const SERVER: &str = "building server and lab (about 4 min the first time)";

/// `cargo xtask demo`.
pub(crate) fn run(args: &Args) -> Result<()> {
    beside(SERVER, server_build()?, || {
        setup::for_building()?;
        spa::build()
    })?;
    let (_lab, mut server) = start(args)?;
    let status = server.0.wait()?;
    // Ctrl-C reaches server and lab alike; that is how the demo ends.
    if status.success() || status.code().is_none() { Ok(()) } else { bail!("the server ended with {status}") }
}

/// `cargo xtask dev`: the demo's server, and Trunk in front of it with live reload.
pub(crate) fn develop(args: &Args) -> Result<()> {
    beside(SERVER, server_build()?, || {
        setup::for_building()?;
        if root().join("dist/index.html").exists() { Ok(()) } else { spa::build() }
    })?;
    let running = start(args)?;
    say("\n  Trunk serves the application with live reload on http://127.0.0.1:8082\n");
    let done = loudly(command("trunk").args(["serve", "--dist", "target/dev"]));
    drop(running);
    done
}

fn start(args: &Args) -> Result<(Running, Running)> {
    let data = args.data.clone().unwrap_or_else(|| root().join(".demo"));
    if args.fresh && data.exists() {
        let is_demo = data.join("demo.json").exists() || fs::read_dir(&data)?.next().is_none();
        if !is_demo {
            bail!("{} does not look like a demo's data folder; it is left alone", data.display());
        }
        fs::remove_dir_all(&data)?;
    }
    fs::create_dir_all(&data)?;
    let smtp = ports::free()?.to_string();
    let (port, lab_port) = (args.port.to_string(), args.lab_port.to_string());
    let lab = spawn(command("target/debug/causeway-lab").args(["--port", &lab_port, "--smtp-port", &smtp]))?;
    let log = fs::File::create(data.join("causeway.log"))?;
    let server = spawn(
        command("target/debug/causeway")
            .args(["demo", "--port", &port, "--lab-port", &lab_port, "--smtp-port", &smtp, "--data"])
            .arg(&data)
            .stderr(log),
    );
    say(&format!("  Logs are in {}; Ctrl-C ends the demo.", data.join("causeway.log").display()));
    Ok((lab, server?))
}

fn spawn(command: &mut Command) -> Result<Running> {
    let name = command.get_program().to_string_lossy().into_owned();
    Ok(Running(command.spawn().with_context(|| format!("{name} cannot be started"))?))
}
