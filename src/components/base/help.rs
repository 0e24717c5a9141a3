//! A question mark that explains a word, on hover and on focus; Esc hides it.

use super::icon::{Icon, IconSize};
use crate::i18n::{Arg, tx};
use leptos::prelude::*;

/// The explanation of something.
#[component]
pub fn Help(
    /// An id for the tip, of its own on the page.
    #[prop(into)]
    id: String,
    /// What is explained.
    #[prop(into)]
    subject: String,
    /// The explanation.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let button = NodeRef::<leptos::html::Button>::new();
    let hide = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape"
            && let Some(button) = button.get_untracked()
        {
            // A button that is there loses the focus when it is told to.
            let _ = button.blur();
        }
    };
    view! {
        <span class="help">
            <button
                node_ref=button
                class="help__button"
                type="button"
                aria-label=tx("help-on", &[("subject", Arg::Text(&subject))])
                aria-describedby=id.clone()
                on:keydown=hide
            >
                <Icon name="i-help" size=IconSize::Sm />
            </button>
            <span class="help__tip" role="tooltip" id=id>
                {text}
            </span>
        </span>
    }
}
