//! One-time codes: made, kept as a keyed hash, compared in constant time.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretSlice};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// The server's key for codes. It lives in a file beside the database, so a stolen database alone does not
/// allow the million possible codes to be tried.
#[derive(Clone)]
pub struct ServerKey(SecretSlice<u8>);

impl ServerKey {
    /// A key of 32 bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(SecretSlice::from(bytes.to_vec()))
    }

    /// A key of 32 bytes for another purpose: HMAC-SHA256 over its name, as HKDF-Expand does for one block (RFC 5869).
    pub fn derive(&self, purpose: &[u8]) -> [u8; 32] {
        let mut mac = self.mac();
        mac.update(b"derive\0");
        mac.update(purpose);
        mac.finalize().into_bytes().into()
    }

    fn mac(&self) -> Hmac<Sha256> {
        <Hmac<Sha256> as KeyInit>::new_from_slice(self.0.expose_secret())
            .unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"))
    }

    /// HMAC-SHA256 over the purpose of a code, the challenge it belongs to, and its digits (RFC 2104).
    pub fn code_mac(&self, challenge: &[u8], code: &str) -> Vec<u8> {
        let mut mac = self.mac();
        mac.update(b"sign-in code\0");
        mac.update(challenge);
        mac.update(code.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }

    /// Whether `code` is the one whose hash was kept.
    pub fn code_matches(&self, challenge: &[u8], code: &str, kept: &[u8]) -> bool {
        self.code_mac(challenge, code).ct_eq(kept).into()
    }
}

/// A phone number with its middle hidden: `+852 •••• 4567`.
pub fn mask_phone(phone: &str) -> String {
    match (
        phone.get(..=country_code_length(phone)),
        phone.len().checked_sub(4).and_then(|at| phone.get(at..)),
    ) {
        (Some(head), Some(tail)) if phone.len() >= 8 => format!("{head} •••• {tail}"),
        _ => String::new(),
    }
}

/// How many digits the country code has (ITU-T E.164, list of assigned codes): zones 1 and 7 have one, these
/// have two, all others three.
fn country_code_length(phone: &str) -> usize {
    const TWO: [&str; 43] = [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48",
        "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81",
        "82", "84", "86", "90", "91", "92", "93", "94", "95",
    ];
    let digits = phone.trim_start_matches('+');
    match digits {
        _ if digits.starts_with(['1', '7']) => 1,
        _ if digits.starts_with("98") || TWO.iter().any(|code| digits.starts_with(code)) => 2,
        _ => 3,
    }
}

/// A mail address with its name hidden: `p•••@lanternbay.example`.
pub fn mask_email(email: &str) -> String {
    match email.split_once('@') {
        Some((local, domain)) => format!("{}•••@{domain}", local.chars().take(1).collect::<String>()),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_fits_only_its_own_challenge() {
        let key = ServerKey::new([7; 32]);
        let kept = key.code_mac(b"one", "012345");
        assert!(key.code_matches(b"one", "012345", &kept));
        assert!(!key.code_matches(b"two", "012345", &kept));
        assert!(!key.code_matches(b"one", "012346", &kept));
        assert!(!ServerKey::new([8; 32]).code_matches(b"one", "012345", &kept));
    }

    #[test]
    fn masks_hide_the_middle() {
        assert_eq!(mask_phone("+85255508821"), "+852 •••• 8821");
        assert_eq!(mask_phone("+12025550101"), "+1 •••• 0101");
        assert_eq!(mask_phone("+442079460000"), "+44 •••• 0000");
        assert_eq!(mask_phone(""), "");
        assert_eq!(mask_email("priya.nair@lanternbay.example"), "p•••@lanternbay.example");
    }
}
