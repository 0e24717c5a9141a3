//! Pictures that stand for files: the browser of the sender draws a moment of a video, or a photo of a format that is not read
//! here (HEIC, AVIF); it is drawn anew, so that nothing but the picture is in it.

use super::{describe, own_upload, pictures};
use crate::{App, actor::Actor, error::AppError, job, limits, storage::Object, store::StoreError};
use bytes::{Bytes, BytesMut};
use causeway_api::{
    FileId,
    files::{FileGroup, Upload, UploadState},
    validate::Fault,
};
use futures_util::{Stream, StreamExt as _};

/// Takes the picture of an upload that has none. One that has a picture, or that a message carries, stays as it is.
pub async fn take(
    app: &App,
    actor: &Actor,
    id: FileId,
    pieces: impl Stream<Item = Result<Bytes, AppError>> + Unpin,
) -> Result<Upload, AppError> {
    actor.may_write()?;
    let file = own_upload(app, actor, id).await?;
    let has_none = file.found.as_ref().is_some_and(|found| {
        found.picture.is_none() && matches!(found.group, FileGroup::Video | FileGroup::Picture)
    });
    if file.state != UploadState::Ready || file.message.is_some() || !has_none {
        return Ok(describe(&file));
    }
    let bytes = read(pieces).await?;
    let _turn = app.drawing.acquire().await.map_err(|error| AppError::Internal(error.into()))?;
    let drawn = tokio::task::spawn_blocking(move || pictures::draw(&bytes));
    let drawn = drawn.await.map_err(|error| AppError::Internal(error.into()))?;
    let drawn = drawn.ok_or(AppError::Invalid("poster", Fault::FileContent))?;
    for (size, bytes) in drawn.previews {
        app.storage.put(&Object::preview(actor.company, id, size), bytes).await?;
    }
    let (company, size) = (actor.company, drawn.size);
    app.store
        .write(job!(|tx| {
            tx.leave_sessions();
            tx.give_picture(company, id, size).await
        }))
        .await
        .map_err(|error: StoreError| AppError::from(error))?;
    own_upload(app, actor, id).await.map(|file| describe(&file))
}

async fn read(mut pieces: impl Stream<Item = Result<Bytes, AppError>> + Unpin) -> Result<BytesMut, AppError> {
    let mut bytes = BytesMut::new();
    while let Some(piece) = pieces.next().await {
        bytes.extend_from_slice(&piece?);
        if bytes.len() > limits::POSTER_BYTES {
            return Err(AppError::TooLarge);
        }
    }
    Ok(bytes)
}
