//! Seeds of authenticator apps at rest, bound to the person.

use crate::{keys::ServerKey, sealing::Sealer, store::StoreError};
use causeway_api::PersonId;

fn sealer(server: &ServerKey) -> Sealer {
    Sealer::new(server, b"authenticator seeds")
}

/// Nonce, then what was encrypted.
pub(super) fn seal(server: &ServerKey, person: PersonId, seed: &[u8]) -> Vec<u8> {
    sealer(server).seal(person.0.as_bytes(), seed)
}

/// The seed.
pub(super) fn open(server: &ServerKey, person: PersonId, sealed: &[u8]) -> Result<[u8; 20], StoreError> {
    let seed = sealer(server).open(person.0.as_bytes(), sealed);
    seed.and_then(|seed| <[u8; 20]>::try_from(seed).ok())
        .ok_or_else(|| StoreError::Corrupt("a seed was not encrypted with this server's key".to_owned()))
}
