//! Verification of the archive: every event of a company, chained by hashes (SEC Rule 17a-4(f), the audit-trail
//! alternative). What a hash covers and how a chain is walked is in the crate `causeway_ledger`.
//!
//! The hash of an event covers the hash before it, so a row that was changed, removed, added or swapped breaks the chain
//! at its place; the head in the company's row tells a cut tail from a complete log. What verification cannot find is in
//! `docs/SECURITY.md`: a chain that was rewritten to its end together with the head.

mod audit_log;
mod forged;
mod messages;

pub use audit_log::{AuditReport, verify_audit_log};

use crate::store::{Archive, Result};
use causeway_api::CompanyId;
use causeway_ledger::{FINDINGS_MAX, Finding, Walk};
use messages::Messages;

/// Rows that are read at a time.
const PAGE: u64 = 2_000;

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
