//! A choice above a list: everything, or one of several words.

use leptos::prelude::*;

/// An option of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterOption {
    /// The word that is asked for.
    pub value: String,
    /// Its name as shown.
    pub name: String,
}

/// A select that narrows a list down; its first option is everything.
#[component]
pub fn FilterSelect(
    /// What is chosen, for screen readers.
    label: String,
    /// The option that shows everything.
    all: String,
    /// The other options.
    #[prop(into)]
    options: Signal<Vec<FilterOption>>,
    /// The word chosen at first; empty for everything.
    #[prop(optional)]
    chosen: String,
    /// Another word is chosen; empty for everything.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let options = move || {
        let option = |FilterOption { value, name }: FilterOption| {
            let is_chosen = value == chosen;
            view! { <option value=value selected=is_chosen>{name}</option> }
        };
        options.get().into_iter().map(option).collect_view()
    };
    view! {
        <select class="input input--compact" aria-label=label on:change=move |event| on_change.run(event_target_value(&event))>
            <option value="">{all}</option>
            {options}
        </select>
    }
}
