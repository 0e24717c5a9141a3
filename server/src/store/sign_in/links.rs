//! Links: one-time links that set a password, and the personal link of a client.

use crate::actor::PersonKey;
use crate::store::{
    Result, Store, Tx,
    entity::{client_link, one_time_link},
};
use causeway_api::{CompanyId, Millis, PersonId, words};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

words! {
    /// What a one-time link is for.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Purpose {
        /// Sets the first password.
        Welcome = "welcome",
        /// Sets another password in the place of a forgotten one.
        Reset = "reset",
    }
}

impl Store {
    /// Whose unused, unexpired link for that purpose that is.
    pub async fn one_time_link(
        &self,
        hash: &[u8],
        purpose: Purpose,
        now: Millis,
    ) -> Result<Option<(CompanyId, PersonId)>> {
        let found = one_time_link::Entity::find()
            .filter(one_time_link::Column::Hash.eq(hash.to_vec()))
            .filter(one_time_link::Column::Purpose.eq(purpose.as_str()))
            .filter(one_time_link::Column::UsedAt.is_null())
            .filter(one_time_link::Column::ExpiresAt.gt(now));
        Ok(found.one(&self.read).await?.map(|row| (row.company_id.into(), row.person_id.into())))
    }

    /// Whose personal link that is, unless it was withdrawn.
    pub async fn client_link(&self, hash: &[u8]) -> Result<Option<(CompanyId, PersonId)>> {
        let found = client_link::Entity::find()
            .filter(client_link::Column::Hash.eq(hash.to_vec()))
            .filter(client_link::Column::RevokedAt.is_null());
        Ok(found.one(&self.read).await?.map(|row| (row.company_id.into(), row.person_id.into())))
    }
}

impl Tx {
    /// Adds a link that works once.
    pub async fn add_one_time_link(
        &mut self,
        who: PersonKey,
        purpose: Purpose,
        hash: Vec<u8>,
        expires_at: Millis,
    ) -> Result<()> {
        let row = one_time_link::ActiveModel {
            hash: Set(hash),
            company_id: Set(who.company.0),
            person_id: Set(who.person.0),
            purpose: Set(purpose.as_str().to_owned()),
            expires_at: Set(expires_at),
            used_at: Set(None),
        };
        one_time_link::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Withdraws the one-time links of a person, all or those for one purpose.
    pub async fn withdraw_one_time_links(
        &mut self,
        company: CompanyId,
        person: PersonId,
        purpose: Option<Purpose>,
    ) -> Result<()> {
        let mut gone = one_time_link::Entity::delete_many()
            .filter(one_time_link::Column::CompanyId.eq(company.0))
            .filter(one_time_link::Column::PersonId.eq(person.0));
        if let Some(purpose) = purpose {
            gone = gone.filter(one_time_link::Column::Purpose.eq(purpose.as_str()));
        }
        gone.exec(&self.db).await?;
        Ok(())
    }

    /// Uses a link up; nothing when it was used, has expired or never was.
    pub async fn use_one_time_link(
        &mut self,
        hash: &[u8],
        purpose: Purpose,
        now: Millis,
    ) -> Result<Option<(CompanyId, PersonId)>> {
        let used = one_time_link::Entity::update_many()
            .col_expr(one_time_link::Column::UsedAt, Expr::value(Some(now)))
            .filter(one_time_link::Column::Hash.eq(hash.to_vec()))
            .filter(one_time_link::Column::Purpose.eq(purpose.as_str()))
            .filter(one_time_link::Column::UsedAt.is_null())
            .filter(one_time_link::Column::ExpiresAt.gt(now))
            .exec_with_returning(&self.db)
            .await?;
        Ok(used.into_iter().next().map(|row| (row.company_id.into(), row.person_id.into())))
    }

    /// Adds a personal link of a client.
    pub async fn add_client_link(
        &mut self,
        company: CompanyId,
        client: PersonId,
        hash: Vec<u8>,
        now: Millis,
    ) -> Result<()> {
        let row = client_link::ActiveModel {
            hash: Set(hash),
            company_id: Set(company.0),
            person_id: Set(client.0),
            created_at: Set(now),
            revoked_at: Set(None),
        };
        client_link::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Withdraws every personal link of a client; returns how many there were.
    pub async fn revoke_client_links(
        &mut self,
        company: CompanyId,
        client: PersonId,
        now: Millis,
    ) -> Result<u64> {
        let revoked = client_link::Entity::update_many()
            .col_expr(client_link::Column::RevokedAt, Expr::value(Some(now)))
            .filter(client_link::Column::CompanyId.eq(company.0))
            .filter(client_link::Column::PersonId.eq(client.0))
            .filter(client_link::Column::RevokedAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(revoked.rows_affected)
    }
}
