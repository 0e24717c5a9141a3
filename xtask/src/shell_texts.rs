//! The texts of the forms in the static shell (`shell/`), written into the page: they are read before any text is loaded.

use anyhow::{Context as _, Result, ensure};
use causeway_catalog::{Arg, Catalog, compile};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Stands in `index.html` where the texts belong.
const PLACE: &str = "\"unbuilt\"";

/// The attributes that name a text.
const ATTRIBUTES: [&str; 2] = ["data-text=", "data-label="];

/// Returns the page with the texts that its shell names, in every language.
pub(crate) fn insert(staging: &Path, html: &str) -> Result<String> {
    let ids = ids_named(html);
    ensure!(!ids.is_empty(), "the shell names no text");
    let mut languages = BTreeMap::new();
    for language in fs::read_dir(staging.join("texts"))?.flatten() {
        let source = fs::read_to_string(language.path().join("interface.ftl"))?;
        let catalog = Catalog::parse(&compile(&source)?)?;
        let mut texts = BTreeMap::new();
        for id in &ids {
            // The script puts the name of the company there, once it knows it.
            let text = catalog.format(id, &[("company", Arg::Text("{company}"))], &|_| String::new());
            texts.insert(*id, text.with_context(|| format!("the shell names {id}, which is no text"))?);
        }
        languages.insert(language.file_name().to_string_lossy().into_owned(), texts);
    }
    ensure!(html.contains(PLACE), "index.html has no place for the texts of its shell");
    // No text can end the script.
    let json = serde_json::to_string(&languages)?.replace('<', "\\u003c");
    Ok(html.replace(PLACE, &json))
}

/// The ids of texts that the page names.
fn ids_named(html: &str) -> BTreeSet<&str> {
    ATTRIBUTES
        .iter()
        .flat_map(|attribute| html.split(attribute).skip(1))
        .filter_map(|rest| {
            let rest = rest.trim_start_matches('"');
            rest.split(['"', ' ', '>']).next()
        })
        .filter(|id| !id.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_a_page_names_are_found_with_and_without_quotes() {
        let html =
            "<p data-text=\"company-title\"></p><ol class=x data-label=progress data-x><b data-text=code>";
        assert_eq!(ids_named(html).into_iter().collect::<Vec<_>>(), ["code", "company-title", "progress"]);
    }
}
