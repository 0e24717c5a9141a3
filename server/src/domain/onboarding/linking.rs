//! The right code: the channel is linked, the conversation is there, and the client has a session.

use super::Guess;
use crate::{
    clock::Token,
    domain::{
        chats, contacts,
        sessions::{self, Browser},
    },
    error::AppError,
    limits,
    store::{AuditEntry, Onboarding, Tx},
};
use causeway_api::{Millis, PersonId, paths::Side};

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
        chats::add_direct(tx, company, (host, client), channel, now).await?;
    }
    let who = (company, client, Side::Client, Some(channel));
    let lifetime = (now, limits::CLIENT_SESSION_LIFETIME);
    let ended = sessions::open_on(tx, session, who, browser, lifetime).await?;
    Ok(Guess::Right(ended, host))
}
