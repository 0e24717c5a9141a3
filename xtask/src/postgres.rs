//! A PostgreSQL cluster of its own for the tests: on a free port, in a temporary folder, gone afterwards.

use crate::{
    ports,
    setup::debian::postgres_program,
    shell::{command, is_root, quietly, root},
};
use anyhow::{Context as _, Result};
use std::{fs, path::PathBuf, process::Command};

/// Whether a cluster waits for the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Disk {
    /// For tests, which want answers.
    Ignored,
    /// For figures.
    Awaited,
}

/// A running cluster.
pub(crate) struct Cluster {
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// Starts one. PostgreSQL refuses to run as root, so root lends it the user that its package made.
    pub(crate) fn start(disk: Disk) -> Result<Self> {
        let port = ports::free()?;
        let folder = std::env::temp_dir().join(format!("causeway-postgres-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        if is_root() {
            quietly(command("chown").arg("postgres").arg(&folder))?;
        }
        let cluster = Self { folder, port };
        let data = cluster.folder.join("data");
        quietly(
            program("initdb")?
                .args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "-D"])
                .arg(&data),
        )?;
        let waits = if disk == Disk::Awaited { "on" } else { "off" };
        let settings = format!(
            "-p {port} -k {} -c listen_addresses=127.0.0.1 -c fsync={waits} -c synchronous_commit={waits} \
             -c max_connections=300",
            cluster.folder.display()
        );
        quietly(
            program("pg_ctl")?
                .args(["-w", "-l"])
                .arg(cluster.folder.join("log"))
                .arg("-D")
                .arg(&data)
                .args(["-o", &settings, "start"]),
        )?;
        Ok(cluster)
    }

    /// The address of its database.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // What cannot be stopped or removed is in the temporary folder and harms no one.
        if let Ok(mut stop) = program("pg_ctl") {
            let _ = quietly(stop.args(["-m", "immediate", "-D"]).arg(self.folder.join("data")).arg("stop"));
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn program(name: &str) -> Result<Command> {
    let path = postgres_program(name).with_context(|| format!("PostgreSQL's {name} is missing"))?;
    if !is_root() {
        let mut direct = Command::new(path);
        direct.current_dir(root());
        return Ok(direct);
    }
    let mut lent = command("runuser");
    lent.args(["-u", "postgres", "--"]).arg(path).current_dir("/");
    Ok(lent)
}
