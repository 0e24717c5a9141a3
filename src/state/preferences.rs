//! Preferences of this browser: theme, language, and the company typed last.

use super::storage;
use crate::i18n::{self, Language};
use leptos::prelude::*;

const THEME: &str = "causeway.theme";
const LANGUAGE: &str = "causeway.language";
const COMPANY: &str = "causeway.company";

/// Light, dark, or as the machine has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the machine has it.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word it is kept as, and the end of its text's id.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The theme that was chosen.
pub fn theme() -> Theme {
    let kept: Option<String> = storage::read(THEME);
    Theme::ALL.into_iter().find(|theme| kept.as_deref() == Some(theme.as_str())).unwrap_or(Theme::System)
}

/// Chooses a theme.
pub fn set_theme(theme: Theme) {
    storage::write(THEME, &theme.as_str());
    apply_theme();
}

/// Switches between light and dark, from what is seen now.
pub fn switch_theme() {
    let system_dark = window()
        .match_media("(prefers-color-scheme: dark)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches());
    let dark = match theme() {
        Theme::System => system_dark,
        chosen => chosen == Theme::Dark,
    };
    set_theme(if dark { Theme::Light } else { Theme::Dark });
}

/// Puts the chosen theme on the page.
pub fn apply_theme() {
    let Some(root) = document().document_element() else { return };
    // The attribute is known to be valid; there is no other reason to fail.
    let _ = match theme() {
        Theme::System => root.remove_attribute("data-theme"),
        chosen => root.set_attribute("data-theme", chosen.as_str()),
    };
}

/// The language that was chosen, or the best for this browser.
pub fn language() -> String {
    if let Some(kept) = storage::read::<String>(LANGUAGE) {
        return i18n::negotiate([kept.as_str()]).to_owned();
    }
    let wanted: Vec<String> =
        window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect();
    i18n::negotiate(wanted.iter().map(String::as_str)).to_owned()
}

/// Whether someone has chosen a language in this browser.
pub fn has_language() -> bool {
    storage::read::<String>(LANGUAGE).is_some()
}

/// Changes to a language that an address or a profile suggests, unless one was chosen in this browser.
pub async fn suggest_language(language: Language, suggested: &str) {
    if has_language() || suggested == i18n::current() {
        return;
    }
    if let Err(error) = language.change(suggested).await {
        // The page keeps its language.
        leptos::logging::warn!("the texts in {suggested} could not be loaded: {error}");
    }
}

/// Chooses a language.
pub fn set_language(language: &str) {
    storage::write(LANGUAGE, &language);
}

/// The company typed last.
pub fn company() -> String {
    storage::read(COMPANY).unwrap_or_default()
}

/// Remembers the company.
pub fn set_company(company: &str) {
    storage::write(COMPANY, &company);
}
