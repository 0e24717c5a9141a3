//! Seeds of authenticator apps at rest: ChaCha20-Poly1305 (RFC 8439) under a key made from the server key, bound to the
//! person, so that neither a stolen database nor a row copied to somebody else opens an account.

use crate::{clock, domain::otp::ServerKey, store::StoreError};
use causeway_api::PersonId;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

fn key(server: &ServerKey) -> Result<LessSafeKey, StoreError> {
    let bytes = server.derive(b"authenticator seeds");
    UnboundKey::new(&CHACHA20_POLY1305, &bytes)
        .map(LessSafeKey::new)
        .map_err(|_| StoreError::Corrupt("the key for seeds".to_owned()))
}

/// Nonce, then what was encrypted.
pub(super) fn seal(server: &ServerKey, person: PersonId, seed: &[u8]) -> Result<Vec<u8>, StoreError> {
    let nonce = clock::new_nonce();
    let mut text = seed.to_vec();
    key(server)?
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(person.0.as_bytes()),
            &mut text,
        )
        .map_err(|_| StoreError::Corrupt("a seed cannot be encrypted".to_owned()))?;
    Ok([nonce.as_slice(), &text].concat())
}

/// The seed.
pub(super) fn open(server: &ServerKey, person: PersonId, sealed: &[u8]) -> Result<[u8; 20], StoreError> {
    let corrupt = || StoreError::Corrupt("a seed was not encrypted with this server's key".to_owned());
    let (nonce, text) = sealed.split_first_chunk::<NONCE_LEN>().ok_or_else(corrupt)?;
    let mut text = text.to_vec();
    let nonce = Nonce::assume_unique_for_key(*nonce);
    let seed = key(server)?
        .open_in_place(nonce, Aad::from(person.0.as_bytes()), &mut text)
        .map_err(|_| corrupt())?;
    <[u8; 20]>::try_from(&*seed).map_err(|_| corrupt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_read_back_with_its_key_by_its_person_only() {
        let (key, person) = (ServerKey::new([7; 32]), PersonId(clock::random_id()));
        let sealed = seal(&key, person, &[9; 20]).unwrap();
        assert!(!sealed.windows(4).any(|part| part == [9; 4]));
        assert_eq!(open(&key, person, &sealed).unwrap(), [9; 20]);
        assert!(open(&ServerKey::new([8; 32]), person, &sealed).is_err());
        assert!(open(&key, PersonId(clock::random_id()), &sealed).is_err());
        let mut touched = sealed;
        touched[14] ^= 1;
        assert!(open(&key, person, &touched).is_err());
    }
}
