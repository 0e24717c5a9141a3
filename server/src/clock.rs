//! Time, ids and randomness: the only place that takes them from the machine.
//!
//! Everything else is handed a [`Clock`] and [`Secrets`], so that a test can move time and see what follows.
#![expect(clippy::disallowed_methods, reason = "this is the place they are kept out of elsewhere")]

use causeway_api::Millis;
use rand::RngExt;
use sha2::{Digest, Sha256};
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use uuid::Uuid;

/// Milliseconds in a second.
pub const SECOND: Millis = 1_000;
/// Milliseconds in a minute.
pub const MINUTE: Millis = 60 * SECOND;
/// Milliseconds in an hour.
pub const HOUR: Millis = 60 * MINUTE;
/// Milliseconds in a day.
pub const DAY: Millis = 24 * HOUR;

/// What time it is.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that stands at `now` until it is moved.
    pub fn manual(now: Millis) -> Self {
        Self(Some(Arc::new(AtomicI64::new(now))))
    }

    /// The instant.
    pub fn now(&self) -> Millis {
        match &self.0 {
            Some(manual) => manual.load(Ordering::SeqCst),
            None => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX)),
        }
    }

    /// Moves a manual clock forward; the machine's clock is left alone.
    pub fn advance(&self, by: Millis) {
        if let Some(manual) = &self.0 {
            manual.fetch_add(by, Ordering::SeqCst);
        }
    }
}

/// Waits for a while of the machine's time: for pings, back-off and worker pauses.
pub async fn pause(millis: Millis) {
    tokio::time::sleep(Duration::from_millis(millis.max(0).unsigned_abs())).await;
}

/// Waits until an instant of the machine's own clock; nothing when it has passed.
pub async fn wait_until(instant: tokio::time::Instant) {
    tokio::time::sleep_until(instant).await;
}

/// A new id that sorts by the time of its making.
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// A new id that tells nothing, for request ids.
pub fn random_id() -> Uuid {
    Uuid::new_v4()
}

/// A token of 256 random bits, as 43 characters that need no quoting in an address or a cookie.
pub fn new_token() -> Token {
    use base64::Engine as _;
    let bytes: [u8; 32] = rand::rng().random();
    Token(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes))
}

/// A one-time code: six digits, each equally likely, leading zeros included.
pub fn new_code() -> String {
    format!("{:06}", rand::rng().random_range(0..1_000_000))
}

/// A secret of 128 random bits for a QR code, as 22 characters that need no quoting in an address.
pub fn new_secret() -> Token {
    use base64::Engine as _;
    let bytes: [u8; 16] = rand::rng().random();
    Token(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes))
}

/// A code that links a device: eight characters of Crockford's base 32, 40 random bits.
pub fn new_activation_code() -> String {
    let alphabet = causeway_api::validate::CROCKFORD;
    (0..8).map(|_| char::from(alphabet[rand::rng().random_range(0..alphabet.len())])).collect()
}

/// A recovery code: thirteen characters of Crockford's base 32, 65 random bits.
pub fn new_recovery_code() -> String {
    let alphabet = causeway_api::validate::CROCKFORD;
    (0..13).map(|_| char::from(alphabet[rand::rng().random_range(0..alphabet.len())])).collect()
}

/// The seed of an authenticator app: 160 random bits (RFC 4226, section 4, R6).
pub fn new_seed() -> [u8; 20] {
    rand::rng().random()
}

/// A nonce for the encryption of a seed.
pub fn new_nonce() -> [u8; 12] {
    rand::rng().random()
}

/// The salt of a password hash: 128 random bits.
pub fn new_salt() -> [u8; 16] {
    rand::rng().random()
}

/// Two digits to compare on two screens.
pub fn new_number() -> String {
    format!("{:02}", rand::rng().random_range(0..100))
}

/// The salt of an event's digest: 256 random bits, so that what was erased cannot be found by trying.
pub fn new_event_salt() -> [u8; 32] {
    rand::rng().random()
}

/// Random bytes for a key.
pub fn new_key() -> [u8; 32] {
    rand::rng().random()
}

/// A number from 0 up to, not including, `below`, for jitter.
pub fn jitter(below: Millis) -> Millis {
    if below > 0 { rand::rng().random_range(0..below) } else { 0 }
}

/// A secret that its holder shows to be let in. It has no `Debug`; only its hash is stored.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// What someone presented as a token.
    pub fn presented(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text, for a cookie or the fragment of a link.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored: SHA-256. The token has 256 random bits, so a fast hash is enough.
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_uniform_with_leading_zeros() {
        let mut digits = [[0_u32; 10]; 6];
        let mut low = 0;
        for _ in 0..200_000 {
            let code = new_code();
            assert_eq!(code.len(), 6);
            low += u32::from(code.starts_with('0'));
            for (place, digit) in code.bytes().enumerate() {
                digits[place][usize::from(digit - b'0')] += 1;
            }
        }
        assert!(low > 18_000, "a tenth of the codes begin with zero, {low} of 200000 did");
        for place in digits {
            let chi: f64 = place.iter().map(|&n| (f64::from(n) - 20_000.0).powi(2) / 20_000.0).sum();
            assert!(chi < 33.7, "chi-square {chi} over 9 degrees of freedom is beyond p = 0.0001");
        }
    }

    #[test]
    fn tokens_have_256_bits_and_do_not_repeat() {
        let tokens: std::collections::HashSet<String> =
            (0..10_000).map(|_| new_token().reveal().to_owned()).collect();
        assert_eq!(tokens.len(), 10_000);
        assert!(tokens.iter().all(|token| token.len() == 43));
    }

    #[test]
    fn a_manual_clock_moves_only_when_it_is_moved() {
        let clock = Clock::manual(5);
        assert_eq!(clock.now(), 5);
        clock.advance(MINUTE);
        assert_eq!(clock.now(), 60_005);
    }
}
