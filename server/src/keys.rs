//! The key of the server, from which every other key is derived, and the keyed hash of one-time codes.

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
}
