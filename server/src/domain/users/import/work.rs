//! Imports the rows of running imports, behind the requests and also after a restart. A row becomes a user and gets its
//! outcome in one transaction, so that each is imported once, whenever the server ends.

use super::job::{announce, recorded};
use crate::{
    App,
    clock::{self, SECOND},
    domain::users::{
        add::{self, Adding},
        holders::holder,
    },
    error::AppError,
    job,
    store::{AuditEntry, ImportRow, StoreError, WaitingRow},
};
use causeway_api::{
    audit::AuditAction,
    people::Role,
    users::{ImportState, RowOutcome},
    validate::Fault,
};
use futures_util::future::join_all;
use std::sync::Arc;

/// Rows that are written at once: one commit of SQLite serves them all, and PostgreSQL has connections left for others.
const AT_ONCE: u64 = 6;
/// The open pages of admins are told of every so many rows.
const ANNOUNCED_ROWS: i64 = 25;
/// A row that failed that often for a reason that is not its own is given up.
const TRIES: i32 = 5;
/// The pause until it is looked for imports without a bell, and until what failed is tried again.
const PAUSE: i64 = 10 * SECOND;

/// What became of a batch, and of a row of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// It was done.
    Done,
    /// It has to be tried again later.
    Failed,
    /// The import has ended, or ends now: who started it no longer governs the company.
    NotAllowed,
}

/// Imports what waits, for as long as the server runs.
pub async fn run(app: Arc<App>) {
    loop {
        if let Err(error) = work_off(&app).await {
            tracing::error!(%error, "imports of users could not go on");
        }
        tokio::select! {
            () = app.user_imports.notified() => {}
            () = clock::pause(PAUSE) => {}
        }
    }
}

/// Imports every row that waits. What fails for a reason that is not its own is left for later.
pub async fn work_off(app: &App) -> Result<(), AppError> {
    while go_on(app).await? {}
    Ok(())
}

/// Imports the next rows of every import that runs. Returns whether any has come further. One company's import holds no
/// other up.
pub async fn go_on(app: &App) -> Result<bool, AppError> {
    let (mut has_moved, mut failure) = (false, None);
    for import in app.store.running_imports().await? {
        match batch(app, import).await {
            Ok(step) => has_moved |= step != Step::Failed,
            Err(error) => failure = Some(error),
        }
    }
    failure.map_or(Ok(has_moved), Err)
}

/// Imports the next rows of an import, or ends it when none waits.
async fn batch(app: &App, import: ImportRow) -> Result<Step, AppError> {
    let rows = app.store.waiting_rows(import.company, import.id, AT_ONCE).await?;
    if rows.is_empty() {
        end(app, &import, ImportState::Finished).await?;
        return Ok(Step::Done);
    }
    let Some(company) = app.store.company(import.company).await? else { return Ok(Step::Failed) };
    let adding = Adding::to(app, company).await?;
    let steps = join_all(rows.into_iter().map(|row| import_row(app, &adding, &import, row))).await;
    app.outbox.ring();
    let mut steps = steps.into_iter().collect::<Result<Vec<_>, _>>()?;
    if steps.contains(&Step::NotAllowed) {
        end(app, &import, ImportState::Stopped).await?;
        return Ok(Step::NotAllowed);
    }
    let done = |import: &ImportRow| (import.imported + import.refused) / ANNOUNCED_ROWS;
    if let Some(now) = app.store.import(import.company, import.id).await?
        && done(&now) != done(&import)
    {
        announce(app, now).await?;
    }
    steps.retain(|step| *step == Step::Done);
    Ok(if steps.is_empty() { Step::Failed } else { Step::Done })
}

/// Imports a row, or says in it why it cannot be.
async fn import_row(
    app: &App,
    adding: &Adding,
    import: &ImportRow,
    row: WaitingRow,
) -> Result<Step, AppError> {
    let (company, id, line) = (import.company, import.id, row.line);
    let (adding, starter, browser) = (adding.clone(), import.starter(), import.browser.clone());
    let (form, now) = (row.form.clone(), app.clock.now());
    let added = app
        .store
        .write(job!(|tx| {
            tx.next_seq(company).await?;
            let by = tx.people_by_ids(company, vec![starter.person]).await?.pop();
            let role = by.filter(|by| by.inactive_at.is_none()).and_then(|by| by.person.role);
            if !role.is_some_and(Role::governs) || (form.role == Role::Owner && role != Some(Role::Owner)) {
                return Ok(Step::NotAllowed);
            }
            if tx.settle_import_row(company, id, line, &RowOutcome::Imported).await? {
                adding.write(tx, (starter, &browser), &form, now).await?;
            }
            Ok::<_, StoreError>(Step::Done)
        }))
        .await;
    let refusal = match added {
        Ok(step) => return Ok(step),
        Err(error) => refusal(app, import, &row, error).await?,
    };
    let Some(outcome) = refusal else { return Ok(Step::Failed) };
    let settled: Result<_, StoreError> = app
        .store
        .write(job!(|tx| {
            tx.next_seq(company).await?;
            tx.settle_import_row(company, id, line, &outcome).await
        }))
        .await;
    settled?;
    Ok(Step::Done)
}

/// Why a row cannot be imported; `None` when it may succeed later.
async fn refusal(
    app: &App,
    import: &ImportRow,
    row: &WaitingRow,
    error: StoreError,
) -> Result<Option<RowOutcome>, AppError> {
    let (company, id, line) = (import.company, import.id, row.line);
    let refused = |field: &str, fault: Fault, holder| {
        Some(RowOutcome::Refused { field: field.to_owned(), fault: fault.into(), holder })
    };
    let error = match error {
        StoreError::Conflict(_) => add::taken(app, company, &row.form.username).await?,
        StoreError::TooFast(_) => return Ok(refused("email", Fault::MailLimit, None)),
        error => AppError::from(error),
    };
    match &error {
        AppError::Invalid(field, fault)
        | AppError::Conflict(field, fault)
        | AppError::Taken(field, fault, _) => {
            Ok(refused(field, *fault, holder(app, company, &row.form, &error).await?))
        }
        // The database does not get to it: that is no fault of this row.
        AppError::Busy | AppError::Collided => Ok(None),
        _ if row.tries + 1 >= TRIES => {
            tracing::error!(%error, %company, import = %id, line, "a row of an import was given up");
            Ok(refused("", Fault::NotStored, None))
        }
        _ => {
            tracing::warn!(%error, %company, import = %id, line, "a row of an import will be tried again");
            let counted: Result<(), StoreError> =
                app.store.write(job!(|tx| tx.count_import_try(company, id, line).await)).await;
            counted?;
            Ok(None)
        }
    }
}

/// Ends an import and tells the admins; does nothing when it has ended meanwhile.
async fn end(app: &App, import: &ImportRow, state: ImportState) -> Result<(), AppError> {
    let (company, id, starter, now) = (import.company, import.id, import.started_by, app.clock.now());
    let ended: Result<_, StoreError> = app
        .store
        .write(job!(|tx| {
            tx.next_seq(company).await?;
            let ended = tx.end_import(company, id, state, now).await?;
            if let Some(ended) = &ended {
                let entry = AuditEntry::of(company, starter, AuditAction::UserImportEnded, now);
                tx.audit(entry.on(id).changed(&(), &recorded(ended))?).await?;
            }
            Ok(ended)
        }))
        .await;
    if let Some(ended) = ended? {
        announce(app, ended).await?;
    }
    Ok(())
}
