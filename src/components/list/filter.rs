//! A choice above a list: everything, or one of several.

use leptos::prelude::*;

/// An option of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterOption<T> {
    /// What is asked for.
    pub value: T,
    /// Its name as shown.
    pub name: String,
}

/// A select that narrows a list down; its first option is everything.
#[component]
pub fn FilterSelect<T: Clone + PartialEq + Send + Sync + 'static>(
    /// What is chosen, for screen readers.
    label: String,
    /// The option that shows everything.
    all: String,
    /// The other options.
    #[prop(into)]
    options: Signal<Vec<FilterOption<T>>>,
    /// What is chosen at first; nothing for everything.
    #[prop(optional_no_strip)]
    chosen: Option<T>,
    /// Another one is chosen; nothing for everything.
    #[prop(into)]
    on_change: Callback<Option<T>>,
) -> impl IntoView {
    let shown = move || {
        let option = |(place, FilterOption { value, name }): (usize, FilterOption<T>)| {
            let is_chosen = chosen.as_ref() == Some(&value);
            view! {
                <option value=place.to_string() selected=is_chosen>
                    {name}
                </option>
            }
        };
        options.get().into_iter().enumerate().map(option).collect_view()
    };
    let change = move |place: String| {
        let place = place.parse::<usize>().ok();
        on_change.run(place.and_then(|place| {
            options.with_untracked(|all| all.get(place).map(|option| option.value.clone()))
        }));
    };
    view! {
        <select class="input input--compact" aria-label=label on:change=move |event| change(event_target_value(&event))>
            <option value="">{all}</option>
            {shown}
        </select>
    }
}
