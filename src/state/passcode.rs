//! The passcode of this device: six digits, or the device's own lock, that open the app after it was away for a while.
//!
//! It protects a phone that lies about, and nothing else: it is no credential of the server, never leaves the device,
//! and what is kept of it is a slow hash (PBKDF2, RFC 8018) with a salt of its own. Someone who can read the storage
//! of the browser could try the million passcodes all the same; that is the phone's lock to prevent.

use super::{passkeys, storage};
use causeway_api::{Millis, PersonId};
use js_sys::{Array, Object, Reflect, Uint8Array};
use leptos::prelude::window;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Rounds of PBKDF2 with SHA-256 (OWASP Password Storage Cheat Sheet, 2023).
const ROUNDS: u32 = 600_000;
/// Wrong tries in a row that sign the device out.
pub const TRIES: u32 = 5;
/// After so long in the background the app is locked.
pub const LOCK_AFTER: Millis = 5 * 60 * 1_000;

const KEPT: &str = "causeway.passcode";
const LEFT_AT: &str = "causeway.left-at";

/// What this device keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passcode {
    /// Whose app it opens.
    person: PersonId,
    opens: Opens,
    /// Wrong tries since the last right one.
    failures: u32,
}

/// What opens the app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Opens {
    /// Six digits, of which a hash is kept.
    Digits { salt: Vec<u8>, hash: Vec<u8> },
    /// The device's own lock, by the id of a credential that never leaves it.
    Device { credential: String },
}

/// What became of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    /// The app opens.
    Right,
    /// So many tries are left.
    Wrong(u32),
    /// None is left: the device is signed out.
    Spent,
}

/// Whether the app is locked when it comes back at `now`. A clock that went backwards locks.
pub fn is_due(left_at: Option<Millis>, now: Millis) -> bool {
    left_at.is_none_or(|left| now < left || now - left >= LOCK_AFTER)
}

fn now() -> Millis {
    js_sys::Date::now() as Millis
}

fn random<const N: usize>() -> Result<[u8; N], JsValue> {
    let mut bytes = [0; N];
    window().crypto()?.get_random_values_with_u8_array(&mut bytes)?;
    Ok(bytes)
}

async fn hash(digits: &str, salt: &[u8]) -> Result<Vec<u8>, JsValue> {
    let subtle = window().crypto()?.subtle();
    let (key, uses) = (Uint8Array::from(digits.as_bytes()), Array::of1(&"deriveBits".into()));
    let key = JsFuture::from(subtle.import_key_with_str("raw", &key, "PBKDF2", false, &uses)?).await?;
    let how = Object::new();
    for (name, value) in [
        ("name", JsValue::from("PBKDF2")),
        ("hash", JsValue::from("SHA-256")),
        ("salt", Uint8Array::from(salt).into()),
        ("iterations", JsValue::from(ROUNDS)),
    ] {
        Reflect::set(&how, &name.into(), &value)?;
    }
    let bits = JsFuture::from(subtle.derive_bits_with_object(&how, key.unchecked_ref(), 256)?).await?;
    Ok(Uint8Array::new(&bits).to_vec())
}

/// The passcode that is set on this device for a person.
pub fn kept(person: PersonId) -> Option<Passcode> {
    storage::read::<Passcode>(KEPT).filter(|kept| kept.person == person)
}

/// Whether a passcode is due now.
pub fn is_locked(person: PersonId) -> bool {
    kept(person).is_some_and(|kept| kept.is_spent() || is_due(storage::read(LEFT_AT), now()))
}

/// Notes that the app goes to the background, or comes back.
pub fn note_time() {
    storage::write(LEFT_AT, &now());
}

/// Sets six digits as the passcode.
pub async fn set_digits(person: PersonId, digits: &str) -> Result<(), JsValue> {
    let salt = random::<16>()?;
    let opens = Opens::Digits { hash: hash(digits, &salt).await?, salt: salt.to_vec() };
    keep(&Passcode { person, opens, failures: 0 });
    Ok(())
}

/// Sets the device's own lock (fingerprint, face, PIN) as the passcode.
pub async fn set_device(person: PersonId, name: &str) -> Result<(), passkeys::Reason> {
    let credential = passkeys::create_for_device(name).await?;
    keep(&Passcode { person, opens: Opens::Device { credential }, failures: 0 });
    Ok(())
}

fn keep(passcode: &Passcode) {
    storage::write(KEPT, passcode);
    note_time();
}

/// Takes the passcode away from this device.
pub fn remove() {
    storage::remove(KEPT);
}

impl Passcode {
    /// Whether the device's own lock opens the app.
    pub fn is_device(&self) -> bool {
        matches!(self.opens, Opens::Device { .. })
    }

    /// Whether every try was used: the device has to be signed out.
    pub fn is_spent(&self) -> bool {
        self.failures >= TRIES
    }

    /// Tries six digits. The try is counted before it is looked at, so that closing the page saves no one.
    pub async fn try_digits(mut self, digits: &str) -> Result<Tried, JsValue> {
        if self.is_spent() {
            return Ok(Tried::Spent);
        }
        self.failures += 1;
        storage::write(KEPT, &self);
        let is_right = match &self.opens {
            Opens::Digits { salt, hash: kept } => hash(digits, salt).await? == *kept,
            Opens::Device { .. } => false,
        };
        Ok(self.tried(is_right))
    }

    /// Asks the device's own lock. Someone who gives up has not guessed, so nothing is counted.
    pub async fn try_device(mut self) -> Result<Tried, passkeys::Reason> {
        let Opens::Device { credential } = &self.opens else { return Ok(Tried::Wrong(TRIES)) };
        let is_right = passkeys::confirm_on_device(credential).await?;
        Ok(self.tried(is_right))
    }

    fn tried(&mut self, is_right: bool) -> Tried {
        if is_right {
            self.failures = 0;
            keep(self);
            return Tried::Right;
        }
        if self.is_spent() { Tried::Spent } else { Tried::Wrong(TRIES - self.failures) }
    }
}
