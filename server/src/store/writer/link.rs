//! The writing connection. One on which begin, commit, savepoint, release or rollback failed is closed and never used
//! again: the driver counts nested transactions by itself, and after such an error its count may differ from the
//! database's, which once made every later commit a release of a savepoint that was never committed.

use crate::store::{Options, Result, StoreError, statements::Statements};
use sea_orm::{
    AccessMode, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use std::time::Duration;
use tokio::{sync::Mutex, time::timeout};

/// A transaction must begin within this time; a database that another process has locked is asked again.
const BEGIN_DEADLINE: Duration = Duration::from_secs(3);
/// A connection that is given up is closed in the background; no one waits longer than this for it.
const CLOSE_DEADLINE: Duration = Duration::from_secs(20);

/// The connection that is in use, by number; a new one is made when there is none.
pub(in crate::store) struct Link {
    options: Options,
    statements: Statements,
    connections: u32,
    current: Mutex<Current>,
}

struct Current {
    number: u64,
    db: Option<DatabaseConnection>,
}

impl Link {
    pub(in crate::store) fn new(
        options: Options,
        connections: u32,
        db: DatabaseConnection,
        statements: Statements,
    ) -> Self {
        Self { options, statements, connections, current: Mutex::new(Current { number: 0, db: Some(db) }) }
    }

    /// Begins a transaction. Returns it with the connection and its number. A connection that cannot begin one is given
    /// up.
    pub(super) async fn begin(&self) -> Result<(DatabaseTransaction, DatabaseConnection, u64)> {
        let (db, number) =
            timeout(BEGIN_DEADLINE, self.connected()).await.map_err(|_| StoreError::Busy)??;
        match timeout(BEGIN_DEADLINE, begin(&db)).await {
            Ok(Ok(transaction)) => Ok((transaction, db, number)),
            Ok(Err(error)) => {
                self.give_up(number).await;
                Err(error)
            }
            Err(_) => {
                self.give_up(number).await;
                Err(StoreError::Busy)
            }
        }
    }

    /// A connection beside the current one, to ask what became of a transaction.
    pub(super) async fn connected(&self) -> Result<(DatabaseConnection, u64)> {
        let mut current = self.current.lock().await;
        if let Some(db) = &current.db {
            return Ok((db.clone(), current.number));
        }
        let db = self.statements.connect(&self.options, self.connections).await?;
        tracing::info!(event = "writer_connected", "the writer has a new connection");
        current.db = Some(db.clone());
        current.number += 1;
        Ok((db, current.number))
    }

    /// Closes the connection at the end, and waits for it: the last one that closes takes SQLite's write-ahead log with it.
    pub(super) async fn close(&self) {
        if let Some(db) = self.current.lock().await.db.take()
            && !matches!(timeout(CLOSE_DEADLINE, db.close()).await, Ok(Ok(())))
        {
            tracing::warn!("the writer's connection did not close");
        }
    }

    /// Closes the connection of that number, unless it was replaced already.
    pub(super) async fn give_up(&self, number: u64) {
        let mut current = self.current.lock().await;
        if current.number != number {
            return;
        }
        if let Some(db) = current.db.take() {
            tracing::warn!(event = "writer_connection_closed", "the writer's connection is given up");
            tokio::spawn(async move {
                // What is still under way on other connections of the pool ends first.
                if !matches!(timeout(CLOSE_DEADLINE, db.close()).await, Ok(Ok(()))) {
                    tracing::warn!("the writer's old connection did not close in time");
                }
            });
        }
    }
}

async fn begin(db: &DatabaseConnection) -> Result<DatabaseTransaction> {
    if db.get_database_backend() == DbBackend::Sqlite {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        return Ok(db.begin_with_options(options).await?);
    }
    Ok(db.begin_with_config(Some(IsolationLevel::ReadCommitted), Some(AccessMode::ReadWrite)).await?)
}
