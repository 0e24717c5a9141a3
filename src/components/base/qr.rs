//! A text as a QR code.

use leptos::prelude::*;
use qrcode::{EcLevel, QrCode, types::Color};

/// The modules of a QR code as one SVG path, with the quiet zone of four modules (ISO/IEC 18004), and its side.
fn path(text: &str) -> Option<(String, usize)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    let modules = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + 4, at / width + 4)).collect();
    Some((modules, width + 8))
}

/// The picture, dark on white in every theme.
#[component]
pub fn QrCodeImage(
    /// What it says.
    #[prop(into)]
    text: String,
    /// What it is, for those who do not see it.
    #[prop(into)]
    label: String,
    /// Smaller.
    #[prop(optional)]
    is_small: bool,
) -> impl IntoView {
    let class = if is_small { "qr qr--sm" } else { "qr" };
    path(&text).map(|(modules, side)| {
        view! {
            <svg class=class viewBox=format!("0 0 {side} {side}") role="img" aria-label=label>
                <path d=modules></path>
            </svg>
        }
    })
}

/// The picture as a file of its own.
pub fn qr_svg(text: &str) -> Option<String> {
    path(text).map(|(modules, side)| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
             <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{modules}\"/></svg>\n"
        )
    })
}
