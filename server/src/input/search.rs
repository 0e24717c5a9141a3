//! What is looked for in a list: words in any order, and numbers as people write them.

use super::fold;
use causeway_api::validate::digit;

/// Words of a search that count; further ones are left out.
const WORDS: usize = 8;
/// Fewer digits than this are not looked for in phone numbers.
const DIGITS_OF_A_NUMBER: usize = 3;

/// A search: every word has to be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// The words, folded.
    pub words: Vec<Word>,
    /// The whole search read as a phone number: digits of which any may be part of a number. Empty when it is none.
    pub number: Vec<String>,
}

/// A word of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Folded.
    pub text: String,
    /// Its digits, when it may be part of a phone number.
    pub digits: Option<String>,
}

impl SearchQuery {
    /// Reads what was typed into the field of a search.
    pub fn read(typed: &str) -> Self {
        let folded = fold::fold(typed).text;
        let words = folded.split_whitespace().take(WORDS);
        Self { words: words.map(Word::read).collect(), number: number(typed) }
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether every word is in one of some texts, or the number in a phone number in E.164.
    pub fn finds(&self, texts: &[&str], phone: &str) -> bool {
        let keys: Vec<String> = texts.iter().map(|text| fold::list_key(text)).collect();
        let has = |word: &Word| {
            keys.iter().any(|key| key.contains(&word.text))
                || word.digits.as_ref().is_some_and(|digits| phone.contains(digits.as_str()))
        };
        self.words.iter().all(has) || self.number.iter().any(|digits| phone.contains(digits.as_str()))
    }
}

impl Word {
    fn read(text: &str) -> Self {
        Self {
            digits: digits(text).filter(|digits| digits.len() >= DIGITS_OF_A_NUMBER),
            text: text.to_owned(),
        }
    }
}

/// The digits of something that is written like a phone number or a part of one.
fn digits(text: &str) -> Option<String> {
    let mut digits = String::new();
    for char in text.chars() {
        match digit(char) {
            Some(digit) => digits.push(digit),
            None if char.is_alphabetic() || matches!(char, '@' | '_' | '#' | '&') => return None,
            None => {}
        }
    }
    Some(digits)
}

/// The ways in which a number that was typed stands in E.164: without the zeros of dialling abroad or across the country.
fn number(typed: &str) -> Vec<String> {
    let is_abroad = typed.trim_start().starts_with(['+', '＋']) || typed.trim_start().starts_with("00");
    let typed = if is_abroad { typed.replace("(0)", "") } else { typed.to_owned() };
    let Some(digits) = digits(&typed).filter(|digits| digits.len() >= DIGITS_OF_A_NUMBER) else {
        return Vec::new();
    };
    let ways = [digits.as_str(), digits.trim_start_matches('0')];
    let mut ways: Vec<String> =
        ways.into_iter().filter(|way| way.len() >= DIGITS_OF_A_NUMBER).map(str::to_owned).collect();
    ways.dedup();
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_order_without_accents() {
        assert!(SearchQuery::read("嘉敏 黄").finds(&["黃 嘉敏"], ""));
        let texts = ["Lukas Brandt", "Söhne GmbH", "lukas@brandt.example"];
        for wanted in [
            "Brandt Lukas",
            "lukas",
            "sohne lukas",
            "BRANDT.EXAMPLE",
            "ｂｒａｎｄｔ",
            " ",
            "luk brandt sohne",
        ] {
            assert!(SearchQuery::read(wanted).finds(&texts, ""), "{wanted}");
        }
        for wanted in ["Brandt Anna", "lukasbrandt", "555"] {
            assert!(!SearchQuery::read(wanted).finds(&texts, ""), "{wanted}");
        }
    }

    #[test]
    fn numbers_are_found_as_people_write_them() {
        for wanted in [
            "+1 (202) 555-0151",
            "(202) 555-0151",
            "202.555.0151",
            "001 202 555 0151",
            "0202 555 0151",
            "5550151",
            "＋１２０２５５５０１５１",
            "\u{202a}+1 202-555-0151\u{202c}",
            "+1 (0)202 555 0151",
            "Lukas 0151",
        ] {
            assert!(SearchQuery::read(wanted).finds(&["Lukas"], "+12025550151"), "{wanted}");
        }
        for wanted in ["+1 202 555 0152", "Lukas 0152", "51 a"] {
            assert!(!SearchQuery::read(wanted).finds(&["Lukas"], "+12025550151"), "{wanted}");
        }
    }
}
