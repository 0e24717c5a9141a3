//! The archive: every event of a company, chained by hashes (SEC Rule 17a-4(f), the audit-trail alternative).
//!
//! The hash of an event covers the hash before it, so a row that was changed, removed, added or swapped breaks the chain
//! at its place; the head in the company's row tells a cut tail from a complete log. What verification cannot find is in
//! `docs/SECURITY.md`: a chain that was rewritten to its end together with the head.

mod audit_log;
mod findings;
mod forged;
mod messages;
mod walk;

pub use audit_log::{AuditReport, verify_audit_log};
pub use findings::{Fault, Finding, MessageFault};

use crate::store::{Archive, Result, event_raw::RawEvent};
use causeway_api::{CompanyId, EventBody, Millis, PersonId};
use messages::Messages;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use uuid::Uuid;
use walk::Walk;

/// Most findings about one company; verification of its log ends there.
pub const FINDINGS_MAX: usize = 100;
/// Rows that are read at a time.
const PAGE: u64 = 2_000;

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

/// The hash that a stored row would carry as number `seq` behind one with hash `before`.
fn link(before: &[u8], row: &RawEvent, seq: i64) -> Vec<u8> {
    digest(before, row.company, seq, row.at, &row.kind, row.chat, row.actor, &row.body)
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

/// What verification of one company found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Rows of its log.
    pub rows: i64,
    /// Everything that is not as recorded, at most about [`FINDINGS_MAX`].
    pub findings: Vec<Finding>,
    /// Whether everything was looked at; `false` when there were too many findings to go on.
    pub is_complete: bool,
}

impl Report {
    /// Whether everything was looked at and is as recorded.
    pub fn is_intact(&self) -> bool {
        self.is_complete && self.findings.is_empty()
    }
}

/// Walks a company's log from its first row to its last and compares the messages on the screens with it. Reads one
/// snapshot, so that a server may go on writing meanwhile.
pub async fn verify(archive: &Archive, company: CompanyId) -> Result<Report> {
    let snapshot = archive.snapshot().await?;
    let head = snapshot.head(company).await?;
    let mut walk = Walk::to(head.as_ref());
    let mut messages = Messages::default();
    let mut page = snapshot.events_from(company, i64::MIN, PAGE).await?;
    while let Some(next) = page.last().map(|last| last.seq) {
        messages.compare(&snapshot, company, &page).await?;
        page.into_iter().for_each(|row| walk.take(row));
        if next == i64::MAX || walk.is_full() || messages.is_full() {
            break;
        }
        page = snapshot.events_from(company, next + 1, PAGE).await?;
    }
    let is_complete = !walk.is_full() && !messages.is_full();
    let (rows, mut findings) = walk.finish(is_complete);
    if head.is_none() {
        findings.insert(0, Finding::NoCompany { rows });
    }
    if is_complete {
        findings.extend(messages.finish(&snapshot, company).await?);
    }
    snapshot.end().await?;
    Ok(Report { rows, findings, is_complete })
}
