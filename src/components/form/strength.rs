//! How hard a new password looks to guess, while it is typed. The server decides.

use crate::i18n::{Arg, t, tx};
use causeway_api::validate::{Strength, password_strength};
use leptos::prelude::*;

/// The hint below a field for a new password.
#[component]
pub fn StrengthHint(
    /// What is typed.
    #[prop(into)]
    password: Signal<String>,
) -> impl IntoView {
    let word = move || {
        password.with(|password| {
            (!password.is_empty()).then(|| match password_strength(password) {
                Strength::Short => "strength-short",
                Strength::Weak => "strength-weak",
                Strength::Good => "strength-good",
                Strength::Strong => "strength-strong",
            })
        })
    };
    view! {
        <p class="field__hint field__hint--kept" role="status">
            {move || word().map(|word| tx("strength", &[("word", Arg::Text(&t(word)))]))}
        </p>
    }
}
