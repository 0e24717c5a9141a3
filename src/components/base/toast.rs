//! Short messages in the corner.

use super::icon::Icon;
use crate::i18n::t;
use leptos::prelude::*;

/// A short message at the edge of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Tells it from the others while it is shown.
    pub id: u64,
    /// What it says.
    pub text: String,
    /// Errors stay until they are dismissed.
    pub is_error: bool,
}

/// The messages on the screen. Errors stay until they are dismissed.
#[component]
pub fn ToastList(
    /// The messages.
    #[prop(into)]
    toasts: Signal<Vec<Toast>>,
    /// One was dismissed.
    #[prop(into)]
    on_dismiss: Callback<u64>,
) -> impl IntoView {
    view! {
        <div class="toasts">
            <For each=move || toasts.get() key=|toast| toast.id let:toast>
                <div
                    class=if toast.is_error { "toast toast--danger" } else { "toast toast--success" }
                    role=if toast.is_error { "alert" } else { "status" }
                >
                    <Icon name=if toast.is_error { "i-alert" } else { "i-check" } />
                    <p>{toast.text}</p>
                    <button
                        class="icon-btn icon-btn--sm"
                        type="button"
                        aria-label=t("dismiss")
                        on:click=move |_| on_dismiss.run(toast.id)
                    >
                        <Icon name="i-x" />
                    </button>
                </div>
            </For>
        </div>
    }
}
