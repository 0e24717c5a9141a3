//! Files: uploads while they arrive, and what messages carry.

mod carried;
mod pictures;
pub(super) mod usage;

pub use carried::CarriedFile;

use super::{Result, Store, StoreError, Tx, audit::json, entity::file, words};
use causeway_api::{
    ChatId, CompanyId, FileId, MessageId, Millis, PersonId,
    files::{Attachment, FileGroup, PictureSize, UploadState, VoiceNote},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};

/// A file as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// Its id.
    pub id: FileId,
    /// Who uploads it.
    pub person: PersonId,
    /// The chat it is for.
    pub chat: ChatId,
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: i64,
    /// Whether it is a voice note.
    pub is_voice: bool,
    /// Bytes that have arrived.
    pub received: i64,
    /// How far it is.
    pub state: UploadState,
    /// Why it cannot be sent: the word of a fault; empty for none.
    pub refused: String,
    /// What was found in it, once it was looked at.
    pub found: Option<Found>,
    /// When it was begun.
    pub created_at: Millis,
    /// When it was begun to be looked at; 0 before.
    pub checked_at: Millis,
    /// The message that took it.
    pub message: Option<MessageId>,
}

/// What was found in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The SHA-256 digest of its bytes, in hex.
    pub sha256: String,
    /// Its group.
    pub group: FileGroup,
    /// Its media type.
    pub media: String,
    /// The size of a picture that has previews.
    pub picture: Option<PictureSize>,
    /// What is told about a voice note.
    pub voice: Option<VoiceNote>,
}

impl FileRow {
    /// What a message carries of it; nothing before it was looked at.
    pub fn attachment(&self) -> Option<Attachment> {
        let Found { sha256, group, media, picture, voice } = self.found.clone()?;
        Some(Attachment {
            id: self.id,
            name: self.name.clone(),
            size: self.size,
            sha256,
            group,
            media,
            picture,
            voice,
        })
    }
}

impl TryFrom<file::Model> for FileRow {
    type Error = StoreError;

    fn try_from(row: file::Model) -> Result<Self> {
        let side = |side: Option<i32>| side.and_then(|side| u32::try_from(side).ok());
        let picture = side(row.width).zip(side(row.height));
        let is_voice = row.voice.is_some();
        let voice = row.voice.filter(|voice| !voice.is_empty());
        let voice = voice.as_deref().map(serde_json::from_str).transpose();
        let voice = voice.map_err(|error| StoreError::Corrupt(format!("file.voice: {error}")))?;
        let found = if row.kind.is_empty() {
            None
        } else {
            Some(Found {
                sha256: row.sha256,
                group: words::parse("file.kind", &row.kind)?,
                media: row.media,
                picture: picture.map(|(width, height)| PictureSize { width, height }),
                voice,
            })
        };
        Ok(Self {
            id: row.id.into(),
            person: row.person_id.into(),
            chat: row.chat_id.into(),
            name: row.name,
            size: row.size,
            is_voice,
            received: row.received,
            state: words::parse("file.state", &row.state)?,
            refused: row.refused,
            found,
            created_at: row.created_at,
            checked_at: row.checked_at,
            message: row.message_id.map(MessageId),
        })
    }
}

impl Store {
    /// A file of a company.
    pub async fn file(&self, company: CompanyId, id: FileId) -> Result<Option<FileRow>> {
        file::Entity::find_by_id((company.0, id.0)).one(&self.read).await?.map(FileRow::try_from).transpose()
    }

    /// Those of `ids` that belong to the company.
    pub async fn files_by_ids(&self, company: CompanyId, ids: &[FileId]) -> Result<Vec<FileRow>> {
        let rows = file::Entity::find()
            .filter(file::Column::CompanyId.eq(company.0))
            .filter(file::Column::Id.is_in(ids.iter().map(|id| id.0)));
        rows.all(&self.read).await?.into_iter().map(FileRow::try_from).collect()
    }

    /// At most `most` uploads of a company that were begun before an instant and that no message took.
    pub async fn stale_uploads(&self, company: CompanyId, before: Millis, most: u64) -> Result<Vec<FileRow>> {
        let rows = file::Entity::find()
            .filter(file::Column::CompanyId.eq(company.0))
            .filter(file::Column::MessageId.is_null())
            .filter(file::Column::CreatedAt.lt(before))
            .order_by_asc(file::Column::CreatedAt)
            .limit(most);
        rows.all(&self.read).await?.into_iter().map(FileRow::try_from).collect()
    }

    /// The digests of a company's files that begin with some letters, each once.
    pub async fn digests(&self, company: CompanyId, begin: &str) -> Result<Vec<String>> {
        let rows = file::Entity::find()
            .select_only()
            .column(file::Column::Sha256)
            .distinct()
            .filter(file::Column::CompanyId.eq(company.0))
            .filter(file::Column::Sha256.gte(begin))
            .filter(file::Column::Sha256.lt(format!("{begin}g")));
        Ok(rows.into_tuple().all(&self.read).await?)
    }
}

impl Tx {
    /// Adds an upload. Returns `false` if there is a file of that id.
    pub async fn add_upload(&mut self, company: CompanyId, new: &FileRow) -> Result<bool> {
        let row = file::ActiveModel {
            company_id: Set(company.0),
            id: Set(new.id.0),
            person_id: Set(new.person.0),
            chat_id: Set(new.chat.0),
            name: Set(new.name.clone()),
            size: Set(new.size),
            received: Set(0),
            state: Set(new.state.as_str().to_owned()),
            refused: Set(String::new()),
            sha256: Set(String::new()),
            kind: Set(String::new()),
            media: Set(String::new()),
            width: Set(None),
            height: Set(None),
            voice: Set(new.is_voice.then(String::new)),
            created_at: Set(new.created_at),
            checked_at: Set(0),
            message_id: Set(None),
        };
        let there = OnConflict::columns([file::Column::CompanyId, file::Column::Id]).do_nothing().to_owned();
        let added = file::Entity::insert(row).on_conflict(there).exec_without_returning(&self.db).await?;
        Ok(added == 1)
    }

    /// Moves an upload forward from `offset` by a part that has been stored; returns `false` if it is not there any more.
    pub async fn advance_upload(
        &mut self,
        company: CompanyId,
        id: FileId,
        offset: i64,
        length: i64,
    ) -> Result<bool> {
        let moved = file::Entity::update_many()
            .col_expr(file::Column::Received, Expr::value(offset + length))
            .filter(file::Column::CompanyId.eq(company.0))
            .filter(file::Column::Id.eq(id.0))
            .filter(file::Column::Received.eq(offset))
            .filter(file::Column::State.eq(UploadState::Receiving.as_str()))
            .exec(&self.db)
            .await?;
        Ok(moved.rows_affected == 1)
    }

    /// Takes an upload whose parts have all arrived to look at it: one finisher only. Who took it before `stale` and has not
    /// finished is gone.
    pub async fn check_upload(
        &mut self,
        company: CompanyId,
        id: FileId,
        now: Millis,
        stale: Millis,
    ) -> Result<bool> {
        let is_free = Condition::any().add(file::Column::State.eq(UploadState::Receiving.as_str())).add(
            Condition::all()
                .add(file::Column::State.eq(UploadState::Checking.as_str()))
                .add(file::Column::CheckedAt.lt(stale)),
        );
        let taken = file::Entity::update_many()
            .col_expr(file::Column::State, Expr::value(UploadState::Checking.as_str()))
            .col_expr(file::Column::CheckedAt, Expr::value(now))
            .filter(file::Column::CompanyId.eq(company.0))
            .filter(file::Column::Id.eq(id.0))
            .filter(Expr::col(file::Column::Received).eq(Expr::col(file::Column::Size)))
            .filter(is_free)
            .exec(&self.db)
            .await?;
        Ok(taken.rows_affected == 1)
    }

    /// Writes what was found in a file that is being looked at; messages can carry it from then on.
    pub async fn accept_file(&mut self, company: CompanyId, id: FileId, found: &Found) -> Result<bool> {
        let side = |side: fn(&PictureSize) -> u32| {
            found.picture.as_ref().and_then(|picture| i32::try_from(side(picture)).ok())
        };
        let voice = found.voice.as_ref().map(json).transpose()?;
        let accepted = file::Entity::update_many()
            .col_expr(file::Column::State, Expr::value(UploadState::Ready.as_str()))
            .col_expr(file::Column::Sha256, Expr::value(found.sha256.clone()))
            .col_expr(file::Column::Kind, Expr::value(found.group.as_str()))
            .col_expr(file::Column::Media, Expr::value(found.media.clone()))
            .col_expr(file::Column::Width, Expr::value(side(|picture| picture.width)))
            .col_expr(file::Column::Height, Expr::value(side(|picture| picture.height)))
            .col_expr(file::Column::Voice, Expr::value(voice))
            .filter(file::Column::CompanyId.eq(company.0))
            .filter(file::Column::Id.eq(id.0))
            .filter(file::Column::State.eq(UploadState::Checking.as_str()))
            .exec(&self.db)
            .await?;
        Ok(accepted.rows_affected == 1)
    }

    /// Writes why a file that is being looked at cannot be sent. Its space is free again.
    pub async fn refuse_file(&mut self, company: CompanyId, file: &FileRow, reason: &str) -> Result<bool> {
        let refused = file::Entity::update_many()
            .col_expr(file::Column::State, Expr::value(UploadState::Refused.as_str()))
            .col_expr(file::Column::Refused, Expr::value(reason))
            .filter(file::Column::CompanyId.eq(company.0))
            .filter(file::Column::Id.eq(file.id.0))
            .filter(file::Column::State.eq(UploadState::Checking.as_str()))
            .exec(&self.db)
            .await?;
        let is_refused = refused.rows_affected == 1;
        if is_refused {
            self.free_storage(company, file).await?;
        }
        Ok(is_refused)
    }

    /// Takes away an upload that no message took. Its space is free again.
    pub async fn drop_upload(&mut self, company: CompanyId, file: &FileRow) -> Result<bool> {
        let mut dropping = file::Entity::delete_many()
            .filter(file::Column::CompanyId.eq(company.0))
            .filter(file::Column::Id.eq(file.id.0))
            .filter(file::Column::MessageId.is_null());
        // What was refused has given its space back already: the state that was seen must still be there.
        let is_refused = file.state == UploadState::Refused;
        let refused = file::Column::State.eq(UploadState::Refused.as_str());
        dropping = dropping.filter(if is_refused { refused } else { refused.not() });
        let is_dropped = dropping.exec(&self.db).await?.rows_affected == 1;
        if is_dropped && !is_refused {
            self.free_storage(company, file).await?;
        }
        Ok(is_dropped)
    }
}
