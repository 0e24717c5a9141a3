//! Texts with the places of what was looked for, cut to what fits into a list.

use causeway_api::search::{Marked, TextRange};

/// Characters that are shown in front of the first place,
const BEFORE: u32 = 40;
/// and from it on.
const FROM: u32 = 160;

/// A whole text.
pub(super) fn whole(text: &str, places: &[(u32, u32)]) -> Marked {
    let ranges = places.iter().map(|(start, length)| TextRange { start: *start, length: *length });
    Marked { text: text.to_owned(), ranges: joined(ranges.collect()) }
}

/// A text around its first place; its beginning when there is none.
pub(super) fn clipped(text: &str, places: &[(u32, u32)]) -> Marked {
    let count = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let first = places.first().map_or(0, |(start, _)| *start);
    let begin = first.saturating_sub(BEFORE);
    let end = (first + FROM).min(count);
    let (front, back) = (if begin > 0 { "…" } else { "" }, if end < count { "…" } else { "" });
    let middle: String = text.chars().skip(begin as usize).take((end - begin) as usize).collect();
    let shift = u32::from(begin > 0);
    let ranges = places.iter().filter(|(start, _)| *start < end).map(|(start, length)| {
        let length = (*length).min(end - start);
        TextRange { start: start - begin + shift, length }
    });
    Marked { text: format!("{front}{middle}{back}"), ranges: joined(ranges.collect()) }
}

/// Places that touch or overlap are one.
fn joined(ranges: Vec<TextRange>) -> Vec<TextRange> {
    let mut joined: Vec<TextRange> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut().filter(|last| range.start <= last.start + last.length) {
            Some(last) => last.length = last.length.max(range.start + range.length - last.start),
            None => joined.push(range),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_around_the_first_place() {
        let text = format!("{}needle{}", "あ".repeat(100), "い".repeat(300));
        let cut = clipped(&text, &[(100, 6), (103, 5)]);
        assert_eq!(cut.ranges, [TextRange { start: 41, length: 8 }]);
        let marked: String = cut.text.chars().skip(41).take(6).collect();
        assert_eq!((marked.as_str(), cut.text.chars().count()), ("needle", 202));
        assert!(cut.text.starts_with('…') && cut.text.ends_with('…'));
    }

    #[test]
    fn a_short_text_stays_whole() {
        let cut = clipped("short", &[]);
        assert_eq!((cut.text.as_str(), cut.ranges), ("short", Vec::new()));
    }
}
