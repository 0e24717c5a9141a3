//! What is stored but must not be readable in the database: ChaCha20-Poly1305 (RFC 8439) under a key made from the server
//! key, bound to the row it belongs to, so that neither a stolen database nor a row copied to another place opens it.

use crate::{clock, keys::ServerKey};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use std::sync::Arc;

/// Seals and opens for one purpose.
#[derive(Clone)]
pub struct Sealer(Arc<LessSafeKey>);

impl Sealer {
    /// A sealer whose key is made from the server key for `purpose`.
    pub fn new(server: &ServerKey, purpose: &[u8]) -> Self {
        let key = UnboundKey::new(&CHACHA20_POLY1305, &server.derive(purpose))
            .unwrap_or_else(|_| unreachable!("a key of ChaCha20-Poly1305 has 32 bytes"));
        Self(Arc::new(LessSafeKey::new(key)))
    }

    /// Returns the nonce and what was encrypted.
    pub fn seal(&self, row: &[u8], text: &[u8]) -> Vec<u8> {
        let nonce = clock::new_nonce();
        let mut sealed = text.to_vec();
        self.0
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(row), &mut sealed)
            .unwrap_or_else(|_| unreachable!("only texts beyond 256 GiB cannot be sealed"));
        [nonce.as_slice(), &sealed].concat()
    }

    /// Returns what was sealed, or `None` if it was changed, belongs to another row or was sealed under another key.
    pub fn open(&self, row: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, text) = sealed.split_first_chunk::<NONCE_LEN>()?;
        let mut text = text.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let opened = self.0.open_in_place(nonce, Aad::from(row), &mut text).ok()?;
        Some(opened.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_opened_with_its_key_for_its_purpose_and_row_only() {
        let key = ServerKey::new([7; 32]);
        let letters = Sealer::new(&key, b"letters");
        let sealed = letters.seal(b"row", b"123456 is your code");
        assert!(!sealed.windows(6).any(|part| part == b"123456"));
        assert_eq!(letters.open(b"row", &sealed).unwrap(), b"123456 is your code");
        assert_eq!(letters.open(b"other row", &sealed), None);
        assert_eq!(Sealer::new(&key, b"seeds").open(b"row", &sealed), None);
        assert_eq!(Sealer::new(&ServerKey::new([8; 32]), b"letters").open(b"row", &sealed), None);
        let mut touched = sealed.clone();
        touched[14] ^= 1;
        assert_eq!(letters.open(b"row", &touched), None);
        assert_eq!(letters.open(b"row", &sealed[..5]), None);
    }
}
