//! Passwords, as they are hashed.

use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

/// A password in the form in which it is hashed (PRECIS `OpaqueString`, RFC 8265, 4.2): composed, with the spaces of
/// every script as the ASCII one, so that each keyboard and system types the same. Nothing else is changed.
pub fn prepare(typed: &str) -> Cow<'_, str> {
    let is_other_space = |c: char| c != ' ' && is_space(c);
    if is_nfc(typed) && !typed.contains(is_other_space) {
        return Cow::Borrowed(typed);
    }
    Cow::Owned(typed.chars().map(|c| if is_space(c) { ' ' } else { c }).nfc().collect())
}

/// The spaces of Unicode (category Zs).
fn is_space(char: char) -> bool {
    matches!(u32::from(char), 0x20 | 0xA0 | 0x1680 | 0x2000..=0x200A | 0x202F | 0x205F | 0x3000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_password_is_the_same_on_every_system() {
        let nfc = "Überflüssige Ölmühle né 42";
        let nfd: String = nfc.nfd().collect();
        assert_eq!(prepare(&nfd), nfc);
        assert_eq!(prepare("桜の　木の下で"), "桜の 木の下で");
        // Neither case nor width nor what cannot be seen: a password is what was typed.
        for other in ["ＯＴＴＥＲ", "otter\u{200b}", " otter ", "OTTER"] {
            assert_eq!(prepare(other), other);
        }
    }

    proptest! {
        #[test]
        fn preparing_twice_is_preparing_once(typed in "\\PC{0,40}") {
            let once = prepare(&typed).into_owned();
            prop_assert_eq!(prepare(&once), once.as_str());
            let nfd: String = typed.nfd().collect();
            prop_assert_eq!(prepare(&nfd), once.as_str());
        }
    }
}
