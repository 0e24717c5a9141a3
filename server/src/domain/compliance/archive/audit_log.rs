//! What can be found about the audit log, which carries no hashes yet: entries of companies and people that do not exist,
//! entries that cannot be read, and guards of the database that are gone. An entry that was altered, forged with care or
//! removed is not found.

use super::{FINDINGS_MAX, PAGE};
use crate::store::{Archive, AuditRow, Result};
use causeway_api::CompanyId;
use uuid::Uuid;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditReport {
    /// Entries.
    pub entries: u64,
    /// Entries of companies that do not exist, by company.
    pub without_company: Vec<(CompanyId, u64)>,
    /// Entries by people who are not of their company.
    pub without_actor: Vec<Uuid>,
    /// Entries whose details cannot be read.
    pub unreadable: Vec<Uuid>,
    /// Triggers that should refuse changes of what was recorded and are gone or switched off.
    pub missing_guards: Vec<&'static str>,
}

impl AuditReport {
    /// Whether nothing was found.
    pub fn is_clean(&self) -> bool {
        self.without_company.is_empty()
            && self.without_actor.is_empty()
            && self.unreadable.is_empty()
            && self.missing_guards.is_empty()
    }
}

/// Checks the audit log of all companies and the guards of everything that is recorded.
pub async fn verify_audit_log(archive: &Archive) -> Result<AuditReport> {
    let snapshot = archive.snapshot().await?;
    let mut report = AuditReport {
        without_company: snapshot.audited_without_company().await?,
        without_actor: snapshot.audited_without_actor(FINDINGS_MAX as u64).await?,
        missing_guards: snapshot.missing_guards().await?,
        ..AuditReport::default()
    };
    let mut page = snapshot.audit_from(None, PAGE).await?;
    while let Some(last) = page.last().map(|last| (last.company, last.id)) {
        report.entries += page.len() as u64;
        let room = FINDINGS_MAX - report.unreadable.len().min(FINDINGS_MAX);
        report.unreadable.extend(page.iter().filter(|row| !is_readable(row)).map(|row| row.id).take(room));
        page = snapshot.audit_from(Some(last), PAGE).await?;
    }
    snapshot.end().await?;
    Ok(report)
}

fn is_readable(row: &AuditRow) -> bool {
    let is_json = |text: &str| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    is_json(&row.before) && is_json(&row.after)
}
