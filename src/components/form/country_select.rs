//! Choosing a country, with or without its calling code.

use crate::i18n::{self, country_name};
use causeway_api::contacts::Country;
use leptos::prelude::*;

/// A select with every country, by name.
#[component]
pub fn CountrySelect(
    /// The id of the select, which the label names.
    id: &'static str,
    /// The countries.
    #[prop(into)]
    countries: Signal<Vec<Country>>,
    /// The code that was chosen.
    value: RwSignal<String>,
    /// Shows calling codes, as a field for phone numbers wants them.
    #[prop(optional)]
    with_calling: bool,
    /// What the browser may fill in.
    autocomplete: &'static str,
) -> impl IntoView {
    let options = move || {
        let mut named: Vec<(String, Country)> = countries
            .with(|all| all.iter().map(|country| (country_name(&country.code), country.clone())).collect());
        i18n::sort_by_text(&mut named, |(name, _)| name);
        let chosen = value.get_untracked();
        named
            .into_iter()
            .map(|(name, country)| {
                let label = if with_calling { format!("{name} +{}", country.calling) } else { name };
                view! {
                    <option value=country.code.clone() selected=country.code == chosen>
                        {label}
                    </option>
                }
            })
            .collect_view()
    };
    view! {
        <select
            class=if with_calling { "input input--lg" } else { "input" }
            id=id
            autocomplete=autocomplete
            prop:value=move || value.get()
            on:change=move |event| value.set(event_target_value(&event))
        >
            {(!with_calling).then(|| view! { <option value=""></option> })}
            {options}
        </select>
    }
}
