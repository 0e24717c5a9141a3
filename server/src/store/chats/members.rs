//! Who is in a chat, and how far each has come.

use crate::store::{
    Result, Store, Tx,
    entity::{chat, chat_setting, member},
};
use causeway_api::{ChatId, CompanyId, PersonId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};

/// A present member of a chat.
#[derive(Clone, Debug)]
pub struct MemberRow {
    /// The chat.
    pub chat: ChatId,
    /// The member.
    pub person: PersonId,
    /// The event by which the membership began.
    pub joined_seq: i64,
    /// The first message this member may see.
    pub from: i64,
    /// Delivered up to this ordinal.
    pub delivered: i64,
    /// Read up to this ordinal.
    pub read: i64,
}

impl From<member::Model> for MemberRow {
    fn from(row: member::Model) -> Self {
        Self {
            chat: row.chat_id.into(),
            person: row.person_id.into(),
            joined_seq: row.joined_seq,
            from: row.from_ordinal,
            delivered: row.delivered,
            read: row.read,
        }
    }
}

pub(in crate::store) fn present() -> Condition {
    Condition::all().add(member::Column::LeftSeq.is_null())
}

async fn members_of(
    db: &impl ConnectionTrait,
    company: CompanyId,
    chats: Vec<ChatId>,
) -> Result<Vec<MemberRow>> {
    let rows = member::Entity::find()
        .filter(member::Column::CompanyId.eq(company.0))
        .filter(member::Column::ChatId.is_in(chats.into_iter().map(|id| id.0)))
        .filter(present())
        .order_by_asc(member::Column::JoinedSeq)
        .order_by_asc(member::Column::PersonId);
    Ok(rows.all(db).await?.into_iter().map(MemberRow::from).collect())
}

impl Store {
    /// The present members of several chats, in order of joining.
    pub async fn members(&self, company: CompanyId, chats: Vec<ChatId>) -> Result<Vec<MemberRow>> {
        members_of(&self.read, company, chats).await
    }

    /// The memberships of a person that have not ended.
    pub async fn memberships(&self, company: CompanyId, person: PersonId) -> Result<Vec<MemberRow>> {
        let rows = member::Entity::find()
            .filter(member::Column::CompanyId.eq(company.0))
            .filter(member::Column::PersonId.eq(person.0))
            .filter(present());
        Ok(rows.all(&self.read).await?.into_iter().map(MemberRow::from).collect())
    }

    /// Who was a member of a chat when an event happened, whose membership that event began or ended included.
    pub async fn members_at(&self, company: CompanyId, chat: ChatId, seq: i64) -> Result<Vec<MemberRow>> {
        let rows = member::Entity::find()
            .filter(member::Column::CompanyId.eq(company.0))
            .filter(member::Column::ChatId.eq(chat.0))
            .filter(member::Column::JoinedSeq.lte(seq))
            .filter(
                Condition::any().add(member::Column::LeftSeq.is_null()).add(member::Column::LeftSeq.gte(seq)),
            );
        Ok(rows.all(&self.read).await?.into_iter().map(MemberRow::from).collect())
    }
}

impl Tx {
    /// Adds a member who sees what happens from event `joined_seq` on.
    pub async fn add_member(
        &mut self,
        company: CompanyId,
        chat: ChatId,
        person: PersonId,
        joined_seq: i64,
        from_ordinal: i64,
    ) -> Result<()> {
        let row = member::ActiveModel {
            chat_id: Set(chat.0),
            person_id: Set(person.0),
            company_id: Set(company.0),
            joined_seq: Set(joined_seq),
            left_seq: Set(None),
            from_ordinal: Set(from_ordinal),
            delivered: Set(from_ordinal - 1),
            read: Set(from_ordinal - 1),
        };
        member::Entity::insert(row).exec_without_returning(&self.db).await?;
        self.move_members(company, chat, 1).await
    }

    /// Whether a chat has fewer than `most` members. The membership that follows in this transaction counts.
    pub async fn has_place(&mut self, company: CompanyId, chat: ChatId, most: i64) -> Result<bool> {
        // The row is held until the end of the transaction, so whoever joins at the same time comes before or after.
        let held = chat::Entity::update_many()
            .col_expr(chat::Column::Members, Expr::col(chat::Column::Members))
            .filter(chat::Column::CompanyId.eq(company.0))
            .filter(chat::Column::Id.eq(chat.0))
            .filter(chat::Column::Members.lt(most))
            .exec(&self.db)
            .await?;
        Ok(held.rows_affected == 1)
    }

    async fn move_members(&mut self, company: CompanyId, chat: ChatId, by: i64) -> Result<()> {
        chat::Entity::update_many()
            .col_expr(chat::Column::Members, Expr::col(chat::Column::Members).add(by))
            .filter(chat::Column::CompanyId.eq(company.0))
            .filter(chat::Column::Id.eq(chat.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Ends a membership with event `left_seq`; returns `false` when there was none.
    pub async fn end_membership(
        &mut self,
        company: CompanyId,
        chat: ChatId,
        person: PersonId,
        left_seq: i64,
    ) -> Result<bool> {
        let ended = member::Entity::update_many()
            .col_expr(member::Column::LeftSeq, Expr::value(Some(left_seq)))
            .filter(member::Column::CompanyId.eq(company.0))
            .filter(member::Column::ChatId.eq(chat.0))
            .filter(member::Column::PersonId.eq(person.0))
            .filter(present())
            .exec(&self.db)
            .await?;
        if ended.rows_affected == 1 {
            self.move_members(company, chat, -1).await?;
            chat_setting::Entity::delete_by_id((company.0, person.0, chat.0)).exec(&self.db).await?;
        }
        Ok(ended.rows_affected == 1)
    }

    /// Lets someone who had left come back.
    pub async fn resume_membership(
        &mut self,
        company: CompanyId,
        chat: ChatId,
        person: PersonId,
        joined_seq: i64,
        from_ordinal: i64,
    ) -> Result<bool> {
        let resumed = member::Entity::update_many()
            .col_expr(member::Column::LeftSeq, Expr::value(Option::<i64>::None))
            .col_expr(member::Column::JoinedSeq, Expr::value(joined_seq))
            .col_expr(member::Column::FromOrdinal, Expr::value(from_ordinal))
            .col_expr(member::Column::Delivered, Expr::value(from_ordinal - 1))
            .col_expr(member::Column::Read, Expr::value(from_ordinal - 1))
            .filter(member::Column::CompanyId.eq(company.0))
            .filter(member::Column::ChatId.eq(chat.0))
            .filter(member::Column::PersonId.eq(person.0))
            .filter(member::Column::LeftSeq.is_not_null())
            .exec(&self.db)
            .await?;
        if resumed.rows_affected == 1 {
            self.move_members(company, chat, 1).await?;
        }
        Ok(resumed.rows_affected == 1)
    }

    /// The present members of a chat.
    pub async fn members(&self, company: CompanyId, chat: ChatId) -> Result<Vec<MemberRow>> {
        members_of(&self.db, company, vec![chat]).await
    }
}
