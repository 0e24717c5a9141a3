//! Uploads: begun, received part by part, taken back.

use super::{describe, inspect, names, own, own_upload, refuse};
use crate::{
    App,
    actor::Actor,
    domain::chats::{
        access::require_member,
        file_rules::{allowed, may_be_sent},
    },
    error::AppError,
    job, limits,
    pace::Kind,
    storage::Object,
    store::{FileRow, StorageFull, StorageLimit, StoreError},
};
use bytes::Bytes;
use causeway_api::{
    ChatId, CompanyId, FileId, Millis,
    files::{BeginUpload, CHUNK_BYTES, FileGroup, Upload, UploadState, VOICE_NOTE_BYTES},
    validate::Fault,
};
use futures_util::Stream;
use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

/// Uploads of which a part is on its way, or that are looked at: each by one request at a time.
#[derive(Default)]
pub struct Receiving(Mutex<HashSet<(CompanyId, FileId)>>);

/// What is done to an upload is done by whoever holds this.
pub(super) struct Turn<'a>(&'a Receiving, (CompanyId, FileId));

impl Receiving {
    pub(super) fn turn(&self, company: CompanyId, file: FileId) -> Option<Turn<'_>> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.insert((company, file)).then(|| Turn(self, (company, file)))
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.1);
    }
}

/// Begins an upload, and takes its space. The same id again is the upload that was begun.
pub async fn begin(app: &App, actor: &Actor, chat: ChatId, new: BeginUpload) -> Result<Upload, AppError> {
    actor.may_write()?;
    let members = app.store.members(actor.company, vec![chat]).await?;
    require_member(&members, actor.person)?;
    if let Some(known) = app.store.file(actor.company, new.id).await? {
        return own(known, actor).and_then(|known| {
            if known.chat == chat && known.size == new.size && known.is_voice == new.is_voice {
                Ok(describe(&known))
            } else {
                Err(AppError::Conflict("id", Fault::Taken))
            }
        });
    }
    app.pace.take(actor.person, Kind::Upload, app.clock.now()).map_err(AppError::TooMany)?;
    let name = names::clean(&new.name).map_err(|fault| AppError::Invalid("name", fault))?;
    if let Err((field, fault)) = check_before(app, actor, chat, &name, &new).await? {
        refuse(app, actor, &name, fault).await?;
        return Err(AppError::Invalid(field, fault));
    }
    let row = FileRow {
        id: new.id,
        person: actor.person,
        chat,
        name,
        size: new.size,
        is_voice: new.is_voice,
        received: 0,
        state: UploadState::Receiving,
        refused: String::new(),
        found: None,
        created_at: app.clock.now(),
        checked_at: 0,
        message: None,
    };
    let whole = StorageLimit {
        bytes: app.store.storage_limit(actor.company).await?.unwrap_or(limits::STORAGE_PER_COMPANY),
        files: i64::MAX,
    };
    let (company, added) = (actor.company, row.clone());
    let own_limit = StorageLimit { bytes: limits::STORAGE_PER_PERSON, files: limits::FILES_PER_PERSON };
    let taken = app
        .store
        .write(job!(|tx| {
            if !tx.add_upload(company, &added).await? {
                return Err(Begun::Already);
            }
            match tx.take_storage(company, (added.person, own_limit), whole, added.size).await? {
                Ok(()) => Ok(()),
                Err(full) => Err(Begun::Full(full)),
            }
        }))
        .await;
    match taken {
        Ok(()) => Ok(describe(&row)),
        Err(Begun::Already) => {
            let known = app.store.file(company, row.id).await?.ok_or(AppError::NotFound)?;
            own(known, actor).map(|known| describe(&known))
        }
        Err(Begun::Full(full)) => {
            let fault = match full {
                StorageFull::Person => Fault::StoragePerson,
                StorageFull::Company => Fault::StorageCompany,
            };
            refuse(app, actor, &row.name, fault).await?;
            Err(AppError::Conflict("size", fault))
        }
        Err(Begun::Store(error)) => Err(error.into()),
    }
}

/// Why an upload was not begun.
enum Begun {
    /// There is one of that id.
    Already,
    /// There is no space.
    Full(StorageFull),
    /// The database refused.
    Store(StoreError),
}

impl From<StoreError> for Begun {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl crate::store::JobError for Begun {
    fn is_collision(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_collision())
    }
}

/// What can be said of a file by its name and size: the field that is wrong, and what is.
async fn check_before(
    app: &App,
    actor: &Actor,
    chat: ChatId,
    name: &str,
    new: &BeginUpload,
) -> Result<Result<(), (&'static str, Fault)>, AppError> {
    let rules = allowed(app, actor.company).await?;
    let known = match inspect::type_of(name, rules.with_macros) {
        Ok(known) => known,
        Err(fault) => return Ok(Err(("name", fault))),
    };
    if let Err(fault) = may_be_sent(app, actor.company, chat, known.group).await? {
        return Ok(Err(("name", fault)));
    }
    if new.is_voice && known.group != FileGroup::Audio {
        return Ok(Err(("name", Fault::FileType)));
    }
    let largest = if new.is_voice { rules.largest.min(VOICE_NOTE_BYTES) } else { rules.largest };
    Ok(match new.size {
        ..=0 => Err(("size", Fault::FileEmpty)),
        size if size > largest => Err(("size", Fault::FileLarge)),
        _ => Ok(()),
    })
}

/// How far an upload of the caller is.
pub async fn progress(app: &App, actor: &Actor, id: FileId) -> Result<Upload, AppError> {
    own_upload(app, actor, id).await.map(|file| describe(&file))
}

/// Takes the next part of an upload. A part that begins elsewhere is refused without being read: the answer says where it
/// goes on. Returns how far it is.
pub async fn receive(
    app: &App,
    actor: &Actor,
    id: FileId,
    offset: u64,
    pieces: impl Stream<Item = Result<Bytes, AppError>> + Unpin,
) -> Result<Upload, AppError> {
    actor.may_write()?;
    let company = actor.company;
    let _turn = app.receiving.turn(company, id).ok_or(AppError::Busy)?;
    let file = own_upload(app, actor, id).await?;
    let offset = i64::try_from(offset).unwrap_or(i64::MAX);
    if file.state != UploadState::Receiving || file.received != offset {
        return Ok(describe(&file));
    }
    let part = Object::part(company, id, offset);
    let length = app.storage.write(&part, pieces).await?;
    let rest = file.size - offset;
    if length == 0 || length > rest || length > CHUNK_BYTES {
        app.storage.remove(&part).await?;
        return Err(AppError::TooLarge);
    }
    let is_moved = app
        .store
        .write(job!(|tx| {
            tx.leave_sessions();
            tx.advance_upload(company, id, offset, length).await
        }))
        .await
        .map_err(|error: StoreError| AppError::from(error))?;
    if !is_moved {
        // It was taken back meanwhile.
        app.storage.remove(&part).await?;
    }
    progress(app, actor, id).await
}

/// Takes an upload back that no message carries.
pub async fn cancel(app: &App, actor: &Actor, id: FileId) -> Result<(), AppError> {
    let file = own_upload(app, actor, id).await?;
    if file.message.is_some() {
        return Err(AppError::Conflict("file", Fault::Taken));
    }
    if drop_upload(app, actor.company, &file).await? {
        return Ok(());
    }
    // It moved on meanwhile: a message took it, or it was refused.
    let known = own_upload(app, actor, id).await?;
    Err(if known.message.is_some() { AppError::Conflict("file", Fault::Taken) } else { AppError::Busy })
}

/// Takes an upload away, and its bytes; returns `false` if it is not as it was seen. The bytes of a file that is ready are
/// left for the nightly round: the same content may belong to another file.
pub(super) async fn drop_upload(app: &App, company: CompanyId, file: &FileRow) -> Result<bool, AppError> {
    let row = file.clone();
    let is_dropped = app
        .store
        .write(job!(|tx| {
            tx.leave_sessions();
            tx.drop_upload(company, &row).await
        }))
        .await
        .map_err(|error: StoreError| AppError::from(error))?;
    if is_dropped {
        app.storage.remove_upload(company, file.id).await?;
    }
    Ok(is_dropped)
}

/// The instant before which an upload that nobody sent is taken away.
pub(super) fn abandoned(now: Millis) -> Millis {
    now - limits::UPLOAD_LIFETIME
}
