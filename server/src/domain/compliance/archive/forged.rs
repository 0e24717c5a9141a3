//! Messages in the table that the log never recorded. Looked for only when the table has more rows than the log explains:
//! chat by chat, both sides in the order of their ordinals, so that neither has to be kept.

use super::PAGE;
use crate::store::{Result, Snapshot};
use causeway_api::{CompanyId, EventBody};
use causeway_ledger::{FINDINGS_MAX, Finding, MessageFault, Row};
use std::collections::{HashSet, VecDeque};
use uuid::Uuid;

/// Finds them, except those in `known`, which are named already.
pub(super) async fn find(
    snapshot: &Snapshot,
    company: CompanyId,
    known: &HashSet<Uuid>,
) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let mut chat = None;
    while let Some(next) = snapshot.next_chat_with_messages(company, chat).await? {
        chat = Some(next);
        let mut recorded =
            Recorded { snapshot, company, chat: next, after: i64::MIN, waiting: VecDeque::new() };
        let mut after = i64::MIN;
        loop {
            let page = snapshot.messages_of_chat(company, next, after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = last.ordinal;
            for row in page {
                if !recorded.has(row.ordinal, row.id).await? && !known.contains(&row.id) {
                    let (id, chat) = (row.id.into(), row.chat.into());
                    let fault = MessageFault::Forged;
                    findings.push(Finding::Message { id, chat, ordinal: row.ordinal, fault });
                }
                if findings.len() >= FINDINGS_MAX {
                    return Ok(findings);
                }
            }
        }
    }
    Ok(findings)
}

/// The recorded messages of a chat, read as far as they are asked for.
struct Recorded<'s> {
    snapshot: &'s Snapshot,
    company: CompanyId,
    chat: Uuid,
    after: i64,
    waiting: VecDeque<(i64, Uuid)>,
}

impl Recorded<'_> {
    /// Whether a message was recorded. Ordinals have to be asked for in ascending order.
    async fn has(&mut self, ordinal: i64, id: Uuid) -> Result<bool> {
        loop {
            while self.waiting.front().is_some_and(|(at, _)| *at < ordinal) {
                self.waiting.pop_front();
            }
            if let Some(front) = self.waiting.front() {
                return Ok(*front == (ordinal, id));
            }
            let page = self.snapshot.sent_in_chat(self.company, self.chat, self.after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(false) };
            self.after = last.seq;
            self.waiting.extend(page.iter().filter_map(sent));
        }
    }
}

fn sent(row: &Row) -> Option<(i64, Uuid)> {
    match serde_json::from_str(&row.body) {
        Ok(EventBody::MessageSent { message }) => Some((message.ordinal, message.id.0)),
        _ => None,
    }
}
