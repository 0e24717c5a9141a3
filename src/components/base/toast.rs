//! Short messages in the corner.

use super::icon::Icon;
use crate::i18n::t;
use leptos::prelude::*;

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastKind {
    /// Something was done.
    Success,
    /// Something has changed that was not asked for here.
    Info,
    /// Something needs a look, though nothing failed.
    Warning,
    /// Something failed; it stays until it is dismissed.
    Error,
}

impl ToastKind {
    fn class(self) -> &'static str {
        match self {
            Self::Success => "toast toast--success",
            Self::Info => "toast",
            Self::Warning => "toast toast--warning",
            Self::Error => "toast toast--danger",
        }
    }

    fn icon(self) -> &'static str {
        match self {
            Self::Success => "i-check",
            Self::Info => "i-bell",
            Self::Warning | Self::Error => "i-alert",
        }
    }
}

/// A short message at the edge of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Tells it from the others while it is shown.
    pub id: u64,
    /// What it says.
    pub text: String,
    /// What it is about.
    pub kind: ToastKind,
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
                    class=toast.kind.class()
                    role=if toast.kind == ToastKind::Error { "alert" } else { "status" }
                >
                    <Icon name=toast.kind.icon() />
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
