//! What was recorded, as of one moment: rows of the log, of the messages and of the audit log, page by page.

use super::archive::company_ids;
use crate::store::{
    AuditRow, Result,
    entity::{audit, company, event, message, person},
    migration, raw,
};
use causeway_api::{CompanyId, Millis};
use causeway_ledger::{Head, Row};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

/// Most ids in one query: SQLite takes 32,766 parameters, PostgreSQL 65,535.
const IDS_MAX: usize = 1_000;

/// A row of the table of messages, column by column.
#[derive(Clone, Debug, FromQueryResult)]
pub struct RawMessage {
    pub id: Uuid,
    #[sea_orm(from_alias = "chat_id")]
    pub chat: Uuid,
    /// Place in the chat.
    pub ordinal: i64,
    #[sea_orm(from_alias = "sender_id")]
    pub sender: Uuid,
    /// The text that the screen shows; empty for a deleted message.
    pub text: String,
    /// JSON of what it carries beside its text.
    pub content: Option<String>,
    /// Channel, in its word.
    pub channel: String,
    /// Instant it was sent.
    pub sent_at: Millis,
    /// The message that it replies to.
    pub reply_to: Option<Uuid>,
    /// The message that it was forwarded from.
    pub forwarded_from: Option<Uuid>,
    /// JSON of whom it names.
    pub mentions: Option<String>,
    /// JSON of the reactions to it.
    pub reactions: Option<String>,
    /// Instant of the last edit; `None` if there was none.
    pub edited_at: Option<Millis>,
    /// Instant it was deleted; `None` if it was not.
    pub deleted_at: Option<Millis>,
}

/// Everything that was recorded, as of one moment.
pub struct Snapshot {
    pub(in crate::store) db: DatabaseTransaction,
}

impl Snapshot {
    /// Lets the moment go.
    pub async fn end(self) -> Result<()> {
        Ok(self.db.rollback().await?)
    }

    /// The end of a company's log as the company's row remembers it, or `None` if there is no such company.
    pub async fn head(&self, company: CompanyId) -> Result<Option<Head>> {
        let row = company::Entity::find_by_id(company.0).one(&self.db).await?;
        Ok(row.map(|row| Head { seq: row.last_seq, hash: row.last_hash }))
    }

    /// Rows of a company's log with numbers from `from` on.
    pub async fn events_from(&self, company: CompanyId, from: i64, most: u64) -> Result<Vec<Row>> {
        let rows = event::Entity::find()
            .filter(event::Column::CompanyId.eq(company.0))
            .filter(event::Column::Seq.gte(from))
            .order_by_asc(event::Column::Seq)
            .limit(most);
        Ok(rows.all(&self.db).await?.into_iter().map(super::row).collect())
    }

    /// Rows of a chat's log behind number `after` that say that a message was sent.
    pub async fn sent_in_chat(
        &self,
        company: CompanyId,
        chat: Uuid,
        after: i64,
        most: u64,
    ) -> Result<Vec<Row>> {
        let rows = event::Entity::find()
            .filter(event::Column::ChatId.eq(chat))
            .filter(event::Column::CompanyId.eq(company.0))
            .filter(event::Column::Kind.eq("message_sent"))
            .filter(event::Column::Seq.gt(after))
            .order_by_asc(event::Column::Seq)
            .limit(most);
        Ok(rows.all(&self.db).await?.into_iter().map(super::row).collect())
    }

    /// The messages with these ids that the table has.
    pub async fn messages(&self, company: CompanyId, ids: Vec<Uuid>) -> Result<Vec<RawMessage>> {
        let mut found = Vec::with_capacity(ids.len());
        for some in ids.chunks(IDS_MAX) {
            let rows = message::Entity::find()
                .filter(message::Column::CompanyId.eq(company.0))
                .filter(message::Column::Id.is_in(some.iter().copied()));
            found.extend(rows.into_model::<RawMessage>().all(&self.db).await?);
        }
        Ok(found)
    }

    /// How many messages of a company the table has.
    pub async fn message_count(&self, company: CompanyId) -> Result<u64> {
        let all = message::Entity::find().filter(message::Column::CompanyId.eq(company.0));
        Ok(all.count(&self.db).await?)
    }

    /// The first chat behind another that has messages in the table.
    pub async fn next_chat_with_messages(
        &self,
        company: CompanyId,
        behind: Option<Uuid>,
    ) -> Result<Option<Uuid>> {
        let mut next = message::Entity::find()
            .select_only()
            .column(message::Column::ChatId)
            .filter(message::Column::CompanyId.eq(company.0))
            .order_by_asc(message::Column::ChatId)
            .limit(1);
        if let Some(chat) = behind {
            next = next.filter(message::Column::ChatId.gt(chat));
        }
        Ok(next.into_tuple().one(&self.db).await?)
    }

    /// Messages of a chat with ordinals behind `after`.
    pub async fn messages_of_chat(
        &self,
        company: CompanyId,
        chat: Uuid,
        after: i64,
        most: u64,
    ) -> Result<Vec<RawMessage>> {
        let rows = message::Entity::find()
            .filter(message::Column::ChatId.eq(chat))
            .filter(message::Column::CompanyId.eq(company.0))
            .filter(message::Column::Ordinal.gt(after))
            .order_by_asc(message::Column::Ordinal)
            .limit(most);
        Ok(rows.into_model::<RawMessage>().all(&self.db).await?)
    }

    /// Entries of the audit log behind another, by company and id.
    pub async fn audit_from(&self, behind: Option<(CompanyId, Uuid)>, most: u64) -> Result<Vec<AuditRow>> {
        let mut rows = audit::Entity::find()
            .order_by_asc(audit::Column::CompanyId)
            .order_by_asc(audit::Column::Id)
            .limit(most);
        if let Some((company, id)) = behind {
            let place = [audit::Column::CompanyId, audit::Column::Id].map(ColumnTrait::into_expr);
            rows = rows.filter(Expr::tuple(place).gt(Expr::tuple([company.0, id].map(Expr::value))));
        }
        Ok(rows.all(&self.db).await?.into_iter().map(AuditRow::from).collect())
    }

    /// Companies that have audit entries but do not exist, and how many.
    pub async fn audited_without_company(&self) -> Result<Vec<(CompanyId, u64)>> {
        let rows: Vec<(Uuid, i64)> = audit::Entity::find()
            .select_only()
            .column(audit::Column::CompanyId)
            .column_as(audit::Column::Id.count(), "entries")
            .filter(audit::Column::CompanyId.not_in_subquery(company_ids()))
            .group_by(audit::Column::CompanyId)
            .into_tuple()
            .all(&self.db)
            .await?;
        Ok(rows.into_iter().map(|(company, entries)| (CompanyId(company), entries.unsigned_abs())).collect())
    }

    /// Audit entries whose actor is not of their company.
    pub async fn audited_without_actor(&self, most: u64) -> Result<Vec<Uuid>> {
        let known = Query::select()
            .column((person::Entity, person::Column::Id))
            .from(person::Entity)
            .and_where(person::Column::Id.into_expr().eq(audit::Column::ActorId.into_expr()))
            .and_where(person::Column::CompanyId.into_expr().eq(audit::Column::CompanyId.into_expr()))
            .to_owned();
        let rows = audit::Entity::find()
            .select_only()
            .column(audit::Column::Id)
            .filter(audit::Column::ActorId.ne(Uuid::nil()))
            .filter(Expr::exists(known).not())
            .order_by_asc(audit::Column::Id)
            .limit(most);
        Ok(rows.into_tuple().all(&self.db).await?)
    }

    /// Triggers that should refuse changes of what was recorded and are gone or switched off.
    pub async fn missing_guards(&self) -> Result<Vec<&'static str>> {
        let active = raw::active_triggers(&self.db).await?;
        let wanted = migration::guards(self.db.get_database_backend());
        Ok(wanted.iter().copied().filter(|name| !active.iter().any(|active| active == name)).collect())
    }
}
