//! An import as the admins of its company see it: begun, found again, stopped.

use super::{check, read_aside};
use crate::{
    App,
    actor::{Actor, By},
    clock,
    error::AppError,
    input::names,
    job, limits,
    store::{AuditEntry, ImportRow, Signalled, StoreError},
};
use causeway_api::{
    CompanyId, ImportId,
    audit::AuditAction,
    people::Role,
    signals::Signal,
    users::{ImportFile, ImportReport, ImportState, UserImport},
    validate::{Fault, NAME_MAX},
};
use std::collections::HashMap;

/// Describes imports of a company, each with the name of who started it.
async fn describe(
    app: &App,
    company: CompanyId,
    imports: Vec<ImportRow>,
) -> Result<Vec<UserImport>, StoreError> {
    let starters = imports.iter().map(|import| import.started_by).collect();
    let people = app.store.people_by_ids(company, starters).await?.into_iter();
    let people: HashMap<_, _> = people.map(|row| (row.person.id, row.person.name)).collect();
    let described = imports.into_iter().map(|import| UserImport {
        id: import.id,
        file: import.file,
        state: import.state,
        started_by: people.get(&import.started_by).cloned().unwrap_or_default(),
        started_at: import.started_at,
        ended_at: import.ended_at,
        total: import.total,
        imported: import.imported,
        refused: import.refused,
    });
    Ok(described.collect())
}

/// One import of the caller's company.
async fn require(app: &App, actor: &Actor, id: ImportId) -> Result<ImportRow, AppError> {
    actor.may_govern()?;
    app.store.import(actor.company, id).await?.ok_or(AppError::NotFound)
}

async fn one(app: &App, import: ImportRow) -> Result<UserImport, StoreError> {
    let (company, id) = (import.company, import.id);
    let described = describe(app, company, vec![import]).await?.pop();
    described.ok_or_else(|| StoreError::Vanished(format!("import {id}")))
}

/// Tells the open pages of the admins how far an import is.
pub(super) async fn announce(app: &App, import: ImportRow) -> Result<UserImport, StoreError> {
    let admins = app.store.people_of_roles(import.company, &[Role::OrgAdmin, Role::Owner]).await?;
    let import = one(app, import).await?;
    let signal = Signal::ImportChanged { import: import.clone() };
    app.hub.signal(Signalled { signal, audience: admins.into() });
    Ok(import)
}

/// The newest imports of the company, the newest first.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<UserImport>, AppError> {
    actor.may_govern()?;
    let imports = app.store.imports(actor.company, limits::IMPORTS_LISTED).await?;
    Ok(describe(app, actor.company, imports).await?)
}

/// The rows of an import, each with what became of it so far.
pub async fn report(app: &App, actor: &Actor, id: ImportId) -> Result<ImportReport, AppError> {
    let import = require(app, actor, id).await?;
    Ok(ImportReport { rows: app.store.imported_rows(&import).await? })
}

/// Checks a file and accepts it: its rows are imported behind the response. A company has one running import.
pub async fn start(app: &App, actor: &Actor, file: ImportFile) -> Result<UserImport, AppError> {
    actor.may_govern()?;
    let mut lines = read_aside(file.csv).await?;
    check(app, actor, &mut lines).await?;
    let rows: Vec<_> = lines.into_iter().map(|line| (line.shown, line.form)).collect();
    let count = |rows: usize| i64::try_from(rows).unwrap_or(i64::MAX);
    let import = ImportRow {
        id: ImportId(clock::new_id()),
        company: actor.company,
        file: names::clean(&file.name).chars().take(NAME_MAX).collect(),
        state: ImportState::Running,
        started_by: actor.person,
        browser: actor.browser.clone(),
        started_at: app.clock.now(),
        ended_at: None,
        total: count(rows.len()),
        imported: 0,
        refused: count(rows.iter().filter(|(_, form)| form.is_none()).count()),
    };
    let new = import.clone();
    let added = app
        .by(actor)
        .write(job!(|tx, By { author, now }| {
            let (company, id) = (author.company, new.id);
            tx.next_seq(company).await?;
            let recorded = serde_json::json!({ "file": new.file, "total": new.total });
            tx.add_import(new).await?;
            tx.add_import_rows(company, id, rows).await?;
            let entry = AuditEntry::new(&author, AuditAction::UserImportStarted, id, now);
            tx.audit(entry.changed(&(), &recorded)?).await
        }))
        .await;
    match added {
        Err(StoreError::Conflict(_)) => return Err(AppError::Conflict("import", Fault::ImportRunning)),
        other => other?,
    }
    app.user_imports.notify_one();
    Ok(announce(app, import).await?)
}

/// Stops an import. Rows that were imported stay; those that wait are left out.
pub async fn cancel(app: &App, actor: &Actor, id: ImportId) -> Result<UserImport, AppError> {
    require(app, actor, id).await?;
    let ended = app
        .by(actor)
        .write(job!(|tx, By { author, now }| {
            tx.next_seq(author.company).await?;
            let ended = tx.end_import(author.company, id, ImportState::Cancelled, now).await?;
            let ended = ended.ok_or(AppError::Conflict("import", Fault::ImportEnded))?;
            let entry = AuditEntry::new(&author, AuditAction::UserImportEnded, id, now);
            tx.audit(entry.changed(&(), &recorded(&ended))?).await?;
            Ok::<_, AppError>(ended)
        }))
        .await?;
    Ok(announce(app, ended).await?)
}

/// What the audit log keeps of an import that has ended.
pub(super) fn recorded(import: &ImportRow) -> serde_json::Value {
    serde_json::json!({
        "state": import.state, "total": import.total, "imported": import.imported, "refused": import.refused,
    })
}
