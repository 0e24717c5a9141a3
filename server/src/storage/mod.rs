//! Where the bytes of files are: a folder, or a bucket that speaks S3. The database knows what they are.
//!
//! `files/COMPANY/AB/SHA256` are files, named after their content, so that writing one twice does no harm;
//! `previews/COMPANY/FILE/SIDE.jpg` their previews; `parts/COMPANY/FILE/OFFSET` what has arrived of an upload. Nothing is
//! named by a person.

mod parts;
mod place;

pub use parts::{Parts, Reading};
pub use place::{StorageSettings, WrongStorage};

use crate::error::AppError;
use bytes::Bytes;
use causeway_api::{CompanyId, FileId, Millis, files::PreviewSize};
use futures_util::{Stream, StreamExt as _, TryStreamExt as _, stream::BoxStream};
use object_store::{
    GetOptions, GetRange, ObjectMeta, ObjectStore, ObjectStoreExt as _, PutPayload, buffered::BufWriter,
    path::Path,
};
use std::{fmt::Display, ops::Range, sync::Arc};
use tokio::io::AsyncWriteExt as _;

/// Pieces in which an answer reads a file.
type Pieces = BoxStream<'static, object_store::Result<Bytes>>;

/// The place where files are kept.
#[derive(Clone)]
pub struct Storage {
    store: Arc<dyn ObjectStore>,
    /// What is held in memory of something that is being written.
    write_buffer: usize,
}

/// Something that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object(Path);

impl Object {
    /// The bytes of a file.
    pub fn file(company: CompanyId, sha256: &str) -> Self {
        Self(Path::from(format!("files/{company}/{}/{sha256}", sha256.get(..2).unwrap_or("00"))))
    }

    /// A preview of a picture.
    pub fn preview(company: CompanyId, file: FileId, size: PreviewSize) -> Self {
        Self(Path::from(format!("previews/{company}/{file}/{}.jpg", size.as_str())))
    }

    /// A picture without what was written about it, for clients.
    pub fn plain_picture(company: CompanyId, file: FileId) -> Self {
        Self(Path::from(format!("previews/{company}/{file}/plain")))
    }

    /// A voice note as Ogg/Opus.
    pub fn voice(company: CompanyId, file: FileId) -> Self {
        Self(Path::from(format!("previews/{company}/{file}/voice.ogg")))
    }

    /// What has arrived of an upload from an offset on.
    pub fn part(company: CompanyId, file: FileId, offset: i64) -> Self {
        Self(Path::from(format!("parts/{company}/{file}/{offset:012}")))
    }
}

impl Display for Object {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A file as it was found.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its name.
    pub name: String,
    /// When it was written.
    pub written_at: Millis,
}

impl From<object_store::Error> for AppError {
    fn from(error: object_store::Error) -> Self {
        // A full disk, a bucket that does not answer: nothing was stored, and it can be tried again.
        tracing::error!(error = format!("{error:#}"), "the storage of files refused");
        Self::Busy
    }
}

impl Storage {
    /// Writes what arrives. Nothing is there until all of it is. Returns how many bytes it was.
    pub async fn write(
        &self,
        object: &Object,
        mut pieces: impl Stream<Item = Result<Bytes, AppError>> + Unpin,
    ) -> Result<i64, AppError> {
        let mut writer = BufWriter::with_capacity(self.store.clone(), object.0.clone(), self.write_buffer);
        let mut length = 0_i64;
        while let Some(piece) = pieces.next().await {
            let piece = match piece {
                Ok(piece) => piece,
                Err(error) => {
                    // What was begun is taken away; that it cannot be is no reason to hide why it broke off.
                    if let Err(left) = writer.abort().await {
                        tracing::warn!(error = %left, "a broken write was left behind");
                    }
                    return Err(error);
                }
            };
            length += i64::try_from(piece.len()).unwrap_or(i64::MAX);
            writer.put(piece).await?;
        }
        writer.shutdown().await.map_err(|error| {
            tracing::error!(%error, "the storage of files refused");
            AppError::Busy
        })?;
        Ok(length)
    }

    /// Writes something small.
    pub async fn put(&self, object: &Object, bytes: Vec<u8>) -> Result<(), AppError> {
        self.store.put(&object.0, PutPayload::from(bytes)).await?;
        Ok(())
    }

    /// A stretch of an object, or all of it. `None` when it is not there.
    pub async fn read(&self, object: &Object, range: Option<Range<u64>>) -> Result<Option<Pieces>, AppError> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        match self.store.get_opts(&object.0, options).await {
            Ok(found) => Ok(Some(found.into_stream())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// How many bytes an object has. `None` when it is not there.
    pub async fn size(&self, object: &Object) -> Result<Option<u64>, AppError> {
        match self.store.head(&object.0).await {
            Ok(found) => Ok(Some(found.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes an object away; one that is not there is as good.
    pub async fn remove(&self, object: &Object) -> Result<(), AppError> {
        match self.store.delete(&object.0).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// What has arrived of an upload: where each part begins, and how long it is.
    pub async fn parts(&self, company: CompanyId, file: FileId) -> Result<Vec<(i64, u64)>, AppError> {
        let prefix = Path::from(format!("parts/{company}/{file}"));
        let found: Vec<ObjectMeta> = self.store.list(Some(&prefix)).try_collect().await?;
        let part = |object: &ObjectMeta| Some((object.location.filename()?.parse().ok()?, object.size));
        let mut parts: Vec<(i64, u64)> = found.iter().filter_map(part).collect();
        parts.sort_unstable();
        Ok(parts)
    }

    /// Takes everything of an upload away: its parts, and the previews that were made of it.
    pub async fn remove_upload(&self, company: CompanyId, file: FileId) -> Result<(), AppError> {
        self.remove_all(&format!("previews/{company}/{file}")).await?;
        self.remove_parts(company, file).await
    }

    /// Takes the parts of an upload away.
    pub async fn remove_parts(&self, company: CompanyId, file: FileId) -> Result<(), AppError> {
        self.remove_all(&format!("parts/{company}/{file}")).await
    }

    /// The files of which parts are kept.
    pub async fn with_parts(&self, company: CompanyId) -> Result<Vec<FileId>, AppError> {
        self.folders(&format!("parts/{company}")).await
    }

    /// The files of which previews are kept.
    pub async fn with_previews(&self, company: CompanyId) -> Result<Vec<FileId>, AppError> {
        self.folders(&format!("previews/{company}")).await
    }

    async fn folders(&self, folder: &str) -> Result<Vec<FileId>, AppError> {
        let found = self.store.list_with_delimiter(Some(&Path::from(folder))).await?;
        let id = |path: &Path| path.filename()?.parse().ok();
        Ok(found.common_prefixes.iter().filter_map(id).collect())
    }

    async fn remove_all(&self, folder: &str) -> Result<(), AppError> {
        let found: Vec<ObjectMeta> = self.store.list(Some(&Path::from(folder))).try_collect().await?;
        for object in found {
            self.remove(&Object(object.location)).await?;
        }
        Ok(())
    }

    /// The files of a company whose digests begin with some letters.
    pub async fn files(&self, company: CompanyId, begin: &str) -> Result<Vec<Kept>, AppError> {
        let prefix = Path::from(format!("files/{company}/{begin}"));
        let found: Vec<ObjectMeta> = self.store.list(Some(&prefix)).try_collect().await?;
        let kept = |object: ObjectMeta| {
            let name = object.location.filename()?.to_owned();
            Some(Kept { name, written_at: object.last_modified.timestamp_millis() })
        };
        Ok(found.into_iter().filter_map(kept).collect())
    }
}
