//! A link as a QR code, to show in person, and as text to copy.

use crate::{i18n::t, state::toasts::Toasts};
use leptos::{prelude::*, task::spawn_local};
use qrcode::{EcLevel, QrCode, types::Color};
use wasm_bindgen_futures::JsFuture;

/// The modules of a QR code as one SVG path, with the quiet zone of four modules (ISO/IEC 18004), and its side.
fn path(text: &str) -> Option<(String, usize)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    let modules = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + 4, at / width + 4)).collect();
    Some((modules, width + 8))
}

/// The code and the link.
#[component]
pub(super) fn Qr(#[prop(into)] link: String) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let picture = path(&link).map(|(modules, side)| {
        view! {
            <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=t("invitation-qr")><path d=modules></path></svg>
        }
    });
    let copied = link.clone();
    let copy = move |_| {
        let clipboard = window().navigator().clipboard();
        let copied = copied.clone();
        spawn_local(async move {
            match JsFuture::from(clipboard.write_text(&copied)).await {
                Ok(_) => toasts.say(t("link-copied")),
                Err(_) => toasts.error(t("link-not-copied")),
            }
        });
    };
    view! {
        <div class="dialog__body dialog__body--center">
            {picture}
            <p>{t("invitation-link-text")}</p>
            <input class="input" readonly aria-label=t("invitation-link") value=link/>
            <button class="btn" type="button" on:click=copy>{t("copy-link")}</button>
        </div>
    }
}
