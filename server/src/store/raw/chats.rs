//! Messages by their place in each of several chats. The builder would write one condition a chat, and SQLite takes at most
//! a thousand of them (<https://sqlite.org/limits.html>, maximum depth of an expression tree).

use super::rows::Rows;
use crate::store::{Result, backend_of, entity::message};
use causeway_api::ChatId;
use sea_orm::{ConnectionTrait, EntityTrait as _};
use uuid::Uuid;

/// A chat, and an ordinal in it.
pub(in crate::store) type Place = (ChatId, i64);

/// How many places one statement is asked for: SQLite takes 32,766 values, and a place has three.
const AT_ONCE: usize = 1_000;

fn rows(company: Uuid, places: &[Place]) -> Rows {
    Rows::of(company, places.len())
        .ids("chat_id", places.iter().map(|(chat, _)| chat.0))
        .numbers("ordinal", places.iter().map(|(_, ordinal)| *ordinal))
}

/// The messages at these places.
pub(in crate::store) async fn messages_at(
    db: &impl ConnectionTrait,
    company: Uuid,
    places: &[Place],
) -> Result<Vec<message::Model>> {
    let sql = "SELECT message.* FROM v JOIN message ON message.company_id = v.company_id \
         AND message.chat_id = v.chat_id AND message.ordinal = v.ordinal";
    let mut found = Vec::with_capacity(places.len());
    for some in places.chunks(AT_ONCE) {
        let statement = rows(company, some).statement(backend_of(db), sql);
        found.extend(message::Entity::find().from_raw_sql(statement).all(db).await?);
    }
    Ok(found)
}

/// An unread message that counts differently: deleted, or naming someone.
pub(in crate::store) struct Noted {
    pub(in crate::store) chat: ChatId,
    pub(in crate::store) ordinal: i64,
    pub(in crate::store) is_deleted: bool,
    /// JSON of whom it names.
    pub(in crate::store) mentions: Option<String>,
}

/// The deleted messages, and those that name someone, behind these places.
pub(in crate::store) async fn noted_behind(
    db: &impl ConnectionTrait,
    company: Uuid,
    places: &[Place],
) -> Result<Vec<Noted>> {
    let sql = "SELECT message.chat_id, message.ordinal, message.deleted_at, message.mentions FROM v JOIN message ON message.company_id = v.company_id \
         AND message.chat_id = v.chat_id AND message.ordinal > v.ordinal \
         WHERE message.deleted_at IS NOT NULL OR message.mentions IS NOT NULL ORDER BY message.ordinal";
    let mut found = Vec::new();
    for some in places.chunks(AT_ONCE) {
        let statement = rows(company, some).statement(backend_of(db), sql);
        for row in db.query_all_raw(statement).await? {
            let chat: Uuid = row.try_get_by_index(0)?;
            let deleted_at: Option<i64> = row.try_get_by_index(2)?;
            found.push(Noted {
                chat: ChatId(chat),
                ordinal: row.try_get_by_index(1)?,
                is_deleted: deleted_at.is_some(),
                mentions: row.try_get_by_index(3)?,
            });
        }
    }
    Ok(found)
}
