//! The right code: the channel is linked, the conversation is there, and the client has a session.

use super::Guess;
use crate::{
    clock::{self, Token},
    domain::{
        contacts,
        sessions::{self, Browser},
    },
    error::AppError,
    limits,
    store::{AuditEntry, ChatRow, Onboarding, Tx},
};
use causeway_api::{
    ChatId, CompanyId, EventBody, Millis, PersonId,
    chats::{Channel, Chat, ChatKind, Member},
    paths::Side,
};

pub(super) async fn link(
    tx: &mut Tx,
    waiting: &Onboarding,
    client: PersonId,
    session: &Token,
    browser: Browser,
    now: Millis,
) -> Result<Guess, AppError> {
    let (company, channel) = (waiting.company, waiting.channel);
    if !tx.link(client, channel, now).await? {
        return Ok(Guess::Spent);
    }
    let host = tx.host_of(client, channel).await?.ok_or(AppError::CodeSpent)?;
    tx.audit(AuditEntry::of(company, client, "channel_linked", now).changed(&(), &channel)?).await?;
    contacts::tell_as(tx, (company, client), client, now).await?;
    if tx.direct_chat(company, host, client).await?.is_none() {
        add_chat(tx, company, (host, client), channel, now).await?;
    }
    let who = (company, client, Side::Client, Some(channel));
    let lifetime = (now, limits::CLIENT_SESSION_LIFETIME);
    let ended = sessions::open_on(tx, session, who, browser, lifetime).await?;
    Ok(Guess::Right(ended, host))
}

/// The conversation of a client and the employee who invited the client.
async fn add_chat(
    tx: &mut Tx,
    company: CompanyId,
    (host, client): (PersonId, PersonId),
    channel: Channel,
    now: Millis,
) -> Result<(), AppError> {
    let id = ChatId(clock::new_id());
    let row = ChatRow {
        id,
        company,
        kind: ChatKind::Direct,
        name: String::new(),
        channel,
        last_ordinal: 0,
        created_at: now,
    };
    let joined = tx.next_seq(company).await?;
    tx.add_chat(&row, Some((host, client)), host).await?;
    let mut members = Vec::new();
    for person in tx.people_by_ids(company, vec![host, client]).await? {
        tx.add_member(company, id, person.person.id, joined, 1).await?;
        members.push(Member { person: person.person, from: 1, delivered: 0, read: 0 });
    }
    let chat = Chat {
        id,
        kind: ChatKind::Direct,
        name: String::new(),
        members,
        channel,
        created_at: now,
        last_ordinal: 0,
        last_message: None,
    };
    tx.append(company, client, now, EventBody::ChatCreated { chat }, vec![host, client].into()).await?;
    Ok(())
}
