//! Running programs: quietly, with a progress line per step; what they said is shown when they fail.

use anyhow::{Context as _, Result, bail};
use std::{
    env,
    ffi::OsString,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Instant,
};

/// The project's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The folder of tools that this project builds for itself.
pub(crate) fn tools() -> PathBuf {
    root().join(".tools")
}

/// Prints a line.
pub(crate) fn say(line: &str) {
    // Without standard output there is no one to tell.
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// A step with a progress line and its time.
pub(crate) fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let begun = Instant::now();
    let mut out = std::io::stdout();
    // As above.
    let _ = write!(out, "• {what} … ").and_then(|()| out.flush());
    let done = work();
    say(&format!("{:.1} s{}", begun.elapsed().as_secs_f32(), if done.is_ok() { "" } else { ", failed" }));
    done.with_context(|| what.to_owned())
}

/// The PATH with the project's own tools in front.
pub(crate) fn path() -> OsString {
    let own = [tools().join("bin"), tools().join("npm/node_modules/.bin")];
    let rest = env::var_os("PATH").unwrap_or_default();
    env::join_paths(own.into_iter().chain(env::split_paths(&rest))).unwrap_or(rest)
}

/// A program of that name on the PATH or among the project's own tools.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&path()).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// A command in the project's folder.
pub(crate) fn command(program: &str) -> Command {
    let mut command = Command::new(find(program).unwrap_or_else(|| program.into()));
    command.current_dir(root()).env("PATH", path()).stdin(Stdio::null());
    command
}

/// cargo, as this very command was started.
pub(crate) fn cargo() -> Command {
    let mut command = command(&env::var("CARGO").unwrap_or_else(|_| "cargo".into()));
    // What cargo tells a program that it runs is not meant for the next cargo.
    for (name, _) in
        env::vars().filter(|(name, _)| name.starts_with("CARGO_PKG_") || name == "CARGO_MANIFEST_DIR")
    {
        command.env_remove(name);
    }
    command
}

/// Memory that two builds at once need, in KiB; with less they follow each other.
const ROOM_FOR_TWO: u64 = 6 << 20;

/// Whether this machine tells that it has room for two builds at once (proc(5), `meminfo`).
fn has_room_for_two() -> bool {
    let told = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let free = told.lines().find_map(|line| line.strip_prefix("MemAvailable:"));
    let free = free.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    free.is_some_and(|free| free >= ROOM_FOR_TWO)
}

/// Runs a build beside other work, which leaves a processor idle again and again; after it where memory is short.
pub(crate) fn beside<T>(what: &str, mut build: Command, work: impl FnOnce() -> Result<T>) -> Result<T> {
    if !has_room_for_two() {
        let done = work()?;
        step(what, || quietly(&mut build))?;
        return Ok(done);
    }
    thread::scope(|scope| {
        let building = scope.spawn(move || logged("beside", &mut build));
        let done = work();
        // The other work may have failed because of what the build will tell.
        let ended = step(&format!("{what}, begun meanwhile"), || {
            building.join().unwrap_or_else(|_| bail!("the build ended badly"))
        });
        let done = done?;
        ended.map(|()| done)
    })
}

/// Runs a command; its words go to a log file, whose end is shown when it fails.
pub(crate) fn quietly(command: &mut Command) -> Result<()> {
    let name =
        Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    logged(&name, command)
}

fn logged(name: &str, command: &mut Command) -> Result<()> {
    fs::create_dir_all(tools().join("log"))?;
    let path = tools().join("log").join(format!("{name}.log"));
    let log = fs::File::create(&path)?;
    let status = command
        .stdout(log.try_clone()?)
        .stderr(log)
        .status()
        .with_context(|| format!("{name} cannot be started"))?;
    if status.success() {
        return Ok(());
    }
    let text = fs::read_to_string(&path).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    bail!("{name} said:\n{}", lines[lines.len().saturating_sub(40)..].join("\n"))
}

/// Runs a command whose words people want to see.
pub(crate) fn loudly(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("{name} cannot be started"))?;
    if status.success() { Ok(()) } else { bail!("{name} ended with {status}") }
}

/// What a command prints.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output =
        command.stderr(Stdio::piped()).output().with_context(|| format!("{name} cannot be started"))?;
    if !output.status.success() {
        bail!("{name}: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether this process may install system packages by itself.
pub(crate) fn is_root() -> bool {
    output(command("id").arg("-u")).is_ok_and(|id| id == "0")
}

/// A program that runs until this value is dropped.
pub(crate) struct Running(pub(crate) std::process::Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
