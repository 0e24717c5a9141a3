//! What the bundles are made of: their sizes with brotli, and of the code the ten largest parts. Names are read where they
//! still are, before wasm-opt, so the parts are shares of what rustc has written.

use crate::table::{Goal, Table};
use anyhow::{Context as _, Result};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use wasmparser::{Name, NameSectionReader, Parser, Payload};

/// The bundles.
const BUNDLES: [&str; 6] = ["entry", "visit", "client", "portal", "admin", "scanner"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn measure(table: &mut Table) -> Result<()> {
    for bundle in BUNDLES {
        let kilobytes = packed(bundle)? as f64 / 1e3;
        table.add(&format!("bundle {bundle}: code and glue with brotli"), kilobytes, "kB", Goal::None)?;
        let code = root().join("target/wasm32-unknown-unknown/wasm-release").join(format!("{bundle}.wasm"));
        let parts = parts(&fs::read(&code).with_context(|| code.display().to_string())?)?;
        let whole: usize = parts.values().sum();
        let mut largest: Vec<_> = parts.into_iter().collect();
        largest.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
        for (part, size) in largest.into_iter().take(10) {
            table.add(&format!("  {part}"), size as f64 * 100.0 / whole as f64, "%", Goal::None)?;
        }
    }
    Ok(())
}

/// Bytes of the compressed files of a bundle.
fn packed(bundle: &str) -> Result<u64> {
    let mut sum = 0;
    for file in fs::read_dir(root().join("dist"))? {
        let file = file?;
        let name = file.file_name().to_string_lossy().into_owned();
        let is_packed = file.path().extension().is_some_and(|end| end == "br");
        if is_packed && name.strip_prefix(bundle).is_some_and(|rest| rest.starts_with('-')) {
            sum += file.metadata()?.len();
        }
    }
    Ok(sum)
}

/// Bytes of code by part.
fn parts(wasm: &[u8]) -> Result<BTreeMap<String, usize>> {
    let (mut imported, mut sizes, mut names) = (0, Vec::new(), BTreeMap::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += usize::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(body.as_bytes().len()),
            Payload::CustomSection(section) if section.name() == "name" => {
                for name in NameSectionReader::new(wasmparser::BinaryReader::new(
                    section.data(),
                    section.data_offset(),
                )) {
                    if let Name::Function(map) = name? {
                        for naming in map {
                            let naming = naming?;
                            names.insert(naming.index as usize, part(naming.name));
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let mut parts = BTreeMap::new();
    for (at, size) in sizes.into_iter().enumerate() {
        let part = names.get(&(at + imported)).cloned().unwrap_or_else(|| "(without a name)".to_owned());
        *parts.entry(part).or_default() += size;
    }
    Ok(parts)
}

/// The crate that a function is written in or for; of our own the module, too.
fn part(symbol: &str) -> String {
    let name = format!("{:#}", rustc_demangle::demangle(symbol));
    let path: String = name.trim_start_matches(['<', '&', '*', '(', '_']).trim_start_matches("mut ").into();
    let mut steps = path.split("::").map(|step| step.split([' ', '<', '[', '>']).next().unwrap_or_default());
    let first = steps.next().unwrap_or_default();
    if first.starts_with("causeway") {
        return steps.take(2).fold(first.to_owned(), |path, step| format!("{path}::{step}"));
    }
    first.to_owned()
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn a_function_belongs_to_a_crate_and_ours_to_a_module() {
        assert_eq!(part("_ZN8causeway5pages5chats4list4open17h0123456789abcdefE"), "causeway::pages::chats");
        assert_eq!(part("_ZN10serde_json2de8from_str17h0123456789abcdefE"), "serde_json");
        assert_eq!(part("main"), "main");
    }
}
