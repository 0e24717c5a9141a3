//! A link as a QR code, to show in person, and as text to copy.

use crate::{components::base::qr::QrCodeImage, i18n::t, pages::files, state::toasts::Toasts};
use leptos::prelude::*;

/// The code and the link.
#[component]
pub fn Qr(#[prop(into)] link: String) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let copied = link.clone();
    view! {
        <div class="dialog__body dialog__body--center">
            <QrCodeImage text=link.clone() label=t("invitation-qr") />
            <p>{t("invitation-link-text")}</p>
            <input class="input" readonly aria-label=t("invitation-link") value=link />
            <button
                class="btn"
                type="button"
                on:click=move |_| files::copy(copied.clone(), ("link-copied", "link-not-copied"), toasts)
            >
                {t("copy-link")}
            </button>
        </div>
    }
}
