//! Chats and their members.

pub(super) mod batch;
pub(super) mod lines;
pub(super) mod members;
pub(super) mod messages;
pub(super) mod pins;
pub(super) mod saved_replies;
pub(super) mod scheduled;
pub(super) mod settings;

use super::{
    Result, Store, StoreError, Tx,
    chats::members::present,
    entity::{chat, member},
    raw, words,
};
use causeway_api::{
    ChatId, CompanyId, Millis, PersonId,
    chats::{Channel, ChatKind, Message},
    page::ChatsLimit,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use std::collections::HashMap;

/// A chat without its members.
#[derive(Clone, Debug)]
pub struct ChatRow {
    pub id: ChatId,
    /// The company.
    pub company: CompanyId,
    /// Direct or group.
    pub kind: ChatKind,
    /// The name of a group.
    pub name: String,
    /// The channel towards the client.
    pub channel: Channel,
    /// The newest message's ordinal.
    pub last_ordinal: i64,
    /// When it was made.
    pub created_at: Millis,
    /// Who made it.
    pub created_by: PersonId,
}

impl TryFrom<chat::Model> for ChatRow {
    type Error = StoreError;

    fn try_from(row: chat::Model) -> Result<Self> {
        let kind = words::parse("chat.kind", &row.kind)?;
        Ok(Self {
            id: row.id.into(),
            company: row.company_id.into(),
            kind,
            name: row.name,
            channel: words::parse("chat.channel", &row.channel)?,
            last_ordinal: row.last_ordinal,
            created_at: row.created_at,
            created_by: row.created_by.into(),
        })
    }
}

/// The two people of a direct chat in an order that does not depend on who asks.
pub(in crate::store) fn pair_key(one: PersonId, other: PersonId) -> String {
    let (low, high) = if one <= other { (one, other) } else { (other, one) };
    format!("{low} {high}")
}

impl Store {
    /// A chat of a company.
    pub async fn chat(&self, company: CompanyId, id: ChatId) -> Result<Option<ChatRow>> {
        let found = chat::Entity::find_by_id((company.0, id.0));
        found.one(&self.read).await?.map(ChatRow::try_from).transpose()
    }

    /// Those of several chats that are there.
    pub async fn chats_by_ids(&self, company: CompanyId, ids: &[ChatId]) -> Result<Vec<ChatRow>> {
        let rows = chat::Entity::find()
            .filter(chat::Column::CompanyId.eq(company.0))
            .filter(chat::Column::Id.is_in(ids.iter().map(|id| id.0)));
        rows.all(&self.read).await?.into_iter().map(ChatRow::try_from).collect()
    }

    /// The direct chat of two people.
    pub async fn direct_chat(
        &self,
        company: CompanyId,
        one: PersonId,
        other: PersonId,
    ) -> Result<Option<ChatId>> {
        let found = chat::Entity::find()
            .filter(chat::Column::CompanyId.eq(company.0))
            .filter(chat::Column::PairKey.eq(pair_key(one, other)));
        Ok(found.one(&self.read).await?.map(|row| row.id.into()))
    }

    /// The chats someone is in, newest activity first, at most so many.
    pub async fn chats_of(
        &self,
        company: CompanyId,
        person: PersonId,
        most: ChatsLimit,
    ) -> Result<Vec<ChatRow>> {
        let membership = chat::Entity::belongs_to(member::Entity)
            .from((chat::Column::CompanyId, chat::Column::Id))
            .to((member::Column::CompanyId, member::Column::ChatId))
            .into();
        let rows = chat::Entity::find()
            .join(JoinType::InnerJoin, membership)
            .filter(chat::Column::CompanyId.eq(company.0))
            .filter(member::Column::CompanyId.eq(company.0))
            .filter(member::Column::PersonId.eq(person.0))
            .filter(present())
            .order_by_desc(chat::Column::ActivityAt)
            .order_by_desc(chat::Column::Id)
            .limit(most.size() as u64);
        rows.all(&self.read).await?.into_iter().map(ChatRow::try_from).collect()
    }

    /// The newest message of each of several chats of a company.
    pub async fn last_messages(
        &self,
        company: CompanyId,
        chats: &[ChatRow],
    ) -> Result<HashMap<ChatId, Message>> {
        let written = chats.iter().filter(|chat| chat.last_ordinal > 0);
        let newest: Vec<_> = written.map(|chat| (chat.id, chat.last_ordinal)).collect();
        let rows = raw::chats::messages_at(&self.read, company.0, &newest).await?;
        rows.into_iter().map(|row| messages::from_row(row).map(|message| (message.chat, message))).collect()
    }
}

impl Tx {
    /// Adds a chat.
    pub async fn add_chat(&mut self, new: &ChatRow, pair: Option<(PersonId, PersonId)>) -> Result<()> {
        let row = chat::ActiveModel {
            id: Set(new.id.0),
            company_id: Set(new.company.0),
            kind: Set(match new.kind {
                ChatKind::Direct => "direct".to_owned(),
                ChatKind::Group => "group".to_owned(),
            }),
            name: Set(new.name.clone()),
            pair_key: Set(pair.map(|(one, other)| pair_key(one, other))),
            channel: Set(new.channel.as_str().to_owned()),
            last_ordinal: Set(0),
            members: Set(0),
            activity_at: Set(new.created_at),
            created_by: Set(new.created_by.0),
            created_at: Set(new.created_at),
        };
        chat::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Gives a group another name.
    pub async fn rename_chat(&mut self, company: CompanyId, chat: ChatId, name: &str) -> Result<()> {
        chat::Entity::update_many()
            .col_expr(chat::Column::Name, Expr::value(name))
            .filter(chat::Column::CompanyId.eq(company.0))
            .filter(chat::Column::Id.eq(chat.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Makes a direct chat that of another pair, or of none when that pair has one already.
    pub async fn set_pair(
        &mut self,
        company: CompanyId,
        chat: ChatId,
        one: PersonId,
        other: PersonId,
    ) -> Result<()> {
        let is_taken = self.direct_chat(company, one, other).await?.is_some();
        let key = (!is_taken).then(|| pair_key(one, other));
        chat::Entity::update_many()
            .col_expr(chat::Column::PairKey, Expr::value(key))
            .filter(chat::Column::Id.eq(chat.0))
            .filter(chat::Column::CompanyId.eq(company.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// The direct chat of two people inside this transaction.
    pub async fn direct_chat(
        &self,
        company: CompanyId,
        one: PersonId,
        other: PersonId,
    ) -> Result<Option<ChatId>> {
        let found = chat::Entity::find()
            .filter(chat::Column::CompanyId.eq(company.0))
            .filter(chat::Column::PairKey.eq(pair_key(one, other)));
        Ok(found.one(&self.db).await?.map(|row| row.id.into()))
    }

    /// The chat as it stands inside this transaction.
    pub async fn chat(&self, company: CompanyId, id: ChatId) -> Result<Option<ChatRow>> {
        let found = chat::Entity::find_by_id((company.0, id.0));
        found.one(&self.db).await?.map(ChatRow::try_from).transpose()
    }
}
