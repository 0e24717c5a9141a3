//! The form of a text in which it is looked for and sorted: without accents, case, width, kana or Chinese script
//! deciding. What is different to a reader stays different: ガ is not カ.

mod han;

use causeway_api::validate::is_ignorable;
use unicode_normalization::{UnicodeNormalization as _, char::decompose_canonical};

/// A folded text, and where each of its characters came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each character of `text`, the index of the character in the original at which its cluster begins.
    pub offsets: Vec<u32>,
}

/// Folds a text, cluster by cluster: compatibility forms (NFKC), lower case, accents of Latin, Greek and Cyrillic letters
/// dropped, katakana as hiragana, traditional characters and variants of Japanese names as one.
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded::default();
    let mut chars = text.chars().zip(0_u32..).peekable();
    let mut cluster = String::new();
    while let Some((base, at)) = chars.next() {
        if base.is_ascii() && chars.peek().is_none_or(|(next, _)| !joins(*next)) {
            folded.push(base.to_ascii_lowercase(), at);
            continue;
        }
        cluster.clear();
        cluster.push(base);
        while let Some((mark, _)) = chars.next_if(|(next, _)| joins(*next)) {
            cluster.push(mark);
        }
        fold_cluster(&cluster, |char| folded.push(char, at));
    }
    folded
}

impl Folded {
    fn push(&mut self, char: char, at: u32) {
        self.text.push(char);
        self.offsets.push(at);
    }
}

/// A folded text as a key of a list: words a space apart, none between Chinese or Japanese words, which are written
/// with and without.
pub fn list_key(text: &str) -> String {
    let folded = fold(text).text;
    let mut key = String::with_capacity(folded.len());
    for word in folded.split_whitespace() {
        let touches =
            key.chars().next_back().is_some_and(is_wide) && word.chars().next().is_some_and(is_wide);
        if !key.is_empty() && !touches {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

/// Whether a character belongs to a script that is written without spaces between words.
fn is_wide(char: char) -> bool {
    matches!(u32::from(char), 0x3005..=0x3007 | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

/// Whether a character belongs to the cluster of the one in front of it: accents, marks of kana, and the vowels and
/// finals of a Korean syllable that is written in its parts.
fn joins(char: char) -> bool {
    matches!(u32::from(char),
        0x0300..=0x036F | 0x3099..=0x309A | 0xFF9E..=0xFF9F | 0x1160..=0x11FF | 0xD7B0..=0xD7FF)
}

fn fold_cluster(cluster: &str, mut push: impl FnMut(char)) {
    let mut drops_marks = false;
    for char in cluster.nfkc().flat_map(lower) {
        if matches!(u32::from(char), 0x0300..=0x036F) {
            if !drops_marks && !is_ignorable(char) {
                push(char);
            }
            continue;
        }
        let base = base_of(char);
        drops_marks = is_accented_script(base);
        match without_stroke(base) {
            _ if is_ignorable(char) => {}
            Some(letters) => letters.chars().for_each(&mut push),
            None if drops_marks => push(base),
            None => push(han::simplified(hiragana(char))),
        }
    }
}

/// A character in lower case, as far as words go: ß is ss, and a sigma is a sigma wherever it is.
pub(super) fn lower(char: char) -> impl Iterator<Item = char> {
    char.to_lowercase().flat_map(|char| {
        let (first, second) = match char {
            'ß' => ('s', Some('s')),
            'ς' => ('σ', None),
            other => (other, None),
        };
        std::iter::once(first).chain(second)
    })
}

/// The letter that carries the accents of a composed character.
fn base_of(char: char) -> char {
    let mut base = None;
    decompose_canonical(char, |part| {
        base.get_or_insert(part);
    });
    base.unwrap_or(char)
}

/// Latin, Greek and Cyrillic: in other scripts a mark makes another letter.
fn is_accented_script(base: char) -> bool {
    matches!(u32::from(base),
        0x0061..=0x007A | 0x00C0..=0x02AF | 0x0370..=0x03FF | 0x0400..=0x052F | 0x1C80..=0x1C8F | 0x1D00..=0x1DBF
        | 0x1E00..=0x1FFF | 0x2C60..=0x2C7F | 0xA640..=0xA69F | 0xA720..=0xA7FF | 0xAB30..=0xAB6F)
}

/// Letters with a stroke, and joined ones, which Unicode does not take apart and a searcher types without.
fn without_stroke(base: char) -> Option<&'static str> {
    Some(match base {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> String {
        fold(text).text
    }

    #[test]
    fn texts_that_a_searcher_takes_for_one_meet() {
        for (text, key) in [
            ("ｻﾄｳ", "さとう"),
            ("サトウ", "さとう"),
            ("ＩＮＶＯＩＣＥ　２０２６", "invoice 2026"),
            ("㍿", "株式会社"),
            ("ﬁle", "file"),
            ("Straße STRASSE", "strasse strasse"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("Concepción", "concepcion"),
            ("Concepcio\u{301}n", "concepcion"),
            ("Søren Müller", "soren muller"),
            ("ÅSA ÉMİLE", "asa emile"),
            ("Łódź Đặng Þór Æsir", "lodz dang thor aesir"),
            ("Ёлкин Йозеф", "елкин иозеф"),
            ("黃嘉敏", "黄嘉敏"),
            ("陳", "陈"),
            ("한글", "한글"),
            ("priya\u{200b}.nair", "priya.nair"),
        ] {
            assert_eq!(folded(text), key, "{text}");
        }
        let korean: String = "한글".nfd().collect();
        assert_eq!(folded(&korean), "한글");
    }

    #[test]
    fn names_in_their_variants_meet() {
        for same in [
            ["髙橋", "高橋"],
            ["山﨑", "山崎"],
            ["濱田", "浜田"],
            ["渡邊", "渡辺"],
            ["渡邉", "渡辺"],
            ["齋藤", "斎藤"],
            ["斉藤", "斎藤"],
            ["澤田", "沢田"],
            ["櫻井", "桜井"],
            ["國分", "国分"],
            ["廣田", "広田"],
            ["眞子", "真子"],
            ["惠美", "恵美"],
            ["嶋田", "島田"],
            ["槗本", "橋本"],
            ["德川", "徳川"],
            ["濱", "滨"],
            ["澤", "泽"],
            ["廣", "广"],
        ] {
            assert_eq!(folded(same[0]), folded(same[1]), "{same:?}");
        }
    }

    #[test]
    fn what_is_another_word_stays_another_word() {
        for [one, other] in
            [["ガ", "カ"], ["が", "か"], ["パ", "ハ"], ["ｶﾞ", "ｶ"], ["か\u{3099}", "か"], ["คำ", "คา"]]
        {
            assert_ne!(folded(one), folded(other), "{one} {other}");
        }
        assert_eq!(folded("ｶﾞ"), folded("ガ"));
        assert_eq!(folded("か\u{3099}"), folded("が"));
    }

    #[test]
    fn every_folded_character_knows_its_place() {
        let one = fold("㍿A\u{30a}ｶﾞx");
        assert_eq!((one.text.as_str(), one.offsets), ("株式会社aがx", vec![0, 0, 0, 0, 1, 3, 5]));
    }

    #[test]
    fn keys_of_lists_have_one_space_between_words_and_none_between_characters() {
        assert_eq!(list_key("  Wong  Ka Man 黃嘉敏 "), "wong ka man 黄嘉敏");
        assert_eq!(list_key("田中　美咲"), list_key("田中美咲"));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,24}") {
            let once = folded(&text);
            prop_assert_eq!(folded(&once), once.clone());
            prop_assert_eq!(list_key(&list_key(&text)), list_key(&text));
        }

        #[test]
        fn composition_decides_nothing(text in "[a-zA-Zéüñçøåßа-яёй가-힣ぁ-ゖァ-ヶ ]{0,24}") {
            let (nfc, nfd): (String, String) = (text.nfc().collect(), text.nfd().collect());
            prop_assert_eq!(folded(&nfc), folded(&nfd));
        }

        #[test]
        fn offsets_point_into_the_text_and_never_go_back(text in "\\PC{0,24}") {
            let folded = fold(&text);
            prop_assert_eq!(folded.text.chars().count(), folded.offsets.len());
            prop_assert!(folded.offsets.is_sorted());
            prop_assert!(folded.offsets.last().is_none_or(|last| (*last as usize) < text.chars().count()));
        }
    }
}
