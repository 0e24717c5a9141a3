//! The field that a list is searched with.

use crate::components::base::icon::{Icon, IconSize};
use leptos::prelude::*;

/// A search field with its icon.
#[component]
pub fn SearchField(
    /// What is searched, for screen readers.
    label: String,
    /// The words in the empty field.
    #[prop(optional)]
    placeholder: Option<String>,
    /// What is typed.
    #[prop(into)]
    value: Signal<String>,
    /// Something else is typed.
    #[prop(into)]
    on_input: Callback<String>,
    /// On a page, where it needs a border of its own.
    #[prop(optional)]
    is_outlined: bool,
) -> impl IntoView {
    view! {
        <div class=if is_outlined { "search search--outlined" } else { "search" }>
            <Icon name="i-search" size=IconSize::Sm />
            <input
                class="input"
                type="search"
                aria-label=label
                placeholder=placeholder
                prop:value=move || value.get()
                on:input=move |event| on_input.run(event_target_value(&event))
            />
        </div>
    }
}
