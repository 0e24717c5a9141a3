//! Text of a message: text nodes, with web and mail addresses as links. Never HTML.

mod marks;
mod pieces;

pub use pieces::{Piece, pieces};

use super::host;
use leptos::prelude::*;

/// The text of a message.
#[component]
pub fn LinkedText(
    /// The text as written.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    pieces(&text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words.to_owned().into_any(),
            Piece::Link(address, target) => {
                let shown = host::shown(address, &target);
                view! {
                    <a class="link" href=target target="_blank" rel="noopener noreferrer">
                        {shown}
                    </a>
                }
                .into_any()
            }
        })
        .collect_view()
}
