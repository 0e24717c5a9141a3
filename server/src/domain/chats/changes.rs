//! Editing and deleting messages, and what they have said. What the screen shows may change; the archive never does.

use super::{
    access::require_member,
    content::{mentions, texts::check_text},
    visibility::{self},
};
use crate::{
    App,
    actor::{Actor, By},
    clock::MINUTE,
    domain::features::{self, keys},
    error::AppError,
    job,
    store::{MessageKey, NewText, StoreError, Tx},
};
use causeway_api::{
    ChatId, CompanyId, EventBody, MessageId, Millis,
    chats::{EditMessage, Message, MessageContent, MessageVersion, MessageVersions},
    validate::Fault,
};

/// How long a sender can edit or delete a message, as the company has it.
pub(in crate::domain) async fn window(app: &App, company: CompanyId) -> Result<Millis, AppError> {
    Ok(features::of(app, company).await?.get(keys::MESSAGE_CHANGE_WINDOW) * MINUTE)
}

/// The texts that a message has had, the oldest first, for employees who are shown it.
pub async fn versions(
    app: &App,
    actor: &Actor,
    chat: ChatId,
    id: MessageId,
) -> Result<MessageVersions, AppError> {
    if actor.is_external() {
        return Err(AppError::Forbidden);
    }
    let shown = visibility::seen_by(app, actor.company, actor.person, id).await?;
    let shown = shown.filter(|message| message.chat == chat && message.deleted_at.is_none());
    let message = shown.ok_or(AppError::NotFound)?;
    let until = message.edited_at.unwrap_or(message.sent_at);
    let rows = app.store.events_of_messages(actor.company, chat, message.sent_at..=until).await?;
    let version = |at: Millis, body: &EventBody| match body {
        EventBody::MessageSent { message } | EventBody::MessageEdited { message } if message.id == id => {
            Some(MessageVersion { text: message.text.clone(), at })
        }
        _ => None,
    };
    let versions = rows.iter().filter_map(|row| version(row.entry.at, &row.entry.body)).collect();
    Ok(MessageVersions { versions })
}

/// Gives a message of the caller another text. Members see the new one; the archive keeps both.
pub async fn edit(
    app: &App,
    actor: &Actor,
    chat: ChatId,
    id: MessageId,
    new: EditMessage,
) -> Result<Message, AppError> {
    let found = app.store.message(actor.company, id).await?;
    if found.as_ref().is_some_and(|message| matches!(message.content, MessageContent::Voice { .. })) {
        return Err(AppError::Invalid("text", Fault::VoiceAlone));
    }
    let is_caption = found.is_some_and(|message| !message.content.is_text());
    check_text(app, actor, &new.text, is_caption).await?;
    mentions::check(app, actor, chat, &new.text, &new.mentions).await?;
    change(app, actor, chat, id, Some(NewText { text: new.text, mentions: new.mentions })).await
}

/// Deletes a message of the caller from the screens of all members; the archive keeps it.
pub async fn delete(app: &App, actor: &Actor, chat: ChatId, id: MessageId) -> Result<Message, AppError> {
    change(app, actor, chat, id, None).await
}

async fn change(
    app: &App,
    actor: &Actor,
    chat: ChatId,
    id: MessageId,
    new: Option<NewText>,
) -> Result<Message, AppError> {
    actor.may_write()?;
    require_member(&app.store.members(actor.company, vec![chat]).await?, actor.person)?;
    let window = window(app, actor.company).await?;
    let changed = app
        .by(actor)
        .write(job!(
            |tx, By { author, now }| write_change(tx, &author, (chat, id), new, (now - window, now)).await
        ))
        .await?;
    if let Some(message) = changed {
        return Ok(message);
    }
    let found = app.store.message(actor.company, id).await?;
    let own = found.filter(|message| message.sender == actor.person && message.chat == chat);
    match own.ok_or(AppError::NotFound)? {
        gone if gone.deleted_at.is_some() => Err(AppError::Conflict("message", Fault::Deleted)),
        _ => Err(AppError::Conflict("message", Fault::TooLate)),
    }
}

async fn write_change(
    tx: &mut Tx,
    actor: &Actor,
    (chat, id): (ChatId, MessageId),
    new: Option<NewText>,
    (sent_after, now): (Millis, Millis),
) -> Result<Option<Message>, StoreError> {
    tx.next_seq(actor.company).await?;
    let key = MessageKey { chat, id, sender: actor.person };
    let Some(message) = tx.change_message(actor.company, key, new.as_ref(), sent_after, now).await? else {
        return Ok(None);
    };
    if new.is_none() {
        tx.remove_pin(actor.company, chat, id).await?;
    }
    let audience = visibility::audience(&tx.members(actor.company, chat).await?, &message);
    let body = match new {
        Some(_) => EventBody::MessageEdited { message: message.clone() },
        None => EventBody::MessageDeleted { message: message.clone() },
    };
    tx.append(actor.company, actor.person, now, body, audience).await?;
    Ok(Some(message))
}
