//! Text of a message: text nodes, with web and mail addresses as links. Never HTML.

mod marks;
mod pieces;

pub use pieces::{Piece, pieces};

use super::host;
use causeway_api::{PersonId, chats::Mention};
use leptos::prelude::*;

/// The text of a message.
#[component]
pub fn LinkedText(
    /// The text as written.
    #[prop(into)]
    text: String,
    /// Whom it names, in its order.
    #[prop(optional)]
    mentions: Vec<Mention>,
    /// The reader.
    #[prop(optional_no_strip)]
    me: Option<PersonId>,
) -> impl IntoView {
    let place = |character: usize| text.char_indices().nth(character).map_or(text.len(), |(place, _)| place);
    let mut parts = Vec::new();
    let mut from = 0;
    for mention in mentions {
        let start = place(mention.from as usize);
        let end = place(mention.from as usize + mention.length as usize);
        if start < from || end <= start {
            continue; // It does not lie in the text.
        }
        parts.push(linked(&text[from..start]));
        let is_own = me.is_some_and(|me| mention.person.is_none_or(|named| named == me));
        let class = if is_own { "mention mention--own" } else { "mention" };
        parts.push(view! { <span class=class>{text[start..end].to_owned()}</span> }.into_any());
        from = end;
    }
    parts.push(linked(&text[from..]));
    parts
}

/// A stretch of text, with its addresses as links.
fn linked(text: &str) -> AnyView {
    pieces(text)
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
        .into_any()
}
