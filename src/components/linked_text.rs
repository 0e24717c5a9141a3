//! Text of a message: text nodes, with web and mail addresses as links. Never HTML.

use leptos::prelude::*;

/// A stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Words(&'a str),
    /// An address to follow, as written.
    Link(&'a str),
}

/// Splits a text into words and addresses that begin with `http://`, `https://` or `mailto:`.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut words_from = 0;
    let mut at = 0;
    while let Some(found) =
        ["https://", "http://", "mailto:"].iter().filter_map(|scheme| text[at..].find(scheme)).min()
    {
        let start = at + found;
        let boundary = text[..start].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
        let end = start + address_length(&text[start..]);
        let scheme_end = start + text[start..].find(':').unwrap_or(0) + 1;
        let has_target =
            text[scheme_end..end].trim_start_matches('/').chars().next().is_some_and(char::is_alphanumeric);
        if boundary && has_target {
            if words_from < start {
                pieces.push(Piece::Words(&text[words_from..start]));
            }
            pieces.push(Piece::Link(&text[start..end]));
            words_from = end;
        }
        at = end.max(scheme_end);
    }
    if words_from < text.len() {
        pieces.push(Piece::Words(&text[words_from..]));
    }
    pieces
}

/// An address ends at white space, a quote or a bracket; punctuation behind it belongs to the sentence.
fn address_length(text: &str) -> usize {
    let stops =
        |c: char| c.is_whitespace() || c.is_control() || "<>\"'`{}|\\^，。、；：！？（）《》「」".contains(c);
    let mut length = text.find(stops).unwrap_or(text.len());
    while let Some(last) = text[..length].chars().next_back() {
        let unopened = last == ')' && !text[..length].contains('(');
        if !unopened && !".,;:!?".contains(last) {
            break;
        }
        length -= last.len_utf8();
    }
    length
}

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
            Piece::Link(link) => view! {
                <a class="link" href=link.to_owned() target="_blank" rel="noopener noreferrer">{link.to_owned()}</a>
            }
            .into_any(),
        })
        .collect_view()
}

#[cfg(test)]
mod tests {
    use super::{
        Piece::{Link, Words},
        *,
    };

    #[test]
    fn addresses_become_links_and_punctuation_stays_outside() {
        assert_eq!(
            pieces("See https://a.example/x?y=1. And mailto:b@c.example!"),
            [
                Words("See "),
                Link("https://a.example/x?y=1"),
                Words(". And "),
                Link("mailto:b@c.example"),
                Words("!")
            ]
        );
        assert_eq!(pieces("(https://a.example/b)"), [Words("("), Link("https://a.example/b"), Words(")")]);
        assert_eq!(pieces("https://a.example/b_(c)"), [Link("https://a.example/b_(c)")]);
        assert_eq!(pieces("請看https://a.example，謝謝")[1..], [Words("請看https://a.example，謝謝")][1..]);
    }

    #[test]
    fn nothing_else_becomes_a_link() {
        for text in
            ["javascript:alert(1)", "data:text/html,x", "https://", "xhttps://a.example", "<b>bold</b>", ""]
        {
            assert!(pieces(text).iter().all(|piece| matches!(piece, Words(_))), "{text}");
        }
    }

    #[test]
    fn no_character_is_lost() {
        for text in [
            "a https://b.example c",
            "https://a.example,https://b.example",
            "https://é.example/ü 漢字 http://x",
        ] {
            let joined: String = pieces(text)
                .into_iter()
                .map(|piece| match piece {
                    Words(t) | Link(t) => t,
                })
                .collect();
            assert_eq!(joined, text);
        }
    }
}
