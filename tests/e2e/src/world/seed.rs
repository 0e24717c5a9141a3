//! What a fresh demo is made of. Seeding takes longer than everything else of a start, so it is done once in a process.

use super::{Build, Ports, World};
use anyhow::{Context as _, Result};
use std::{
    fs,
    path::{Path, PathBuf},
};
use tokio::sync::OnceCell;

/// The files of a data folder: the server does not take a key that others may read.
type Files = Vec<(PathBuf, fs::Permissions, Vec<u8>)>;

/// The data of a demo that no one has used.
static SEEDED: OnceCell<Files> = OnceCell::const_new();

/// Puts a fresh demo into a folder.
pub(super) async fn write(build: Build, folder: &Path) -> Result<()> {
    for (name, permissions, bytes) in SEEDED.get_or_try_init(|| seed(build)).await? {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().context("a file in a folder")?)?;
        fs::write(&path, bytes)?;
        fs::set_permissions(path, permissions.clone())?;
    }
    Ok(())
}

/// Starts a demo in a folder of its own, stops it in good order, and returns what it has written.
async fn seed(build: Build) -> Result<Files> {
    let (folder, ports) = (tempfile::tempdir()?, Ports::free()?);
    let mut server = World::serve(build, folder.path(), ports)?;
    ports.ready(super::PATIENCE).await?;
    let process = server.id().and_then(|id| rustix::process::Pid::from_raw(id.try_into().ok()?));
    rustix::process::kill_process(process.context("the server has ended")?, rustix::process::Signal::TERM)?;
    server.wait().await?;
    let mut files = Files::new();
    collect(folder.path(), Path::new(""), &mut files)?;
    files.retain(|(path, ..)| path != Path::new("causeway.log"));
    Ok(files)
}

/// Every file in a folder, by its path in there.
fn collect(folder: &Path, within: &Path, files: &mut Files) -> Result<()> {
    for entry in fs::read_dir(folder.join(within))? {
        let (entry, path) = entry.map(|entry| (within.join(entry.file_name()), entry.path()))?;
        if path.is_dir() {
            collect(folder, &entry, files)?;
        } else {
            files.push((entry, fs::metadata(&path)?.permissions(), fs::read(path)?));
        }
    }
    Ok(())
}
