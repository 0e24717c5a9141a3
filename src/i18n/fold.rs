//! The form of a text in which the page itself looks for words: without accents, case and width, by the browser's own
//! tables. What the server looks for is folded there, by the same rules; it also knows which Chinese characters are one.

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
        match as_typed(char) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(hiragana(char)),
        }
    }
    name_key(&String::from(JsString::from(folded).normalize("NFC")))
}

/// Letters with a stroke, and joined ones, which Unicode does not take apart and a searcher types without.
fn as_typed(char: char) -> Option<&'static str> {
    Some(match char {
        'ß' => "ss",
        'ς' => "σ",
        'ø' | 'ɵ' => "o",
        'đ' | 'ð' | 'ɖ' => "d",
        'ł' | 'ƚ' => "l",
        'ħ' => "h",
        'ŧ' | 'ⱦ' => "t",
        'ı' | 'ɨ' => "i",
        'ƀ' => "b",
        'ǥ' => "g",
        'ƶ' => "z",
        'ʉ' => "u",
        'ŋ' => "n",
        'þ' => "th",
        'æ' => "ae",
        'œ' => "oe",
        _ => return None,
    })
}

/// Katakana as hiragana.
fn hiragana(char: char) -> char {
    match u32::from(char) {
        code @ (0x30A1..=0x30F6 | 0x30FD..=0x30FE) => char::from_u32(code - 0x60).unwrap_or(char),
        _ => char,
    }
}
