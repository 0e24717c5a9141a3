//! Files that a message is to carry, before it is written.

use super::super::file_rules::{has_client, may_be_sent};
use crate::{
    App,
    actor::Actor,
    domain::features::{self, keys},
    error::AppError,
};
use causeway_api::{
    ChatId, FileId,
    chats::{Message, SendMessage},
    files::{FILES_PER_MESSAGE, FileGroup},
    validate::Fault,
};

/// Checks the files of a message against what the company allows now. Whether they are there to be sent is decided where
/// the message is written.
pub(in crate::domain::chats) async fn check(
    app: &App,
    actor: &Actor,
    chat: ChatId,
    new: &SendMessage,
) -> Result<(), AppError> {
    if new.files.is_empty() {
        return Ok(());
    }
    if new.files.len() > FILES_PER_MESSAGE {
        return Err(AppError::Invalid("files", Fault::TooMany));
    }
    let found = app.store.files_by_ids(actor.company, &new.files).await?;
    let groups: Vec<FileGroup> =
        found.iter().filter_map(|file| file.found.as_ref()).map(|found| found.group).collect();
    let has_voice = found.iter().any(|file| file.is_voice);
    if has_voice && (new.files.len() > 1 || !new.text.is_empty()) {
        return Err(AppError::Invalid("files", Fault::VoiceAlone));
    }
    check_groups(app, actor, chat, &groups, new.is_confirmed).await
}

/// Checks the groups of files that go to a chat.
pub(in crate::domain::chats) async fn check_groups(
    app: &App,
    actor: &Actor,
    chat: ChatId,
    groups: &[FileGroup],
    is_confirmed: bool,
) -> Result<(), AppError> {
    for group in groups {
        let allowed = may_be_sent(app, actor.company, chat, *group).await?;
        allowed.map_err(|fault| AppError::Invalid("files", fault))?;
    }
    if !is_confirmed && groups.iter().any(|group| group.is_document()) && is_asked(app, actor, chat).await? {
        return Err(AppError::Invalid("is_confirmed", Fault::ConfirmDocument));
    }
    Ok(())
}

/// Whether the company wants employees to confirm documents, and a client is in the chat.
async fn is_asked(app: &App, actor: &Actor, chat: ChatId) -> Result<bool, AppError> {
    let is_wanted = features::of(app, actor.company).await?.get(keys::DOCUMENT_PROMPT);
    let is_employee = actor.side == causeway_api::paths::Side::Portal && !actor.is_external();
    Ok(is_wanted && is_employee && has_client(app, actor.company, chat).await?)
}

/// Whether a message carries exactly these files.
pub(in crate::domain::chats) fn are(message: &Message, files: &[FileId]) -> bool {
    message.content.files().iter().map(|file| file.id).eq(files.iter().copied())
}
