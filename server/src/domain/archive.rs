//! The archive: every event of a company, chained by hashes (SEC Rule 17a-4(f), the audit-trail alternative).
//!
//! The hash of an event covers the hash before it, so a changed, removed, added or swapped row breaks the
//! chain at its place; the head in the company's row tells a cut tail from a complete log.

use crate::store::{Result, Store, StoreError, event_raw::RawEvent};
use causeway_api::{CompanyId, EventBody, Millis, PersonId};
use sha2::{Digest, Sha256};
use std::{fmt, sync::Arc};
use uuid::Uuid;

/// An event of the log.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The company.
    pub company: CompanyId,
    /// Its place in the company's log, from 1, without gaps.
    pub seq: i64,
    /// When.
    pub at: Millis,
    /// Who did it.
    pub actor: PersonId,
    /// What happened.
    pub body: EventBody,
    /// The body as it was written down; the hash covers these bytes.
    pub json: Arc<str>,
}

/// The hash of an event behind one with hash `before`.
pub fn chain(before: &[u8], entry: &Entry) -> Vec<u8> {
    let Entry { company, seq, at, actor, body, json } = entry;
    digest(before, company.0, *seq, *at, body.kind(), body.chat().0, actor.0, json)
}

#[expect(clippy::too_many_arguments, reason = "one argument per column that the hash covers")]
fn digest(
    before: &[u8],
    company: Uuid,
    seq: i64,
    at: Millis,
    kind: &str,
    chat: Uuid,
    actor: Uuid,
    body: &str,
) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(company.as_bytes());
    hash.update(seq.to_be_bytes());
    hash.update(at.to_be_bytes());
    // Lengths in front of texts, so that no text can pass for the beginning of the next.
    hash.update((kind.len() as u64).to_be_bytes());
    hash.update(kind);
    hash.update(chat.as_bytes());
    hash.update(actor.as_bytes());
    hash.update((body.len() as u64).to_be_bytes());
    hash.update(body);
    hash.finalize().to_vec()
}

/// What is wrong with the first bad row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The row does not carry the hash that its contents and the row before it give.
    Altered,
    /// The row that should stand here is missing.
    Missing,
    /// The log ends before, or goes on behind, the head that the company's row remembers.
    HeadDiffers,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Altered => "its contents, or its place, are not those that were recorded",
            Self::Missing => "it is missing",
            Self::HeadDiffers => "the end of the log is not the recorded end",
        })
    }
}

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every row stands as recorded; how many there are.
    Intact(i64),
    /// The first row that does not.
    Broken {
        /// Its sequence number.
        seq: i64,
        /// What is wrong with it.
        fault: Fault,
    },
}

/// Walks a company's chain from the first event to the head.
pub async fn verify(store: &Store, company: CompanyId) -> Result<Verdict> {
    let head =
        store.head(company).await?.ok_or_else(|| StoreError::Corrupt(format!("no company {company}")))?;
    let (mut seq, mut hash) = (0, vec![0; 32]);
    loop {
        let page = store.events_after(company, seq, 2_000).await?;
        if page.is_empty() {
            break;
        }
        for row in page {
            if let Some(fault) = check(&row, seq, &hash) {
                return Ok(Verdict::Broken { seq: seq + 1, fault });
            }
            (seq, hash) = (row.seq, row.hash);
        }
    }
    if (seq, &hash) == (head.seq, &head.hash) {
        return Ok(Verdict::Intact(seq));
    }
    Ok(Verdict::Broken { seq: seq.min(head.seq) + 1, fault: Fault::HeadDiffers })
}

fn check(row: &RawEvent, before: i64, hash: &[u8]) -> Option<Fault> {
    if row.seq != before + 1 {
        return Some(Fault::Missing);
    }
    let expected = digest(hash, row.company, row.seq, row.at, &row.kind, row.chat, row.actor, &row.body);
    (expected != row.hash).then_some(Fault::Altered)
}
