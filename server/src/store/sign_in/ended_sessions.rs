//! Ending sessions: one, those of a person, those on a device, those that are over.

use super::sessions::SessionRow;
use crate::store::{Result, Tx, entity::session};
use causeway_api::{CompanyId, Millis, PersonId, chats::Channel, paths::Side};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::ExprTrait};

impl Tx {
    /// Ends every session of a person but one; returns their hashes.
    pub async fn end_other_sessions_of(
        &mut self,
        company: CompanyId,
        person: PersonId,
        but: &[u8],
    ) -> Result<Vec<Vec<u8>>> {
        let others = session::Column::CompanyId
            .eq(company.0)
            .and(session::Column::PersonId.eq(person.0))
            .and(session::Column::Hash.ne(but.to_vec()));
        let ended = session::Entity::find()
            .select_only()
            .column(session::Column::Hash)
            .filter(others.clone())
            .into_tuple()
            .all(&self.db)
            .await?;
        session::Entity::delete_many().filter(others).exec(&self.db).await?;
        Ok(ended)
    }

    /// Ends a session.
    pub async fn end_session(&mut self, hash: &[u8]) -> Result<()> {
        session::Entity::delete_many().filter(session::Column::Hash.eq(hash.to_vec())).exec(&self.db).await?;
        Ok(())
    }

    /// Ends a session of a side, and returns it; `None` when there is none.
    pub async fn end_session_on(&mut self, hash: &[u8], side: Side) -> Result<Option<SessionRow>> {
        let ended = session::Entity::delete_many()
            .filter(session::Column::Hash.eq(hash.to_vec()))
            .filter(session::Column::Side.eq(side.as_str()))
            .exec_with_returning(&self.db)
            .await?;
        ended.into_iter().next().map(SessionRow::try_from).transpose()
    }

    /// Ends every session of a person; returns their hashes.
    pub async fn end_sessions_of(&mut self, company: CompanyId, person: PersonId) -> Result<Vec<Vec<u8>>> {
        let mine = session::Column::CompanyId.eq(company.0).and(session::Column::PersonId.eq(person.0));
        let hashes = session::Entity::find()
            .select_only()
            .column(session::Column::Hash)
            .filter(mine.clone())
            .into_tuple()
            .all(&self.db)
            .await?;
        session::Entity::delete_many().filter(mine).exec(&self.db).await?;
        Ok(hashes)
    }

    /// Ends the sessions of a client who came on a channel; returns their hashes.
    pub async fn end_sessions_on(
        &mut self,
        company: CompanyId,
        person: PersonId,
        channel: Channel,
    ) -> Result<Vec<Vec<u8>>> {
        let on_it = session::Column::CompanyId
            .eq(company.0)
            .and(session::Column::PersonId.eq(person.0))
            .and(session::Column::Channel.eq(channel.as_str()));
        let hashes = session::Entity::find()
            .select_only()
            .column(session::Column::Hash)
            .filter(on_it.clone())
            .into_tuple()
            .all(&self.db)
            .await?;
        session::Entity::delete_many().filter(on_it).exec(&self.db).await?;
        Ok(hashes)
    }

    /// Forgets sessions that ended before `now`.
    pub async fn purge_sessions(&mut self, now: Millis) -> Result<u64> {
        let over = session::Column::EndsAt.lte(now);
        Ok(session::Entity::delete_many().filter(over).exec(&self.db).await?.rows_affected)
    }
}
