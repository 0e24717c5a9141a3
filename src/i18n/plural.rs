//! The plural category of a number, by the browser's own `Intl.PluralRules`.

use js_sys::{Array, Intl::PluralRules, Object};
use std::cell::RefCell;

thread_local! {
    /// The rules of the language in use: making them is slow, using them is not.
    static RULES: RefCell<Option<(String, PluralRules)>> = const { RefCell::new(None) };
}

/// Returns `one`, `other` or what else the language has.
pub(super) fn category(language: &str, number: i64) -> String {
    RULES.with_borrow_mut(|slot| {
        if slot.as_ref().is_none_or(|(made_for, _)| made_for != language) {
            let rules = PluralRules::new(&Array::of1(&language.into()), &Object::new());
            *slot = Some((language.to_owned(), rules));
        }
        // No count here is beyond 2^53.
        slot.as_ref().map_or_else(String::new, |(_, rules)| rules.select(number as f64).into())
    })
}
