//! Requests for another password that wait to be looked at.

use crate::{
    actor::Browser,
    clock,
    store::{Result, Store, Tx, entity::password_reset_request as request},
};
use causeway_api::Millis;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder, QuerySelect};
use uuid::Uuid;

/// A request that waits.
#[derive(Clone, Debug)]
pub struct PasswordResetRequest {
    pub id: Uuid,
    /// The company, as it was typed.
    pub company: String,
    /// The user name, as it was typed.
    pub username: String,
    /// Who asked.
    pub from: Browser,
}

impl Store {
    /// What waits, oldest first.
    pub async fn password_reset_requests(&self, most: u64) -> Result<Vec<PasswordResetRequest>> {
        let rows = request::Entity::find().order_by_asc(request::Column::Id).limit(most);
        let read = |row: request::Model| PasswordResetRequest {
            id: row.id,
            company: row.company_name,
            username: row.username,
            from: Browser { address: row.address, agent: row.agent },
        };
        Ok(rows.all(&self.read).await?.into_iter().map(read).collect())
    }
}

impl Tx {
    /// Keeps a request until it is looked at.
    pub async fn add_password_reset_request(
        &mut self,
        company: String,
        username: String,
        from: Browser,
        now: Millis,
    ) -> Result<()> {
        let row = request::ActiveModel {
            id: Set(clock::new_id()),
            company_name: Set(company),
            username: Set(username),
            address: Set(from.address),
            agent: Set(from.agent),
            created_at: Set(now),
        };
        request::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Takes a request; whether it still waited.
    pub async fn take_password_reset_request(&mut self, id: Uuid) -> Result<bool> {
        Ok(request::Entity::delete_by_id(id).exec(&self.db).await?.rows_affected == 1)
    }
}
