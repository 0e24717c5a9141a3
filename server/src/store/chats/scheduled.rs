//! Messages that go out later.

use crate::store::{Result, Store, StoreError, Tx, entity::scheduled_message};
use causeway_api::{
    ChatId, CompanyId, MessageId, Millis, PersonId,
    chats::{ScheduledMessage, SendMessage},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};

/// A scheduled message, and who wrote it.
#[derive(Clone, Debug)]
pub struct ScheduledRow {
    /// Who wrote it.
    pub person: PersonId,
    /// What the writer sees of it.
    pub shown: ScheduledMessage,
}

impl TryFrom<scheduled_message::Model> for ScheduledRow {
    type Error = StoreError;

    fn try_from(row: scheduled_message::Model) -> Result<Self> {
        let message: SendMessage = serde_json::from_str(&row.message)
            .map_err(|error| StoreError::Corrupt(format!("scheduled_message.message: {error}")))?;
        let (chat, at, refused) = (row.chat_id.into(), row.due_at, row.refused);
        Ok(Self { person: row.person_id.into(), shown: ScheduledMessage { message, chat, at, refused } })
    }
}

impl Store {
    /// The messages of a person that wait in a chat, the one that is due first comes first.
    pub async fn scheduled(
        &self,
        company: CompanyId,
        person: PersonId,
        chat: ChatId,
    ) -> Result<Vec<ScheduledMessage>> {
        let rows = scheduled_message::Entity::find()
            .filter(scheduled_message::Column::CompanyId.eq(company.0))
            .filter(scheduled_message::Column::PersonId.eq(person.0))
            .filter(scheduled_message::Column::ChatId.eq(chat.0))
            .order_by_asc(scheduled_message::Column::DueAt)
            .order_by_asc(scheduled_message::Column::Id);
        let rows = rows.all(&self.read).await?.into_iter().map(ScheduledRow::try_from);
        rows.map(|row| row.map(|row| row.shown)).collect()
    }

    /// One scheduled message.
    pub async fn scheduled_one(&self, company: CompanyId, id: MessageId) -> Result<Option<ScheduledRow>> {
        let found = scheduled_message::Entity::find_by_id((company.0, id.0));
        found.one(&self.read).await?.map(ScheduledRow::try_from).transpose()
    }

    /// The companies in which a message is due. Few wait anywhere, so all of them are looked through.
    pub async fn companies_with_due(&self, now: Millis) -> Result<Vec<CompanyId>> {
        let companies: Vec<uuid::Uuid> = scheduled_message::Entity::find()
            .select_only()
            .column(scheduled_message::Column::CompanyId)
            .distinct()
            .filter(scheduled_message::Column::DueAt.lte(now))
            .filter(scheduled_message::Column::Refused.is_null())
            .into_tuple()
            .all(&self.read)
            .await?;
        Ok(companies.into_iter().map(CompanyId).collect())
    }

    /// The messages of a company that are due, the oldest first.
    pub async fn due_messages(
        &self,
        company: CompanyId,
        now: Millis,
        most: u64,
    ) -> Result<Vec<ScheduledRow>> {
        let rows = scheduled_message::Entity::find()
            .filter(scheduled_message::Column::CompanyId.eq(company.0))
            .filter(scheduled_message::Column::DueAt.lte(now))
            .filter(scheduled_message::Column::Refused.is_null())
            .order_by_asc(scheduled_message::Column::DueAt)
            .limit(most);
        rows.all(&self.read).await?.into_iter().map(ScheduledRow::try_from).collect()
    }
}

impl Tx {
    /// How many messages of a person wait.
    pub async fn count_scheduled(&mut self, company: CompanyId, person: PersonId) -> Result<u64> {
        let rows = scheduled_message::Entity::find()
            .filter(scheduled_message::Column::CompanyId.eq(company.0))
            .filter(scheduled_message::Column::PersonId.eq(person.0));
        Ok(rows.count(&self.db).await?)
    }

    /// Adds a message that goes out later; returns `false` when there is one of that id.
    pub async fn add_scheduled(&mut self, company: CompanyId, new: &ScheduledRow) -> Result<bool> {
        let message = serde_json::to_string(&new.shown.message)
            .map_err(|error| StoreError::Corrupt(format!("scheduled_message.message: {error}")))?;
        let row = scheduled_message::ActiveModel {
            company_id: Set(company.0),
            id: Set(new.shown.message.id.0),
            person_id: Set(new.person.0),
            chat_id: Set(new.shown.chat.0),
            message: Set(message),
            due_at: Set(new.shown.at),
            refused: Set(None),
        };
        let there =
            OnConflict::columns([scheduled_message::Column::CompanyId, scheduled_message::Column::Id])
                .do_nothing()
                .to_owned();
        let added = scheduled_message::Entity::insert(row).on_conflict(there);
        Ok(added.exec_without_returning(&self.db).await? == 1)
    }

    /// Whether a message of a person waits, and is due by a time.
    pub async fn is_scheduled(
        &mut self,
        company: CompanyId,
        person: PersonId,
        id: MessageId,
        due: Millis,
    ) -> Result<bool> {
        let found = scheduled_message::Entity::find_by_id((company.0, id.0))
            .filter(scheduled_message::Column::PersonId.eq(person.0))
            .filter(scheduled_message::Column::DueAt.lte(due));
        Ok(found.one(&self.db).await?.is_some())
    }

    /// Gives a message of a person another time, whether it waits or was refused; returns `false` when there is none.
    pub async fn reschedule(
        &mut self,
        company: CompanyId,
        person: PersonId,
        id: MessageId,
        at: Millis,
    ) -> Result<bool> {
        let changed = scheduled_message::Entity::update_many()
            .col_expr(scheduled_message::Column::DueAt, Expr::value(at))
            .col_expr(scheduled_message::Column::Refused, Expr::value(None::<String>))
            .filter(scheduled_message::Column::CompanyId.eq(company.0))
            .filter(scheduled_message::Column::Id.eq(id.0))
            .filter(scheduled_message::Column::PersonId.eq(person.0))
            .exec(&self.db)
            .await?;
        Ok(changed.rows_affected == 1)
    }

    /// Notes why a message was refused when it was due.
    pub async fn refuse_scheduled(&mut self, company: CompanyId, id: MessageId, why: &str) -> Result<()> {
        scheduled_message::Entity::update_many()
            .col_expr(scheduled_message::Column::Refused, Expr::value(Some(why)))
            .filter(scheduled_message::Column::CompanyId.eq(company.0))
            .filter(scheduled_message::Column::Id.eq(id.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Takes a message of a person away, sent or not; returns `false` when there is none.
    pub async fn remove_scheduled(
        &mut self,
        company: CompanyId,
        person: PersonId,
        id: MessageId,
    ) -> Result<bool> {
        let removed = scheduled_message::Entity::delete_many()
            .filter(scheduled_message::Column::CompanyId.eq(company.0))
            .filter(scheduled_message::Column::Id.eq(id.0))
            .filter(scheduled_message::Column::PersonId.eq(person.0))
            .exec(&self.db)
            .await?;
        Ok(removed.rows_affected == 1)
    }
}
