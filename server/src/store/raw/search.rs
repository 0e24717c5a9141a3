//! The index of messages. The builder knows neither full-text tables of SQLite nor `tsvector` of PostgreSQL.

use super::rows::Rows;
use crate::store::{Result, backend_of};
use causeway_api::MessageId;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};
use std::ops::Range;
use uuid::Uuid;

/// A document of the index: the text that an event gave a message.
#[derive(Clone, Debug)]
pub struct NewDocument {
    /// The number of the event.
    pub seq: i64,
    /// The message.
    pub message: MessageId,
    /// Its terms, in order.
    pub terms: Vec<String>,
}

/// Bits of a document's number that are the event's; those above are the company's.
const SEQ_BITS: u32 = 40;

/// The number of a document in SQLite's table, which knows no company.
fn number(company: i64, seq: i64) -> i64 {
    (company << SEQ_BITS) | seq
}

/// Adds documents. What a message said before is not current any more. One that is there already stays.
pub(in crate::store) fn add_documents(
    backend: DbBackend,
    (company, company_number): (Uuid, i64),
    new: &[NewDocument],
) -> Vec<Statement> {
    let rows = || {
        Rows::of(company, new.len())
            .numbers("seq", new.iter().map(|document| document.seq))
            .ids("message_id", new.iter().map(|document| document.message.0))
    };
    let outdate = "UPDATE search_document SET is_current = 0 FROM v \
         WHERE search_document.company_id = v.company_id AND search_document.message_id = v.message_id \
         AND search_document.seq < v.seq AND search_document.is_current = 1";
    let is_newest = "CASE WHEN seq = MAX(seq) OVER (PARTITION BY message_id) THEN 1 ELSE 0 END";
    if backend == DbBackend::Sqlite {
        let add = format!(
            "INSERT INTO search_document (company_id, seq, message_id, is_current) \
             SELECT company_id, seq, message_id, {is_newest} FROM v WHERE TRUE ON CONFLICT DO NOTHING"
        );
        let terms = Rows::of(company, new.len())
            .numbers("number", new.iter().map(|document| number(company_number, document.seq)))
            .texts("terms", new.iter().map(|document| document.terms.join(" ")));
        let index = "INSERT INTO search (rowid, terms) SELECT number, terms FROM v";
        return vec![
            rows().statement(backend, outdate),
            rows().statement(backend, &add),
            terms.statement(backend, index),
        ];
    }
    let add = format!(
        "INSERT INTO search_document (company_id, seq, message_id, is_current, terms) \
         SELECT company_id, seq, message_id, {is_newest}, terms::tsvector FROM v ON CONFLICT DO NOTHING"
    );
    let add =
        rows().texts("terms", new.iter().map(|document| vector(&document.terms))).statement(backend, &add);
    vec![rows().statement(backend, outdate), add]
}

/// The words of a `tsvector`, each with its places (PostgreSQL, 8.11.1): at most 256 of a word, none beyond 16,383.
fn vector(terms: &[String]) -> String {
    const PLACES_MAX: usize = 255;
    const LAST_PLACE: usize = 16_383;
    let mut places = std::collections::BTreeMap::<&str, Vec<usize>>::new();
    for (place, term) in terms.iter().enumerate() {
        let known = places.entry(term).or_default();
        if known.len() < PLACES_MAX {
            known.push((place + 1).min(LAST_PLACE));
        }
    }
    let word = |(term, places): (&str, Vec<usize>)| {
        let places: Vec<String> = places.iter().map(usize::to_string).collect();
        format!("'{}':{}", term.replace('\\', "\\\\").replace('\'', "''"), places.join(","))
    };
    places.into_iter().map(word).collect::<Vec<_>>().join(" ")
}

/// Takes documents of messages away that were deleted: nobody finds them any more.
pub(in crate::store) fn outdate_documents(
    backend: DbBackend,
    company: Uuid,
    messages: &[MessageId],
) -> Statement {
    let rows = Rows::of(company, messages.len()).ids("message_id", messages.iter().map(|id| id.0));
    let sql = "UPDATE search_document SET is_current = 0 FROM v \
         WHERE search_document.company_id = v.company_id AND search_document.message_id = v.message_id";
    rows.statement(backend, sql)
}

/// Where documents are looked for.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Stretch {
    /// Behind this event,
    pub(in crate::store) after: i64,
    /// and up to this one.
    pub(in crate::store) up_to: i64,
    /// At most so many, the newest first.
    pub(in crate::store) most: i64,
}

/// The messages that a person sees now and whose current text has the terms, in a stretch of the log, the newest first.
/// Whether it is seen is asked here and nowhere behind it, so that none is counted that is not shown.
pub(in crate::store) async fn find(
    db: &impl ConnectionTrait,
    (company, company_number, person): (Uuid, i64, Uuid),
    terms: String,
    stretch: Stretch,
    sent: &Range<i64>,
) -> Result<Vec<QueryResult>> {
    let Stretch { after, up_to, most } = stretch;
    let backend = backend_of(db);
    let joined = "JOIN message ON message.company_id = d.company_id AND message.id = d.message_id \
         JOIN member ON member.company_id = message.company_id AND member.chat_id = message.chat_id \
         WHERE member.person_id = $5 AND member.left_seq IS NULL AND message.ordinal >= member.from_ordinal \
         AND message.deleted_at IS NULL AND message.sent_at >= $6 AND message.sent_at < $7 \
         ORDER BY d.seq DESC LIMIT $8";
    let (sql, low, high): (String, Value, Value) = if backend == DbBackend::Sqlite {
        let hits = "WITH hit AS MATERIALIZED \
             (SELECT rowid AS number FROM search WHERE search MATCH $1 AND rowid > $3 AND rowid <= $4), \
             d AS (SELECT s.* FROM hit JOIN search_document s \
             ON s.company_id = $2 AND s.seq = (hit.number & 1099511627775) AND s.is_current = 1)";
        let bounds = (number(company_number, after).into(), number(company_number, up_to).into());
        (format!("{hits} SELECT d.seq AS document, message.* FROM d {joined}"), bounds.0, bounds.1)
    } else {
        let hits = "WITH d AS MATERIALIZED (SELECT company_id, seq, message_id FROM search_document \
             WHERE terms @@ $1::tsquery AND company_id = $2 AND seq > $3 AND seq <= $4 AND is_current = 1)";
        (format!("{hits} SELECT d.seq AS document, message.* FROM d {joined}"), after.into(), up_to.into())
    };
    let values: [Value; 8] = [
        terms.into(),
        company.into(),
        low,
        high,
        person.into(),
        sent.start.into(),
        sent.end.into(),
        most.into(),
    ];
    Ok(db.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?)
}

/// Empties a company's part of the index.
pub(in crate::store) async fn clear(
    db: &impl ConnectionTrait,
    (company, company_number): (Uuid, i64),
) -> Result<()> {
    let backend = backend_of(db);
    if backend == DbBackend::Sqlite {
        let values: [Value; 2] = [number(company_number, 0).into(), number(company_number + 1, 0).into()];
        let sql = "DELETE FROM search WHERE rowid >= $1 AND rowid < $2";
        db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    }
    let sql = "DELETE FROM search_document WHERE company_id = $1";
    db.execute_raw(Statement::from_sql_and_values(backend, sql, [company.into()])).await?;
    Ok(())
}
