//! What someone looks for in messages: words, phrases in quotes, and what is not to be there.

use super::terms::{Filter, Run, pairs, placed_runs, runs};
use crate::input::fold::{self, Folded};

/// Parts of a search that count; further ones are left out.
const PARTS_MAX: usize = 16;
/// Fewer letters than this are not looked for as the beginning of a word.
const PREFIX_MIN: usize = 2;

/// A search in messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct MessageSearch {
    /// Every one of these has to be there.
    wanted: Vec<Part>,
    /// None of these may be.
    unwanted: Vec<Part>,
}

/// A part of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    /// The terms, one behind the other.
    terms: Vec<String>,
    /// The last of them is a beginning.
    is_prefix: bool,
    /// The runs that they were cut from.
    runs: Vec<Run>,
}

/// A text and how it is folded.
struct Original {
    folded: Folded,
    length: u32,
}

impl Original {
    fn of(text: &str) -> Self {
        let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        Self { folded: fold::fold(text), length }
    }

    /// The first character and the number of characters of a place in the folded text.
    fn in_original(&self, (begin, end): (usize, usize)) -> (u32, u32) {
        let offset = |at: usize| self.folded.offsets.get(at).copied().unwrap_or(self.length);
        let first = offset(begin);
        (first, offset(end).max(first + 1) - first)
    }
}

/// What was typed, piece by piece.
struct Piece {
    text: String,
    is_quoted: bool,
    is_unwanted: bool,
}

impl MessageSearch {
    /// Reads what was typed. While someone types, the last word is taken for a beginning.
    pub(super) fn read(typed: &str) -> Self {
        let mut search = Self::default();
        let pieces = pieces(typed);
        let is_open = !typed.ends_with(char::is_whitespace);
        let count = pieces.len();
        for (place, piece) in pieces.into_iter().enumerate() {
            let is_last = place + 1 == count && is_open;
            let parts = parts(&piece, is_last);
            let into = if piece.is_unwanted { &mut search.unwanted } else { &mut search.wanted };
            into.extend(parts);
        }
        search.wanted.truncate(PARTS_MAX);
        search.unwanted.truncate(PARTS_MAX);
        search
    }

    /// Whether nothing is looked for: only what is not to be there finds nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// The search for FTS5 (<https://sqlite.org/fts5.html#full_text_query_syntax>). Every term is quoted.
    pub(super) fn for_sqlite(&self, filters: &[Filter]) -> String {
        let quoted = |term: &str| format!("\"{}\"", term.replace('"', "\"\""));
        let part = |part: &Part| {
            let words: Vec<String> = part.terms.iter().map(|term| quoted(term)).collect();
            format!("({}{})", words.join(" + "), if part.is_prefix { " *" } else { "" })
        };
        let filters = filters.iter().map(|filter| quoted(&filter.term()));
        let mut all = filters.chain(self.wanted.iter().map(part)).collect::<Vec<_>>().join(" AND ");
        for unwanted in &self.unwanted {
            all = format!("({all}) NOT {}", part(unwanted));
        }
        all
    }

    /// The search for PostgreSQL (8.11.2, `tsquery`). Every term is quoted.
    pub(super) fn for_postgres(&self, filters: &[Filter]) -> String {
        let quoted = |term: &str| format!("'{}'", term.replace('\\', "\\\\").replace('\'', "''"));
        let part = |part: &Part| {
            let words: Vec<String> = part.terms.iter().map(|term| quoted(term)).collect();
            format!("({}{})", words.join(" <-> "), if part.is_prefix { ":*" } else { "" })
        };
        let filters = filters.iter().map(|filter| quoted(&filter.term()));
        let unwanted = self.unwanted.iter().map(|unwanted| format!("!{}", part(unwanted)));
        filters.chain(self.wanted.iter().map(part)).chain(unwanted).collect::<Vec<_>>().join(" & ")
    }

    /// Where a text has what is looked for: the first character and the number of characters of each place, in order.
    /// `None` when something of it is missing: pairs may have met across the edges of two texts.
    pub(super) fn places(&self, texts: &[&str]) -> Option<Vec<Vec<(u32, u32)>>> {
        let texts: Vec<Original> = texts.iter().map(|text| Original::of(text)).collect();
        let runs: Vec<_> = texts.iter().map(|text| placed_runs(&text.folded.text)).collect();
        let mut places: Vec<Vec<(u32, u32)>> = vec![Vec::new(); texts.len()];
        for part in &self.wanted {
            let mut is_there = false;
            for ((runs, text), places) in runs.iter().zip(&texts).zip(&mut places) {
                let found = part.places(runs);
                is_there |= !found.is_empty();
                places.extend(found.into_iter().map(|place| text.in_original(place)));
            }
            if !is_there {
                return None;
            }
        }
        for places in &mut places {
            places.sort_unstable();
            places.dedup();
        }
        Some(places)
    }
}

impl Part {
    /// Where it is in the runs of a text, as the index has them: the first character and the one behind the last.
    fn places(&self, runs: &[(usize, Run)]) -> Vec<(usize, usize)> {
        let count = self.runs.len();
        if let [Run::Wide(wanted)] = self.runs.as_slice() {
            return runs.iter().flat_map(|(begin, run)| inside(*begin, run, wanted)).collect();
        }
        runs.windows(count).filter_map(|here| self.place(here)).collect()
    }

    /// Where it is when it begins with the first of as many runs: the first of them may end with what is looked for, the
    /// last may begin with it where a search for a beginning does, or words have no ends.
    fn place(&self, here: &[(usize, Run)]) -> Option<(usize, usize)> {
        let last = here.len() - 1;
        let is_there =
            here.iter().zip(&self.runs).enumerate().all(|(place, ((_, run), wanted))| match (run, wanted) {
                (Run::Word(word), Run::Word(wanted)) if place == last && self.is_prefix => {
                    word.starts_with(wanted)
                }
                (Run::Wide(chars), Run::Wide(wanted)) if place == 0 => chars.ends_with(wanted),
                (Run::Wide(chars), Run::Wide(wanted)) if place == last => chars.starts_with(wanted),
                (run, wanted) => run == wanted,
            });
        is_there.then(|| {
            let (at, first) = &here[0];
            let in_front = if last == 0 { 0 } else { first.length() - self.runs[0].length() };
            (at + in_front, here[last].0 + self.runs[last].length())
        })
    }
}

/// Every place of characters in a run of a script without spaces.
fn inside<'a>(begin: usize, run: &'a Run, wanted: &'a [char]) -> impl Iterator<Item = (usize, usize)> + 'a {
    let chars = match run {
        Run::Wide(chars) => chars.as_slice(),
        Run::Word(_) => &[],
    };
    let places = chars.windows(wanted.len()).enumerate().filter(move |(_, here)| *here == wanted);
    places.map(move |(at, _)| (begin + at, begin + at + wanted.len()))
}

/// Takes apart what was typed: what stands in quotes is one piece, a minus in front takes a piece out.
fn pieces(typed: &str) -> Vec<Piece> {
    let (mut pieces, mut text, mut is_quoted, mut is_unwanted) = (Vec::new(), String::new(), false, false);
    let mut end = |text: &mut String, is_quoted: bool, is_unwanted: &mut bool| {
        if !text.trim().is_empty() {
            pieces.push(Piece { text: std::mem::take(text), is_quoted, is_unwanted: *is_unwanted });
        }
        text.clear();
        *is_unwanted = false;
    };
    for char in typed.chars() {
        match char {
            '"' | '“' | '”' | '「' | '」' => {
                end(&mut text, is_quoted, &mut is_unwanted);
                is_quoted = !is_quoted;
            }
            char if char.is_whitespace() && !is_quoted => end(&mut text, false, &mut is_unwanted),
            '-' | '－' if text.is_empty() && !is_quoted => is_unwanted = true,
            char => text.push(char),
        }
    }
    end(&mut text, is_quoted, &mut is_unwanted);
    pieces
}

/// The parts of a piece: a quoted one is one phrase, another is cut into runs that each have to be there.
fn parts(piece: &Piece, is_last: bool) -> Vec<Part> {
    let folded = fold::fold(&piece.text).text;
    let runs = runs(&folded);
    if piece.is_quoted {
        let last = runs.len().saturating_sub(1);
        let of_run = |(place, run): (usize, &Run)| match run {
            Run::Word(word) => vec![word.clone()],
            // In a document the last character of a run stands alone behind its pairs.
            Run::Wide(chars) => {
                let mut terms = pairs(chars);
                if place < last || terms.is_empty() {
                    terms.extend(chars.last().map(char::to_string));
                }
                terms
            }
        };
        let terms: Vec<String> = runs.iter().enumerate().flat_map(of_run).collect();
        let is_prefix = matches!(runs.last(), Some(Run::Wide(_)));
        return if terms.is_empty() { Vec::new() } else { vec![Part { terms, is_prefix, runs }] };
    }
    let count = runs.len();
    let part = |(place, run): (usize, Run)| {
        let (terms, is_prefix) = match &run {
            Run::Word(word) => {
                let is_prefix = is_last && place + 1 == count && word.chars().count() >= PREFIX_MIN;
                (vec![word.clone()], is_prefix)
            }
            // A run ends with its last character alone: the pairs of a longer one begin with the same characters.
            Run::Wide(chars) if chars.len() == 1 => (chars.iter().map(char::to_string).collect(), true),
            Run::Wide(chars) => (pairs(chars), false),
        };
        Part { terms, is_prefix, runs: vec![run] }
    };
    runs.into_iter().enumerate().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sqlite(typed: &str) -> String {
        MessageSearch::read(typed).for_sqlite(&[])
    }

    #[test]
    fn what_was_typed_becomes_terms_that_nothing_can_break_out_of() {
        for (typed, expected) in [
            ("invoice ", r#"("invoice")"#),
            ("invo", r#"("invo" *)"#),
            ("佐藤", r#"("佐藤")"#),
            ("送金手続き", r#"("送金" + "金手" + "手続" + "続き")"#),
            ("玲", r#"("玲" *)"#),
            ("\"payment instruction\"", r#"("payment" + "instruction")"#),
            ("\"佐藤 invoice\"", r#"("佐藤" + "藤" + "invoice")"#),
            ("lease -draft ", r#"(("lease")) NOT ("draft")"#),
            ("a\" OR b ", r#"("a") AND ("or b"#),
        ] {
            let read = sqlite(typed);
            assert!(read.starts_with(expected.trim_end_matches("or b")), "{typed}: {read}");
        }
        assert_eq!(sqlite("x' & y "), r#"("x") AND ("y")"#);
        assert_eq!(MessageSearch::read("o'neil ").for_postgres(&[]), "('o') & ('neil')");
        for nothing in ["", "  ", "*", "\"\"", "-", "-word", "… !"] {
            assert!(MessageSearch::read(nothing).is_empty(), "{nothing}");
        }
    }

    #[test]
    fn filters_stand_in_front() {
        let filters = [Filter::HasFile];
        assert_eq!(MessageSearch::read("a ").for_sqlite(&filters), "\"\u{e003}file\" AND (\"a\")");
        assert_eq!(MessageSearch::read("a ").for_postgres(&filters), "'\u{e003}file' & ('a')");
    }

    #[test]
    fn places_are_counted_in_characters_of_the_original() {
        let places =
            |typed: &str, text: &str| MessageSearch::read(typed).places(&[text]).map(|mut all| all.remove(0));
        assert_eq!(places("佐藤", "こんにちは佐藤さん"), Some(vec![(5, 2)]));
        assert_eq!(places("株式", "㍿Causeway"), Some(vec![(0, 1)]));
        assert_eq!(places("がい", "ｶﾞｲ"), Some(vec![(0, 3)]));
        assert_eq!(places("invoice ", "Invoices, invoice"), Some(vec![(10, 7)]));
        assert_eq!(places("invoi", "Invoices, invoice"), Some(vec![(0, 5), (10, 5)]));
        assert_eq!(places("か", "ガ"), None);
        assert_eq!(places("🙏", "thanks 🙏"), Some(vec![(7, 1)]));
        assert_eq!(places("藤さ", "佐藤 さん"), None, "pairs of two runs are no pair");
        for text in ["payment, instruction", "payment\n  instruction", "Payment—Instruction"] {
            let end = u32::try_from(text.chars().count()).unwrap();
            assert_eq!(places("\"payment instruction\"", text), Some(vec![(0, end)]), "{text}");
        }
        assert_eq!(places("\"藤 invoice 送\"", "佐藤、invoice、送金"), Some(vec![(1, 11)]));
        assert_eq!(places("\"payment instruction\"", "payment of instruction"), None);
        assert_eq!(places("\"東京都\" 京", "東京都京"), Some(vec![(0, 3), (1, 1), (3, 1)]));
    }
}
