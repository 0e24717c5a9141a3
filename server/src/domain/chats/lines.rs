//! The lines of a timeline between the messages: who made a group, renamed it, joined, left or was removed.

use crate::{App, error::AppError, store::EventRow};
use causeway_api::{
    ChatId, CompanyId, EventBody, Millis, PersonId,
    chats::{ChatChange, ChatLine, Named},
};
use std::{collections::HashMap, ops::RangeInclusive};

/// What a member sees of the lines of a chat.
#[derive(Clone, Copy)]
pub(super) struct LineSight {
    /// The event by which the member joined: what happened before is not seen.
    pub(super) joined: i64,
    /// What happened before this instant has left the screens.
    pub(super) since: Option<Millis>,
}

/// The lines that a member sees below the messages `after`, in order.
pub(super) async fn between(
    app: &App,
    company: CompanyId,
    chat: ChatId,
    after: RangeInclusive<i64>,
    sight: LineSight,
) -> Result<Vec<ChatLine>, AppError> {
    let mut rows = app.store.chat_lines(company, chat, after, sight.joined).await?;
    rows.retain(|(_, row)| sight.since.is_none_or(|since| row.entry.at >= since));
    let mut ids: Vec<PersonId> = rows.iter().flat_map(|(_, row)| named(row)).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    ids.sort_unstable();
    ids.dedup();
    let people = app.store.people_by_ids(company, ids).await?;
    let names: HashMap<PersonId, String> =
        people.into_iter().map(|row| (row.person.id, row.person.name)).collect();
    let line = |(after, row): (i64, EventRow)| {
        let change = change(&row, &names)?;
        Some(ChatLine { seq: row.entry.seq, at: row.entry.at, after, change })
    };
    Ok(rows.into_iter().filter_map(line).collect())
}

/// The people that the line of an event names.
fn named(row: &EventRow) -> Vec<PersonId> {
    match &row.entry.body {
        EventBody::ChatCreated { .. } => vec![row.entry.actor],
        EventBody::GroupRenamed { by, .. } | EventBody::MessagePinned { by, .. } => vec![*by],
        EventBody::MemberJoined { member, .. } => vec![member.person.id],
        EventBody::MemberLeft { person, .. } => vec![*person],
        EventBody::MemberRemoved { person, by, .. } => vec![*person, *by],
        _ => Vec::new(),
    }
}

/// What the line of an event says; `None` for an event that has no line.
fn change(row: &EventRow, names: &HashMap<PersonId, String>) -> Option<ChatChange> {
    let who = |id: PersonId| Named { id, name: names.get(&id).cloned().unwrap_or_default() };
    Some(match &row.entry.body {
        EventBody::ChatCreated { .. } => ChatChange::Created { by: who(row.entry.actor) },
        EventBody::GroupRenamed { by, name, .. } => ChatChange::Renamed { by: who(*by), name: name.clone() },
        EventBody::MessagePinned { by, ordinal, is_on, .. } => {
            ChatChange::Pinned { by: who(*by), ordinal: *ordinal, is_on: *is_on }
        }
        EventBody::MemberJoined { member, .. } => ChatChange::Joined { who: who(member.person.id) },
        EventBody::MemberLeft { person, .. } => ChatChange::Left { who: who(*person) },
        EventBody::MemberRemoved { person, by, .. } => {
            ChatChange::Removed { by: who(*by), who: who(*person) }
        }
        _ => return None,
    })
}
