//! Chats: who may see and do what, and what is written down when they do.

pub(in crate::domain) mod access;
pub(in crate::domain) mod batch;
pub mod changes;
mod content;
pub(in crate::domain) mod file_rules;
mod lines;
mod list;
mod members;
pub mod messages;
pub mod pins;
pub mod reactions;
pub mod saved_replies;
pub mod scheduling;
pub mod settings;
pub mod visibility;

pub use batch::Batches;
pub use list::{list, one};
pub(in crate::domain) use members::hand_over;
pub use members::{add_member, leave, remove_member, rename};

use crate::{
    App,
    actor::Actor,
    clock,
    error::AppError,
    input::names,
    job,
    store::{AuditEntry, ChatRow, PersonRow, StoreError, Tx},
};
use access::may_meet;
use batch::{Content, Post, Refused};
use causeway_api::{
    ChatId, CompanyId, EventBody, Millis, PersonId,
    audit::AuditAction,
    chats::{Channel, Chat, ChatKind, ChatSettings, CreateChat, MarkReceipts, Member, Message},
    people::Person,
    validate::{self, Fault},
};
use std::{collections::HashSet, sync::Arc};

/// Everyone the caller can write to.
pub async fn people(app: &App, actor: &Actor) -> Result<Vec<Person>, AppError> {
    let all = app.store.people(actor.company).await?;
    let met: HashSet<PersonId> = may_meet(app, actor, &all).await?.into_iter().collect();
    let others = all.into_iter().map(|row| row.person).filter(|person| person.id != actor.person);
    Ok(others.filter(|person| met.contains(&person.id)).collect())
}

/// A chat as its members see it.
fn describe(row: ChatRow, members: Vec<Member>, last_message: Option<Message>) -> Chat {
    let ChatRow { id, company: _, kind, name, channel, last_ordinal, created_at, created_by } = row;
    let created_by = Some(created_by);
    Chat {
        id,
        kind,
        name,
        members,
        channel,
        created_at,
        created_by,
        last_ordinal,
        last_message,
        deleted_unread: Vec::new(),
        mentioned_unread: Vec::new(),
        settings: ChatSettings::default(),
    }
}

/// A new direct chat or group. The same request again returns the same chat.
pub async fn create(app: &App, actor: &Actor, new: CreateChat) -> Result<Chat, AppError> {
    actor.may_write()?;
    let (id, kind, name, others) = match new {
        CreateChat::Direct { with } => {
            if let Some(existing) = app.store.direct_chat(actor.company, actor.person, with).await? {
                return one(app, actor, existing).await;
            }
            (ChatId(clock::new_id()), ChatKind::Direct, String::new(), vec![with])
        }
        CreateChat::Group { .. } if actor.is_external() => return Err(AppError::Forbidden),
        CreateChat::Group { id, name, members } => {
            let name = names::read_group(&name).map_err(|fault| AppError::Invalid("name", fault))?;
            if members.is_empty() {
                return Err(AppError::Invalid("members", Fault::Required));
            }
            if members.len() >= validate::GROUP_MEMBERS_MAX {
                return Err(AppError::Invalid("members", Fault::TooMany));
            }
            (id, ChatKind::Group, name, members)
        }
    };
    let people = require_people(app, actor, others).await?;
    let row = ChatRow {
        id,
        company: actor.company,
        kind,
        name,
        channel: Channel::Causeway,
        last_ordinal: 0,
        created_at: app.clock.now(),
        created_by: actor.person,
    };
    let direct_with = (kind == ChatKind::Direct).then(|| people[0].id);
    let author = actor.clone();
    let created = app.store.write(job!(|tx| insert(tx, &author, row, people, direct_with).await)).await;
    match (created, direct_with) {
        (Err(StoreError::Conflict(_)), Some(with)) => {
            let existing = app.store.direct_chat(actor.company, actor.person, with).await?;
            one(app, actor, existing.ok_or(AppError::NotFound)?).await
        }
        (Err(StoreError::Conflict(_)), None) => one(app, actor, id).await,
        (other, _) => Ok(other?),
    }
}

/// The people to be in a chat, the caller last; refused when one is unknown or is the caller.
async fn require_people(app: &App, actor: &Actor, mut ids: Vec<PersonId>) -> Result<Vec<Person>, AppError> {
    ids.sort_unstable();
    ids.dedup();
    if ids.contains(&actor.person) {
        return Err(AppError::Invalid("members", Fault::Yourself));
    }
    let wanted = ids.len();
    ids.push(actor.person);
    let mut rows: Vec<PersonRow> = app.store.people_by_ids(actor.company, ids).await?;
    // A client who is not shared with the caller does not exist for the caller.
    if rows.len() != wanted + 1 || may_meet(app, actor, &rows).await?.len() != rows.len() {
        return Err(AppError::NotFound);
    }
    rows.sort_by_key(|row| (row.person.id == actor.person, row.person.id));
    Ok(rows.into_iter().map(|row| row.person).collect())
}

async fn insert(
    tx: &mut Tx,
    actor: &Actor,
    row: ChatRow,
    people: Vec<Person>,
    direct_with: Option<PersonId>,
) -> Result<Chat, StoreError> {
    let joined = tx.next_seq(actor.company).await?;
    tx.add_chat(&row, direct_with.map(|with| (actor.person, with))).await?;
    for person in &people {
        tx.add_member(actor.company, row.id, person.id, joined, 1).await?;
    }
    let audience: Arc<[PersonId]> = people.iter().map(|person| person.id).collect();
    let members =
        people.into_iter().map(|person| Member { person, from: 1, delivered: 0, read: 0 }).collect();
    let at = row.created_at;
    let chat = describe(row, members, None);
    let body = EventBody::ChatCreated { chat: chat.clone() };
    tx.append(actor.company, actor.person, at, body, audience).await?;
    if chat.kind == ChatKind::Group {
        let entry = AuditEntry::new(actor, AuditAction::GroupCreated, chat.id, at);
        tx.audit(entry.changed(&(), &chat.name)?).await?;
    }
    Ok(chat)
}

/// Moves the caller's marks forward and tells the others.
pub async fn mark(app: &App, actor: &Actor, id: ChatId, marks: MarkReceipts) -> Result<(), AppError> {
    let post = Post { author: actor.person, at: app.clock.now(), chat: id, content: Content::Marks(marks) };
    match batch::write(app, actor.company, post).await {
        Ok(_) => Ok(()),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(Refused::NotMember | Refused::IdTaken | Refused::FileGone) => Err(AppError::NotFound),
    }
}

/// Adds the direct chat of a client and the employee who takes care of the client.
pub(in crate::domain) async fn add_direct(
    tx: &mut Tx,
    company: CompanyId,
    host: PersonId,
    client: PersonId,
    channel: Channel,
    now: Millis,
) -> Result<ChatId, StoreError> {
    let id = ChatId(clock::new_id());
    let row = ChatRow {
        id,
        company,
        kind: ChatKind::Direct,
        name: String::new(),
        channel,
        last_ordinal: 0,
        created_at: now,
        created_by: host,
    };
    let joined = tx.next_seq(company).await?;
    tx.add_chat(&row, Some((host, client))).await?;
    let mut members = Vec::new();
    for person in tx.people_by_ids(company, vec![host, client]).await? {
        tx.add_member(company, id, person.person.id, joined, 1).await?;
        members.push(Member { person: person.person, from: 1, delivered: 0, read: 0 });
    }
    let chat = describe(row, members, None);
    tx.append(company, client, now, EventBody::ChatCreated { chat }, vec![host, client].into()).await?;
    Ok(id)
}
