//! The chats of a person, as that person sees them.

use super::{
    access::require_member,
    describe,
    visibility::{Sight, retention_start},
};
use crate::{
    App,
    actor::Actor,
    error::AppError,
    store::{ChatRow, MemberRow, UnreadBehind},
};
use causeway_api::{
    ChatId, PersonId,
    chats::{Chat, ChatList, ChatSettings, ChatsQuery, Member},
    people::Person,
};
use std::collections::{HashMap, HashSet};

/// The newest chats of the caller, those that are pinned in any case, and the event up to which the list is current.
pub async fn list(app: &App, actor: &Actor, query: ChatsQuery) -> Result<ChatList, AppError> {
    // The cursor is read first: what happens meanwhile is seen twice rather than never.
    let cursor = app.store.head(actor.company).await?.map_or(0, |head| head.seq);
    let mut rows = app.store.chats_of(actor.company, actor.person, query.limit).await?;
    let settings = app.store.all_chat_settings(actor.company, actor.person).await?;
    let listed: HashSet<ChatId> = rows.iter().map(|row| row.id).collect();
    let is_missing =
        |(id, settings): &(&ChatId, &ChatSettings)| settings.pinned_at.is_some() && !listed.contains(id);
    let pinned: Vec<ChatId> = settings.iter().filter(is_missing).map(|(id, _)| *id).collect();
    if !pinned.is_empty() {
        rows.extend(app.store.chats_by_ids(actor.company, &pinned).await?);
    }
    Ok(ChatList { chats: assemble(app, actor, rows, &settings).await?, cursor })
}

/// One chat of the caller.
pub async fn one(app: &App, actor: &Actor, id: ChatId) -> Result<Chat, AppError> {
    let row = app.store.chat(actor.company, id).await?.ok_or(AppError::NotFound)?;
    require_member(&app.store.members(actor.company, vec![id]).await?, actor.person)?;
    let settings = app.store.chat_settings(actor.company, actor.person, id).await?;
    let settings = HashMap::from([(id, settings)]);
    assemble(app, actor, vec![row], &settings).await?.pop().ok_or(AppError::NotFound)
}

async fn assemble(
    app: &App,
    actor: &Actor,
    rows: Vec<ChatRow>,
    settings: &HashMap<ChatId, ChatSettings>,
) -> Result<Vec<Chat>, AppError> {
    let company = actor.company;
    let members = app.store.members(company, rows.iter().map(|row| row.id).collect()).await?;
    let mut last = app.store.last_messages(company, &rows).await?;
    let marks = unread_from(&rows, &members, actor.person);
    let mut behind = app.store.unread_behind(company, actor.person, &marks).await?;
    let since = retention_start(app, company).await?;
    let first_shown = match since {
        Some(since) => Some(app.store.first_since(company, &rows, since).await?),
        None => None,
    };
    let sights: HashMap<ChatId, Sight> = members
        .iter()
        .filter(|member| member.person == actor.person)
        .map(|member| (member.chat, Sight::of(member, since)))
        .collect();
    let mut ids: Vec<PersonId> = members.iter().map(|member| member.person).collect();
    ids.sort_unstable();
    ids.dedup();
    let people: HashMap<PersonId, Person> = app
        .store
        .people_by_ids(company, ids)
        .await?
        .into_iter()
        .map(|row| (row.person.id, row.person))
        .collect();
    let mut by_chat: HashMap<ChatId, Vec<Member>> = HashMap::new();
    for member in members {
        if let Some(person) = people.get(&member.person) {
            by_chat.entry(member.chat).or_default().push(with_person(&member, person.clone()));
        }
    }
    let chat = |row: ChatRow| {
        let mut members = by_chat.remove(&row.id).unwrap_or_default();
        let sight = sights.get(&row.id);
        let last = last.remove(&row.id).and_then(|message| sight.and_then(|sight| sight.version(&message)));
        if let Some(first) = &first_shown {
            let first = first.get(&row.id).copied().unwrap_or(row.last_ordinal + 1);
            members.iter_mut().for_each(|member| member.from = member.from.max(first));
        }
        let UnreadBehind { deleted, mentioned } = behind.remove(&row.id).unwrap_or_default();
        let settings = settings.get(&row.id).copied().unwrap_or_default();
        Chat {
            settings,
            deleted_unread: deleted,
            mentioned_unread: mentioned,
            ..describe(row, members, last)
        }
    };
    Ok(rows.into_iter().map(chat).collect())
}

/// The chats in which a person has something unread, each with the person's read mark.
fn unread_from(chats: &[ChatRow], members: &[MemberRow], person: PersonId) -> Vec<(ChatId, i64)> {
    let newest: HashMap<ChatId, i64> = chats.iter().map(|chat| (chat.id, chat.last_ordinal)).collect();
    let is_unread = |own: &&MemberRow| newest.get(&own.chat).is_some_and(|newest| *newest > own.read);
    let own = members.iter().filter(|member| member.person == person);
    own.filter(is_unread).map(|own| (own.chat, own.read)).collect()
}

fn with_person(member: &MemberRow, person: Person) -> Member {
    Member { person, from: member.from, delivered: member.delivered, read: member.read }
}
