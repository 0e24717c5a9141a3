//! Who is in a chat: joining and leaving groups, and handing a client's conversation over.

use super::{one, visible};
use crate::{
    App,
    actor::{Actor, By, PersonKey},
    error::AppError,
    job,
    store::{StoreError, Tx},
};
use causeway_api::{
    ChatId, CompanyId, EventBody, Millis, PersonId,
    chats::{Chat, ChatKind, Member},
    people::Person,
    validate::{self, Fault},
};
use std::sync::Arc;

/// Adds a person to a group; the new member sees what is written from now on.
pub async fn add_member(app: &App, actor: &Actor, id: ChatId, person: PersonId) -> Result<Chat, AppError> {
    actor.may_write()?;
    let group = one(app, actor, id).await?;
    if group.kind != ChatKind::Group {
        return Err(AppError::Invalid("person", Fault::NotAGroup));
    }
    let joining = app.store.person(actor.company, person).await?.ok_or(AppError::NotFound)?;
    if visible(app, actor, std::slice::from_ref(&joining)).await?.is_empty() {
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
            Ok(join(tx, author.key(), id, joining, now).await?)
        }))
        .await?;
    one(app, actor, id).await
}

/// Most members of a group.
#[expect(clippy::cast_possible_wrap, reason = "it is a hundred")]
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

/// Ends a membership; returns `false` when there was none.
async fn end(
    tx: &mut Tx,
    by: PersonKey,
    chat: ChatId,
    person: PersonId,
    now: Millis,
) -> Result<bool, StoreError> {
    let company = by.company;
    let seq = tx.next_seq(company).await?;
    // Whoever leaves learns of it, too.
    let audience = audience(tx, company, chat).await?;
    if !tx.end_membership(company, chat, person, seq).await? {
        return Ok(false);
    }
    tx.append(company, by.person, now, EventBody::MemberLeft { chat, person }, audience).await?;
    Ok(true)
}

/// The caller leaves a group. What was written stays in the archive.
pub async fn leave(app: &App, actor: &Actor, id: ChatId) -> Result<(), AppError> {
    let group = one(app, actor, id).await?;
    if group.kind != ChatKind::Group {
        return Err(AppError::Invalid("chat", Fault::NotAGroup));
    }
    let left = app
        .by(actor)
        .write(job!(|tx, By { author, now }| end(tx, author.key(), id, author.person, now).await))
        .await?;
    if left { Ok(()) } else { Err(AppError::NotFound) }
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
    end(tx, by, chat, former, now).await?;
    let Some(heir) = heir else { return Ok(()) };
    tx.set_pair(company, chat, heir, client).await?;
    for row in tx.people_by_ids(company, vec![heir]).await? {
        join(tx, by, chat, row.person, now).await?;
    }
    Ok(())
}
