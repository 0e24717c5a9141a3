//! Mentions: who may name whom. They are recorded with the message.

use super::super::access::require_member;
use crate::{App, actor::Actor, error::AppError};
use causeway_api::{
    ChatId,
    chats::{ChatKind, MENTIONS_MAX, Mention, mentions_fit},
    paths::Side,
    validate::Fault,
};

/// Refuses mentions that lie outside of the text, or name someone who is not there. Everybody at once is named by employees.
pub(in crate::domain::chats) async fn check(
    app: &App,
    actor: &Actor,
    chat: ChatId,
    text: &str,
    mentions: &[Mention],
) -> Result<(), AppError> {
    if mentions.is_empty() {
        return Ok(());
    }
    let refused = || AppError::Invalid("mentions", Fault::Mention);
    if mentions.len() > MENTIONS_MAX || !mentions_fit(text, mentions) {
        return Err(refused());
    }
    let row = app.store.chat(actor.company, chat).await?.ok_or(AppError::NotFound)?;
    let members = app.store.members(actor.company, vec![chat]).await?;
    require_member(&members, actor.person)?;
    let is_employee = actor.side == Side::Portal && !actor.is_external();
    let is_there = |mention: &Mention| match mention.person {
        Some(person) => members.iter().any(|member| member.person == person),
        None => is_employee,
    };
    let is_well = row.kind == ChatKind::Group && mentions.iter().all(is_there);
    if is_well { Ok(()) } else { Err(refused()) }
}
