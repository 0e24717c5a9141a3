//! The alphabetical index of the list.

use causeway_api::validate::name_key;

/// The letter a name stands under: a Latin letter without its accent, or the script of other names.
pub(super) fn index_letter(name: &str) -> String {
    let Some(first) = name_key(name).chars().next() else { return "#".to_owned() };
    match first {
        'a'..='z' => first.to_ascii_uppercase().to_string(),
        '\u{3040}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => "中文 · 日本語".to_owned(),
        other if other.is_alphabetic() => other.to_uppercase().to_string(),
        _ => "#".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_under_their_letter_or_script() {
        for (name, letter) in
            [("amara", "A"), ("Østergaard", "Ø"), ("田中", "中文 · 日本語"), ("7 Seas", "#")]
        {
            assert_eq!(index_letter(name), letter);
        }
    }
}
