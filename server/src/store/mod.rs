//! The only module that names the database.
//!
//! Four things to note. Reads take any connection; writes take a [`Tx`] and so can only happen inside
//! [`Store::write`]. Absence is `Option`; whether that is an error is decided by the caller. "Count, then
//! decide" is always one statement. Instants are milliseconds from the clock, ids from the id source.

mod audit;
mod chats;
mod codes;
mod contacts;
mod counters;
mod devices;
mod entity;
mod error;
mod features;
mod files;
mod found;
mod log;
mod migration;
mod notifications;
mod operator;
mod outbox;
mod paging;
mod people;
mod raw;
mod registration;
mod search;
mod second_factors;
mod sign_in;
mod statements;
mod throttle;
mod words;
mod writer;

pub use audit::{AuditEntry, AuditRow};
pub use chats::{
    ChatRow,
    batch::{Batch, ChatInBatch},
    members::MemberRow,
    messages::{MessageKey, NewText, UnreadBehind},
    pins::PinRow,
    saved_replies::ReplyOwner,
    scheduled::ScheduledRow,
};
pub use codes::{CodeKey, CodePurpose, NextCode, OneTimeCode, SentTo};
pub use contacts::{Added, ClientRow, List, NoteRow, channel_links::ChannelLinkRow, merges::MergeRow};
pub use counters::{Counter, CounterKey};
pub use devices::{
    DeviceRow, SignInBrowser, WhichDevices,
    links::{Claim, DeviceLinkRow, LinkKey, NewDeviceLink},
};
pub use error::{Result, StoreError};
pub use features::FeatureSetting;
pub use files::{CarriedFile, FileRow, Found as FoundInFile, usage::StorageFull};
pub use log::{
    EventRow, NewEvent,
    archive::{Archive, CannotRead},
    snapshot::{RawMessage, Snapshot},
};
pub use notifications::push_subscriptions::{PushRow, PushTarget};
pub use operator::{commands::OperatorCommand, single_server::SingleServer};
pub use outbox::{About, DeadLetter, NewOutboxMessage, OutboxMessage};
pub use paging::{Cursor, Paging, Stretch};
pub use people::{
    NewPerson, PersonRow,
    accounts::Account,
    companies::Company,
    imports::{ImportRow, WaitingRow},
    plans::{PlanLimits, PlanRow},
    presence::StatusRow,
    users::UserRow,
};
pub use raw::{
    batch::{MovedChat, MovedMarks},
    files::StorageLimit,
};
pub use registration::{Registrant, RegistrationRow};
pub use search::{FoundMessage, NewDocument, Progress};
pub use second_factors::{Enrolled, PasskeyRow};
pub use sign_in::{
    links::Purpose,
    password_resets::PasswordResetRequest,
    sessions::{NewSession, SessionOwner, SessionRow},
};
pub use throttle::BlockRule;
pub use writer::{Announcement, Committed, JobError, JobFuture, Readiness, Signalled, Tx};

use crate::sealing::Sealer;
use causeway_api::Millis;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend};
use sea_orm_migration::MigratorTrait;
use sign_in::kept_sessions::KeptSessions;
use statements::Statements;
use std::{path::Path, time::Duration};

/// What is done in a transaction: `store.write(job!(|tx| tx.audit(entry).await))`, or a block of steps. It is an async
/// closure whose future can go to the writer's task, which `async |tx|` does not promise yet (rust-lang/rust#109417).
#[macro_export]
macro_rules! job {
    (|$tx:ident $(, $by:pat_param)?| $steps:block) => {
        move |$tx $(, $by)?| Box::pin(async move $steps)
    };
    (|$tx:ident $(, $by:pat_param)?| $step:expr) => {
        move |$tx $(, $by)?| Box::pin(async move { $step })
    };
}

/// Connections for writing to PostgreSQL; SQLite has one.
const WRITE_CONNECTIONS: u32 = 8;
/// Connections for reading.
const READ_CONNECTIONS: u32 = 4;
/// The counter that a probe of readiness writes begins anew after this long.
const PROBE_WINDOW: Millis = 60 * 60 * 1_000;

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

impl Options {
    fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }
}

/// The database: many readers, one way to write.
#[derive(Clone)]
pub struct Store {
    read: DatabaseConnection,
    writer: writer::Writer,
    sealer: Sealer,
    sessions: KeptSessions,
    statements: Statements,
}

impl Store {
    /// Connects, brings the schema up to date and starts the writer. `announce` is called after each commit,
    /// in commit order for every company; `sealer` keeps what waits to be sent unreadable.
    pub async fn open(
        options: &Options,
        sealer: Sealer,
        announce: impl Fn(Announcement) + Send + Sync + 'static,
    ) -> Result<Self> {
        let (sessions, statements) = (KeptSessions::default(), Statements::default());
        let connections = if options.is_sqlite() { 1 } else { WRITE_CONNECTIONS };
        let write = statements.connect(options, connections).await?;
        if options.is_sqlite() {
            require_sqlite_version(&write).await?;
        }
        migrate(&write).await?;
        let read = statements.connect(options, READ_CONNECTIONS).await?;
        let known = writer::Known { announce: std::sync::Arc::new(announce), sessions: sessions.clone() };
        let link = writer::Link::new(options.clone(), connections, write, statements.clone());
        let writer = writer::Writer::start(options, link, sealer.clone(), known);
        Ok(Self { read, writer, sealer, sessions, statements })
    }

    /// How many statements the database was asked so far.
    pub fn statements(&self) -> u64 {
        self.statements.count()
    }

    /// The connection for reading.
    pub fn read(&self) -> &impl ConnectionTrait {
        &self.read
    }

    /// Whether the database takes writes, by its newest commit. When none is fresh, a probe is written behind the answer.
    pub fn readiness(&self, now: Millis) -> Readiness {
        let (readiness, is_probe_due) = self.writer.feel();
        if is_probe_due {
            let store = self.clone();
            tokio::spawn(async move {
                let probe = store.write(job!(|tx| {
                    tx.leave_sessions();
                    tx.count(&Counter::Readiness.of_all(), PROBE_WINDOW, now).await.map(|_| ())
                }));
                let outcome: Result<()> = probe.await;
                if let Err(error) = outcome {
                    tracing::error!(event = "not_ready", %error, "a probe could not be written");
                }
            });
        }
        readiness
    }

    /// Runs `job` in a transaction and returns after its commit is durable. A job that has begun runs to its end even when
    /// the caller stops waiting. When it returns an error, nothing of it is kept. It may be run more than once, each time
    /// from the start, when it collides with another.
    pub async fn write<T, E, F>(&self, job: F) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: JobError,
        F: for<'t> FnOnce(&'t mut Tx) -> writer::JobFuture<'t, T, E> + Clone + Send + 'static,
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
        .acquire_timeout(Duration::from_secs(5))
        .connect_timeout(Duration::from_secs(5))
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
                .busy_timeout(Duration::from_secs(2))
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
    Err(StoreError::CannotStart(format!("SQLite {version} is older than 3.51.3")))
}

async fn migrate(db: &DatabaseConnection) -> Result<()> {
    let known: Vec<String> =
        migration::Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    let applied = migration::Migrator::get_applied_migrations(db).await.unwrap_or_default();
    if let Some(newer) = applied.iter().find(|applied| !known.contains(&applied.name().to_owned())) {
        return Err(StoreError::CannotStart(format!(
            "the schema is newer than this program: {}",
            newer.name()
        )));
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
