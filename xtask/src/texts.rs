//! The texts that a small bundle can show, in a file of their own beside the whole: signing in should not load the words
//! of the admin's pages.

use anyhow::{Context as _, Result, ensure};
use fluent_syntax::{ast::Entry, parser, serializer};
use std::{fs, path::Path};

/// Beginnings of ids that stand whole in no code: the server names what it refuses, and channels are put together.
const NAMED_ELSEWHERE: [&str; 3] = ["channel-", "error-", "fault-"];

/// Writes `texts/LANGUAGE/BUNDLE.ftl` with every text whose id stands in the code of the bundle. Ids reach the code as
/// they are, as the texts are found by them at run time.
pub(crate) fn for_bundle(staging: &Path, bundle: &str, code: &[u8]) -> Result<()> {
    let words = words(code);
    for language in fs::read_dir(staging.join("texts"))?.flatten() {
        let whole = language.path().join("interface.ftl");
        let source = fs::read_to_string(&whole).with_context(|| whole.display().to_string())?;
        let Ok(mut texts) = parser::parse(source) else {
            anyhow::bail!("{} cannot be read", whole.display())
        };
        texts
            .body
            .retain(|entry| matches!(entry, Entry::Message(message) if is_shown(&message.id.name, &words)));
        ensure!(texts.body.len() > NAMED_ELSEWHERE.len(), "{bundle} shows no text");
        fs::write(language.path().join(format!("{bundle}.ftl")), serializer::serialize(&texts))?;
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
