//! Message catalogs: every text of the application in one language, by its id.
//!
//! The texts are written as [Fluent](https://projectfluent.org) files and compiled to JSON when the application is built:
//! no browser loads a parser of Fluent or tables of plural rules. A compiled text is written as ICU MessageFormat writes
//! it, of which two forms are used: `{name}`, and `{name, plural, one {…} other {…}}`.

#[cfg(feature = "compile")]
mod compile;
mod message;

#[cfg(feature = "compile")]
pub use compile::{compile, compile_some};

use std::collections::BTreeMap;

/// What a text inserts.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    /// Text, inserted as it is.
    Text(&'a str),
    /// A number, which may choose a plural form.
    Number(i64),
}

/// The texts of one language.
#[derive(Debug)]
pub struct Catalog(BTreeMap<String, String>);

impl Catalog {
    /// Reads what [`compile`] wrote.
    ///
    /// # Errors
    /// If it is not a JSON object of texts.
    pub fn parse(source: &str) -> serde_json::Result<Self> {
        serde_json::from_str(source).map(Self)
    }

    /// Returns a text with what it inserts; `None` if there is no such text. `category` returns the plural category of a
    /// number in the language of the catalog, as `Intl.PluralRules` names it.
    pub fn format(&self, id: &str, args: &[(&str, Arg)], category: &dyn Fn(i64) -> String) -> Option<String> {
        let text = self.0.get(id)?;
        let mut formatted = String::with_capacity(text.len());
        message::format(text, args, category, &mut formatted);
        Some(formatted)
    }
}
