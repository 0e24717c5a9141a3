//! Mail addresses, phone numbers and paths, as far as their shape tells. The server reads addresses with the mailer's
//! parser and numbers by the rules of libphonenumber; what is refused here would be refused there, not the reverse.

use super::{Fault, digit, is_ignorable};

/// Longest phone number as people write it: 15 digits (ITU-T E.164) and what stands between and in front of them.
const PHONE_TYPED_MAX: usize = 40;

/// Something that may be read as a phone number: some digits, of any script, among what people put between them.
pub fn phone(text: &str) -> Result<(), Fault> {
    let digits = text.chars().filter(|c| digit(*c).is_some()).count();
    let others = text.chars().any(|c| c.is_alphabetic() || c == '@');
    let fits = (4..=20).contains(&digits) && !others && text.chars().count() <= PHONE_TYPED_MAX;
    if fits { Ok(()) } else { Err(Fault::Phone) }
}

/// Something that may be read as a mail address: one `@`, in full width as well, with something on both sides of it and
/// a dot in the domain.
pub fn email(text: &str) -> Result<(), Fault> {
    let text: String = text.trim().chars().filter(|c| !is_ignorable(*c)).collect();
    let (local, domain) = text.split_once(['@', '＠']).ok_or(Fault::Email)?;
    let fits = text.len() <= 320
        && !local.is_empty()
        && domain.contains(['.', '．', '。', '｡'])
        && !domain.contains(['@', '＠'])
        && !text.contains(char::is_whitespace);
    if fits { Ok(()) } else { Err(Fault::Email) }
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
    fn what_cannot_be_a_phone_number_is_refused_at_once() {
        for typed in
            ["+85261234567", "\u{202a}+852 6123 4567\u{202c}", "＋８５２６１２３４５６７", "+49 (0)30/901820"]
        {
            assert!(phone(typed).is_ok(), "{typed:?}");
        }
        for bad in ["", "12", "none", "a@b.example", "+1 800 FLOWERS", "123456789012345678901"] {
            assert_eq!(phone(bad), Err(Fault::Phone), "{bad}");
        }
    }

    #[test]
    fn what_cannot_be_a_mail_address_is_refused_at_once() {
        for typed in ["priya.nair@lanternbay.example", "\u{200b}a@bücher.example ", "ａ＠ｂ．ｅｘａｍｐｌｅ"]
        {
            assert!(email(typed).is_ok(), "{typed:?}");
        }
        for bad in ["priya", "a@b", "a b@c.example", "a@b@c.example", "@c.example", ""] {
            assert_eq!(email(bad), Err(Fault::Email), "{bad}");
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
