//! What a person may see of a chat's messages. The list of chats, pages of messages, live events, what is replayed to a
//! socket, and web push all ask here, so that none of them shows what the others withhold.
//!
//! A person sees the messages of a chat while being a member of it: those from the first one after joining, none from
//! before the start of what the company keeps on screens, and each in its current version. The text of a deleted message
//! is seen by no one; the archive keeps it.

use crate::{
    App,
    actor::Actor,
    clock::DAY,
    domain::features::{self, keys},
    error::AppError,
    store::{EventRow, MemberRow},
};
use causeway_api::{
    ChatId, CompanyId, EventBody, MessageId, Millis, PersonId,
    chats::{Message, MessageContent},
};
use std::{collections::HashMap, sync::Arc};

/// What a member sees of one chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    /// The first ordinal.
    pub from: i64,
    /// Messages sent before this instant have left the screens.
    pub since: Option<Millis>,
}

impl Sight {
    /// What a member sees whose company keeps messages on screens since an instant.
    pub fn of(member: &MemberRow, since: Option<Millis>) -> Self {
        Self { from: member.from, since }
    }

    /// Whether a message is seen at all.
    pub fn shows(&self, message: &Message) -> bool {
        message.ordinal >= self.from && self.since.is_none_or(|since| message.sent_at >= since)
    }

    /// The version of a message that is seen, given the current one; `None` when it is not seen.
    pub fn version(&self, current: &Message) -> Option<Message> {
        if !self.shows(current) {
            return None;
        }
        let mut seen = current.clone();
        if seen.deleted_at.is_some() {
            (seen.text, seen.content) = (String::new(), MessageContent::Text);
            seen.reactions.clear();
            seen.mentions.clear();
        }
        Some(seen)
    }
}

/// Messages from before this instant have left the screens of a company; `None` when they stay.
pub(in crate::domain) async fn retention_start(
    app: &App,
    company: CompanyId,
) -> Result<Option<Millis>, AppError> {
    let days = features::of(app, company).await?.get(keys::MESSAGE_RETENTION).named("days");
    Ok(days.map(|days| app.clock.now() - days * DAY))
}

/// The members of a chat who learn at once of what happens to a message.
pub fn audience(members: &[MemberRow], message: &Message) -> Arc<[PersonId]> {
    // What happens to a message now is younger than any retention.
    members
        .iter()
        .filter(|member| Sight::of(member, None).shows(message))
        .map(|member| member.person)
        .collect()
}

/// The version of a message that a person sees now.
pub async fn seen_by(
    app: &App,
    company: CompanyId,
    person: PersonId,
    id: MessageId,
) -> Result<Option<Message>, AppError> {
    let Some(current) = app.store.message(company, id).await? else { return Ok(None) };
    let members = app.store.members(company, vec![current.chat]).await?;
    let since = retention_start(app, company).await?;
    let member = members.iter().find(|member| member.person == person);
    Ok(member.and_then(|member| Sight::of(member, since).version(&current)))
}

/// An event as it is written to a socket.
#[derive(Clone, Debug)]
pub struct Replayed {
    /// Its number in the company's log.
    pub seq: i64,
    /// When it happened.
    pub at: Millis,
    /// Its body as JSON.
    pub json: Arc<str>,
}

/// A page of what is replayed.
pub struct ReplayPage {
    /// The events that the person may see.
    pub events: Vec<Replayed>,
    /// The number of the last event that was looked at, whether it may be seen or not; `None` when there is none.
    pub last: Option<i64>,
    /// Whether nothing is behind it.
    pub is_last: bool,
}

/// Events behind `since` that concern the caller, as the caller may see them now; at most `most` are looked at.
pub async fn replay(app: &App, actor: &Actor, since: i64, most: u64) -> Result<ReplayPage, AppError> {
    let rows = app.store.events_for(actor.company, actor.person, since, most).await?;
    let (last, is_last) = (rows.last().map(|row| row.entry.seq), (rows.len() as u64) < most);
    let messages: Vec<MessageId> =
        rows.iter().filter_map(|row| message_of(&row.entry.body)).map(|m| m.id).collect();
    if messages.is_empty() {
        return Ok(ReplayPage { events: rows.into_iter().map(as_recorded).collect(), last, is_last });
    }
    let current: HashMap<MessageId, Message> = app
        .store
        .messages_by_ids(actor.company, &messages)
        .await?
        .into_iter()
        .map(|one| (one.id, one))
        .collect();
    let since = retention_start(app, actor.company).await?;
    let sights: HashMap<ChatId, Sight> = app
        .store
        .memberships(actor.company, actor.person)
        .await?
        .iter()
        .map(|member| (member.chat, Sight::of(member, since)))
        .collect();
    let mut replayed = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(recorded) = message_of(&row.entry.body) else {
            replayed.push(as_recorded(row));
            continue;
        };
        let now = current.get(&recorded.id);
        let seen = now.and_then(|now| sights.get(&now.chat).and_then(|sight| sight.version(now)));
        if let Some(message) = seen {
            let json = serde_json::to_string(&with_message(&row.entry.body, message))
                .map_err(|error| AppError::Internal(error.into()))?;
            replayed.push(Replayed { seq: row.entry.seq, at: row.entry.at, json: json.into() });
        }
    }
    Ok(ReplayPage { events: replayed, last, is_last })
}

fn as_recorded(row: EventRow) -> Replayed {
    Replayed { seq: row.entry.seq, at: row.entry.at, json: row.entry.json }
}

/// The message that an event carries.
fn message_of(body: &EventBody) -> Option<&Message> {
    match body {
        EventBody::MessageSent { message }
        | EventBody::MessageEdited { message }
        | EventBody::MessageDeleted { message }
        | EventBody::MessageReacted { message, .. } => Some(message),
        _ => None,
    }
}

/// The same event about another version of its message.
fn with_message(body: &EventBody, message: Message) -> EventBody {
    match body {
        EventBody::MessageEdited { .. } => EventBody::MessageEdited { message },
        EventBody::MessageDeleted { .. } => EventBody::MessageDeleted { message },
        EventBody::MessageReacted { person, emoji, is_on, .. } => {
            EventBody::MessageReacted { message, person: *person, emoji: emoji.clone(), is_on: *is_on }
        }
        _ => EventBody::MessageSent { message },
    }
}
