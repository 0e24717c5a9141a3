//! Mail addresses, read by the parser of the mailer itself: what is taken here can be written to.

use causeway_api::validate::{Fault, is_ignorable};
use lettre::Address;
use std::net::IpAddr;
use unicode_normalization::UnicodeNormalization as _;

/// Longest address (RFC 5321, 4.5.3.1.3, without the brackets).
const ADDRESS_MAX: usize = 254;

/// A mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    /// As it was given, without what cannot be seen.
    pub shown: String,
    /// The form in which it is compared, counted and looked up.
    pub key: String,
}

/// Reads an address: however wide it was typed, and with whatever invisible characters came along when it was pasted.
pub fn read(typed: &str) -> Result<Email, Fault> {
    let shown = clean(typed);
    let (local, domain) = shown.rsplit_once('@').ok_or(Fault::Email)?;
    if local.is_empty() || shown.contains(|c: char| c.is_whitespace() || c.is_control() || c == '"') {
        return Err(Fault::Email);
    }
    if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        return Err(Fault::EmailDots);
    }
    let ascii = domain_key(domain)?;
    if Address::new(local, &ascii).is_err() || local.len() + ascii.len() >= ADDRESS_MAX {
        return Err(Fault::Email);
    }
    Ok(Email { key: key(&shown), shown })
}

/// The form in which an address is compared, of anything that was ever stored as one.
pub fn key(address: &str) -> String {
    let lower: String = clean(address).chars().flat_map(char::to_lowercase).collect();
    sendable(&lower)
}

/// An address as mail servers take it: with the domain in ASCII.
pub fn sendable(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => match idna::domain_to_ascii(domain) {
            Ok(ascii) => format!("{local}@{ascii}"),
            Err(_) => address.to_owned(),
        },
        None => address.to_owned(),
    }
}

/// A domain in the form in which it is compared: lower case, in ASCII. It has a dot, and is no number.
pub fn domain_key(typed: &str) -> Result<String, Fault> {
    let ascii = idna::domain_to_ascii(&clean(typed)).map_err(|_| Fault::EmailDomain)?;
    // A full stop behind the last label is right for a name server and wrong in an address.
    let fits = ascii.contains('.')
        && !ascii.ends_with('.')
        && ascii.parse::<IpAddr>().is_err()
        && ascii.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.')
        && ascii.split('.').all(|label| !label.starts_with('-') && !label.ends_with('-'))
        && Address::new("a", &ascii).is_ok();
    if fits { Ok(ascii) } else { Err(Fault::EmailDomain) }
}

fn clean(typed: &str) -> String {
    typed.nfkc().filter(|c| !is_ignorable(*c)).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use lettre::message::Mailbox;
    use proptest::prelude::*;

    #[test]
    fn addresses_meet_however_they_are_typed() {
        for typed in [
            "Ana.Silva@Example.example",
            "\u{200b}ana.silva@example.example",
            "\u{202a}ana.silva@example.example\u{202c}",
            " ａｎａ．ｓｉｌｖａ＠ｅｘａｍｐｌｅ．ｅｘａｍｐｌｅ ",
            "ana.silva@example。example",
        ] {
            assert_eq!(read(typed).unwrap().key, "ana.silva@example.example", "{typed:?}");
        }
        let umlaut = read("Cy@BÜCHER.example").unwrap();
        assert_eq!(
            umlaut,
            Email { shown: "Cy@BÜCHER.example".into(), key: "cy@xn--bcher-kva.example".into() }
        );
        assert_eq!(read("cy@bu\u{308}cher.example").unwrap().key, umlaut.key);
        assert_eq!(read("cy@xn--bcher-kva.example").unwrap().key, umlaut.key);
        assert_eq!(sendable(&umlaut.shown), "Cy@xn--bcher-kva.example");
    }

    #[test]
    fn addresses_that_cannot_be_mailed_are_refused_with_a_reason() {
        let long = format!("a@{}.example", "a".repeat(64));
        for (typed, fault) in [
            ("priya", Fault::Email),
            ("@b.example", Fault::Email),
            ("a b@c.example", Fault::Email),
            ("a@b@c.example", Fault::Email),
            ("<a>@b.example", Fault::Email),
            ("a,b@c.example", Fault::Email),
            ("\"a b\"@c.example", Fault::Email),
            ("field..4177487c@docomo.example", Fault::EmailDots),
            ("field.@docomo.example", Fault::EmailDots),
            (".field@docomo.example", Fault::EmailDots),
            ("a@b", Fault::EmailDomain),
            ("a@b..example", Fault::EmailDomain),
            ("a@-b.example", Fault::EmailDomain),
            ("a@b-.example", Fault::EmailDomain),
            ("a@b.example.", Fault::EmailDomain),
            ("a@127.0.0.1", Fault::EmailDomain),
            ("a@[127.0.0.1]", Fault::EmailDomain),
            ("a@b_c.example", Fault::EmailDomain),
            (long.as_str(), Fault::EmailDomain),
        ] {
            assert_eq!(read(typed), Err(fault), "{typed}");
        }
        assert_eq!(read(&format!("{}@b.example", "a".repeat(65))), Err(Fault::Email));
    }

    proptest! {
        #[test]
        fn whatever_is_taken_can_be_mailed(typed in "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~ü-]{0,12}@[a-zA-Z0-9.äü-]{0,16}") {
            if let Ok(email) = read(&typed) {
                let address: Address = sendable(&email.shown).parse().unwrap();
                prop_assert!(Mailbox::new(None, address).to_string().contains('@'));
                prop_assert_eq!(read(&email.key).unwrap().key, email.key.clone());
                prop_assert_eq!(key(&email.shown), email.key);
            }
        }

        #[test]
        fn no_text_makes_the_reading_of_addresses_fail(typed in "\\PC{0,40}") {
            if let Ok(email) = read(&typed) {
                prop_assert_eq!(key(&key(&email.shown)), email.key);
            }
        }
    }
}
