//! Reading files: by whoever is shown a message that carries them, as it is shown now; and by the uploader before any does.

use crate::{
    App,
    actor::Actor,
    domain::chats::{
        access::require_member,
        visibility::{self, Sight},
    },
    error::AppError,
    storage::Object,
    store::FileRow,
};
use causeway_api::{
    ChatId, FileId,
    chats::MessagePage,
    files::{FileGroup, PreviewSize, UploadState},
    paths::Side,
    query::Ordinal,
};

/// Messages that are looked at for one that the reader is shown.
const CARRIERS_MAX: u64 = 200;
/// Messages with files on a page.
const PAGE: u64 = 50;

/// A file that the reader may have, and where its bytes are.
#[derive(Clone, Debug)]
pub struct Readable {
    /// The bytes.
    pub object: Object,
    /// Their number.
    pub size: u64,
    /// What tells this version from others.
    pub tag: String,
    /// Its media type.
    pub media: String,
    /// Its name.
    pub name: String,
    /// Whether a page may show or play it: pictures of ours, sound and video.
    pub is_inline: bool,
}

/// A file of a message that the caller is shown.
pub async fn file(app: &App, actor: &Actor, id: FileId) -> Result<Readable, AppError> {
    let file = readable(app, actor, id).await?;
    let found = file.found.clone().ok_or(AppError::NotFound)?;
    let whole = Readable {
        object: Object::file(actor.company, &found.sha256),
        size: u64::try_from(file.size).unwrap_or_default(),
        tag: found.sha256,
        media: found.media,
        name: file.name.clone(),
        is_inline: matches!(found.group, FileGroup::Audio | FileGroup::Video),
    };
    // What a camera wrote about place and time is for the firm, not for its clients.
    let plain = Object::plain_picture(actor.company, id);
    let is_client = actor.side == Side::Client || actor.is_external();
    let is_for_client = is_client && file.person != actor.person;
    if is_for_client
        && found.group == FileGroup::Picture
        && let Some(size) = app.storage.size(&plain).await?
    {
        return Ok(Readable { object: plain, size, tag: format!("{}-plain", whole.tag), ..whole });
    }
    // What was written about it could not be taken out: the client gets the picture that was drawn of it, or nothing.
    if is_for_client && NOT_TAKEN_OUT.contains(&whole.media.as_str()) {
        return preview(app, actor, id, PreviewSize::Large).await;
    }
    Ok(whole)
}

/// Pictures that may hold what a camera wrote, where no plain copy was made.
const NOT_TAKEN_OUT: [&str; 4] = ["image/heic", "image/heif", "image/avif", "image/tiff"];

/// A preview of a picture of a message that the caller is shown.
pub async fn preview(app: &App, actor: &Actor, id: FileId, size: PreviewSize) -> Result<Readable, AppError> {
    let file = readable(app, actor, id).await?;
    let found = file.found.filter(|found| found.picture.is_some()).ok_or(AppError::NotFound)?;
    let object = Object::preview(actor.company, id, size);
    Ok(Readable {
        size: app.storage.size(&object).await?.ok_or(AppError::NotFound)?,
        object,
        tag: format!("{}-{}", found.sha256, size.as_str()),
        media: "image/jpeg".to_owned(),
        name: format!("{}.jpg", file.name),
        is_inline: true,
    })
}

/// A voice note of a message that the caller is shown, as Ogg/Opus.
pub async fn voice(app: &App, actor: &Actor, id: FileId) -> Result<Readable, AppError> {
    let file = readable(app, actor, id).await?;
    let found = file.found.filter(|found| found.voice.is_some()).ok_or(AppError::NotFound)?;
    let object = Object::voice(actor.company, id);
    Ok(Readable {
        size: app.storage.size(&object).await?.ok_or(AppError::NotFound)?,
        object,
        tag: format!("{}-voice", found.sha256),
        media: "audio/ogg".to_owned(),
        name: format!("{}.ogg", file.name),
        is_inline: true,
    })
}

async fn readable(app: &App, actor: &Actor, id: FileId) -> Result<FileRow, AppError> {
    let file = app.store.file(actor.company, id).await?.ok_or(AppError::NotFound)?;
    if file.state != UploadState::Ready {
        return Err(AppError::NotFound);
    }
    if file.message.is_none() {
        return if file.person == actor.person { Ok(file) } else { Err(AppError::NotFound) };
    }
    let since = visibility::retention_start(app, actor.company).await?;
    let sights: std::collections::HashMap<ChatId, Sight> = app
        .store
        .memberships(actor.company, actor.person)
        .await?
        .iter()
        .map(|member| (member.chat, Sight::of(member, since)))
        .collect();
    let carriers = app.store.messages_with_file(actor.company, id, CARRIERS_MAX).await?;
    let is_shown =
        carriers.iter().any(|message| sights.get(&message.chat).is_some_and(|sight| sight.shows(message)));
    if is_shown { Ok(file) } else { Err(AppError::NotFound) }
}

/// The messages of a chat that carry files, in front of an ordinal, the newest first.
pub async fn of_chat(
    app: &App,
    actor: &Actor,
    chat: ChatId,
    before: Option<Ordinal>,
) -> Result<MessagePage, AppError> {
    let row = app.store.chat(actor.company, chat).await?.ok_or(AppError::NotFound)?;
    let members = app.store.members(actor.company, vec![chat]).await?;
    let member = require_member(&members, actor.person)?;
    let since = visibility::retention_start(app, actor.company).await?;
    let sight = Sight::of(member, since);
    let before = before.map_or(i64::MAX, Ordinal::get);
    let found = app.store.messages_with_files(actor.company, chat, before, PAGE).await?;
    let messages = found.iter().filter_map(|message| sight.version(message)).collect();
    Ok(MessagePage { messages, last_ordinal: row.last_ordinal, lines: Vec::new(), replied_to: Vec::new() })
}
