//! The audit log: read in stretches, and exported.

use crate::{
    App,
    actor::Actor,
    error::AppError,
    input::search,
    limits,
    store::{AuditEntry, AuditFilter, AuditRow, StoreError},
};
use causeway_api::{
    PersonId,
    audit::AuditAction,
    audit::{AuditPage, AuditRecord},
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Only this action.
    pub action: Option<String>,
    /// Only what was done by people with these words in their names.
    pub actor: String,
    /// Not before.
    pub from: Option<i64>,
    /// Before.
    pub until: Option<i64>,
    /// Where a stretch begins: what an earlier one gave as `next`.
    pub cursor: Option<String>,
}

/// In which form the log is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// Comma-separated values (RFC 4180).
    Csv,
    /// One JSON object per line.
    Jsonl,
}

fn cursor(text: &str) -> Option<(i64, Uuid)> {
    let (at, id) = text.split_once('.')?;
    Some((at.parse().ok()?, id.parse().ok()?))
}

/// The filter of a search; nothing when no one has such a name.
async fn filter(app: &App, actor: &Actor, search: &Search) -> Result<Option<AuditFilter>, AppError> {
    let behind = match &search.cursor {
        Some(text) => Some(cursor(text).ok_or(AppError::Invalid("cursor", "fault-type"))?),
        None => None,
    };
    let wanted = search::Search::read(&search.actor);
    let mut actors = Vec::new();
    if !wanted.is_empty() {
        let people = app.store.people(actor.company).await?.into_iter();
        let named = people.filter(|row| wanted.finds(&[&row.person.name], &row.phone));
        actors = named.map(|row| row.person.id).collect();
        if actors.is_empty() {
            return Ok(None);
        }
    }
    let Search { action, from, until, .. } = search.clone();
    Ok(Some(AuditFilter { action, actors, from, until, behind }))
}

/// A stretch of the log, newest first.
pub async fn page(app: &App, actor: &Actor, search: &Search) -> Result<AuditPage, AppError> {
    actor.may_audit()?;
    let actions = app.store.audit_actions(actor.company).await?;
    let Some(filter) = filter(app, actor, search).await? else {
        return Ok(AuditPage { records: Vec::new(), next: None, actions });
    };
    let rows = app.store.audit(actor.company, &filter, limits::AUDIT_PAGE + 1).await?;
    let has_more = rows.len() as u64 > limits::AUDIT_PAGE;
    let rows: Vec<AuditRow> = rows.into_iter().take(limits::AUDIT_PAGE as usize).collect();
    let next = rows.last().filter(|_| has_more).map(|row| format!("{}.{}", row.at, row.id));
    Ok(AuditPage { records: describe(app, actor, rows).await?, next, actions })
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

/// The whole log that a search finds, as a file. That it was exported is itself recorded, before anything leaves.
pub async fn export(
    app: &App,
    actor: &Actor,
    search: &Search,
    format: ExportFormat,
) -> Result<Vec<u8>, AppError> {
    actor.may_audit()?;
    let now = app.clock.now();
    let filter = filter(app, actor, search).await?;
    let entry = AuditEntry::new(actor, AuditAction::AuditExported, actor.person, now)
        .changed(&(), &(&search.action, &search.actor, search.from, search.until))?;
    app.store
        .write(move |tx| Box::pin(async move { tx.audit(entry).await }))
        .await
        .map_err(|error: StoreError| AppError::from(error))?;
    let mut file = Writer::new(format);
    let Some(mut filter) = filter else { return file.finish() };
    // What happens meanwhile, this export included, is not part of it.
    filter.until = Some(filter.until.map_or(now, |until| until.min(now)));
    for _ in 0..limits::AUDIT_EXPORT_STRETCHES {
        let rows = app.store.audit(actor.company, &filter, limits::AUDIT_EXPORT_STRETCH).await?;
        let Some(last) = rows.last() else { break };
        filter.behind = Some((last.at, last.id));
        for record in describe(app, actor, rows).await? {
            file.add(&record)?;
        }
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

    #[test]
    fn every_action_has_a_text_in_every_language() {
        for language in crate::texts::LANGUAGES {
            let path = format!("{}/../texts/{language}/interface.ftl", env!("CARGO_MANIFEST_DIR"));
            let texts = std::fs::read_to_string(path).unwrap();
            for action in AuditAction::ALL {
                let id = action.text_id();
                assert!(texts.contains(&format!("\n{id} =")), "{language}: {id}");
            }
        }
    }
}
