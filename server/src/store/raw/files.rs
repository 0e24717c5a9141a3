//! Statements about files that the query builder has no words for: conditional upserts, and joins with many rows.

use super::rows::Rows;
use crate::store::{CarriedFile, Result, backend_of};
use causeway_api::PersonId;
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};
use uuid::Uuid;

/// How much someone's files may take.
#[derive(Clone, Copy, Debug)]
pub struct StorageLimit {
    /// Bytes.
    pub bytes: i64,
    /// Files.
    pub files: i64,
}

/// Takes space for one more file, unless that would be beyond the limit; says whether it was taken. Counting and deciding
/// are one statement, so that uploads at the same time cannot both have the last place.
pub(in crate::store) async fn take_storage(
    db: &impl ConnectionTrait,
    company: Uuid,
    person: PersonId,
    bytes: i64,
    most: StorageLimit,
) -> Result<bool> {
    let sql = "INSERT INTO storage_use (company_id, person_id, bytes, files) \
         SELECT $1, $2, $3, 1 WHERE $3 <= $4 AND 1 <= $5 \
         ON CONFLICT (company_id, person_id) DO UPDATE \
         SET bytes = storage_use.bytes + $3, files = storage_use.files + 1 \
         WHERE storage_use.bytes + $3 <= $4 AND storage_use.files + 1 <= $5 RETURNING bytes";
    let backend = backend_of(db);
    // PostgreSQL has to be told what is compared, and SQLite that a conflict does not belong to a join.
    let sql = match backend {
        DbBackend::Sqlite => sql.to_owned(),
        _ => sql.replace("SELECT $1, $2, $3, 1", "SELECT $1::uuid, $2::uuid, $3::bigint, 1"),
    };
    let values: [Value; 5] =
        [company.into(), person.0.into(), bytes.into(), most.bytes.into(), most.files.into()];
    let row = db.query_one_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    Ok(row.is_some())
}

/// Says that messages carry files.
pub(in crate::store) fn add_message_files(
    backend: DbBackend,
    company: Uuid,
    new: &[CarriedFile],
) -> Statement {
    let rows = Rows::of(company, new.len())
        .ids("message_id", new.iter().map(|carried| carried.message.0))
        .numbers("place", new.iter().map(|carried| carried.place))
        .ids("file_id", new.iter().map(|carried| carried.file.0))
        .ids("chat_id", new.iter().map(|carried| carried.chat.0))
        .numbers("ordinal", new.iter().map(|carried| carried.ordinal));
    let sql = "INSERT INTO message_file (company_id, message_id, place, file_id, chat_id, ordinal) \
         SELECT company_id, message_id, CAST(place AS integer), file_id, chat_id, ordinal FROM v";
    rows.statement(backend, sql)
}

/// Gives uploads to the messages that carry them.
pub(in crate::store) fn claim_files(backend: DbBackend, company: Uuid, new: &[CarriedFile]) -> Statement {
    let rows = Rows::of(company, new.len())
        .ids("id", new.iter().map(|carried| carried.file.0))
        .ids("message_id", new.iter().map(|carried| carried.message.0));
    let sql = "UPDATE file SET message_id = v.message_id FROM v \
         WHERE file.company_id = v.company_id AND file.id = v.id AND file.message_id IS NULL";
    rows.statement(backend, sql)
}
