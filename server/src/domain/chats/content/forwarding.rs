//! Forwarding: what a message says and carries goes to another chat, by who is shown it there.

use super::{super::visibility, attachments, texts::check_text};
use crate::{App, actor::Actor, error::AppError};
use causeway_api::{
    ChatId,
    chats::{Message, MessageContent, SendMessage},
    paths::Side,
    validate::Fault,
};

/// The message that a new one forwards, if it does, checked for the chat that it goes to as if it were written there.
pub(in crate::domain::chats) async fn forwarded(
    app: &App,
    actor: &Actor,
    to: ChatId,
    new: &SendMessage,
) -> Result<Option<Message>, AppError> {
    let Some(id) = new.forwarded_from else { return Ok(None) };
    if actor.side != Side::Portal || actor.is_external() {
        return Err(AppError::Forbidden);
    }
    if !new.text.is_empty() || !new.files.is_empty() || new.reply_to.is_some() || !new.mentions.is_empty() {
        return Err(AppError::Invalid("forwarded_from", Fault::Type));
    }
    let shown = visibility::seen_by(app, actor.company, actor.person, id).await?;
    let shown = shown.filter(|message| message.deleted_at.is_none());
    let message = shown.ok_or(AppError::Invalid("forwarded_from", Fault::NotShown))?;
    if message.content == MessageContent::Unknown {
        return Err(AppError::Invalid("forwarded_from", Fault::NotShown));
    }
    check_text(app, actor, &message.text, !message.content.is_text()).await?;
    let groups: Vec<_> = message.content.files().iter().map(|file| file.group).collect();
    attachments::check_groups(app, actor, to, &groups, new.is_confirmed).await?;
    Ok(Some(message))
}
