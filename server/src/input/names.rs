//! Names: of people, companies, groups, devices, and what people and companies sign in with.

use super::{emails, fold::lower};
use causeway_api::validate::{self, Fault, has_visible, is_ignorable};
use unicode_normalization::UnicodeNormalization as _;
use unicode_security::confusable_detection::skeleton;

/// Reads a required name: in its composed form, without what cannot be seen.
pub fn read(typed: &str) -> Result<String, Fault> {
    let name = clean(typed);
    if name.is_empty() && !typed.trim().is_empty() {
        return Err(Fault::Invisible);
    }
    validate::name(&name).map(|()| name)
}

/// Reads a name that may be missing: empty when nothing of it can be seen.
pub fn read_optional(typed: &str) -> Result<String, Fault> {
    if has_visible(typed) { read(typed) } else { Ok(String::new()) }
}

/// Reads the name of a group.
pub fn read_group(typed: &str) -> Result<String, Fault> {
    let name = read(typed)?;
    validate::group_name(&name).map(|()| name)
}

/// A name without surrounding space, direction controls and characters that are drawn as nothing, composed (NFC). What
/// joins emoji, or letters of Arabic and Indic scripts, and what selects the variant of a character stays.
pub fn clean(typed: &str) -> String {
    let mut kept: Vec<char> = Vec::with_capacity(typed.len());
    let mut chars = typed.chars().peekable();
    while let Some(char) = chars.next() {
        let before = kept.last().copied();
        let stays = match char {
            '\u{200c}' | '\u{200d}' => {
                before.is_some_and(is_joined) && chars.peek().copied().is_some_and(is_joined)
            }
            '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180d}' | '\u{180f}' => {
                before.is_some_and(|before| !before.is_whitespace() && !is_ignorable(before))
            }
            other => !is_ignorable(other),
        };
        if stays {
            // A line break would tear a row of a list apart; cells of spreadsheets have them.
            kept.push(if matches!(char, '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}') { ' ' } else { char });
        }
    }
    kept.into_iter().collect::<String>().trim().nfc().collect()
}

/// Whether a joiner next to a character does something: it is part of an emoji, or of a script whose letters join.
fn is_joined(char: char) -> bool {
    matches!(u32::from(char),
        0x0600..=0x08FF | 0x0900..=0x109F | 0x1780..=0x18AF | 0x2190..=0x2BFF | 0xA840..=0xA8FF | 0xFB50..=0xFDFF
        | 0xFE0F | 0xFE70..=0xFEFC | 0x1_F000..=0x1_FAFF)
}

/// The form in which names that people sign in with are compared (after PRECIS `UsernameCaseMapped`, RFC 8265, 3.3):
/// width, case and composition do not matter, nor white space, nor what cannot be seen; letters of other scripts that
/// look like a Latin one are that one (UTS 39), so that no two accounts look the same. A mail address is compared as
/// one.
pub fn key(typed: &str) -> String {
    let plain: String =
        typed.nfkc().flat_map(lower).filter(|c| !c.is_whitespace() && !is_ignorable(*c)).nfkc().collect();
    let plain = if plain.contains('@') { emails::key(&plain) } else { plain };
    let mut alike = String::with_capacity(plain.len());
    for char in plain.chars() {
        if char.is_ascii() {
            // Latin letters and digits are told apart by those who use them: 1 and l, rn and m.
            alike.push(char);
        } else {
            alike.extend(skeleton(char.encode_utf8(&mut [0; 4])).flat_map(lower));
        }
    }
    alike.nfc().collect()
}

/// The one among rows found by [`key`] or by the key of earlier versions that a name means: whoever had a name that looks
/// like another one's before the two were one keeps it, and signs in with it exactly as it was given.
pub fn exact<T>(
    found: impl IntoIterator<Item = T>,
    typed: &str,
    key_of: impl Fn(&T) -> &String,
) -> Option<T> {
    let own = validate::name_key(typed);
    let mut found: Vec<T> = found.into_iter().collect();
    let at = found.iter().position(|row| *key_of(row) == own).unwrap_or(0);
    (at < found.len()).then(|| found.swap_remove(at))
}

/// The form in which entries of a list are compared: width, case, composition and extra space do not matter; accents do.
pub fn spelling_key(typed: &str) -> String {
    let plain: String = typed.nfkc().flat_map(lower).filter(|c| !is_ignorable(*c)).nfkc().collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_lose_what_cannot_be_seen_and_keep_what_joins() {
        for (typed, kept) in [
            (" Priya \u{202e}riaN ", "Priya riaN"),
            ("\u{2066}Ana\u{2069}\u{200f}\u{feff}", "Ana"),
            ("Jose\u{301}", "José"),
            ("👩\u{200d}💻 Ada", "👩\u{200d}💻 Ada"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("क्\u{200d}ष", "क्\u{200d}ष"),
            ("a\u{200d}b", "ab"),
            ("葛\u{e0100}城", "葛\u{e0100}城"),
            ("❤\u{fe0f}", "❤\u{fe0f}"),
            ("A\u{2028}B", "A B"),
            ("Sales\nAsia", "Sales Asia"),
            ("田中　美咲", "田中　美咲"),
        ] {
            assert_eq!(read(typed).as_deref(), Ok(kept), "{typed:?}");
        }
    }

    #[test]
    fn a_name_that_cannot_be_seen_is_none() {
        for typed in ["\u{3164}\u{3164}", "\u{2800}", "\u{200b}\u{2060}", "\u{115f}", "\u{1160}", "\u{ffa0}"]
        {
            assert_eq!(read(typed), Err(Fault::Invisible), "{typed:?}");
            assert_eq!(read_optional(typed).as_deref(), Ok(""), "{typed:?}");
        }
        assert_eq!(read("  "), Err(Fault::Required));
    }

    #[test]
    fn sign_in_names_meet_however_they_are_typed() {
        for typed in [
            "priya.nair",
            "PRIYA.NAIR",
            "ｐｒｉｙａ．ｎａｉｒ",
            "priya.nair\u{200b}",
            "\u{2060}priya.nair",
            "priya. nair",
            "priya\u{a0}.nair",
            "рriya.nair",
        ] {
            assert_eq!(key(typed), "priya.nair", "{typed:?}");
        }
        assert_eq!(key("José"), key("JOSE\u{301}"));
        assert_eq!(key("per\u{441}ival"), key("percival"));
        assert_eq!(key("Straße"), key("STRASSE"));
        assert_eq!(key("lanternbay\u{feff}"), key("Lantern Bay"));
        assert_eq!(key("Ana@BÜCHER.example"), key("ana@xn--bcher-kva.example"));
        for [one, other] in
            [["user1", "userl"], ["josé", "jose"], ["marn", "mam"], ["а.b", "a.c"], ["陳", "陈"]]
        {
            assert_ne!(key(one), key(other), "{one} {other}");
        }
    }

    #[test]
    fn entries_of_a_list_meet_with_their_accents_only() {
        assert_eq!(spelling_key(" Ｐｅñａ  Ltd. "), spelling_key("pen\u{303}a ltd."));
        assert_ne!(spelling_key("Peña"), spelling_key("Pena"));
    }

    proptest! {
        #[test]
        fn composition_case_and_width_decide_nothing(name in "[a-z0-9.éüñçøåа-я]{1,24}") {
            let nfd: String = name.nfd().collect();
            let wide: String = name
                .chars()
                .map(|c| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c })
                .collect();
            for other in [nfd, wide, name.to_uppercase(), format!(" \u{200b}{name}\u{202c}")] {
                prop_assert_eq!(key(&other), key(&name), "{:?}", other);
            }
        }

        #[test]
        fn a_clean_name_is_clean(typed in "\\PC{0,24}") {
            prop_assert_eq!(clean(&clean(&typed)), clean(&typed));
        }
    }
}
