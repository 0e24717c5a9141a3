//! Pinned messages.

use crate::store::{Result, Store, Tx, entity::pin};
use causeway_api::{ChatId, CompanyId, MessageId, Millis, PersonId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};

/// A pinned message as stored.
#[derive(Clone, Copy, Debug)]
pub struct PinRow {
    /// The message.
    pub message: MessageId,
    /// Who pinned it.
    pub by: PersonId,
    /// When.
    pub at: Millis,
}

impl Store {
    /// The pinned messages of a chat, the one that was pinned last first.
    pub async fn pins(&self, company: CompanyId, chat: ChatId) -> Result<Vec<PinRow>> {
        let rows = pin::Entity::find()
            .filter(pin::Column::CompanyId.eq(company.0))
            .filter(pin::Column::ChatId.eq(chat.0))
            .order_by_desc(pin::Column::At)
            .order_by_desc(pin::Column::MessageId);
        let read =
            |row: pin::Model| PinRow { message: row.message_id.into(), by: row.person_id.into(), at: row.at };
        Ok(rows.all(&self.read).await?.into_iter().map(read).collect())
    }
}

impl Tx {
    /// How many messages of a chat are pinned.
    pub async fn count_pins(&mut self, company: CompanyId, chat: ChatId) -> Result<u64> {
        let pins = pin::Entity::find()
            .filter(pin::Column::CompanyId.eq(company.0))
            .filter(pin::Column::ChatId.eq(chat.0));
        Ok(pins.count(&self.db).await?)
    }

    /// Pins a message; returns `false` when it was pinned already.
    pub async fn add_pin(&mut self, company: CompanyId, chat: ChatId, new: PinRow) -> Result<bool> {
        let row = pin::ActiveModel {
            company_id: Set(company.0),
            chat_id: Set(chat.0),
            message_id: Set(new.message.0),
            person_id: Set(new.by.0),
            at: Set(new.at),
        };
        let there =
            OnConflict::columns([pin::Column::CompanyId, pin::Column::ChatId, pin::Column::MessageId])
                .do_nothing()
                .to_owned();
        Ok(pin::Entity::insert(row).on_conflict(there).exec_without_returning(&self.db).await? == 1)
    }

    /// Takes the pin of a message away; returns `false` when there was none.
    pub async fn remove_pin(&mut self, company: CompanyId, chat: ChatId, message: MessageId) -> Result<bool> {
        let removed = pin::Entity::delete_by_id((company.0, chat.0, message.0)).exec(&self.db).await?;
        Ok(removed.rows_affected == 1)
    }
}
