//! Which messages carry which files.

use super::FileRow;
use crate::store::{
    Result, Store, Tx,
    entity::{file, message, message_file},
};
use causeway_api::{ChatId, CompanyId, FileId, MessageId, chats::Message, files::UploadState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use std::collections::HashMap;

/// That a message carries a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CarriedFile {
    /// The message.
    pub message: MessageId,
    /// The place of the file in the message, from 0.
    pub place: i64,
    /// The file.
    pub file: FileId,
    /// The chat of the message.
    pub chat: ChatId,
    /// The message's place in it.
    pub ordinal: i64,
}

impl Store {
    /// The messages that carry a file, as they are now, at most `most`, the newest first.
    pub async fn messages_with_file(
        &self,
        company: CompanyId,
        file: FileId,
        most: u64,
    ) -> Result<Vec<Message>> {
        let carriers = message_file::Entity::find()
            .select_only()
            .column(message_file::Column::MessageId)
            .filter(message_file::Column::CompanyId.eq(company.0))
            .filter(message_file::Column::FileId.eq(file.0))
            .into_query();
        let rows = message::Entity::find()
            .filter(message::Column::CompanyId.eq(company.0))
            .filter(message::Column::Id.in_subquery(carriers))
            .filter(message::Column::DeletedAt.is_null())
            .order_by_desc(message::Column::SentAt)
            .limit(most);
        rows.all(&self.read).await?.into_iter().map(crate::store::chats::messages::from_row).collect()
    }

    /// The messages of a chat that carry files, in front of the ordinal `before`, at most `most`, the newest first.
    pub async fn messages_with_files(
        &self,
        company: CompanyId,
        chat: ChatId,
        before: i64,
        most: u64,
    ) -> Result<Vec<Message>> {
        let carriers = message_file::Entity::find()
            .select_only()
            .column(message_file::Column::MessageId)
            .filter(message_file::Column::CompanyId.eq(company.0))
            .filter(message_file::Column::ChatId.eq(chat.0))
            .filter(message_file::Column::Ordinal.lt(before))
            .filter(message_file::Column::Place.eq(0))
            .order_by_desc(message_file::Column::Ordinal)
            .limit(most)
            .into_query();
        let rows = message::Entity::find()
            .filter(message::Column::CompanyId.eq(company.0))
            .filter(message::Column::Id.in_subquery(carriers))
            .filter(message::Column::DeletedAt.is_null())
            .order_by_desc(message::Column::Ordinal);
        rows.all(&self.read).await?.into_iter().map(crate::store::chats::messages::from_row).collect()
    }
}

impl Tx {
    /// Those of `ids` that messages can carry for the first time, as they stand in this transaction.
    pub async fn files_to_carry(
        &self,
        company: CompanyId,
        ids: &[FileId],
    ) -> Result<HashMap<FileId, FileRow>> {
        let rows = file::Entity::find()
            .filter(file::Column::CompanyId.eq(company.0))
            .filter(file::Column::Id.is_in(ids.iter().map(|id| id.0)))
            .filter(file::Column::State.eq(UploadState::Ready.as_str()))
            .filter(file::Column::MessageId.is_null());
        let mut found = HashMap::with_capacity(ids.len());
        for row in rows.all(&self.db).await? {
            let row = FileRow::try_from(row)?;
            found.insert(row.id, row);
        }
        Ok(found)
    }
}
