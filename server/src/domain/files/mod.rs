//! Files: uploaded in parts, looked at, carried by messages, read by those who see such a message.
//!
//! An upload is begun with its name and size, which takes its space. Parts arrive one behind the other; whoever lost the
//! connection asks how far it is and goes on there. When all have arrived, the file is looked at once: its digest, its
//! content against its name, its previews, and how a voice note sounds. From then on a message can carry it.

mod check;
mod first_page;
mod heif;
mod inspect;
pub(crate) mod names;
mod pictures;
pub mod posters;
pub mod reading;
mod scanning;
mod types;
pub mod upkeep;
mod uploads;
mod voice;
mod zip;

pub use check::finish;
pub use uploads::{Receiving, begin, cancel, progress, receive};

use crate::{
    App,
    actor::Actor,
    error::AppError,
    job,
    store::{AuditEntry, FileRow, StoreError},
};
use causeway_api::{
    FileId,
    audit::AuditAction,
    files::{CHUNK_BYTES, Upload, UploadState},
    validate::Fault,
};

/// Records that a file was refused.
async fn refuse(app: &App, actor: &Actor, name: &str, fault: Fault) -> Result<(), AppError> {
    let now = app.clock.now();
    let entry = AuditEntry::new(actor, AuditAction::FileRefused, name, now).changed(&(), &fault.as_str())?;
    app.store.write(job!(|tx| tx.audit(entry).await)).await.map_err(|error: StoreError| error.into())
}

/// An upload of the caller.
fn own(file: FileRow, actor: &Actor) -> Result<FileRow, AppError> {
    if file.person == actor.person { Ok(file) } else { Err(AppError::NotFound) }
}

async fn own_upload(app: &App, actor: &Actor, id: FileId) -> Result<FileRow, AppError> {
    own(app.store.file(actor.company, id).await?.ok_or(AppError::NotFound)?, actor)
}

fn describe(file: &FileRow) -> Upload {
    Upload {
        id: file.id,
        chat: file.chat,
        name: file.name.clone(),
        size: file.size,
        offset: file.received,
        chunk: CHUNK_BYTES,
        state: file.state,
        refused: Some(file.refused.clone()).filter(|reason| !reason.is_empty()),
        attachment: file.attachment().filter(|_| file.state == UploadState::Ready),
    }
}
