//! Who is in a chat, and what a group is called: joining, leaving, removing, renaming, and handing a client's conversation over.

use super::{access::may_meet, one};
use crate::{
    App,
    actor::{Actor, By, PersonKey},
    error::AppError,
    input::names,
    job,
    store::{AuditEntry, ChatRow, StoreError, Tx},
};
use causeway_api::{
    ChatId, CompanyId, EventBody, Millis, PersonId,
    audit::AuditAction,
    chats::{Chat, ChatKind, Member, RenameGroup, manages_group},
    people::Person,
    validate::{self, Fault},
};
use std::sync::Arc;

/// A group of the caller; a chat that is none is refused at `field`.
async fn require_group(app: &App, actor: &Actor, id: ChatId, field: &'static str) -> Result<Chat, AppError> {
    let chat = one(app, actor, id).await?;
    if chat.kind == ChatKind::Group { Ok(chat) } else { Err(AppError::Invalid(field, Fault::NotAGroup)) }
}

/// Adds a person to a group; the new member sees what is written from now on.
pub async fn add_member(app: &App, actor: &Actor, id: ChatId, person: PersonId) -> Result<Chat, AppError> {
    actor.may_write()?;
    require_group(app, actor, id, "person").await?;
    let joining = app.store.person(actor.company, person).await?.ok_or(AppError::NotFound)?;
    if may_meet(app, actor, std::slice::from_ref(&joining)).await?.is_empty() {
        return Err(AppError::NotFound);
    }
    let joining = joining.person;
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            tx.next_seq(author.company).await?;
            let members = tx.members(author.company, id).await?;
            if !members.iter().any(|member| member.person == author.person) {
                return Err(AppError::NotFound);
            }
            if members.iter().any(|member| member.person == joining.id) {
                return Ok(());
            }
            if !tx.has_place(author.company, id, MOST).await? {
                return Err(AppError::Invalid("person", Fault::TooMany));
            }
            let person = joining.id;
            join(tx, author.key(), id, joining, now).await?;
            Ok(note(tx, &author, AuditAction::GroupMemberAdded, id, person, now).await?)
        }))
        .await?;
    one(app, actor, id).await
}

/// Gives a group another name. Its members see who did.
pub async fn rename(app: &App, actor: &Actor, id: ChatId, new: RenameGroup) -> Result<Chat, AppError> {
    actor.may_write()?;
    require_group(app, actor, id, "name").await?;
    let name = names::read_group(&new.name).map_err(|fault| AppError::Invalid("name", fault))?;
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            tx.next_seq(author.company).await?;
            let group = require_managed(tx, &author, id).await?;
            if group.name == name {
                return Ok(());
            }
            tx.rename_chat(author.company, id, &name).await?;
            let entry = AuditEntry::new(&author, AuditAction::GroupRenamed, id, now);
            tx.audit(entry.changed(&group.name, &name)?).await?;
            let audience = audience(tx, author.company, id).await?;
            let body =
                EventBody::GroupRenamed { chat: id, name, by: author.person, after: group.last_ordinal };
            tx.append(author.company, author.person, now, body, audience).await?;
            Ok::<_, AppError>(())
        }))
        .await?;
    one(app, actor, id).await
}

/// Takes a member out of a group. What was written stays in the archive. Who removes oneself leaves.
pub async fn remove_member(app: &App, actor: &Actor, id: ChatId, person: PersonId) -> Result<(), AppError> {
    actor.may_write()?;
    require_group(app, actor, id, "person").await?;
    if person == actor.person {
        return leave(app, actor, id).await;
    }
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            tx.next_seq(author.company).await?;
            require_managed(tx, &author, id).await?;
            if !end(tx, author.key(), id, person, Ending::Removed, now).await? {
                return Err(AppError::NotFound);
            }
            Ok(note(tx, &author, AuditAction::GroupMemberRemoved, id, person, now).await?)
        }))
        .await
}

/// The group as it is in this transaction; refused to members who do not manage it.
async fn require_managed(tx: &mut Tx, author: &Actor, id: ChatId) -> Result<ChatRow, AppError> {
    let group = tx.chat(author.company, id).await?.ok_or(AppError::NotFound)?;
    let members: Vec<PersonId> =
        tx.members(author.company, id).await?.iter().map(|member| member.person).collect();
    if !members.contains(&author.person) {
        return Err(AppError::NotFound);
    }
    let people = tx.people_by_ids(author.company, members.clone()).await?;
    let in_order = members.iter().filter_map(|id| people.iter().find(|row| row.person.id == *id));
    let may = manages_group(Some(group.created_by), in_order.map(|row| &row.person), author.person);
    if may { Ok(group) } else { Err(AppError::Forbidden) }
}

/// Writes down in the audit log what was done to a member of a group.
async fn note(
    tx: &mut Tx,
    author: &Actor,
    action: AuditAction,
    group: ChatId,
    person: PersonId,
    now: Millis,
) -> Result<(), StoreError> {
    let name = tx.chat(author.company, group).await?.map_or_else(String::new, |group| group.name);
    let is_in = Some((group, name));
    let gone = None::<(ChatId, String)>;
    let (before, after) = if action == AuditAction::GroupMemberAdded { (gone, is_in) } else { (is_in, gone) };
    tx.audit(AuditEntry::new(author, action, person, now).changed(&before, &after)?).await
}

/// Most members of a group.
#[expect(clippy::cast_possible_wrap, reason = "it is two hundred")]
const MOST: i64 = validate::GROUP_MEMBERS_MAX as i64;

async fn audience(tx: &mut Tx, company: CompanyId, chat: ChatId) -> Result<Arc<[PersonId]>, StoreError> {
    Ok(tx.members(company, chat).await?.iter().map(|member| member.person).collect())
}

async fn join(
    tx: &mut Tx,
    by: PersonKey,
    chat: ChatId,
    person: Person,
    now: Millis,
) -> Result<(), StoreError> {
    let company = by.company;
    let seq = tx.next_seq(company).await?;
    let Some(row) = tx.chat(company, chat).await? else { return Ok(()) };
    let from = row.last_ordinal + 1;
    if !tx.resume_membership(company, chat, person.id, seq, from).await? {
        tx.add_member(company, chat, person.id, seq, from).await?;
    }
    let audience = audience(tx, company, chat).await?;
    let member = Member { person, from, delivered: from - 1, read: from - 1 };
    tx.append(company, by.person, now, EventBody::MemberJoined { chat, member }, audience).await?;
    Ok(())
}

/// How a membership ends.
#[derive(Clone, Copy)]
enum Ending {
    /// The member left, or was replaced.
    Left,
    /// Whoever manages the group removed the member.
    Removed,
}

/// Ends a membership; returns `false` when there was none.
async fn end(
    tx: &mut Tx,
    by: PersonKey,
    chat: ChatId,
    person: PersonId,
    how: Ending,
    now: Millis,
) -> Result<bool, StoreError> {
    let company = by.company;
    let seq = tx.next_seq(company).await?;
    // Whoever leaves learns of it, too.
    let audience = audience(tx, company, chat).await?;
    if !tx.end_membership(company, chat, person, seq).await? {
        return Ok(false);
    }
    let after = tx.chat(company, chat).await?.map_or(0, |chat| chat.last_ordinal);
    let body = match how {
        Ending::Left => EventBody::MemberLeft { chat, person, after: Some(after) },
        Ending::Removed => EventBody::MemberRemoved { chat, person, by: by.person, after },
    };
    tx.append(company, by.person, now, body, audience).await?;
    Ok(true)
}

/// The caller leaves a group. What was written stays in the archive.
pub async fn leave(app: &App, actor: &Actor, id: ChatId) -> Result<(), AppError> {
    require_group(app, actor, id, "chat").await?;
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            if !end(tx, author.key(), id, author.person, Ending::Left, now).await? {
                return Err(AppError::NotFound);
            }
            Ok(note(tx, &author, AuditAction::GroupMemberLeft, id, author.person, now).await?)
        }))
        .await
}

/// The conversation of a client and a former employee goes on with another one, who sees what is written from now on; the
/// former one is out of it at once. With no heir it only ends for the former one.
pub(in crate::domain) async fn hand_over(
    tx: &mut Tx,
    by: PersonKey,
    client: PersonId,
    former: PersonId,
    heir: Option<PersonId>,
    now: Millis,
) -> Result<(), StoreError> {
    let company = by.company;
    tx.next_seq(company).await?;
    let Some(chat) = tx.direct_chat(company, former, client).await? else { return Ok(()) };
    end(tx, by, chat, former, Ending::Left, now).await?;
    let Some(heir) = heir else { return Ok(()) };
    tx.set_pair(company, chat, heir, client).await?;
    for row in tx.people_by_ids(company, vec![heir]).await? {
        join(tx, by, chat, row.person, now).await?;
    }
    Ok(())
}
