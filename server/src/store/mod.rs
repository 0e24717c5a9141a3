//! The only module that names the database.
//!
//! Four things to note. Reads take any connection; writes take a [`Tx`] and so can only happen inside
//! [`Store::write`]. Absence is `Option`; whether that is an error is decided by the caller. "Count, then
//! decide" is always one statement. Instants are milliseconds from the clock, ids from the id source.

mod accounts;
mod archive;
mod audit;
mod channel_links;
mod chats;
mod companies;
mod contact_list;
mod contacts;
mod device_links;
mod devices;
mod entity;
mod events;
mod features;
mod guards;
mod links;
mod merges;
mod messages;
mod migration;
mod notifications;
mod operator_commands;
mod outbox;
mod owners;
mod password_resets;
mod people;
mod push_subscriptions;
mod raw;
mod registration;
mod second_factors;
mod sessions;
mod snapshot;
mod undelivered;
mod users;
mod writer;

pub use accounts::Account;
pub use archive::{Archive, CannotRead};
pub use audit::{AuditEntry, AuditFilter, AuditRow};
pub use channel_links::{ChannelLinkRow, Onboarding};
pub use chats::{ChatRow, Mark, MemberRow};
pub use companies::Company;
pub use contact_list::ContactFilter;
pub use contacts::{ClientRow, List, NoteRow};
pub use device_links::{Claim, DeviceLinkRow, LinkKey, NewDeviceLink};
pub use devices::{DeviceRow, EnteringDevice, WhichDevices};
pub use events::{EventRow, Head, event_raw};
pub use features::FeatureSetting;
pub use guards::{Challenge, NewChallenge};
pub use links::Purpose;
pub use merges::MergeRow;
pub use operator_commands::OperatorCommand;
pub use outbox::{About, DeadLetter, NewOutgoing, Outgoing, OutgoingKind};
pub use password_resets::PasswordResetRequest;
pub use people::{NewPerson, PersonRow};
pub use push_subscriptions::{PushRow, PushTarget};
pub use registration::{Registrant, RegistrationRow};
pub use second_factors::{Enrolled, PasskeyRow};
pub use sessions::{NewSession, SessionOwner, SessionRow};
pub use snapshot::{RawMessage, Snapshot};
pub use users::{PlanRow, UserRow};
pub use writer::{Committed, Tx};

use crate::domain::sealing::Sealer;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, SqlErr};
use sea_orm_migration::MigratorTrait;
use std::{path::Path, time::Duration};
use thiserror::Error;

/// What the database can refuse.
#[derive(Debug, Error)]
pub enum StoreError {
    /// A row with this key is there already.
    #[error("conflict: {0}")]
    Conflict(String),
    /// Every place of that kind is taken.
    #[error("every place is taken: {0}")]
    Full(&'static str),
    /// The database failed.
    #[error(transparent)]
    Database(DbErr),
    /// A stored value cannot be read.
    #[error("stored value cannot be read: {0}")]
    Corrupt(String),
    /// The writer has stopped: the server is shutting down.
    #[error("the writer has stopped")]
    Stopped,
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(what)) => Self::Conflict(what),
            _ => Self::Database(error),
        }
    }
}

/// The result of a store function.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Which database, and how careful with the disk.
#[derive(Clone, Debug)]
pub struct Options {
    /// `sqlite:PATH` or `postgres://...`.
    pub url: String,
    /// Wait for the disk before a commit counts. Only tests that do not speak of durability switch it off.
    pub durable: bool,
    /// The schema to work in, for tests on PostgreSQL.
    pub schema: Option<String>,
}

/// The database: many readers, one way to write.
#[derive(Clone)]
pub struct Store {
    read: DatabaseConnection,
    writer: writer::Writer,
    sealer: Sealer,
}

impl Store {
    /// Connects, brings the schema up to date and starts the writer. `committed` is called after each commit,
    /// in commit order for every company; `sealer` keeps what waits to be sent unreadable.
    pub async fn open(
        options: &Options,
        sealer: Sealer,
        committed: impl Fn(Committed) + Send + Sync + 'static,
    ) -> Result<Self> {
        let sqlite = options.url.starts_with("sqlite:");
        let write = Database::connect(connect_options(options, if sqlite { 1 } else { 12 })).await?;
        if sqlite {
            require_sqlite_version(&write).await?;
        }
        migrate(&write).await?;
        let read = if sqlite { Database::connect(connect_options(options, 4)).await? } else { write.clone() };
        let writer =
            writer::Writer::start(write, options.durable, sealer.clone(), std::sync::Arc::new(committed));
        Ok(Self { read, writer, sealer })
    }

    /// The connection for reading.
    pub fn read(&self) -> &impl ConnectionTrait {
        &self.read
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.read.ping().await?)
    }

    /// Runs `job` in a transaction and returns after its commit is durable. The job runs to its end even when
    /// the caller stops waiting. When it answers an error, nothing of it is kept.
    pub async fn write<T, E, F>(&self, job: F) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> writer::JobFuture<'t, T, E> + Send + 'static,
    {
        self.writer.run(job).await
    }

    /// Finishes what was queued and stops writing.
    pub async fn close(&self) {
        self.writer.stop().await;
        if let Err(error) = self.read.clone().close().await {
            tracing::warn!(%error, "closing the database");
        }
    }
}

fn connect_options(options: &Options, connections: u32) -> ConnectOptions {
    let durable = options.durable;
    let mut connect = ConnectOptions::new(options.url.clone());
    connect
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
            let synchronous = if durable { SqliteSynchronous::Full } else { SqliteSynchronous::Off };
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(synchronous)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
                .pragma("secure_delete", "ON")
                // A row that `REPLACE` would remove is refused by the triggers that forbid deleting.
                .pragma("recursive_triggers", "ON")
                .pragma("cache_size", "-8192")
        });
    if let Some(schema) = &options.schema {
        connect.set_schema_search_path(schema.clone());
    }
    connect
}

/// Versions before 3.51.3 can corrupt a write-ahead log when it is reset.
async fn require_sqlite_version(db: &DatabaseConnection) -> Result<()> {
    let version = raw::sqlite_version(db).await?;
    let parts: Vec<u32> = version.split('.').filter_map(|part| part.parse().ok()).collect();
    if parts >= vec![3, 51, 3] {
        return Ok(());
    }
    Err(StoreError::Corrupt(format!("SQLite {version} is older than 3.51.3")))
}

async fn migrate(db: &DatabaseConnection) -> Result<()> {
    let known: Vec<String> =
        migration::Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    let applied = migration::Migrator::get_applied_migrations(db).await.unwrap_or_default();
    if let Some(newer) = applied.iter().find(|applied| !known.contains(&applied.name().to_owned())) {
        return Err(StoreError::Corrupt(format!("the schema is newer than this program: {}", newer.name())));
    }
    Ok(migration::Migrator::up(db, None).await?)
}

/// Creates the schema that a test on PostgreSQL works in.
pub async fn create_schema(url: &str, schema: &str) -> Result<()> {
    let db = Database::connect(ConnectOptions::new(url.to_owned())).await?;
    db.execute_unprepared(&format!("CREATE SCHEMA {schema}")).await?;
    Ok(db.close().await?)
}

/// The address of the SQLite file in a data folder.
pub fn sqlite_url(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("causeway.db").display())
}

fn backend_of(db: &impl ConnectionTrait) -> DbBackend {
    db.get_database_backend()
}
