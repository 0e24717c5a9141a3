//! Imports of users: how far each is, and its rows.

use crate::{
    actor::{Browser, PersonKey},
    store::{
        Result, Store, StoreError, Tx,
        entity::{user_import, user_import_row},
        words,
    },
};
use causeway_api::{
    CompanyId, ImportId, Millis, PersonId,
    users::{ImportState, ImportedRow, RowOutcome, UserForm},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};

/// Rows that are written by one statement: SQLite takes 32,766 values.
const ROWS_AT_ONCE: usize = 1_000;

/// An import.
#[derive(Clone, Debug)]
pub struct ImportRow {
    /// Its id.
    pub id: ImportId,
    /// The company.
    pub company: CompanyId,
    /// The name of the file.
    pub file: String,
    /// How far it is.
    pub state: ImportState,
    /// Who started it.
    pub started_by: PersonId,
    /// From which browser.
    pub browser: Browser,
    /// When.
    pub started_at: Millis,
    /// When it ended.
    pub ended_at: Option<Millis>,
    /// The rows of the file.
    pub total: i64,
    /// The rows that were imported.
    pub imported: i64,
    /// The rows that were refused.
    pub refused: i64,
}

impl ImportRow {
    /// Who started it.
    pub fn starter(&self) -> PersonKey {
        PersonKey::new(self.company, self.started_by)
    }
}

/// A row that waits for its turn.
#[derive(Clone, Debug)]
pub struct WaitingRow {
    /// The line of the file.
    pub line: u64,
    /// The user.
    pub form: UserForm,
    /// How often importing it failed for a reason that was not its own.
    pub tries: i32,
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Unwritable(error.to_string()))
}

fn unreadable(error: &serde_json::Error) -> StoreError {
    StoreError::Corrupt(format!("user_import_row: {error}"))
}

impl TryFrom<user_import::Model> for ImportRow {
    type Error = StoreError;

    fn try_from(row: user_import::Model) -> Result<Self> {
        Ok(Self {
            id: row.id.into(),
            company: row.company_id.into(),
            file: row.file,
            state: words::parse("user_import.state", &row.state)?,
            started_by: row.author_id.into(),
            browser: Browser { address: row.address, agent: row.device },
            started_at: row.started_at,
            ended_at: row.ended_at,
            total: row.total,
            imported: row.imported,
            refused: row.refused,
        })
    }
}

impl Store {
    /// The newest imports of a company, the newest first.
    pub async fn imports(&self, company: CompanyId, most: u64) -> Result<Vec<ImportRow>> {
        let rows = user_import::Entity::find()
            .filter(user_import::Column::CompanyId.eq(company.0))
            .order_by_desc(user_import::Column::StartedAt)
            .order_by_desc(user_import::Column::Id)
            .limit(most);
        rows.all(&self.read).await?.into_iter().map(ImportRow::try_from).collect()
    }

    /// One import of a company.
    pub async fn import(&self, company: CompanyId, id: ImportId) -> Result<Option<ImportRow>> {
        let found = user_import::Entity::find_by_id((company.0, id.0)).one(&self.read).await?;
        found.map(ImportRow::try_from).transpose()
    }

    /// The imports of all companies that run.
    pub async fn running_imports(&self) -> Result<Vec<ImportRow>> {
        let rows = user_import::Entity::find().filter(user_import::Column::Running.eq(1));
        rows.all(&self.read).await?.into_iter().map(ImportRow::try_from).collect()
    }

    /// The rows of an import in the order of the file. Those that still wait are ready, or left out if it has ended.
    pub async fn imported_rows(&self, import: &ImportRow) -> Result<Vec<ImportedRow>> {
        let rows = user_import_row::Entity::find()
            .filter(user_import_row::Column::CompanyId.eq(import.company.0))
            .filter(user_import_row::Column::ImportId.eq(import.id.0))
            .order_by_asc(user_import_row::Column::Line);
        let rest = if import.state == ImportState::Running { RowOutcome::Ready } else { RowOutcome::LeftOut };
        let read = |row: user_import_row::Model| {
            let outcome = match row.is_waiting {
                0 => serde_json::from_str(&row.outcome).map_err(|error| unreadable(&error))?,
                _ => rest.clone(),
            };
            let (line, name, email, role) = (row.line.unsigned_abs(), row.name, row.email, row.role);
            Ok(ImportedRow { line, name, email, role, outcome })
        };
        rows.all(&self.read).await?.into_iter().map(read).collect()
    }

    /// The next rows of an import that wait. Those that failed come last.
    pub async fn waiting_rows(
        &self,
        company: CompanyId,
        import: ImportId,
        most: u64,
    ) -> Result<Vec<WaitingRow>> {
        let rows = user_import_row::Entity::find()
            .filter(user_import_row::Column::CompanyId.eq(company.0))
            .filter(user_import_row::Column::ImportId.eq(import.0))
            .filter(user_import_row::Column::IsWaiting.eq(1))
            .order_by_asc(user_import_row::Column::Tries)
            .order_by_asc(user_import_row::Column::Line)
            .limit(most);
        let read = |row: user_import_row::Model| {
            let form = serde_json::from_str(&row.form).map_err(|error| unreadable(&error))?;
            Ok(WaitingRow { line: row.line.unsigned_abs(), form, tries: row.tries })
        };
        rows.all(&self.read).await?.into_iter().map(read).collect()
    }
}

impl Tx {
    /// Adds an import that runs. Refused as a conflict while another one of the company does.
    pub async fn add_import(&mut self, new: ImportRow) -> Result<()> {
        let row = user_import::ActiveModel {
            company_id: Set(new.company.0),
            id: Set(new.id.0),
            file: Set(new.file),
            state: Set(new.state.as_str().to_owned()),
            running: Set(Some(1)),
            author_id: Set(new.started_by.0),
            address: Set(new.browser.address),
            device: Set(new.browser.agent),
            started_at: Set(new.started_at),
            ended_at: Set(new.ended_at),
            total: Set(new.total),
            imported: Set(new.imported),
            refused: Set(new.refused),
        };
        user_import::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Adds the rows of an import: with a user those that wait, the others with their outcome.
    pub async fn add_import_rows(
        &mut self,
        company: CompanyId,
        import: ImportId,
        rows: Vec<(ImportedRow, Option<UserForm>)>,
    ) -> Result<()> {
        let mut models = Vec::with_capacity(rows.len());
        for (shown, form) in rows {
            let waits = form.is_some();
            models.push(user_import_row::ActiveModel {
                company_id: Set(company.0),
                import_id: Set(import.0),
                line: Set(i64::try_from(shown.line).unwrap_or(i64::MAX)),
                name: Set(shown.name),
                email: Set(shown.email),
                role: Set(shown.role),
                form: Set(form.as_ref().map(json).transpose()?.unwrap_or_default()),
                outcome: Set(if waits { String::new() } else { json(&shown.outcome)? }),
                is_waiting: Set(i32::from(waits)),
                tries: Set(0),
            });
        }
        while !models.is_empty() {
            let some: Vec<_> = models.drain(..models.len().min(ROWS_AT_ONCE)).collect();
            user_import_row::Entity::insert_many(some).exec_without_returning(&self.db).await?;
        }
        Ok(())
    }

    /// Gives a row its outcome and counts it. Returns `false` when it has one already, or the import does not run.
    pub async fn settle_import_row(
        &mut self,
        company: CompanyId,
        import: ImportId,
        line: u64,
        outcome: &RowOutcome,
    ) -> Result<bool> {
        let running = user_import::Entity::find()
            .select_only()
            .column(user_import::Column::Id)
            .filter(user_import::Column::CompanyId.eq(company.0))
            .filter(user_import::Column::Id.eq(import.0))
            .filter(user_import::Column::Running.eq(1));
        let settled = user_import_row::Entity::update_many()
            .col_expr(user_import_row::Column::IsWaiting, Expr::value(0))
            .col_expr(user_import_row::Column::Outcome, Expr::value(json(outcome)?))
            .col_expr(user_import_row::Column::Form, Expr::value(""))
            .filter(user_import_row::Column::CompanyId.eq(company.0))
            .filter(user_import_row::Column::ImportId.in_subquery(running.into_query()))
            .filter(user_import_row::Column::Line.eq(i64::try_from(line).unwrap_or(i64::MAX)))
            .filter(user_import_row::Column::IsWaiting.eq(1))
            .exec(&self.db)
            .await?;
        if settled.rows_affected == 0 {
            return Ok(false);
        }
        let counter = match outcome {
            RowOutcome::Imported => user_import::Column::Imported,
            _ => user_import::Column::Refused,
        };
        user_import::Entity::update_many()
            .col_expr(counter, Expr::col(counter).add(1))
            .filter(user_import::Column::CompanyId.eq(company.0))
            .filter(user_import::Column::Id.eq(import.0))
            .exec(&self.db)
            .await?;
        Ok(true)
    }

    /// Notes that importing a row failed for a reason that was not its own.
    pub async fn count_import_try(&mut self, company: CompanyId, import: ImportId, line: u64) -> Result<()> {
        user_import_row::Entity::update_many()
            .col_expr(user_import_row::Column::Tries, Expr::col(user_import_row::Column::Tries).add(1))
            .filter(user_import_row::Column::CompanyId.eq(company.0))
            .filter(user_import_row::Column::ImportId.eq(import.0))
            .filter(user_import_row::Column::Line.eq(i64::try_from(line).unwrap_or(i64::MAX)))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Ends an import; rows that wait are left out, and the users in them are forgotten. Returns it as it is then, or
    /// `None` if it did not run.
    pub async fn end_import(
        &mut self,
        company: CompanyId,
        import: ImportId,
        state: ImportState,
        now: Millis,
    ) -> Result<Option<ImportRow>> {
        let ended = user_import::Entity::update_many()
            .col_expr(user_import::Column::State, Expr::value(state.as_str()))
            .col_expr(user_import::Column::Running, Expr::value(Option::<i32>::None))
            .col_expr(user_import::Column::EndedAt, Expr::value(Some(now)))
            .filter(user_import::Column::CompanyId.eq(company.0))
            .filter(user_import::Column::Id.eq(import.0))
            .filter(user_import::Column::Running.eq(1))
            .exec_with_returning(&self.db)
            .await?;
        let Some(ended) = ended.into_iter().next() else { return Ok(None) };
        user_import_row::Entity::update_many()
            .col_expr(user_import_row::Column::Form, Expr::value(""))
            .filter(user_import_row::Column::CompanyId.eq(company.0))
            .filter(user_import_row::Column::ImportId.eq(import.0))
            .filter(user_import_row::Column::IsWaiting.eq(1))
            .exec(&self.db)
            .await?;
        ImportRow::try_from(ended).map(Some)
    }
}
