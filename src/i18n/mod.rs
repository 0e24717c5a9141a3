//! The texts of the interface: a catalog per language, compiled from Fluent and fetched when the language is chosen.

mod countries;
mod fold;
mod kept;
mod order;
mod plural;
mod time;

use crate::client;
use causeway_catalog::Catalog;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};

pub use causeway_catalog::Arg;
pub use countries::country_name;
pub(crate) use fold::fold;
pub use kept::keep;
pub(crate) use order::sort_by_text;
pub use time::{
    clock_time, day_and_time, day_name, day_number, from_day_and_time, full_date, list_time, local_day,
    machine_time, minutes, now,
};

/// The languages there are: tag, and name in the language itself.
pub const LANGUAGES: [(&str, &str); 4] =
    [("en", "English"), ("zh-Hant", "繁體中文"), ("zh-Hans", "简体中文"), ("ja", "日本語")];

thread_local! {
    static FILE: Cell<&'static str> = const { Cell::new("interface") };
    static CATALOG: RefCell<Option<(String, Catalog)>> = const { RefCell::new(None) };
}

/// The best of our languages for what someone prefers, most wanted first.
pub fn negotiate<'a>(wanted: impl IntoIterator<Item = &'a str>) -> &'static str {
    for tag in wanted {
        let tag = tag.to_ascii_lowercase();
        let found = match tag.split('-').next().unwrap_or_default() {
            "en" => Some("en"),
            "ja" => Some("ja"),
            "zh" if tag.contains("hant")
                || ["-tw", "-hk", "-mo"].iter().any(|region| tag.ends_with(region)) =>
            {
                Some("zh-Hant")
            }
            "zh" => Some("zh-Hans"),
            _ => None,
        };
        if let Some(found) = found {
            return found;
        }
    }
    LANGUAGES[0].0
}

/// Which file of texts this bundle loads: the build writes small ones for small bundles (`xtask/src/texts.rs`).
pub(crate) fn choose_file(name: &'static str) {
    FILE.set(name);
}

/// Fetches the texts of a language and uses them from now on.
pub async fn load(language: &str) -> Result<(), client::ClientError> {
    let source = client::texts(language, FILE.get()).await?;
    install(language, &source)
}

/// Uses these compiled texts from now on.
///
/// # Errors
/// If they arrived damaged.
pub fn install(language: &str, source: &str) -> Result<(), client::ClientError> {
    let catalog = Catalog::parse(source).map_err(|_| client::ClientError::Offline)?;
    CATALOG.with_borrow_mut(|slot| *slot = Some((language.to_owned(), catalog)));
    if let Some(root) = document().document_element() {
        // Without a root element there is no page to set a language for.
        let _ = root.set_attribute("lang", language);
    }
    Ok(())
}

/// The language in use.
pub fn current() -> String {
    CATALOG
        .with_borrow(|slot| slot.as_ref().map_or_else(|| "en".to_owned(), |(language, _)| language.clone()))
}

/// A text.
pub fn t(id: impl AsRef<str>) -> String {
    tx(id, &[])
}

/// A text with what it inserts.
pub fn tx(id: impl AsRef<str>, args: &[(&str, Arg)]) -> String {
    text(id.as_ref(), args)
}

fn text(id: &str, args: &[(&str, Arg)]) -> String {
    let found = CATALOG.with_borrow(|slot| {
        let (language, catalog) = slot.as_ref()?;
        catalog.format(id, args, &|number| plural::category(language, number))
    });
    found.unwrap_or_else(|| {
        warn_missing(id);
        id.to_owned()
    })
}

/// Says where tests and developers look that a text is missing; people see its id.
fn warn_missing(id: &str) {
    web_sys::console::error_1(&format!("no text: {id}").into());
    if let Some(root) = document().document_element() {
        // It was said above already.
        let _ = root.set_attribute("data-missing-text", id);
    }
}

/// The language in use, as a signal: another one makes the pages anew.
#[derive(Clone, Copy)]
pub struct Language(RwSignal<String>, kept::Kept);

impl Language {
    /// Provides the language in use to everything below.
    pub fn provide() -> Self {
        let language = Self(RwSignal::new(current()), kept::Kept::provide());
        provide_context(language);
        language
    }

    /// Makes whatever runs here run again after a change.
    pub fn track(self) {
        self.0.track();
    }

    /// Changes the language, once its texts have arrived. What was typed is there again afterwards.
    pub async fn change(self, language: &str) -> Result<(), client::ClientError> {
        load(language).await?;
        self.1.begin();
        self.0.set(language.to_owned());
        // The pages are made anew in the next turn of the event loop, and one turn later they are there.
        gloo_timers::future::TimeoutFuture::new(0).await;
        leptos::task::tick().await;
        self.1.end();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_language_is_chosen() {
        assert_eq!(negotiate(["fr-FR", "zh-TW"]), "zh-Hant");
        assert_eq!(negotiate(["zh-Hant-HK"]), "zh-Hant");
        assert_eq!(negotiate(["zh-CN"]), "zh-Hans");
        assert_eq!(negotiate(["ja-JP", "en"]), "ja");
        assert_eq!(negotiate(["de"]), "en");
    }
}
