//! Compares the messages that the screens show with the events they came from, page by page beside the walk.

use super::forged;
use crate::store::{RawMessage, Result, Snapshot};
use causeway_api::{
    CompanyId, EventBody,
    chats::{Mention, Message, MessageContent, Reaction},
};
use causeway_ledger::{FINDINGS_MAX, Finding, MessageFault, Row};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// Most messages that may differ at one moment. One that is edited later differs until that event is read, so this is
/// far above what fifteen minutes of edits can make.
const OPEN_MAX: usize = 100_000;

/// The comparison so far.
#[derive(Default)]
pub(super) struct Messages {
    /// Messages that differ from their newest event read so far, by chat, ordinal and id.
    open: BTreeMap<(Uuid, i64, Uuid), MessageFault>,
    /// Rows of the table that an event was found for.
    found: u64,
}

impl Messages {
    /// Whether too many messages differ to go on.
    pub(super) fn is_full(&self) -> bool {
        self.open.len() > OPEN_MAX
    }

    /// Compares the messages of a page of events with what the table has.
    pub(super) async fn compare(
        &mut self,
        snapshot: &Snapshot,
        company: CompanyId,
        page: &[Row],
    ) -> Result<()> {
        let (newest, sent) = messages_of(page);
        let ids: Vec<Uuid> = newest.keys().copied().collect();
        let rows: HashMap<Uuid, RawMessage> =
            snapshot.messages(company, ids).await?.into_iter().map(|row| (row.id, row)).collect();
        self.found += sent.iter().filter(|id| rows.contains_key(id)).count() as u64;
        for (id, message) in newest {
            let key = (message.chat.0, message.ordinal, id);
            match rows.get(&id) {
                Some(row) if is_same(row, &message) => self.open.remove(&key),
                Some(_) => self.open.insert(key, MessageFault::Altered),
                None => self.open.insert(key, MessageFault::Missing),
            };
        }
        Ok(())
    }

    /// Ends the comparison: what differs still, and what the table has without an event.
    pub(super) async fn finish(self, snapshot: &Snapshot, company: CompanyId) -> Result<Vec<Finding>> {
        let mut findings: Vec<Finding> = self
            .open
            .iter()
            .map(|((chat, ordinal, id), fault)| Finding::Message {
                id: (*id).into(),
                chat: (*chat).into(),
                ordinal: *ordinal,
                fault: *fault,
            })
            .take(FINDINGS_MAX)
            .collect();
        if snapshot.message_count(company).await? != self.found {
            let known: HashSet<Uuid> = self.open.keys().map(|(_, _, id)| *id).collect();
            findings.extend(forged::find(snapshot, company, &known).await?);
        }
        Ok(findings)
    }
}

/// The newest state of every message in a page, and the ids of those that were sent in it. What cannot be read as an
/// event is no message: the table's row is then one without an event.
fn messages_of(page: &[Row]) -> (HashMap<Uuid, Message>, Vec<Uuid>) {
    let (mut newest, mut sent) = (HashMap::new(), Vec::new());
    for row in page.iter().filter(|row| row.kind.starts_with("message_")) {
        match serde_json::from_str(&row.body) {
            Ok(EventBody::MessageSent { message }) => {
                sent.push(message.id.0);
                newest.insert(message.id.0, message);
            }
            Ok(
                EventBody::MessageEdited { message }
                | EventBody::MessageDeleted { message }
                | EventBody::MessageReacted { message, .. },
            ) => {
                newest.insert(message.id.0, message);
            }
            _ => {}
        }
    }
    (newest, sent)
}

fn is_same(row: &RawMessage, message: &Message) -> bool {
    let Message {
        id,
        chat,
        ordinal,
        sender,
        text,
        content,
        channel,
        reply_to,
        forwarded_from,
        mentions,
        reactions,
        sent_at,
        edited_at,
        deleted_at,
    } = message;
    row.id == id.0
        && row.chat == chat.0
        && row.ordinal == *ordinal
        && row.sender == sender.0
        && row.text == *text
        && is_same_content(row.content.as_deref(), content)
        && row.channel == channel.as_str()
        && row.reply_to == reply_to.map(|answered| answered.0)
        && row.forwarded_from == forwarded_from.map(|from| from.0)
        && is_same_mentions(row.mentions.as_deref(), mentions)
        && is_same_reactions(row.reactions.as_deref(), reactions)
        && row.sent_at == *sent_at
        && row.edited_at == *edited_at
        && row.deleted_at == *deleted_at
}

fn is_same_mentions(stored: Option<&str>, recorded: &[Mention]) -> bool {
    match stored {
        None => recorded.is_empty(),
        Some(json) => serde_json::from_str::<Vec<Mention>>(json).is_ok_and(|stored| stored == recorded),
    }
}

fn is_same_reactions(stored: Option<&str>, recorded: &[Reaction]) -> bool {
    match stored {
        None => recorded.is_empty(),
        Some(json) => serde_json::from_str::<Vec<Reaction>>(json).is_ok_and(|stored| stored == recorded),
    }
}

/// Compared by what it says: the order of the fields in the column is not the matter.
fn is_same_content(stored: Option<&str>, recorded: &MessageContent) -> bool {
    match stored {
        None => recorded.is_text(),
        Some(json) => serde_json::from_str::<MessageContent>(json).is_ok_and(|content| content == *recorded),
    }
}
