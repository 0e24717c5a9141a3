//! How members have arranged their chats.

use crate::store::{Result, Store, Tx, entity::chat_setting};
use causeway_api::{ChatId, CompanyId, PersonId, chats::ChatSettings};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    sea_query::OnConflict,
};
use std::collections::HashMap;

impl From<chat_setting::Model> for ChatSettings {
    fn from(row: chat_setting::Model) -> Self {
        Self {
            pinned_at: row.pinned_at,
            muted_until: row.muted_until,
            archived_through: row.archived_through,
            is_marked_unread: row.is_marked_unread != 0,
        }
    }
}

fn of(company: CompanyId, person: PersonId) -> Condition {
    Condition::all()
        .add(chat_setting::Column::CompanyId.eq(company.0))
        .add(chat_setting::Column::PersonId.eq(person.0))
}

async fn one(
    db: &impl ConnectionTrait,
    company: CompanyId,
    person: PersonId,
    chat: ChatId,
) -> Result<ChatSettings> {
    let found = chat_setting::Entity::find_by_id((company.0, person.0, chat.0)).one(db).await?;
    Ok(found.map(ChatSettings::from).unwrap_or_default())
}

impl Store {
    /// How a person has arranged those of the own chats that are arranged.
    pub async fn all_chat_settings(
        &self,
        company: CompanyId,
        person: PersonId,
    ) -> Result<HashMap<ChatId, ChatSettings>> {
        let rows = chat_setting::Entity::find().filter(of(company, person)).all(&self.read).await?;
        Ok(rows.into_iter().map(|row| (row.chat_id.into(), row.into())).collect())
    }

    /// How a person has arranged a chat.
    pub async fn chat_settings(
        &self,
        company: CompanyId,
        person: PersonId,
        chat: ChatId,
    ) -> Result<ChatSettings> {
        one(&self.read, company, person, chat).await
    }
}

impl Tx {
    /// How a person has arranged a chat, in this transaction.
    pub async fn chat_settings(
        &mut self,
        company: CompanyId,
        person: PersonId,
        chat: ChatId,
    ) -> Result<ChatSettings> {
        one(&self.db, company, person, chat).await
    }

    /// How many chats a person has pinned.
    pub async fn pinned_chats(&mut self, company: CompanyId, person: PersonId) -> Result<u64> {
        let pinned = chat_setting::Entity::find()
            .filter(of(company, person))
            .filter(chat_setting::Column::PinnedAt.is_not_null());
        Ok(pinned.count(&self.db).await?)
    }

    /// Arranges a chat; one that is as it came has no row.
    pub async fn set_chat_settings(
        &mut self,
        company: CompanyId,
        person: PersonId,
        chat: ChatId,
        settings: ChatSettings,
    ) -> Result<()> {
        let key = (company.0, person.0, chat.0);
        if settings == ChatSettings::default() {
            chat_setting::Entity::delete_by_id(key).exec(&self.db).await?;
            return Ok(());
        }
        let row = chat_setting::ActiveModel {
            company_id: Set(company.0),
            person_id: Set(person.0),
            chat_id: Set(chat.0),
            pinned_at: Set(settings.pinned_at),
            muted_until: Set(settings.muted_until),
            archived_through: Set(settings.archived_through),
            is_marked_unread: Set(i32::from(settings.is_marked_unread)),
        };
        let there = OnConflict::columns([
            chat_setting::Column::CompanyId,
            chat_setting::Column::PersonId,
            chat_setting::Column::ChatId,
        ])
        .update_columns([
            chat_setting::Column::PinnedAt,
            chat_setting::Column::MutedUntil,
            chat_setting::Column::ArchivedThrough,
            chat_setting::Column::IsMarkedUnread,
        ])
        .to_owned();
        chat_setting::Entity::insert(row).on_conflict(there).exec_without_returning(&self.db).await?;
        Ok(())
    }
}
