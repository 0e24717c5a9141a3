//! Chromium 109, for tests of what people have at work: from a package of npm that carries the browser itself.

use crate::shell::{command, quietly, step, tools};
use anyhow::{Context as _, Result};
use std::{fs, io, os::unix::fs::symlink, path::Path};

/// Name and version of the package.
pub(super) const PACKAGE: (&str, &str) = ("@sparticuz/chromium", "109.0.6");

/// Unpacks browser and libraries, unless they are there; the program is `chromium-109` beside the other tools.
pub(super) fn unpack() -> Result<()> {
    let program = tools().join("bin/chromium-109");
    if program.exists() {
        return Ok(());
    }
    step("unpacking Chromium 109", || {
        let packed = tools().join("npm/node_modules").join(PACKAGE.0).join("bin");
        let folder = tools().join("chromium-109");
        fs::create_dir_all(&folder)?;
        fs::create_dir_all(tools().join("bin"))?;
        let libraries = folder.join("libraries.tar");
        decompress(&packed.join("swiftshader.tar.br"), &libraries)?;
        quietly(command("tar").arg("-xf").arg(&libraries).arg("-C").arg(&folder))?;
        fs::remove_file(&libraries)?;
        let own = folder.join("chromium");
        decompress(&packed.join("chromium.br"), &own)?;
        quietly(command("chmod").arg("+x").arg(&own))?;
        Ok(symlink(own, program)?)
    })
}

fn decompress(from: &Path, to: &Path) -> Result<()> {
    let packed = fs::File::open(from).with_context(|| from.display().to_string())?;
    let mut plain = brotli::Decompressor::new(io::BufReader::new(packed), 1 << 16);
    io::copy(&mut plain, &mut fs::File::create(to)?)?;
    Ok(())
}
