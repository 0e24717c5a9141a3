//! The terms of a text: what the index holds, and what a search asks for. Both databases get the same.
//!
//! A text is folded (`input/fold.rs`) and cut. A run of letters or digits is a term. Chinese, Japanese and Korean are
//! written without spaces: their runs are cut into pairs of neighbours, and the last character stands alone as well, so
//! that a single character is found at every place as the beginning of a term. An emoji is a term of its own, written by
//! its number behind a private character, because databases take it for no letter.

use crate::input::fold;
use causeway_api::{ChatId, PersonId, chats::Channel};

/// Most characters of a term; a longer run is cut.
const TERM_MAX: usize = 64;
/// Most terms of a document.
const TERMS_MAX: usize = 10_000;
/// In front of the number of an emoji.
const EMOJI: char = '\u{e005}';

/// What a document is filtered by: a term in front of its text, which no text can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    /// In this chat.
    In(ChatId),
    /// From this person.
    From(PersonId),
    /// It carries files.
    HasFile,
    /// It travelled on this channel.
    On(Channel),
}

impl Filter {
    /// Its term.
    pub(super) fn term(self) -> String {
        match self {
            Self::In(chat) => format!("\u{e001}{}", chat.0.simple()),
            Self::From(person) => format!("\u{e002}{}", person.0.simple()),
            Self::HasFile => "\u{e003}file".to_owned(),
            Self::On(channel) => format!("\u{e004}{}", channel.as_str()),
        }
    }
}

/// A stretch of a text that is cut by one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Run {
    /// Letters and digits: one term.
    Word(String),
    /// Characters that are written without spaces between words.
    Wide(Vec<char>),
}

/// The terms of a text, in order.
pub(super) fn terms(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    for run in runs(&fold::fold(text).text) {
        match run {
            Run::Word(word) => terms.push(word),
            Run::Wide(chars) => {
                terms.extend(pairs(&chars));
                terms.extend(chars.last().map(char::to_string));
            }
        }
        if terms.len() >= TERMS_MAX {
            terms.truncate(TERMS_MAX);
            break;
        }
    }
    terms
}

impl Run {
    /// Its characters as they stand in the text: an emoji is one.
    pub(super) fn length(&self) -> usize {
        match self {
            Self::Word(word) if word.starts_with(EMOJI) => 1,
            Self::Word(word) => word.chars().count(),
            Self::Wide(chars) => chars.len(),
        }
    }
}

/// The pairs of neighbours of a run.
pub(super) fn pairs(run: &[char]) -> Vec<String> {
    run.windows(2).map(|pair| pair.iter().collect()).collect()
}

/// The runs of a folded text.
pub(super) fn runs(folded: &str) -> Vec<Run> {
    placed_runs(folded).into_iter().map(|(_, run)| run).collect()
}

/// The runs of a folded text, each with the characters in front of it.
pub(super) fn placed_runs(folded: &str) -> Vec<(usize, Run)> {
    let mut runs: Vec<(usize, Run)> = Vec::new();
    for (place, char) in folded.chars().enumerate() {
        let last = runs.last_mut().map(|(_, run)| run);
        let begun = match (kind(char), last) {
            (Kind::Between, _) => Run::Word(String::new()),
            (Kind::Emoji, _) => Run::Word(format!("{EMOJI}{:x}", u32::from(char))),
            (Kind::Letter, Some(Run::Word(word)))
                // What is between two words has left an empty one.
                if !word.is_empty() && !word.starts_with(EMOJI) && word.chars().count() < TERM_MAX =>
            {
                word.push(char);
                continue;
            }
            (Kind::Letter, _) => Run::Word(char.to_string()),
            (Kind::Wide, Some(Run::Wide(run))) => {
                run.push(char);
                continue;
            }
            (Kind::Wide, _) => Run::Wide(vec![char]),
        };
        runs.push((place, begun));
    }
    runs.retain(|(_, run)| !matches!(run, Run::Word(word) if word.is_empty()));
    runs
}

enum Kind {
    Letter,
    Wide,
    Emoji,
    Between,
}

fn kind(char: char) -> Kind {
    if is_wide(char) {
        Kind::Wide
    } else if char.is_alphanumeric() || is_mark(char) {
        Kind::Letter
    } else if is_emoji(char) {
        Kind::Emoji
    } else {
        Kind::Between
    }
}

/// Whether a character belongs to a script that is written without spaces between words.
pub(super) fn is_wide(char: char) -> bool {
    matches!(u32::from(char),
        0x3005 | 0x3007 | 0x3040..=0x30FF | 0x31F0..=0x31FF | 0x3400..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF
        | 0x2_0000..=0x3_FFFF)
        && char != '\u{30fb}'
}

/// Vowels and tones of scripts that write them as marks of the letter in front: they do not end a word.
fn is_mark(char: char) -> bool {
    matches!(u32::from(char),
        0x0300..=0x036F | 0x0591..=0x05C7 | 0x0610..=0x061A | 0x064B..=0x065F | 0x0900..=0x0903 | 0x093A..=0x094F
        | 0x0981..=0x0983 | 0x09BC..=0x09CD | 0x0E31 | 0x0E34..=0x0E3A | 0x0E47..=0x0E4E | 0x102B..=0x103E | 0x17B4..=0x17D3)
}

fn is_emoji(char: char) -> bool {
    matches!(u32::from(char), 0x2600..=0x27BF | 0x2B00..=0x2BFF | 0x1_F000..=0x1_FAFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        terms(text).join(" ")
    }

    #[test]
    fn texts_are_cut_into_words_and_pairs() {
        for (text, expected) in [
            ("佐藤さん、invoice 4711", "佐藤 藤さ さん ん invoice 4711"),
            ("invoice_2026-03.pdf", "invoice 2026 03 pdf"),
            ("Q3report v2", "q3report v2"),
            ("玲", "玲"),
            ("ｻﾄｳ", "さと とう う"),
            ("陳慧敏", "陈慧 慧敏 敏"),
            ("thank you 🙏👍", "thank you \u{e005}1f64f \u{e005}1f44d"),
            ("สวัสดี", "สวัสดี"),
            ("… — !", ""),
            ("\u{e001}c1", "c1"),
        ] {
            assert_eq!(cut(text), expected, "{text}");
        }
    }

    #[test]
    fn a_text_cannot_hold_the_term_of_a_filter() {
        let filter = Filter::On(Channel::Whatsapp).term();
        assert_eq!(cut(&filter), "whatsapp");
        assert!(!terms(&format!("x{filter}y 🙂")).contains(&filter));
    }

    #[test]
    fn a_document_has_an_end() {
        assert_eq!(terms(&"漢".repeat(30_000)).len(), TERMS_MAX);
        assert_eq!(cut(&"a".repeat(100)), format!("{} {}", "a".repeat(64), "a".repeat(36)));
    }
}
