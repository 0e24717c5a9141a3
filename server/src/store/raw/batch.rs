//! The statements of a batch of messages and receipts: one each, however many there are. The builder neither updates
//! from rows nor joins with them.

use super::rows::Rows;
use crate::store::{Result, backend_of, entity::event, words};
use causeway_api::{
    ChatId, MessageId, Millis, PersonId,
    chats::{Channel, Message},
};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use uuid::Uuid;

/// A chat that has a newer message.
#[derive(Clone, Copy, Debug)]
pub struct MovedChat {
    /// The chat.
    pub id: ChatId,
    /// The newest message's ordinal.
    pub last_ordinal: i64,
    /// When it was sent.
    pub activity_at: Millis,
    /// The channel to move to; `None` to stay.
    pub channel: Option<Channel>,
}

/// How far a member has come.
#[derive(Clone, Copy, Debug)]
pub struct MovedMarks {
    /// The chat.
    pub chat: ChatId,
    /// The member.
    pub person: PersonId,
    /// Delivered up to this ordinal.
    pub delivered: i64,
    /// Read up to this ordinal.
    pub read: i64,
}

/// The chats of these ids, each with its present members in order of joining: a row per member.
pub(in crate::store) async fn chats_with_members(
    db: &impl ConnectionTrait,
    company: Uuid,
    chats: &[ChatId],
) -> Result<Vec<QueryResult>> {
    let rows = Rows::of(company, chats.len()).ids("id", chats.iter().map(|id| id.0));
    let sql = "SELECT chat.id AS chat_id, chat.channel, chat.last_ordinal, member.person_id, member.joined_seq, \
         member.from_ordinal, member.delivered, member.read FROM v \
         JOIN chat ON chat.company_id = v.company_id AND chat.id = v.id \
         JOIN member ON member.company_id = v.company_id AND member.chat_id = v.id \
         WHERE member.left_seq IS NULL ORDER BY member.joined_seq, member.person_id";
    Ok(db.query_all_raw(rows.statement(backend_of(db), sql)).await?)
}

/// Those of these ids that messages have already.
pub(in crate::store) async fn known_messages(
    db: &impl ConnectionTrait,
    company: Uuid,
    ids: &[MessageId],
) -> Result<Vec<Uuid>> {
    let rows = Rows::of(company, ids.len()).ids("id", ids.iter().map(|id| id.0));
    let sql =
        "SELECT message.id FROM v JOIN message ON message.company_id = v.company_id AND message.id = v.id";
    let found = db.query_all_raw(rows.statement(backend_of(db), sql)).await?;
    Ok(found.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
}

/// Moves chats to the ordinal of their newest message, and to the channel that a client wrote on.
pub(in crate::store) fn move_chats(backend: DbBackend, company: Uuid, moved: &[MovedChat]) -> Statement {
    let channel =
        |chat: &MovedChat| chat.channel.map_or_else(String::new, |channel| channel.as_str().to_owned());
    let rows = Rows::of(company, moved.len())
        .ids("id", moved.iter().map(|chat| chat.id.0))
        .numbers("last_ordinal", moved.iter().map(|chat| chat.last_ordinal))
        .numbers("activity_at", moved.iter().map(|chat| chat.activity_at))
        .texts("channel", moved.iter().map(channel));
    let sql = "UPDATE chat SET last_ordinal = v.last_ordinal, activity_at = v.activity_at, \
         channel = COALESCE(NULLIF(v.channel, ''), chat.channel) \
         FROM v WHERE chat.company_id = v.company_id AND chat.id = v.id";
    rows.statement(backend, sql)
}

/// Sets the marks of members.
pub(in crate::store) fn move_marks(backend: DbBackend, company: Uuid, moved: &[MovedMarks]) -> Statement {
    let rows = Rows::of(company, moved.len())
        .ids("chat_id", moved.iter().map(|marks| marks.chat.0))
        .ids("person_id", moved.iter().map(|marks| marks.person.0))
        .numbers("delivered", moved.iter().map(|marks| marks.delivered))
        .numbers("read", moved.iter().map(|marks| marks.read));
    let sql = "UPDATE member SET delivered = v.delivered, read = v.read FROM v \
         WHERE member.company_id = v.company_id AND member.chat_id = v.chat_id AND member.person_id = v.person_id";
    rows.statement(backend, sql)
}

/// Adds messages that nothing has changed yet.
pub(in crate::store) fn add_messages(
    backend: DbBackend,
    company: Uuid,
    new: &[Message],
) -> Result<Statement> {
    let contents: Vec<String> =
        new.iter().map(|message| words::stored_content(&message.content)).collect::<Result<_>>()?;
    let mentions: Vec<String> =
        new.iter().map(|message| words::stored_mentions(&message.mentions)).collect::<Result<_>>()?;
    let rows = Rows::of(company, new.len())
        .ids("id", new.iter().map(|message| message.id.0))
        .ids("chat_id", new.iter().map(|message| message.chat.0))
        .numbers("ordinal", new.iter().map(|message| message.ordinal))
        .ids("sender_id", new.iter().map(|message| message.sender.0))
        .texts("text", new.iter().map(|message| message.text.clone()))
        .texts("content", contents.into_iter())
        .texts("channel", new.iter().map(|message| message.channel.as_str().to_owned()))
        .ids("reply_to", new.iter().map(|message| message.reply_to.unwrap_or(message.id).0))
        .ids("forwarded_from", new.iter().map(|message| message.forwarded_from.unwrap_or(message.id).0))
        .texts("mentions", mentions.into_iter())
        .numbers("sent_at", new.iter().map(|message| message.sent_at));
    // No message answers itself or is forwarded from itself: its own id stands for none.
    let sql = "INSERT INTO message \
         (company_id, id, chat_id, ordinal, sender_id, text, content, channel, reply_to, forwarded_from, mentions, \
         sent_at) \
         SELECT company_id, id, chat_id, ordinal, sender_id, text, NULLIF(content, ''), channel, \
         NULLIF(reply_to, id), NULLIF(forwarded_from, id), NULLIF(mentions, ''), sent_at FROM v";
    Ok(rows.statement(backend, sql))
}

/// Adds events to a log.
pub(in crate::store) fn add_events(backend: DbBackend, company: Uuid, new: Vec<event::Model>) -> Statement {
    let mut bodies = Vec::with_capacity(new.len());
    let mut kinds = Vec::with_capacity(new.len());
    let mut salts = Vec::with_capacity(new.len());
    let mut hashes = Vec::with_capacity(new.len());
    let mut rows = Rows::of(company, new.len())
        .numbers("seq", new.iter().map(|event| event.seq))
        .numbers("at", new.iter().map(|event| event.at))
        .ids("chat_id", new.iter().map(|event| event.chat_id))
        .ids("actor_id", new.iter().map(|event| event.actor_id));
    for event in new {
        bodies.push(event.body);
        kinds.push(event.kind);
        salts.push(event.salt.unwrap_or_default());
        hashes.push(event.hash);
    }
    rows = rows
        .texts("kind", kinds.into_iter())
        .texts("body", bodies.into_iter())
        .bytes("salt", salts.into_iter())
        .bytes("hash", hashes.into_iter());
    // A log in the first form of hashes has no salts.
    let sql = "INSERT INTO event (company_id, seq, at, kind, chat_id, actor_id, body, salt, hash) \
         SELECT company_id, seq, at, kind, chat_id, actor_id, body, \
         CASE WHEN length(salt) > 0 THEN salt END, hash FROM v";
    rows.statement(backend, sql)
}
