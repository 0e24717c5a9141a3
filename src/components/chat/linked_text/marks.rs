//! Characters that no address contains, and scripts that put no space around one.

use std::ops::RangeInclusive;

/// Quotes, brackets and full stops of all scripts, and what cannot be seen. What ASCII has of these belongs to an address in
/// places; the finder knows where.
const MARKS: [RangeInclusive<char>; 43] = [
    '\u{ab}'..='\u{ab}',
    '\u{ad}'..='\u{ad}',
    '\u{b7}'..='\u{b7}',
    '\u{bb}'..='\u{bb}',
    '\u{37e}'..='\u{37e}',
    '\u{387}'..='\u{387}',
    '\u{55a}'..='\u{55f}',
    '\u{589}'..='\u{589}',
    '\u{5be}'..='\u{5c0}',
    '\u{5f3}'..='\u{5f4}',
    '\u{600}'..='\u{60d}',
    '\u{61b}'..='\u{61f}',
    '\u{66a}'..='\u{66d}',
    '\u{6d4}'..='\u{6d4}',
    '\u{964}'..='\u{965}',
    '\u{e4f}'..='\u{e4f}',
    '\u{e5a}'..='\u{e5b}',
    '\u{f04}'..='\u{f14}',
    '\u{f3a}'..='\u{f3d}',
    '\u{104a}'..='\u{104f}',
    '\u{1361}'..='\u{1368}',
    '\u{169b}'..='\u{169c}',
    '\u{17d4}'..='\u{17da}',
    '\u{1800}'..='\u{180e}',
    // U+200C and U+200D between these shape letters of Indic and Arabic scripts.
    '\u{2000}'..='\u{200b}',
    '\u{200e}'..='\u{206f}',
    '\u{2308}'..='\u{230b}',
    '\u{2329}'..='\u{232a}',
    '\u{2768}'..='\u{2775}',
    '\u{27e6}'..='\u{27ef}',
    '\u{2983}'..='\u{2998}',
    '\u{2e00}'..='\u{2e7f}',
    // U+3005 to U+3007 between these are written like ideographs.
    '\u{3000}'..='\u{3004}',
    '\u{3008}'..='\u{303f}',
    '\u{30fb}'..='\u{30fb}',
    '\u{fd3e}'..='\u{fd3f}',
    '\u{fe10}'..='\u{fe6f}',
    '\u{feff}'..='\u{feff}',
    '\u{ff01}'..='\u{ff0f}',
    '\u{ff1a}'..='\u{ff20}',
    '\u{ff3b}'..='\u{ff40}',
    '\u{ff5b}'..='\u{ff65}',
    '\u{fff9}'..='\u{fffd}',
];

/// Whether no address contains the character.
pub(super) fn ends_address(c: char) -> bool {
    c.is_whitespace() || c.is_control() || !c.is_ascii() && MARKS.iter().any(|marks| marks.contains(&c))
}

/// Whether a character is an ideograph, kana or hangul.
pub(super) fn is_of_unspaced_script(c: char) -> bool {
    ('\u{2e80}'..='\u{d7af}').contains(&c) || ('\u{20000}'..='\u{3ffff}').contains(&c)
}
