//! The audit log: read in stretches, and exported.

use crate::{
    App,
    actor::Actor,
    error::AppError,
    job, limits,
    store::{AuditEntry, AuditRow, Paging, StoreError},
};
use causeway_api::{
    PersonId,
    audit::{AuditAction, AuditPage, AuditQuery, AuditRecord, ExportFormat},
    page::Page,
    query::Instant,
};
use std::collections::{HashMap, HashSet};

/// A page of the log, newest first.
pub async fn page(app: &App, actor: &Actor, query: &AuditQuery) -> Result<AuditPage, AppError> {
    actor.may_audit()?;
    let paging = Paging::read(query.cursor.as_deref(), query.limit.size())?;
    let found = app.store.audit(actor.company, query, &paging).await?;
    let next = found.next.map(|next| next.to_string());
    let page = Page { items: describe(app, actor, found.items).await?, total: None, next };
    Ok(AuditPage { page, actions: app.store.audit_actions(actor.company).await? })
}

/// Names for the ids in a stretch.
async fn describe(app: &App, actor: &Actor, rows: Vec<AuditRow>) -> Result<Vec<AuditRecord>, AppError> {
    let subjects = rows.iter().filter_map(|row| row.subject.parse::<PersonId>().ok());
    let ids: HashSet<PersonId> = rows.iter().map(|row| row.actor).chain(subjects).collect();
    let people = app.store.people_by_ids(actor.company, ids.into_iter().collect()).await?;
    let names: HashMap<PersonId, String> =
        people.into_iter().map(|row| (row.person.id, row.person.name)).collect();
    let record = |row: AuditRow| AuditRecord {
        id: row.id,
        at: row.at,
        actor: names.get(&row.actor).cloned().unwrap_or_default(),
        subject: row.subject.parse().ok().and_then(|id| names.get(&id).cloned()).unwrap_or(row.subject),
        action: row.action,
        address: row.address,
        device: row.device,
        before: row.before,
        after: row.after,
    };
    Ok(rows.into_iter().map(record).collect())
}

/// The whole log that a query finds, as a file. That it was exported is itself recorded, before anything leaves.
pub async fn export(
    app: &App,
    actor: &Actor,
    query: &AuditQuery,
    format: ExportFormat,
) -> Result<Vec<u8>, AppError> {
    actor.may_audit()?;
    let now = app.clock.now();
    let entry = AuditEntry::new(actor, AuditAction::AuditExported, actor.person, now)
        .changed(&(), &(&query.action, &query.actor, query.from, query.until))?;
    app.store
        .write(job!(|tx| tx.audit(entry).await))
        .await
        .map_err(|error: StoreError| AppError::from(error))?;
    // What happens meanwhile, this export included, is not part of it.
    let until = query.until.map_or(now, |until| until.get().min(now));
    let query = AuditQuery { until: Instant::new(until), ..query.clone() };
    let (mut file, mut paging) = (Writer::new(format), Paging::first(limits::AUDIT_EXPORT_STRETCH));
    for _ in 0..limits::AUDIT_EXPORT_STRETCHES {
        let found = app.store.audit(actor.company, &query, &paging).await?;
        for record in describe(app, actor, found.items).await? {
            file.add(&record)?;
        }
        let Some(next) = found.next else { break };
        paging = paging.at(next);
    }
    file.finish()
}

/// Writes records in one of the forms.
enum Writer {
    Csv(Box<csv::Writer<Vec<u8>>>),
    Jsonl(Vec<u8>),
}

fn failed(error: impl Into<anyhow::Error>) -> AppError {
    AppError::Internal(error.into())
}

/// A cell that a spreadsheet takes for text: what begins like a formula gets an apostrophe in front (OWASP, CSV
/// injection).
pub fn cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

impl Writer {
    fn new(format: ExportFormat) -> Self {
        match format {
            ExportFormat::Csv => Self::Csv(Box::new(
                csv::WriterBuilder::new()
                    .terminator(csv::Terminator::CRLF)
                    .has_headers(false)
                    .from_writer(Vec::new()),
            )),
            ExportFormat::Jsonl => Self::Jsonl(Vec::new()),
        }
    }

    fn add(&mut self, record: &AuditRecord) -> Result<(), AppError> {
        match self {
            Self::Csv(file) => {
                let instant = jiff::Timestamp::from_millisecond(record.at).map_err(failed)?.to_string();
                let id = record.id.to_string();
                let texts = [
                    &id,
                    &instant,
                    &record.actor,
                    &record.action,
                    &record.subject,
                    &record.address,
                    &record.device,
                    &record.before,
                    &record.after,
                ];
                file.write_record(texts.map(|text| cell(text))).map_err(failed)
            }
            Self::Jsonl(file) => {
                serde_json::to_writer(&mut *file, record).map_err(failed)?;
                file.push(b'\n');
                Ok(())
            }
        }
    }

    fn finish(self) -> Result<Vec<u8>, AppError> {
        match self {
            Self::Csv(file) => {
                let rows = file.into_inner().map_err(|error| failed(anyhow::anyhow!("{error}")))?;
                // The byte order mark tells Excel that this is UTF-8; without it every name is broken there.
                let headings = "\u{feff}id,at,actor,action,subject,address,device,before,after\r\n";
                Ok([headings.as_bytes(), &rows].concat())
            }
            Self::Jsonl(file) => Ok(file),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for bad in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert!(cell(bad).starts_with('\''), "{bad:?}");
        }
        assert_eq!(cell("Priya = Nair"), "Priya = Nair");
    }
}
