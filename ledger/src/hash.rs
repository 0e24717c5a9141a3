//! What the hash of an event covers.
//!
//! There are two forms. In the first, the hash covers the body itself; logs begin so that were written by versions before
//! salts. In the second, it covers SHA-256 of a salt and the body instead: when the body is erased at the end of its
//! retention, the digest that stays neither breaks the chain nor lets anyone try what the body may have said. A log changes
//! from the first form to the second once, right behind the event that says so.

use causeway_api::{CompanyId, EventBody, Millis, PersonId};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use uuid::Uuid;

/// What stands in front of the first event in place of a hash.
pub const GENESIS: [u8; 32] = [0; 32];
/// Length of a salt in bytes.
pub const SALT_LENGTH: usize = 32;
/// Begins what is hashed in the second form, so that no event of one form passes for one of the other.
const SECOND_FORM: &[u8] = b"causeway event 2\n";

/// An event of the log.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The company.
    pub company: CompanyId,
    /// Its place in the company's log, from 1, without gaps.
    pub seq: i64,
    /// When it happened.
    pub at: Millis,
    /// Who did it.
    pub actor: PersonId,
    /// What happened.
    pub body: EventBody,
    /// The body as it was written down; the hash covers these bytes.
    pub json: Arc<str>,
}

/// A row of the log, column by column: nothing in it is interpreted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The company whose log it is.
    pub company: Uuid,
    /// Its place in the log, from 1.
    pub seq: i64,
    /// When it happened, in milliseconds since 1970.
    pub at: Millis,
    /// The kind of event: `message_sent`.
    pub kind: String,
    /// The chat it is about; the nil id for none.
    pub chat: Uuid,
    /// Whoever did it; the nil id for the server itself.
    pub actor: Uuid,
    /// JSON of the body.
    pub body: String,
    /// Salt of the body's digest; `None` in the first form.
    pub salt: Option<Vec<u8>>,
    /// The hash that was recorded with it.
    pub hash: Vec<u8>,
}

/// The end of a company's chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Sequence number of the newest event; 0 before the first.
    pub seq: i64,
    /// Its hash; [`GENESIS`] before the first.
    pub hash: Vec<u8>,
}

/// Returns the hash of an event behind one with hash `before`.
pub fn chain(before: &[u8], entry: &Entry, salt: Option<&[u8]>) -> Vec<u8> {
    let Entry { company, seq, at, actor, body, json } = entry;
    let (company, chat, actor, kind) = (company.0, body.chat().0, actor.0, body.kind());
    Covered { company, seq: *seq, at: *at, kind, chat, actor, body: json, salt }.hash(before)
}

impl Row {
    /// Returns the hash that the row would carry as number `seq` behind one with hash `before`.
    pub(crate) fn hash_behind(&self, before: &[u8], seq: i64) -> Vec<u8> {
        let Self { company, seq: _, at, kind, chat, actor, body, salt, hash: _ } = self;
        let (company, chat, actor) = (*company, *chat, *actor);
        Covered { company, seq, at: *at, kind, chat, actor, body, salt: salt.as_deref() }.hash(before)
    }
}

/// Everything that a hash covers, apart from the hash before it.
struct Covered<'a> {
    company: Uuid,
    seq: i64,
    at: Millis,
    kind: &'a str,
    chat: Uuid,
    actor: Uuid,
    body: &'a str,
    salt: Option<&'a [u8]>,
}

impl Covered<'_> {
    fn hash(&self, before: &[u8]) -> Vec<u8> {
        let mut hash = Sha256::new();
        if self.salt.is_some() {
            hash.update(SECOND_FORM);
        }
        hash.update(before);
        hash.update(self.company.as_bytes());
        hash.update(self.seq.to_be_bytes());
        hash.update(self.at.to_be_bytes());
        // Lengths in front of texts, so that no text can pass for the beginning of the next.
        hash.update((self.kind.len() as u64).to_be_bytes());
        hash.update(self.kind);
        hash.update(self.chat.as_bytes());
        hash.update(self.actor.as_bytes());
        match self.salt {
            Some(salt) => hash.update(Sha256::new().chain_update(salt).chain_update(self.body).finalize()),
            None => {
                hash.update((self.body.len() as u64).to_be_bytes());
                hash.update(self.body);
            }
        }
        hash.finalize().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn entry() -> Entry {
        Entry {
            company: CompanyId(Uuid::from_u128(1)),
            seq: 7,
            at: 1_764_111_600_000,
            actor: PersonId(Uuid::from_u128(3)),
            body: EventBody::HashFormChanged,
            json: r#"{"type":"hash_form_changed"}"#.into(),
        }
    }

    /// Computed by other code (Python's hashlib) from the description above.
    #[test]
    fn both_forms_are_the_published_ones() {
        assert_eq!(
            hex(&chain(&GENESIS, &entry(), None)),
            "64f83c8a9eaac0a9c30ed88748760cb2ff5fbb02a5e4c7ab7a877c6fdff157c9"
        );
        assert_eq!(
            hex(&chain(&GENESIS, &entry(), Some(&[9; SALT_LENGTH]))),
            "63461e3fde9052167e59c463fd9b3e00c23e5ec20339e844538b5bbf615f9149"
        );
    }

    #[test]
    fn salt_and_body_are_both_covered() {
        let of =
            |salt: &[u8], json: &str| chain(&GENESIS, &Entry { json: json.into(), ..entry() }, Some(salt));
        let recorded = of(&[1; SALT_LENGTH], "{}");
        assert_ne!(of(&[2; SALT_LENGTH], "{}"), recorded);
        assert_ne!(of(&[1; SALT_LENGTH], "{ }"), recorded);
        assert_ne!(chain(&GENESIS, &Entry { json: "{}".into(), ..entry() }, None), recorded);
    }
}
