//! What many messages and receipts of a company read and write: one statement for all of them.

use crate::store::{
    CarriedFile, MemberRow, Result, Tx, backend_of,
    log::NewEvent,
    raw::{
        self,
        batch::{self, MovedChat, MovedMarks},
    },
    words,
};
use causeway_api::{
    ChatId, CompanyId, MessageId, PersonId,
    chats::{Channel, Message},
};
use std::collections::{HashMap, HashSet, hash_map::Entry};

/// A chat as a batch finds it.
#[derive(Clone, Debug)]
pub struct ChatInBatch {
    /// The channel towards the client.
    pub channel: Channel,
    /// The newest message's ordinal.
    pub last_ordinal: i64,
    /// Who is in it, in order of joining.
    pub members: Vec<MemberRow>,
}

/// What a batch writes.
#[derive(Debug, Default)]
pub struct Batch {
    /// The messages, with consecutive ordinals in each chat.
    pub messages: Vec<Message>,
    /// The files that they carry.
    pub files: Vec<CarriedFile>,
    /// The chats they are in.
    pub chats: Vec<MovedChat>,
    /// The members whose marks move.
    pub marks: Vec<MovedMarks>,
    /// What is recorded and announced, in this order.
    pub events: Vec<NewEvent>,
}

impl Tx {
    /// The chats of these ids that have members, as they stand in this transaction.
    pub async fn chats_in_batch(
        &self,
        company: CompanyId,
        ids: &[ChatId],
    ) -> Result<HashMap<ChatId, ChatInBatch>> {
        let mut found = HashMap::<ChatId, ChatInBatch>::new();
        for row in batch::chats_with_members(&self.db, company.0, ids).await? {
            let id = ChatId(row.try_get("", "chat_id")?);
            let chat = match found.entry(id) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => {
                    let channel: String = row.try_get("", "channel")?;
                    let channel = words::parse("chat.channel", &channel)?;
                    let last_ordinal = row.try_get("", "last_ordinal")?;
                    place.insert(ChatInBatch { channel, last_ordinal, members: Vec::new() })
                }
            };
            let member = MemberRow {
                chat: id,
                person: PersonId(row.try_get("", "person_id")?),
                joined_seq: row.try_get("", "joined_seq")?,
                from: row.try_get("", "from_ordinal")?,
                delivered: row.try_get("", "delivered")?,
                read: row.try_get("", "read")?,
            };
            chat.members.push(member);
        }
        Ok(found)
    }

    /// Those of `ids` that a message of the company has already.
    pub async fn known_messages(&self, company: CompanyId, ids: &[MessageId]) -> Result<HashSet<MessageId>> {
        let known = batch::known_messages(&self.db, company.0, ids).await?;
        Ok(known.into_iter().map(MessageId).collect())
    }

    /// Writes a batch: one statement per table.
    pub async fn write_batch(&mut self, company: CompanyId, new: Batch) -> Result<()> {
        let Batch { messages, files, chats, marks, events } = new;
        let backend = backend_of(&self.db);
        let mut statements = Vec::with_capacity(4);
        if !chats.is_empty() {
            statements.push(batch::move_chats(backend, company.0, &chats));
        }
        if !marks.is_empty() {
            statements.push(batch::move_marks(backend, company.0, &marks));
        }
        if !messages.is_empty() {
            statements.push(batch::add_messages(backend, company.0, &messages)?);
        }
        if !files.is_empty() {
            statements.push(raw::files::add_message_files(backend, company.0, &files));
            statements.push(raw::files::claim_files(backend, company.0, &files));
        }
        if !events.is_empty() {
            statements.push(self.append_all(company, events).await?);
        }
        if statements.is_empty() { Ok(()) } else { raw::execute_all(&self.db, statements).await }
    }
}
