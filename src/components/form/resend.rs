//! The button that asks for another code, with the seconds until it may.

use crate::i18n::{Arg, minutes, t, tx};
use leptos::prelude::*;

/// It waits while seconds are left, and for good when no further code will be sent (`None`).
#[component]
pub fn ResendButton(
    /// Seconds until another code may be asked for.
    left: Signal<Option<u32>>,
    /// Its size and shape.
    #[prop(optional, into)]
    class: Option<&'static str>,
    /// It was pressed.
    #[prop(into)]
    on_click: Callback<()>,
) -> impl IntoView {
    let waits = move || left.get().is_none_or(|left| left > 0);
    view! {
        <button
            class=class.unwrap_or("btn btn--lg btn--block")
            type="button"
            disabled=waits
            on:click=move |_| on_click.run(())
        >
            {t("resend-code")}
            " "
            <span class="num" aria-hidden="true">
                {move || {
                    left.get()
                        .filter(|left| *left > 0)
                        .map(|left| tx("in-time", &[("time", Arg::Text(&minutes(left)))]))
                }}
            </span>
        </button>
    }
}
