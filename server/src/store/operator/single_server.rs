//! One server works on a database at a time: caches, the order of announcements and counters in memory are its own. The
//! lock is in the database where there is a database server, and beside the file where there is none. Either is released
//! by the system when the process is gone, however it ended.

use crate::{
    clock,
    store::{Options, Result, StoreError, connect_options, raw},
};
use sea_orm::{Database, DatabaseConnection};
use std::{fs, path::PathBuf, time::Duration};

/// A connection that holds a lock is not replaced by the pool because of its age.
const FOR_EVER: Duration = Duration::from_hours(10 * 365 * 24);
/// How often it is checked that the lock is still held.
const CHECK_EVERY: i64 = 2_000;

/// Held for as long as a server works on a database.
pub struct SingleServer(Lock);

enum Lock {
    /// The file is locked while it is open.
    File { _open: fs::File },
    /// The lock belongs to the connection.
    Connection(DatabaseConnection),
}

impl SingleServer {
    /// Takes the lock of a database; `None` when another server holds it.
    pub async fn claim(options: &Options) -> Result<Option<Self>> {
        if options.is_sqlite() {
            return claim_file(&lock_file(&options.url)).map(|file| file.map(Self));
        }
        let mut connect = connect_options(options, 1);
        connect.max_lifetime(FOR_EVER).idle_timeout(FOR_EVER);
        let db = Database::connect(connect).await?;
        let is_taken = raw::try_server_lock(&db).await?;
        Ok(is_taken.then_some(Self(Lock::Connection(db))))
    }

    /// Returns when another server has taken the lock: possible only after the connection to the database was lost. While
    /// it is lost, nothing can be written anyway.
    pub async fn lost(&self) {
        let Lock::Connection(db) = &self.0 else { return std::future::pending().await };
        loop {
            clock::pause(CHECK_EVERY).await;
            match raw::try_server_lock(db).await {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => tracing::warn!(%error, "the lock of the database could not be checked"),
            }
        }
    }
}

/// The file beside a SQLite database whose lock a server holds.
fn lock_file(url: &str) -> PathBuf {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    let path = path.split('?').next().unwrap_or_default();
    PathBuf::from(format!("{path}-server"))
}

fn claim_file(path: &std::path::Path) -> Result<Option<Lock>> {
    let failed = |error: std::io::Error| StoreError::CannotStart(format!("{}: {error}", path.display()));
    let file = fs::File::create(path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock::File { _open: file })),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(error)) => Err(failed(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_is_beside_the_database_file() {
        for url in ["sqlite:/var/lib/causeway/causeway.db", "sqlite:///var/lib/causeway/causeway.db?mode=rwc"]
        {
            assert_eq!(lock_file(url), PathBuf::from("/var/lib/causeway/causeway.db-server"));
        }
    }

    #[tokio::test]
    async fn one_server_at_a_time_holds_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { url: crate::store::sqlite_url(folder.path()), durable: false, schema: None };
        let first = SingleServer::claim(&options).await.unwrap().expect("the lock is free");
        assert!(SingleServer::claim(&options).await.unwrap().is_none());
        drop(first);
        assert!(SingleServer::claim(&options).await.unwrap().is_some());
    }
}
