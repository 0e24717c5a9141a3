//! Bounds and shapes that both sides check: the browser to help at once, the server to be sure.
//!
//! Each check answers the code of what is wrong; the codes are ids of the texts in `texts/`.

/// Longest text of one message, in Unicode scalar values.
pub const MESSAGE_MAX: usize = 4_000;
/// Longest name of a group, in Unicode scalar values.
pub const GROUP_NAME_MAX: usize = 80;
/// Most people in one group.
pub const GROUP_MEMBERS_MAX: usize = 100;
/// Longest company name, user name or person's name, in Unicode scalar values.
pub const NAME_MAX: usize = 120;
/// Shortest password for somebody who also confirms a code (NIST SP 800-63B-4, section 3.1.1.2).
pub const PASSWORD_MIN: usize = 12;
/// Longest password, in Unicode scalar values.
pub const PASSWORD_MAX: usize = 128;

/// What is wrong with a field: the id of a text.
pub type Fault = &'static str;

/// The form in which names are compared: trimmed, lower case, inner white space folded to one space.
pub fn name_key(name: &str) -> String {
    let lower = name.to_lowercase();
    let mut key = String::with_capacity(lower.len());
    for word in lower.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

/// A required name of at most [`NAME_MAX`] characters without control characters.
pub fn name(text: &str) -> Result<(), Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err("fault-required");
    }
    if text.chars().count() > NAME_MAX {
        return Err("fault-too-long");
    }
    if text.chars().any(char::is_control) {
        return Err("fault-control-characters");
    }
    Ok(())
}

/// The text of a message: not blank, at most [`MESSAGE_MAX`] characters.
pub fn message_text(text: &str) -> Result<(), Fault> {
    if text.trim().is_empty() {
        return Err("fault-required");
    }
    if text.chars().count() > MESSAGE_MAX {
        return Err("fault-too-long");
    }
    if text.contains('\0') {
        return Err("fault-control-characters");
    }
    Ok(())
}

/// The name of a group.
pub fn group_name(text: &str) -> Result<(), Fault> {
    name(text)?;
    if text.trim().chars().count() > GROUP_NAME_MAX { Err("fault-too-long") } else { Ok(()) }
}

/// The digits of a one-time code: spaces and dashes that people paste along are dropped.
pub fn code_digits(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_digit).take(6).collect()
}

/// A complete one-time code: six digits.
pub fn code(typed: &str) -> Result<String, Fault> {
    let digits = code_digits(typed);
    if digits.len() == 6 { Ok(digits) } else { Err("fault-code-length") }
}

/// The alphabet of Crockford's base 32: digits and letters without I, L, O and U.
pub const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A typed activation code in the form in which it is compared: case and separators do not matter, and letters that look
/// like a digit are read as that digit (Crockford, Base 32); U is read as V.
pub fn activation_code(typed: &str) -> Result<String, Fault> {
    folded(typed, 8).ok_or("fault-activation-code")
}

/// A code of that length in Crockford's base 32, as it is compared; nothing when it is none.
fn folded(typed: &str, length: usize) -> Option<String> {
    let folded: String = typed
        .chars()
        .filter(|char| char.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .map(|char| match char {
            'I' | 'L' => '1',
            'O' => '0',
            'U' => 'V',
            other => other,
        })
        .collect();
    let fits = folded.len() == length && folded.bytes().all(|byte| CROCKFORD.contains(&byte));
    fits.then_some(folded)
}

/// A typed recovery code in the form in which it is compared: thirteen characters, folded like an activation code.
pub fn recovery_code(typed: &str) -> Result<String, Fault> {
    folded(typed, 13).ok_or("fault-recovery-code")
}

/// The length of a new password.
pub fn password_length(password: &str) -> Result<(), Fault> {
    let length = password.chars().count();
    if length < PASSWORD_MIN {
        Err("fault-password-short")
    } else if length > PASSWORD_MAX {
        Err("fault-too-long")
    } else {
        Ok(())
    }
}

/// How hard a password is to guess, as far as its look tells. The server decides; this only helps while typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Too short.
    Short,
    /// Long enough, but with little variety.
    Weak,
    /// Good.
    Good,
    /// Long.
    Strong,
}

/// How hard a password looks.
pub fn password_strength(password: &str) -> Strength {
    let length = password.chars().count();
    let different = password.chars().collect::<std::collections::BTreeSet<_>>().len();
    match length {
        _ if length < PASSWORD_MIN => Strength::Short,
        _ if different < 6 => Strength::Weak,
        _ if length >= 20 && different >= 10 => Strength::Strong,
        _ => Strength::Good,
    }
}

/// A phone number without the spaces, dashes and brackets that people type.
pub fn compact_phone(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace() && !"-().".contains(*c)).collect()
}

/// A phone number in E.164 form (ITU-T E.164): `+`, then 7 to 15 digits, the first not zero.
pub fn phone(text: &str) -> Result<(), Fault> {
    let digits = text.strip_prefix('+').ok_or("fault-phone")?;
    let shape = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if shape && !digits.starts_with('0') { Ok(()) } else { Err("fault-phone") }
}

/// An e-mail address, by the parts that matter for sending: one `@`, a domain with a dot, no white space.
pub fn email(text: &str) -> Result<(), Fault> {
    let (local, domain) = text.split_once('@').ok_or("fault-email")?;
    let plain =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control());
    let fits = text.len() <= 254 && local.len() <= 64 && plain(local) && plain(domain);
    let domain_fits = domain.contains('.')
        && !domain.contains('@')
        && domain.split('.').all(|label| {
            !label.is_empty()
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                && !label.starts_with('-')
        });
    if fits && domain_fits && !local.contains(['<', '>', ',', ';', '"']) {
        Ok(())
    } else {
        Err("fault-email")
    }
}

/// A path inside the application that sign-in may lead back to: one leading slash, no other origin.
pub fn next_path(next: &str) -> Option<&str> {
    let inside = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(['\\', '\t', '\n', '\r'])
        && !next.to_ascii_lowercase().starts_with("/%2f")
        && !next.to_ascii_lowercase().starts_with("/%5c");
    inside.then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compare_without_case_and_extra_space() {
        assert_eq!(name_key("  Lantern   BAY "), "lantern bay");
        assert_eq!(name_key("ÉCOLE"), "école");
    }

    #[test]
    fn codes_are_six_digits_however_they_are_pasted() {
        assert_eq!(code("123 456"), Ok("123456".into()));
        assert_eq!(code(" 12-34-56\n"), Ok("123456".into()));
        assert_eq!(code("12345"), Err("fault-code-length"));
        assert_eq!(code_digits("1234567"), "123456");
    }

    #[test]
    fn activation_codes_fold_case_separators_and_look_alikes() {
        for typed in ["abcd-0e1h", " AbCd OEiH ", "ABCD_0ELH", "ab.cd—0e1h"] {
            assert_eq!(activation_code(typed).as_deref(), Ok("ABCD0E1H"), "{typed}");
        }
        assert_eq!(activation_code("uuuu-uuuu").as_deref(), Ok("VVVVVVVV"));
        for bad in ["", "ABCD-EFG", "ABCD-EFGHJ", "ABCD-EFG漢", "ABCD-EFGÉ"] {
            assert_eq!(activation_code(bad), Err("fault-activation-code"), "{bad}");
        }
    }

    #[test]
    fn strength_grows_with_length_and_variety() {
        assert_eq!(password_strength("short"), Strength::Short);
        assert_eq!(password_strength("aaaaaaaaaaaa"), Strength::Weak);
        assert_eq!(password_strength("kelp orbit 9"), Strength::Good);
        assert_eq!(password_strength("lantern over the water 7"), Strength::Strong);
        assert_eq!(compact_phone("+852 (61) 23-45.67"), "+85261234567");
    }

    #[test]
    fn message_text_is_counted_in_characters() {
        assert!(message_text(&"漢".repeat(MESSAGE_MAX)).is_ok());
        assert_eq!(message_text(&"a".repeat(MESSAGE_MAX + 1)), Err("fault-too-long"));
        assert_eq!(message_text(" \n "), Err("fault-required"));
    }

    #[test]
    fn only_e164_numbers_are_phone_numbers() {
        assert!(phone("+85261234567").is_ok());
        for bad in ["85261234567", "+0123456789", "+12", "+8526123 4567", "+1234567890123456"] {
            assert_eq!(phone(bad), Err("fault-phone"), "{bad}");
        }
    }

    #[test]
    fn addresses_that_cannot_be_mailed_are_refused() {
        assert!(email("priya.nair@lanternbay.example").is_ok());
        for bad in [
            "priya",
            "a@b",
            "a b@c.example",
            "a@b..example",
            "a@-b.example",
            "a@b@c.example",
            "<a>@b.example",
        ] {
            assert_eq!(email(bad), Err("fault-email"), "{bad}");
        }
    }

    #[test]
    fn sign_in_never_leads_to_another_origin() {
        assert_eq!(next_path("/chats/1"), Some("/chats/1"));
        for bad in
            ["//evil.example", "/\\evil.example", "https://evil.example", "", "/%2fevil.example", "/\t/evil"]
        {
            assert_eq!(next_path(bad), None, "{bad}");
        }
    }
}
