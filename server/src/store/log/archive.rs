//! What was recorded, as an auditor reads it: through a connection that can neither write nor create anything.

use crate::store::{
    Company, Options, Result, Snapshot, Store, StoreError,
    entity::{company, event, message},
    migration, raw,
};
use causeway_api::CompanyId;
use sea_orm::{
    AccessMode, ColumnTrait, ConnectOptions, Database, DatabaseConnection, DbBackend, DbErr, EntityTrait,
    IsolationLevel, QueryFilter, QueryOrder, QuerySelect, TransactionTrait,
    sea_query::{Query, SelectStatement},
    sqlx::sqlite::SqliteConnectOptions,
};
use sea_orm_migration::MigratorTrait;
use std::{path::PathBuf, str::FromStr as _, time::Duration};
use thiserror::Error;
use uuid::Uuid;

/// Why an archive cannot be opened for reading.
#[derive(Debug, Error)]
pub enum CannotRead {
    /// There is no database, or it cannot be reached.
    #[error("there is no database that can be read: {0}")]
    NoDatabase(DbErr),
    /// The database is not Causeway's.
    #[error("the database holds no company: it was never used by Causeway")]
    NoSchema,
    /// The database waits for a migration.
    #[error(
        "the database is older than this program ({0} is not applied): start the server once, or verify with the version that wrote it"
    )]
    Older(String),
    /// The database was migrated by a newer program.
    #[error("the database is newer than this program: {0}")]
    Newer(String),
    /// A server began to write while the file was read as one that nothing changes.
    #[error("a server was started meanwhile: what was found does not count, verify again")]
    Disturbed,
    /// It failed while it was read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Everything that was recorded, for reading only.
pub struct Archive {
    db: DatabaseConnection,
    /// The write-ahead log that was not there when a SQLite file was opened as one that nothing changes.
    no_wal: Option<PathBuf>,
}

impl Archive {
    /// Opens the database that is there, read-only; nothing is created and no schema changed.
    pub async fn open(options: &Options) -> Result<Self, CannotRead> {
        let no_wal = write_ahead_log(&options.url).filter(|wal| !wal.exists());
        let connect = read_only(options, no_wal.is_some());
        let db = Database::connect(connect).await.map_err(CannotRead::NoDatabase)?;
        require_schema(&db).await?;
        Ok(Self { db, no_wal })
    }

    /// Ends reading. Fails when a server began to write a file that was read as one that nothing changes.
    pub async fn close(self) -> Result<(), CannotRead> {
        self.db.close().await.map_err(StoreError::from)?;
        match self.no_wal {
            Some(wal) if wal.exists() => Err(CannotRead::Disturbed),
            _ => Ok(()),
        }
    }

    /// Every company that exists.
    pub async fn companies(&self) -> Result<Vec<Company>> {
        let rows = company::Entity::find().order_by_asc(company::Column::Name).all(&self.db).await?;
        Ok(rows.into_iter().map(Company::from).collect())
    }

    /// Companies that have events or messages but do not exist (any more).
    pub async fn companies_that_are_gone(&self) -> Result<Vec<CompanyId>> {
        let events = event::Entity::find()
            .select_only()
            .column(event::Column::CompanyId)
            .distinct()
            .filter(event::Column::CompanyId.not_in_subquery(company_ids()));
        let messages = message::Entity::find()
            .select_only()
            .column(message::Column::CompanyId)
            .distinct()
            .filter(message::Column::CompanyId.not_in_subquery(company_ids()));
        let mut gone: Vec<Uuid> = events.into_tuple().all(&self.db).await?;
        gone.extend(messages.into_tuple::<Uuid>().all(&self.db).await?);
        gone.sort_unstable();
        gone.dedup();
        Ok(gone.into_iter().map(CompanyId).collect())
    }

    /// Fixes what is read from now on, whatever a server writes meanwhile.
    pub async fn snapshot(&self) -> Result<Snapshot> {
        let db = if self.db.get_database_backend() == DbBackend::Sqlite {
            self.db.begin().await?
        } else {
            let config = (Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly));
            self.db.begin_with_config(config.0, config.1).await?
        };
        Ok(Snapshot { db })
    }
}

impl Store {
    /// The archive of this database, over the connections for reading.
    pub fn archive(&self) -> Archive {
        Archive { db: self.read.clone(), no_wal: None }
    }
}

/// The write-ahead log of a SQLite database. It is there while a server runs, and after one that was killed.
fn write_ahead_log(url: &str) -> Option<PathBuf> {
    let file = SqliteConnectOptions::from_str(url).ok().filter(|_| url.starts_with("sqlite:"))?;
    let mut wal = file.get_filename().as_os_str().to_owned();
    wal.push("-wal");
    Some(wal.into())
}

/// How to connect without writing. A SQLite file `at_rest` is read as one that nothing changes: else SQLite would make a
/// write-ahead log beside it, and leave it there.
fn read_only(options: &Options, at_rest: bool) -> ConnectOptions {
    let mut connect = ConnectOptions::new(options.url.clone());
    connect
        .max_connections(1)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .read_only(true)
                .create_if_missing(false)
                .immutable(at_rest)
                .busy_timeout(Duration::from_secs(5))
        })
        .map_sqlx_postgres_opts(|postgres| postgres.options([("default_transaction_read_only", "on")]));
    if let Some(schema) = &options.schema {
        connect.set_schema_search_path(schema.clone());
    }
    connect
}

/// Refuses a database whose schema is not exactly this program's.
async fn require_schema(db: &DatabaseConnection) -> Result<(), CannotRead> {
    let Some(applied) = raw::applied_migrations(db).await? else { return Err(CannotRead::NoSchema) };
    let known: Vec<String> =
        migration::Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    if let Some(newer) = applied.iter().find(|name| !known.contains(name)) {
        return Err(CannotRead::Newer(newer.clone()));
    }
    match known.iter().find(|name| !applied.contains(name)) {
        Some(missing) => Err(CannotRead::Older(missing.clone())),
        None => Ok(()),
    }
}

pub(in crate::store) fn company_ids() -> SelectStatement {
    Query::select().column(company::Column::Id).from(company::Entity).to_owned()
}
