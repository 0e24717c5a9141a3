//! The form of a text in which the page itself looks for words: without accents, case and width, by the browser's own
//! tables. What the server looks for is folded there.

use causeway_api::validate::name_key;
use js_sys::JsString;

/// A text, folded; words a space apart.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return name_key(text);
    }
    let mut folded = String::with_capacity(text.len());
    let mut drops_marks = false;
    for char in String::from(JsString::from(text).normalize("NFKD")).chars().flat_map(char::to_lowercase) {
        if matches!(char, '\u{300}'..='\u{36f}') && drops_marks {
            continue;
        }
        // Accents of Latin, Greek and Cyrillic letters; in other scripts a mark makes another letter.
        drops_marks = char < '\u{530}' && char.is_alphabetic();
        folded.push(match char {
            'ø' => 'o',
            'đ' => 'd',
            'ł' => 'l',
            other => other,
        });
    }
    name_key(&String::from(JsString::from(folded).normalize("NFC")))
}
