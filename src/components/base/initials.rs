//! The letters that stand for a person where there is no picture.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

/// Up to two letters: the initials of a Latin name, the first character of a name that is written without spaces between
/// words. A letter keeps its marks, and an emoji its parts.
pub fn initials(name: &str) -> String {
    letters(name, |text| by_browser(text).unwrap_or_else(|| with_marks(text)))
}

/// The same with another way to find where the first character of a text ends.
fn letters(name: &str, first_of: impl Fn(&str) -> String) -> String {
    let mut words = name.split_whitespace().map(without_marks_before);
    let first = words.next().map(&first_of).filter(|first| !first.is_empty()).unwrap_or_else(|| "?".into());
    let is_cased = |text: &str| {
        text.chars().next().is_some_and(|c| c.is_ascii() || c.is_lowercase() || c.is_uppercase())
    };
    if !is_cased(&first) {
        return first;
    }
    if let Some(at) = name.find(|c| ('\u{3040}'..='\u{9fff}').contains(&c)) {
        return first_of(&name[at..]);
    }
    let second = words.next().map(&first_of).filter(|second| is_cased(second)).unwrap_or_default();
    (first + &second).to_uppercase()
}

/// A word from its first letter on; brackets and quotes before it stand for no one.
fn without_marks_before(word: &str) -> &str {
    word.find(char::is_alphanumeric).map_or(word, |at| &word[at..])
}

/// The first character as the browser sees it (`Intl.Segmenter`, UAX 29), where it can.
fn by_browser(text: &str) -> Option<String> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &"Segmenter".into()).ok()?.dyn_into().ok()?;
    // Without options it cuts into characters, in any language.
    let segmenter = Reflect::construct(&class, &Array::new()).ok()?;
    let segment: Function = Reflect::get(&segmenter, &"segment".into()).ok()?.dyn_into().ok()?;
    let segments = segment.call1(&segmenter, &text.into()).ok()?;
    let containing: Function = Reflect::get(&segments, &"containing".into()).ok()?.dyn_into().ok()?;
    let first: Object = containing.call1(&segments, &JsValue::from(0)).ok()?.dyn_into().ok()?;
    Reflect::get(&first, &"segment".into()).ok()?.as_string()
}

/// The first scalar value with the marks and joined parts behind it.
fn with_marks(text: &str) -> String {
    let mut chars = text.chars();
    let mut found: String = chars.next().into_iter().collect();
    while let Some(next) = chars.next() {
        let is_mark = matches!(next, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}'
            | '\u{93a}'..='\u{94f}' | '\u{e31}'..='\u{e3a}' | '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{1f3fb}'..='\u{1f3ff}');
        if next == '\u{200d}' {
            found.push(next);
            found.extend(chars.next());
        } else if is_mark {
            found.push(next);
        } else {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_follow_the_script_of_the_name() {
        for (name, shown) in [
            ("Priya Nair", "PN"),
            ("Wong Ka Man 黃嘉敏", "黃"),
            ("陳慧敏 Chan Wai Man", "陳"),
            ("田中 美咲", "田"),
            ("Olivia Sørensen", "OS"),
            ("Tomás Rivera", "TR"),
            ("E\u{301}mile Zola", "E\u{301}Z"),
            ("o\u{308}zgu\u{308}r", "O\u{308}"),
            ("が\u{3099}く", "が\u{3099}"),
            ("👩‍💻 Dev", "👩‍💻"),
            ("(Ana) “Lee”", "AL"),
            ("שרה כהן", "ש"),
            ("Cher", "C"),
            ("  ", "?"),
        ] {
            assert_eq!(letters(name, with_marks), shown, "{name}");
        }
    }
}
