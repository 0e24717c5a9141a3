//! Finding the addresses in a text.

use super::marks::{ends_address, is_of_unspaced_script};
use crate::components::chat::host;
use linkify::{Link as Found, LinkFinder, LinkKind};

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text without an address in it.
    Words(&'a str),
    /// An address as written, and where it leads.
    Link(&'a str, String),
}

/// Splits a text into words and addresses of the web (`http`, `https`, or beginning with `www.`) and of mail.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut words_from = 0;
    let mut stretch_from = 0;
    for stretch in text.split_inclusive(ends_address) {
        for (start, end, target) in addresses(stretch.trim_end_matches(ends_address)) {
            let (start, end) = (stretch_from + start, stretch_from + end);
            if words_from < start {
                pieces.push(Piece::Words(&text[words_from..start]));
            }
            pieces.push(Piece::Link(&text[start..end], target));
            words_from = end;
        }
        stretch_from += stretch.len();
    }
    if words_from < text.len() {
        pieces.push(Piece::Words(&text[words_from..]));
    }
    pieces
}

/// Returns the addresses in a stretch: where each begins and ends, and where it leads.
fn addresses(stretch: &str) -> Vec<(usize, usize, String)> {
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    let read = |found: Found<'_>| match found.kind() {
        LinkKind::Email => mail(stretch, found.start(), found.as_str()),
        _ => web(found.start(), found.as_str()),
    };
    finder.links(stretch).filter_map(read).collect()
}

fn begins_with(text: &str, beginning: &str) -> bool {
    text.get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning))
}

fn web(start: usize, found: &str) -> Option<(usize, usize, String)> {
    // Scripts without spaces put none before an address: what is not ASCII there is no part of `www`.
    let address = found.trim_start_matches(|c: char| !c.is_ascii());
    let start = start + found.len() - address.len();
    let has_scheme = ["https://", "http://"].iter().any(|scheme| begins_with(address, scheme));
    if !has_scheme && !begins_with(address, "www.") {
        return None;
    }
    let address = without_words_behind(address);
    // What comes before an @ looks like a host and is none.
    if host::place(address).is_none_or(|place| address[..place.end].contains('@')) {
        return None;
    }
    let target = if has_scheme { address.to_owned() } else { format!("https://{address}") };
    Some((start, start + address.len(), target))
}

fn mail(stretch: &str, start: usize, found: &str) -> Option<(usize, usize, String)> {
    let (local, _) = found.rsplit_once('@')?;
    // The same goes for the part before the @: ideographs there belong to the sentence.
    let words = local
        .rfind(is_of_unspaced_script)
        .map_or(0, |at| at + local[at..].chars().next().map_or(0, char::len_utf8));
    let address = without_words_behind(&found[words..]);
    let start = start + words;
    if address.starts_with('@') {
        return None;
    }
    let end = start + address.len();
    let target = format!("mailto:{address}");
    let scheme = stretch[..start].len().checked_sub("mailto:".len());
    let begin = scheme.filter(|at| stretch.get(*at..start).is_some_and(|text| begins_with(text, "mailto:")));
    Some((begin.unwrap_or(start), end, target))
}

/// Returns an address without the words of a script without spaces that follow its host: a last label that begins in
/// ASCII ends with it.
fn without_words_behind(address: &str) -> &str {
    let Some(place) = host::place(address) else { return address };
    let host = &address[place.clone()];
    let label_from = host.rfind('.').map_or(0, |dot| dot + 1);
    let label = &host[label_from..];
    let words = label.find(|c: char| !c.is_ascii()).filter(|at| *at > 0);
    words.map_or(address, |at| &address[..place.start + label_from + at])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The addresses of a text, and where they lead.
    fn links(text: &str) -> Vec<(&str, String)> {
        let found = pieces(text).into_iter();
        found
            .filter_map(|piece| match piece {
                Piece::Words(_) => None,
                Piece::Link(address, target) => Some((address, target)),
            })
            .collect()
    }

    #[test]
    fn marks_around_an_address_are_not_of_it() {
        let address = "https://a.example/x?y=1";
        for (before, behind) in [
            ("", "."),
            ("", "…"),
            ("", "!?"),
            ("", "**"),
            ("**", "**"),
            ("(", ")"),
            ("[", "]"),
            ("[a](", ")"),
            ("<", ">"),
            ("\"", "\""),
            ("'", "'"),
            ("“", "”"),
            ("„", "“"),
            ("‘", "’"),
            ("« ", " »"),
            ("«", "»"),
            ("『", "』"),
            ("【", "】"),
            ("「", "」。"),
            ("《", "》"),
            ("（", "）"),
            ("［", "］"),
            ("請看", "，謝謝"),
            ("見る：", "、どうぞ"),
            ("شاهد ", "، شكرا"),
            ("देखें ", "।"),
            ("\u{200b}", "\u{200b}"),
            ("\u{2068}", "\u{2069}"),
            ("\u{feff}", "\u{feff}"),
            ("a\n", "\nb"),
            ("", "\u{a0}b"),
        ] {
            let text = format!("{before}{address}{behind}");
            assert_eq!(links(&text), [(address, address.to_owned())], "{text}");
        }
    }

    #[test]
    fn brackets_in_a_path_stay_in_balance() {
        for (text, address) in [
            ("https://a.example/b_(c)", "https://a.example/b_(c)"),
            ("(https://a.example/b_(c))", "https://a.example/b_(c)"),
            ("https://a.example/b_(c)_d", "https://a.example/b_(c)_d"),
            ("https://a.example/b[0]", "https://a.example/b[0]"),
            ("https://zh.a.example/wiki/香港", "https://zh.a.example/wiki/香港"),
        ] {
            assert_eq!(links(text), [(address, address.to_owned())], "{text}");
        }
    }

    #[test]
    fn addresses_are_found_in_any_case_and_without_a_scheme() {
        for (text, address, target) in [
            ("HTTPS://A.example", "HTTPS://A.example", "HTTPS://A.example"),
            ("Https://a.example,", "Https://a.example", "Https://a.example"),
            ("www.a.example/x.", "www.a.example/x", "https://www.a.example/x"),
            ("Www.a.example", "Www.a.example", "https://Www.a.example"),
            ("請看www.a.example謝謝", "www.a.example", "https://www.a.example"),
            ("請看https://a.example謝謝", "https://a.example", "https://a.example"),
            ("ana@a.example!", "ana@a.example", "mailto:ana@a.example"),
            ("寄到ana.wu@a.example謝謝", "ana.wu@a.example", "mailto:ana.wu@a.example"),
            ("mailto:b@c.example", "mailto:b@c.example", "mailto:b@c.example"),
            ("MAILTO:b@c.example", "MAILTO:b@c.example", "mailto:b@c.example"),
            ("https://bücher.example/x", "https://bücher.example/x", "https://bücher.example/x"),
        ] {
            assert_eq!(links(text), [(address, target.to_owned())], "{text}");
        }
    }

    #[test]
    fn nothing_else_becomes_a_link() {
        for text in [
            "javascript:alert(1)",
            "javascript://a.example/%0aalert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "https://",
            "xhttps://a.example",
            "https://a.example@b.example/",
            "report.pdf and readme.md",
            "e.g.this",
            "@ana",
            "<b>bold</b>",
            "",
        ] {
            assert_eq!(links(text), [], "{text}");
        }
    }

    #[test]
    fn no_character_is_lost() {
        for text in [
            "a https://b.example c",
            "https://a.example,https://b.example",
            "\u{200b}\u{200b}https://a.example\u{200b} x",
            "https://é.example/ü 漢字 http://x",
            "請看www.a.example，或寄到ana@a.example。",
        ] {
            let joined: String = pieces(text)
                .into_iter()
                .map(|piece| match piece {
                    Piece::Words(text) | Piece::Link(text, _) => text,
                })
                .collect();
            assert_eq!(joined, text);
        }
    }
}
