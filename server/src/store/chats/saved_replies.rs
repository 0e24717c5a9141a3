//! Saved replies.

use crate::{
    input::names,
    store::{Result, Store, Tx, entity::saved_reply},
};
use causeway_api::{CompanyId, PersonId, SavedReplyId, chats::saved_replies::SavedReply};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};
use uuid::Uuid;

/// Who has a saved reply: a person, or the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyOwner {
    /// One person.
    Person(PersonId),
    /// Every employee of the company.
    Team,
}

impl ReplyOwner {
    fn id(self) -> Uuid {
        match self {
            Self::Person(person) => person.0,
            Self::Team => Uuid::nil(),
        }
    }
}

impl From<saved_reply::Model> for SavedReply {
    fn from(row: saved_reply::Model) -> Self {
        let saved_reply::Model { id, owner_id, shortcut, title, text, .. } = row;
        Self { id: SavedReplyId(id), shortcut, title, text, is_team: owner_id.is_nil() }
    }
}

impl Store {
    /// The saved replies of a person and of the team, by shortcut; the person's own come first.
    pub async fn saved_replies(&self, company: CompanyId, person: PersonId) -> Result<Vec<SavedReply>> {
        let rows = saved_reply::Entity::find()
            .filter(saved_reply::Column::CompanyId.eq(company.0))
            .filter(saved_reply::Column::OwnerId.is_in([person.0, Uuid::nil()]))
            .order_by_asc(saved_reply::Column::ShortcutKey)
            .order_by_desc(saved_reply::Column::OwnerId);
        Ok(rows.all(&self.read).await?.into_iter().map(SavedReply::from).collect())
    }
}

impl Tx {
    /// A saved reply, and whose it is.
    pub async fn saved_reply(
        &self,
        company: CompanyId,
        id: SavedReplyId,
    ) -> Result<Option<(ReplyOwner, SavedReply)>> {
        let row = saved_reply::Entity::find_by_id((company.0, id.0)).one(&self.db).await?;
        let owned = |row: saved_reply::Model| match row.owner_id {
            team if team.is_nil() => (ReplyOwner::Team, row.into()),
            person => (ReplyOwner::Person(PersonId(person)), row.into()),
        };
        Ok(row.map(owned))
    }

    /// How many saved replies someone has.
    pub async fn count_saved_replies(&self, company: CompanyId, owner: ReplyOwner) -> Result<u64> {
        let rows = saved_reply::Entity::find()
            .filter(saved_reply::Column::CompanyId.eq(company.0))
            .filter(saved_reply::Column::OwnerId.eq(owner.id()));
        Ok(rows.count(&self.db).await?)
    }

    /// Keeps a saved reply, new or as it is now; a conflict when its owner has another one under the shortcut.
    pub async fn keep_saved_reply(
        &mut self,
        company: CompanyId,
        owner: ReplyOwner,
        reply: &SavedReply,
    ) -> Result<()> {
        let row = saved_reply::ActiveModel {
            company_id: Set(company.0),
            id: Set(reply.id.0),
            owner_id: Set(owner.id()),
            shortcut: Set(reply.shortcut.clone()),
            shortcut_key: Set(names::spelling_key(&reply.shortcut)),
            title: Set(reply.title.clone()),
            text: Set(reply.text.clone()),
        };
        let kept = OnConflict::columns([saved_reply::Column::CompanyId, saved_reply::Column::Id])
            .update_columns([
                saved_reply::Column::Shortcut,
                saved_reply::Column::ShortcutKey,
                saved_reply::Column::Title,
                saved_reply::Column::Text,
            ])
            .to_owned();
        saved_reply::Entity::insert(row).on_conflict(kept).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Removes a saved reply.
    pub async fn remove_saved_reply(&mut self, company: CompanyId, id: SavedReplyId) -> Result<()> {
        saved_reply::Entity::delete_by_id((company.0, id.0)).exec(&self.db).await?;
        Ok(())
    }
}
