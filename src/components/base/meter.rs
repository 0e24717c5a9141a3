//! How much of something is used, and how much is held for a while.

use leptos::prelude::*;

/// A bar. Its widths are set through the CSSOM, which a strict content security policy allows.
#[component]
pub fn Meter(
    /// What is measured.
    #[prop(into)]
    label: String,
    /// The same in words.
    #[prop(into)]
    text: String,
    /// Used for good.
    used: i64,
    /// Held for a while.
    held: i64,
    /// All there is.
    limit: i64,
) -> impl IntoView {
    let share = move |part: i64| format!("{}%", (part.max(0) * 100 / limit.max(1)).min(100));
    view! {
        <div
            class="meter__bar"
            role="meter"
            aria-label=label
            aria-valuemin="0"
            aria-valuemax=limit
            aria-valuenow=used + held
            aria-valuetext=text
        >
            <span style:inline-size=share(used)></span>
            {(held > 0).then(|| view! { <span class="meter__held" style:inline-size=share(held)></span> })}
        </div>
    }
}
