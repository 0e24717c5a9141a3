//! A text with the places marked that the server has found in it.

use causeway_api::search::Marked;
use leptos::prelude::*;

/// The text, with its places in `<mark>`.
#[component]
pub fn MarkedText(marked: Marked) -> impl IntoView {
    let chars: Vec<char> = marked.text.chars().collect();
    let piece = |from: usize, to: usize| {
        chars.get(from..to.min(chars.len())).unwrap_or(&[]).iter().collect::<String>()
    };
    let (mut pieces, mut at) = (Vec::new(), 0);
    for range in &marked.ranges {
        let (start, end) = (range.start as usize, (range.start + range.length) as usize);
        pieces.push(piece(at, start.max(at)).into_any());
        pieces.push(view! { <mark>{piece(start.max(at), end)}</mark> }.into_any());
        at = end.max(at);
    }
    pieces.push(piece(at, chars.len()).into_any());
    pieces
}
