//! The texts of the application, compiled into catalogs: the whole, and for each small bundle those that it can show.
//! Signing in should not load the words of the admin's pages.

use anyhow::{Context as _, Result, ensure};
use causeway_catalog::{compile, compile_some};
use std::{fs, path::Path};

/// Beginnings of ids that stand whole in no code: the server names what it refuses, and channels are put together.
const NAMED_ELSEWHERE: [&str; 3] = ["channel-", "error-", "fault-"];

/// Compiles `texts/LANGUAGE/interface.ftl` to JSON; what it was compiled from is not published.
pub(crate) fn publish(staging: &Path) -> Result<()> {
    for language in fs::read_dir(staging.join("texts"))?.flatten() {
        let whole = language.path().join("interface.ftl");
        let source = fs::read_to_string(&whole).with_context(|| whole.display().to_string())?;
        let catalog = compile(&source).with_context(|| whole.display().to_string())?;
        fs::write(whole.with_extension("json"), catalog)?;
        fs::remove_file(whole)?;
        fs::remove_file(language.path().join("outbox.ftl"))?;
    }
    Ok(())
}

/// Writes `texts/LANGUAGE/BUNDLE.json` with every text whose id stands in the code of the bundle. Ids reach the code as
/// they are, as the texts are found by them at run time.
pub(crate) fn for_bundle(staging: &Path, bundle: &str, code: &[u8]) -> Result<()> {
    let words = words(code);
    for language in fs::read_dir(staging.join("texts"))?.flatten() {
        let whole = language.path().join("interface.ftl");
        let source = fs::read_to_string(&whole).with_context(|| whole.display().to_string())?;
        let mut count = 0;
        let catalog = compile_some(&source, |id| {
            let is_shown = is_shown(id, &words);
            count += usize::from(is_shown);
            is_shown
        })?;
        ensure!(count > NAMED_ELSEWHERE.len(), "{bundle} shows no text");
        fs::write(language.path().join(format!("{bundle}.json")), catalog)?;
    }
    Ok(())
}

fn is_shown(id: &str, words: &str) -> bool {
    NAMED_ELSEWHERE.iter().any(|beginning| id.starts_with(beginning)) || words.contains(id)
}

/// Whatever in the code could be part of an id. Constants stand there one behind the other without a mark between.
fn words(code: &[u8]) -> String {
    let is_letter = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    let pieces = code.split(|byte| !is_letter(byte)).filter(|piece| piece.len() > 1);
    pieces.map(|piece| String::from_utf8_lossy(piece)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_shows_what_its_code_names_and_what_the_server_may_name() {
        let words = words(b"\0asm\xff.login-titlecode-hint\x80no");
        let shown = |id| is_shown(id, &words);
        assert!(shown("login-title") && shown("code-hint") && shown("no") && shown("fault-empty"));
        assert!(!shown("audit-title"));
    }
}
