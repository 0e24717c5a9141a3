//! One word for one thing in every language: the texts use none of those that `docs/GLOSSARY.md` rules out.

use super::files;
use anyhow::{Context as _, Result, ensure};

const GLOSSARY: &str = "docs/GLOSSARY.md";
const HEADING: &str = "## Words of the other languages";

/// A row of the table: the word for something in a language, and those that are never used for it.
#[derive(Debug, PartialEq)]
struct Row<'a> {
    language: &'a str,
    word: &'a str,
    never: Vec<&'a str>,
}

/// Checks the texts of every language that the table names.
pub(super) fn check(faults: &mut Vec<String>) -> Result<()> {
    let documents = files("docs", ".md")?;
    let (_, glossary) = documents.iter().find(|(name, _)| name == GLOSSARY).context(GLOSSARY)?;
    let rows = rows(glossary);
    ensure!(!rows.is_empty(), "{GLOSSARY} has no table under \"{HEADING}\"");
    for (name, text) in files("texts", ".ftl")? {
        for row in rows.iter().filter(|row| name.starts_with(&format!("texts/{}/", row.language))) {
            faults.extend(wrong_words(&text, row).into_iter().map(|(line, wrong)| {
                format!("{name}:{line}: {wrong}: the word is {} ({GLOSSARY})", row.word)
            }));
        }
    }
    Ok(())
}

fn rows(glossary: &str) -> Vec<Row<'_>> {
    let table = glossary.split_once(HEADING).map_or("", |(_, table)| table);
    let section = table.split("\n## ").next().unwrap_or_default();
    let cells = section.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"));
    cells
        .filter_map(|row| {
            let mut cells = row.split(" | ");
            let language = cells.next()?.trim_end_matches('`');
            let word = cells.nth(1)?;
            Some(Row { language, word, never: cells.next()?.split('、').collect() })
        })
        .collect()
}

/// The lines with words that are ruled out, and which.
fn wrong_words<'a>(text: &str, row: &Row<'a>) -> Vec<(usize, &'a str)> {
    let lines = text.lines().enumerate();
    lines
        .flat_map(|(at, line)| {
            row.never.iter().filter(move |wrong| line.contains(**wrong)).map(move |wrong| (at + 1, *wrong))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# G\n\n## Words of the other languages\n\n| language | meaning | word | never |\n|---|---|---|---|\n\
         | `ja` | sign in | サインイン | ログイン、ログオン |\n\n## Next\n| `ja` | a | b | c |\n";

    #[test]
    fn the_table_says_what_is_ruled_out() {
        let expected =
            Row { language: "ja", word: "サインイン", never: vec!["ログイン", "ログオン"] };
        assert_eq!(rows(TABLE), [expected]);
    }

    #[test]
    fn a_word_that_is_ruled_out_is_found_with_its_line() {
        let row = &rows(TABLE)[0];
        assert_eq!(wrong_words("a = サインイン\nb = ログイン\n", row), [(2, "ログイン")]);
    }
}
