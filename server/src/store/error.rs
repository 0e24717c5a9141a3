//! What the database can refuse, and how its errors are told apart.

use sea_orm::{DbErr, RuntimeErr, SqlErr, error::SqlxError};
use thiserror::Error;

/// What the database can refuse.
#[derive(Debug, Error)]
pub enum StoreError {
    /// A row with this key is there already.
    #[error("conflict: {0}")]
    Conflict(String),
    /// Every place for an employee is taken.
    #[error("every place for an employee is taken")]
    NoUserPlace,
    /// An active user has that mail address.
    #[error("the mail address is used")]
    EmailUsed,
    /// A cursor is none that a page has given.
    #[error("no page has given that cursor")]
    NoCursor,
    /// Two transactions waited for each other, or could not be put in an order: the same again may succeed.
    #[error("collided with another transaction: {0}")]
    Collided(DbErr),
    /// The database cannot be reached, or did not get to it in time. Nothing was written.
    #[error("the database did not get to it in time, or cannot be reached")]
    Busy,
    /// The commit failed, or its outcome is not known: what was to be written does not count.
    #[error("it could not be stored: {0}")]
    NotStored(String),
    /// A person writes too fast; how many seconds to wait.
    #[error("too fast: wait {0} s")]
    TooFast(u32),
    /// The database failed.
    #[error(transparent)]
    Database(DbErr),
    /// A row or a result that has to be there is gone.
    #[error("gone: {0}")]
    Vanished(String),
    /// A value cannot be written in the form in which it is stored.
    #[error("value cannot be written: {0}")]
    Unwritable(String),
    /// The program cannot work with this database, or on this machine.
    #[error("{0}")]
    CannotStart(String),
    /// A stored value cannot be read.
    #[error("stored value cannot be read: {0}")]
    Corrupt(String),
    /// The job panicked; nothing of it was kept.
    #[error("a job of the writer panicked")]
    Panicked,
    /// The writer has stopped: the server is shutting down.
    #[error("the writer has stopped")]
    Stopped,
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(what)) = error.sql_err() {
            return Self::Conflict(what);
        }
        match &error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => {
                tracing::warn!(%error, "the database cannot be reached");
                Self::Busy
            }
            DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => {
                match cause.as_ref() {
                    SqlxError::Database(cause) if cause.code().is_some_and(|code| is_collision(&code)) => {
                        Self::Collided(error)
                    }
                    SqlxError::Database(cause) if cause.code().is_some_and(|code| is_passing(&code)) => {
                        tracing::warn!(%error, "the database refuses for now");
                        Self::Busy
                    }
                    SqlxError::Io(_)
                    | SqlxError::PoolClosed
                    | SqlxError::PoolTimedOut
                    | SqlxError::WorkerCrashed => {
                        tracing::warn!(%error, "the connection to the database was lost");
                        Self::Busy
                    }
                    _ => Self::Database(error),
                }
            }
            _ => Self::Database(error),
        }
    }
}

/// Whether an error code means a deadlock or a serialisation failure (PostgreSQL, appendix A, class 40).
fn is_collision(code: &str) -> bool {
    matches!(code, "40001" | "40P01")
}

/// Whether an error code passes by itself: PostgreSQL's classes 53 (resources), 57 (operator) and 08 (connection);
/// SQLite's BUSY, LOCKED, IOERR and FULL with their extended codes (<https://sqlite.org/rescode.html>).
fn is_passing(code: &str) -> bool {
    if code.len() == 5 && ["53", "57", "08"].contains(&&code[..2]) {
        return true;
    }
    code.len() < 5 && code.parse::<u32>().is_ok_and(|code| [5, 6, 10, 13].contains(&(code & 0xff)))
}

/// The result of a store function.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_pass_are_told_from_those_that_stay() {
        for passing in ["53100", "57P01", "08006", "5", "13", "10", "1034", "778"] {
            assert!(is_passing(passing), "{passing}");
        }
        for staying in ["23505", "42601", "2067", "1", "19", "22021", "25P02"] {
            assert!(!is_passing(staying), "{staying}");
        }
        assert!(is_collision("40P01") && !is_collision("23505"));
    }
}
