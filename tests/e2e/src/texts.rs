//! What the interface and the guide say in a language, by the id of the text.

use anyhow::{Context as _, Result};
use std::{collections::HashMap, path::Path};

/// The texts of a language that stand on one line.
pub struct Texts(HashMap<String, String>);

impl Texts {
    /// Reads the texts of the interface that the application is built with.
    pub fn of(language: &str) -> Result<Self> {
        Self::read(language, "interface")
    }

    /// Reads the steps of the guide.
    pub fn of_guide(language: &str) -> Result<Self> {
        Self::read(language, "guide")
    }

    fn read(language: &str, file: &str) -> Result<Self> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../texts/{language}/{file}.ftl"));
        let source = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let named = source.lines().filter_map(|line| line.split_once(" = "));
        Ok(Self(named.map(|(id, text)| (id.to_owned(), text.to_owned())).collect()))
    }

    /// A text.
    pub fn say(&self, id: &str) -> Result<&str> {
        self.0.get(id).map(String::as_str).with_context(|| format!("no text: {id}"))
    }
}
