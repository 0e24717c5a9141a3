//! Looks at a file whose parts have all arrived, once: digest, content, previews. Then it is one object.

use super::{
    describe, first_page, inspect, own_upload,
    pictures::{self, Drawn},
    refuse,
    scanning::{self, Scanned},
    types::FileType,
    voice::{self, Heard},
};
use crate::{
    App,
    actor::Actor,
    domain::chats::file_rules::allowed,
    error::AppError,
    job, limits,
    storage::{Object, Parts},
    store::{FileRow, FoundInFile, StoreError},
};
use causeway_api::{
    CompanyId,
    files::{FileGroup, PictureSize, Upload, UploadState},
    validate::Fault,
};
use futures_util::TryStreamExt as _;
use sha2::{Digest as _, Sha256};
use std::time::Duration;
use tokio::runtime::Handle;

/// The media type of documents whose first page is drawn.
const PDF: &str = "application/pdf";

/// Ends an upload: looks at the file, unless someone else does or has. Returns what became of it.
pub async fn finish(app: &App, actor: &Actor, id: causeway_api::FileId) -> Result<Upload, AppError> {
    actor.may_write()?;
    let company = actor.company;
    let file = own_upload(app, actor, id).await?;
    if file.state == UploadState::Receiving && file.received < file.size {
        return Ok(describe(&file));
    }
    let Some(_turn) = app.receiving.turn(company, id) else {
        return Ok(Upload { state: UploadState::Checking, ..describe(&file) });
    };
    // No one else looks at it: whoever began has gone, with its connection or with an earlier server.
    let now = app.clock.now();
    let stale = now + 1;
    let is_taken = app
        .store
        .write(job!(|tx| {
            tx.leave_sessions();
            tx.check_upload(company, id, now, stale).await
        }))
        .await
        .map_err(|error: StoreError| AppError::from(error))?;
    if is_taken {
        // Bytes that were there already must not be taken away before this file names them.
        let _held = app.tidying.read().await;
        match look(app, company, &file).await? {
            Looked::Found(found) => accept(app, company, &file, *found).await?,
            // It is asked for again, and looked at anew.
            Looked::Waits => {}
            Looked::Refused(fault) => {
                refuse(app, actor, &file.name, fault).await?;
                reject(app, company, &file, fault).await?;
            }
        }
    }
    own_upload(app, actor, id).await.map(|file| describe(&file))
}

/// What became of looking at a file.
enum Looked {
    /// What is in it.
    Found(Box<FoundInFile>),
    /// Why it cannot be sent.
    Refused(Fault),
    /// It cannot be said yet.
    Waits,
}

/// What is in a file, or why it cannot be sent.
async fn look(app: &App, company: CompanyId, file: &FileRow) -> Result<Looked, AppError> {
    let Some(parts) = parts_of(app, company, file).await? else {
        return Ok(Looked::Refused(Fault::FileLost));
    };
    match scanning::scan(app, company, file, &parts).await? {
        Scanned::Clean => {}
        Scanned::Bad => return Ok(Looked::Refused(Fault::FileVirus)),
        Scanned::Waits => return Ok(Looked::Waits),
    }
    let found = examine(app, company, file, parts).await?;
    Ok(found.map_or_else(Looked::Refused, |found| Looked::Found(Box::new(found))))
}

/// What the content of a file is.
async fn examine(
    app: &App,
    company: CompanyId,
    file: &FileRow,
    parts: Parts,
) -> Result<Result<FoundInFile, Fault>, AppError> {
    let with_macros = allowed(app, company).await?.with_macros;
    let known = match inspect::type_of(&file.name, with_macros) {
        Ok(known) => known,
        Err(fault) => return Ok(Err(fault)),
    };
    let mut reading = parts.reading(Handle::current());
    let looked = tokio::task::spawn_blocking(move || inspect::content(known, &mut reading, with_macros));
    let looked = looked.await.map_err(|error| AppError::Internal(error.into()))?;
    if let Err(fault) = looked.map_err(|error| AppError::Internal(error.into()))? {
        return Ok(Err(fault));
    }
    let heard = match hear(app, file, &parts).await? {
        Ok(heard) => heard,
        Err(fault) => return Ok(Err(fault)),
    };
    let sha256 = digest(&parts).await?;
    let object = Object::file(company, &sha256);
    if app.storage.size(&object).await?.is_none() {
        let written = app.storage.write(&object, parts.stream()).await?;
        if written != file.size {
            return Ok(Err(Fault::FileLost));
        }
    }
    let picture = draw(app, company, file, known, &parts).await?;
    let voice = match heard {
        Some(Heard { note, ogg }) => {
            app.storage.put(&Object::voice(company, file.id), ogg).await?;
            Some(note)
        }
        None => None,
    };
    Ok(Ok(FoundInFile { sha256, group: known.group, media: known.media.to_owned(), picture, voice }))
}

/// The parts of a file, each where the one before ends. `None` when one is missing: a disk that lost them.
async fn parts_of(app: &App, company: CompanyId, file: &FileRow) -> Result<Option<Parts>, AppError> {
    let (mut parts, mut end) = (Vec::new(), 0_i64);
    for (offset, length) in app.storage.parts(company, file.id).await? {
        if offset == end && end < file.size {
            parts.push((Object::part(company, file.id, offset), length));
            end += i64::try_from(length).unwrap_or(i64::MAX - end);
        }
    }
    Ok((end == file.size).then(|| Parts::new(app.storage.clone(), parts)))
}

async fn digest(parts: &Parts) -> Result<String, AppError> {
    let mut digest = Sha256::new();
    let mut stream = parts.stream();
    while let Some(piece) = stream.try_next().await? {
        digest.update(&piece);
    }
    Ok(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Listens to a voice note, one at a time; other files are not listened to. What breaks on the way is no recording.
async fn hear(app: &App, file: &FileRow, parts: &Parts) -> Result<Result<Option<Heard>, Fault>, AppError> {
    if !file.is_voice {
        return Ok(Ok(None));
    }
    let _turn = app.drawing.acquire().await.map_err(|error| AppError::Internal(error.into()))?;
    let bytes = whole(file, parts).await?;
    let heard = match tokio::task::spawn_blocking(move || voice::hear(bytes)).await {
        Ok(heard) => heard,
        Err(error) if error.is_panic() => {
            tracing::error!(%error, "a voice note broke its reader");
            None
        }
        Err(error) => return Err(AppError::Internal(error.into())),
    };
    Ok(heard.map(Some).ok_or(Fault::FileContent))
}

/// The bytes of a file that is small enough to be held at once.
async fn whole(file: &FileRow, parts: &Parts) -> Result<Vec<u8>, AppError> {
    let mut bytes = Vec::with_capacity(usize::try_from(file.size).unwrap_or_default());
    let mut stream = parts.stream();
    while let Some(piece) = stream.try_next().await? {
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// Draws the previews of a picture, one picture at a time. A picture that cannot be drawn is a file without previews.
async fn draw(
    app: &App,
    company: CompanyId,
    file: &FileRow,
    known: &FileType,
    parts: &Parts,
) -> Result<Option<PictureSize>, AppError> {
    let drawn = match known.group {
        FileGroup::Picture if file.size <= limits::PICTURE_BYTES => {
            draw_picture(app, company, file, parts).await?
        }
        _ if known.media == PDF && file.size <= limits::PDF_BYTES => draw_page(app, file, parts).await?,
        _ => None,
    };
    let Some(drawn) = drawn else { return Ok(None) };
    for (size, bytes) in drawn.previews {
        app.storage.put(&Object::preview(company, file.id, size), bytes).await?;
    }
    Ok(Some(drawn.size))
}

async fn draw_picture(
    app: &App,
    company: CompanyId,
    file: &FileRow,
    parts: &Parts,
) -> Result<Option<Drawn>, AppError> {
    let _turn = app.drawing.acquire().await.map_err(|error| AppError::Internal(error.into()))?;
    let bytes = whole(file, parts).await?;
    let drawn =
        tokio::task::spawn_blocking(move || (pictures::draw(&bytes), pictures::without_metadata(&bytes)));
    let (drawn, plain) = drawn.await.map_err(|error| AppError::Internal(error.into()))?;
    if let Some(plain) = plain {
        app.storage.put(&Object::plain_picture(company, file.id), plain).await?;
    }
    Ok(drawn)
}

/// Draws the first page of a document, unless that takes too long: such a document has a sign of its type instead. A thread
/// cannot be stopped, so one that is not done keeps its place, and while it does fewer are drawn.
async fn draw_page(app: &App, file: &FileRow, parts: &Parts) -> Result<Option<Drawn>, AppError> {
    let _turn = app.drawing.acquire().await.map_err(|error| AppError::Internal(error.into()))?;
    let Ok(place) = app.pages.clone().try_acquire_owned() else { return Ok(None) };
    let bytes = whole(file, parts).await?;
    let drawing = tokio::task::spawn_blocking(move || {
        let drawn = first_page::draw(bytes).and_then(pictures::previews_of);
        drop(place);
        drawn
    });
    let time = Duration::from_millis(limits::PDF_TIME.unsigned_abs());
    match tokio::time::timeout(time, drawing).await {
        Ok(Ok(drawn)) => Ok(drawn),
        Ok(Err(error)) => {
            tracing::info!(%error, "a document broke its reader");
            Ok(None)
        }
        Err(_) => {
            tracing::info!("a document takes too long to be drawn");
            Ok(None)
        }
    }
}

async fn accept(app: &App, company: CompanyId, file: &FileRow, found: FoundInFile) -> Result<(), AppError> {
    let id = file.id;
    let is_accepted = app
        .store
        .write(job!(|tx| {
            tx.leave_sessions();
            tx.accept_file(company, id, &found).await
        }))
        .await
        .map_err(|error: StoreError| AppError::from(error))?;
    if is_accepted {
        return app.storage.remove_parts(company, id).await;
    }
    // It was taken back while it was looked at.
    app.storage.remove_upload(company, id).await
}

async fn reject(app: &App, company: CompanyId, file: &FileRow, fault: Fault) -> Result<(), AppError> {
    let row = file.clone();
    app.store
        .write(job!(|tx| {
            tx.leave_sessions();
            tx.refuse_file(company, &row, fault.as_str()).await
        }))
        .await
        .map_err(|error: StoreError| AppError::from(error))?;
    app.storage.remove_upload(company, file.id).await
}
