//! The WebAssembly, after wasm-opt.

use super::{Versions, since};
use crate::shell::{command, output};
use anyhow::{Result, bail};
use std::path::Path;

/// What rustc uses without being asked (target `wasm32-unknown-unknown`, Rust 1.95), in the words of wasm-opt. References
/// (Chrome 96) and the layers of the stylesheet (Chrome 99, Firefox 97, Safari 15.4) decide how old a browser may be.
const FEATURES: [(&str, Versions); 8] = [
    ("bulk-memory", since(75.0, 79.0, 15.0)),
    ("bulk-memory-opt", since(75.0, 79.0, 15.0)),
    ("call-indirect-overlong", since(57.0, 52.0, 11.0)),
    ("multivalue", since(85.0, 78.0, 13.1)),
    ("mutable-globals", since(74.0, 61.0, 13.1)),
    ("nontrapping-float-to-int", since(75.0, 64.0, 15.0)),
    ("reference-types", since(96.0, 79.0, 15.0)),
    ("sign-ext", since(74.0, 62.0, 14.1)),
];

/// Fails if a file uses what some promised browser does not know.
pub(crate) fn check(file: &Path) -> Result<()> {
    let said = output(command("wasm-opt").arg(file).arg("--print-features"))?;
    let unknown: Vec<&str> = said
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--enable-"))
        .filter(|used| !FEATURES.iter().any(|(name, known)| name == used && known.is_everywhere()))
        .collect();
    if unknown.is_empty() {
        return Ok(());
    }
    bail!("{} is not for every promised browser: {}", file.display(), unknown.join(", "))
}
