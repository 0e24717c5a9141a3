//! A question mark that explains a word, on hover and on focus. Esc hides it, wherever the focus is (WCAG 2.2, 1.4.13).

use super::icon::{Icon, IconSize};
use crate::i18n::{Arg, tx};
use leptos::{ev, prelude::*};

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
    let is_dismissed = RwSignal::new(false);
    let listener = StoredValue::new_local(None::<WindowListenerHandle>);
    let unlisten = move || {
        if let Some(listener) = listener.try_update_value(Option::take).flatten() {
            listener.remove();
        }
    };
    let open = move || {
        unlisten();
        let escape = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" {
                is_dismissed.set(true);
            }
        });
        listener.set_value(Some(escape));
    };
    let close = move || {
        unlisten();
        is_dismissed.set(false);
    };
    on_cleanup(unlisten);
    view! {
        <span
            class="help"
            data-dismissed=move || is_dismissed.get()
            on:mouseenter=move |_| open()
            on:mouseleave=move |_| close()
            on:focusin=move |_| open()
            on:focusout=move |_| close()
        >
            <button
                class="help__button"
                type="button"
                aria-label=tx("help-on", &[("subject", Arg::Text(&subject))])
                aria-describedby=id.clone()
            >
                <Icon name="i-help" size=IconSize::Sm />
            </button>
            <span class="help__tip" role="tooltip" id=id>
                {text}
            </span>
        </span>
    }
}
