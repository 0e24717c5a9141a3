//! Fields for phone numbers.

mod country;

use crate::{
    components::form::field::ErrorOf,
    i18n::{Arg, country_name, t, tx},
};
use causeway_api::{contacts::Country, validate::Fault};
use leptos::prelude::*;

/// Returns the error of a field for a number as typed, which names the country that the number is none of; `chosen` is the
/// country that was chosen with it.
pub(super) fn naming_country(
    error: ErrorOf,
    number: Signal<String>,
    chosen: Signal<String>,
    countries: Signal<Vec<Country>>,
) -> ErrorOf {
    let text = Signal::derive(move || {
        let text = error.text().get()?;
        if text != t(Fault::Phone) {
            return Some(text);
        }
        // What was refused is named, not what is typed since.
        let meant = number.with_untracked(|number| {
            chosen.with_untracked(|chosen| {
                countries.with_untracked(|countries| country::meant_country(number, chosen, countries))
            })
        });
        let named = meant.map(|code| tx("phone-not-in", &[("country", Arg::Text(&country_name(&code)))]));
        Some(named.unwrap_or(text))
    });
    ErrorOf::new(text, move || error.correct())
}
