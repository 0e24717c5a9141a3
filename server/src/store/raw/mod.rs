//! Every statement written by hand, each with the reason why the query builder does not do.

pub(super) mod batch;
pub(super) mod chats;
pub(super) mod files;
mod rows;
pub(super) mod search;

use super::{Result, StoreError, backend_of};
use crate::store::BlockRule;
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};

/// Runs statements without results, one after the other. SQLite is handed all of them at once, so that the thread of the
/// connection is woken once.
pub(super) async fn execute_all(db: &impl ConnectionTrait, statements: Vec<Statement>) -> Result<()> {
    let backend = backend_of(db);
    if backend != DbBackend::Sqlite {
        for statement in statements {
            db.execute_raw(statement).await?;
        }
        return Ok(());
    }
    let (mut all, mut values) = (String::new(), Vec::new());
    for Statement { sql, values: own, .. } in statements {
        all.push_str(&sql);
        all.push_str("; ");
        values.extend(own.into_iter().flat_map(|own| own.0));
    }
    db.execute_raw(Statement::from_sql_and_values(backend, all, values)).await?;
    Ok(())
}

/// The version of the linked SQLite: no table holds it.
pub(super) async fn sqlite_version(db: &impl ConnectionTrait) -> Result<String> {
    let row = db
        .query_one_raw(Statement::from_string(backend_of(db), "SELECT sqlite_version()"))
        .await?
        .ok_or_else(|| StoreError::Vanished("sqlite_version() is empty".into()))?;
    Ok(row.try_get_by_index(0)?)
}

/// Succeeds when the connection is in no transaction: SQLite refuses this pragma inside of one
/// (<https://sqlite.org/pragma.html#pragma_synchronous>). No other statement tells, and the driver's own count of
/// transactions has been wrong after failed commits. The level is the one that is in force already.
pub(super) async fn require_autocommit(db: &impl ConnectionTrait, is_durable: bool) -> Result<()> {
    let sql = if is_durable { "PRAGMA synchronous = FULL" } else { "PRAGMA synchronous = OFF" };
    db.execute_unprepared(sql).await?;
    Ok(())
}

/// The number of the transaction if it has written anything. Fails when an earlier statement of it has failed. The
/// builder knows no such functions (PostgreSQL, 9.27.11).
pub(super) async fn transaction_number(db: &impl ConnectionTrait) -> Result<Option<i64>> {
    let row = db
        .query_one_raw(Statement::from_string(DbBackend::Postgres, "SELECT txid_current_if_assigned()"))
        .await?
        .ok_or_else(|| StoreError::Vanished("txid_current_if_assigned() is empty".into()))?;
    Ok(row.try_get_by_index(0)?)
}

/// `in progress`, `committed` or `aborted`; `None` for a transaction too old to be known (PostgreSQL, 9.27.11).
pub(super) async fn transaction_status(db: &impl ConnectionTrait, number: i64) -> Result<Option<String>> {
    let sql = "SELECT txid_status($1)";
    let row = db
        .query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, [number.into()]))
        .await?
        .ok_or_else(|| StoreError::Vanished("txid_status() is empty".into()))?;
    Ok(row.try_get_by_index(0)?)
}

/// Takes the lock that only one server of a database holds, for as long as the connection lives; returns `false` when
/// another has it. Advisory locks are beyond the builder (PostgreSQL, 13.3.5). The number is `causeway` in ASCII.
pub(super) async fn try_server_lock(db: &impl ConnectionTrait) -> Result<bool> {
    let sql = "SELECT pg_try_advisory_lock(7161134020979810681)";
    let row = db
        .query_one_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await?
        .ok_or_else(|| StoreError::Vanished("pg_try_advisory_lock() is empty".into()))?;
    Ok(row.try_get_by_index(0)?)
}

/// The names of the migrations that were applied, or `None` where none ever was. The migrator creates its table when it is
/// asked; a reader may not.
pub(super) async fn applied_migrations(db: &impl ConnectionTrait) -> Result<Option<Vec<String>>> {
    let is_there = match backend_of(db) {
        DbBackend::Sqlite => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'seaql_migrations'",
        _ => "SELECT 1 WHERE to_regclass('seaql_migrations') IS NOT NULL",
    };
    if db.query_one_raw(Statement::from_string(backend_of(db), is_there)).await?.is_none() {
        return Ok(None);
    }
    let all = Statement::from_string(backend_of(db), "SELECT version FROM seaql_migrations");
    let rows = db.query_all_raw(all).await?;
    let names = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<Vec<String>, _>>()?;
    Ok((!names.is_empty()).then_some(names))
}

/// The names of the triggers that fire, from the database's own catalogue.
pub(super) async fn active_triggers(db: &impl ConnectionTrait) -> Result<Vec<String>> {
    let sql = match backend_of(db) {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        _ => {
            "SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') \
             AND tgrelid IN (to_regclass('event'), to_regclass('audit'), to_regclass('message'))"
        }
    };
    let rows = db.query_all_raw(Statement::from_string(backend_of(db), sql)).await?;
    Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<Vec<String>, _>>()?)
}

/// Takes one attempt of `key` unless it is blocked or has had `most`, and blocks it for the pause that this
/// attempt costs, all in one statement; returns how many there have been, or nothing. A conditional upsert
/// that returns a row only when it changed one is beyond the builder.
pub(super) async fn take_attempt(
    db: &impl ConnectionTrait,
    key: &str,
    now: i64,
    most: i64,
    pauses: [i64; 4],
) -> Result<Option<i64>> {
    let sql = "INSERT INTO throttle (key, window_start, count, blocked_until) VALUES ($1, $2, 1, $2 + $4) \
         ON CONFLICT (key) DO UPDATE SET count = throttle.count + 1, \
         blocked_until = $2 + CASE throttle.count WHEN 0 THEN $4 WHEN 1 THEN $5 WHEN 2 THEN $6 ELSE $7 END \
         WHERE throttle.blocked_until <= $2 AND throttle.count < $3 RETURNING count";
    let [first, second, third, further] = pauses;
    let values: [Value; 7] =
        [key.into(), now.into(), most.into(), first.into(), second.into(), third.into(), further.into()];
    let row = db.query_one_raw(Statement::from_sql_and_values(backend_of(db), sql, values)).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}

/// Counts one more event in the window of `key` and returns the count, in one statement: an upsert whose new
/// values depend on the old ones, which the builder has no words for.
pub(super) async fn count_in_window(
    db: &impl ConnectionTrait,
    key: &str,
    now: i64,
    window: i64,
) -> Result<i64> {
    let sql = "INSERT INTO throttle (key, window_start, count, blocked_until) VALUES ($1, $2, 1, 0) \
         ON CONFLICT (key) DO UPDATE SET \
         count = CASE WHEN throttle.window_start + $3 <= $2 THEN 1 ELSE throttle.count + 1 END, \
         window_start = CASE WHEN throttle.window_start + $3 <= $2 THEN $2 ELSE throttle.window_start END \
         RETURNING count";
    let values: [Value; 3] = [key.into(), now.into(), window.into()];
    let row = db
        .query_one_raw(Statement::from_sql_and_values(backend_of(db), sql, values))
        .await?
        .ok_or_else(|| StoreError::Vanished("an upsert returned nothing".into()))?;
    Ok(row.try_get_by_index(0)?)
}

/// Counts one more event in the window of `key` and blocks it when that makes `most`, in one statement; returns until
/// when it is blocked. An upsert whose new values depend on the old ones, which the builder has no words for.
pub(super) async fn count_and_block(
    db: &impl ConnectionTrait,
    key: &str,
    now: i64,
    rule: BlockRule,
) -> Result<Option<i64>> {
    // A window that has passed, or a block that has ended, begins anew.
    let anew = "(throttle.window_start + $3 <= $2 OR throttle.blocked_until > 0)";
    let sql = format!(
        "INSERT INTO throttle (key, window_start, count, blocked_until) \
         VALUES ($1, $2, 1, CASE WHEN $4 <= 1 THEN $2 + $5 ELSE 0 END) \
         ON CONFLICT (key) DO UPDATE SET \
         count = CASE WHEN throttle.blocked_until > $2 THEN throttle.count WHEN {anew} THEN 1 ELSE throttle.count + 1 END, \
         window_start = CASE WHEN throttle.blocked_until > $2 THEN throttle.window_start WHEN {anew} THEN $2 ELSE throttle.window_start END, \
         blocked_until = CASE WHEN throttle.blocked_until > $2 THEN throttle.blocked_until \
           WHEN CASE WHEN {anew} THEN 1 ELSE throttle.count + 1 END >= $4 THEN $2 + $5 ELSE 0 END \
         RETURNING blocked_until"
    );
    let values: [Value; 5] =
        [key.into(), now.into(), rule.window.into(), rule.most.into(), rule.block.into()];
    let row = db
        .query_one_raw(Statement::from_sql_and_values(backend_of(db), sql, values))
        .await?
        .ok_or_else(|| StoreError::Vanished("an upsert returned nothing".into()))?;
    let until: i64 = row.try_get_by_index(0)?;
    Ok((until > now).then_some(until))
}

/// Until when a key is blocked.
pub(super) async fn blocked_until(db: &impl ConnectionTrait, key: &str, now: i64) -> Result<Option<i64>> {
    let sql = "SELECT blocked_until FROM throttle WHERE key = $1 AND blocked_until > $2";
    let values: [Value; 2] = [key.into(), now.into()];
    let row = db.query_one_raw(Statement::from_sql_and_values(backend_of(db), sql, values)).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}
