//! Who takes care of a client: the employee who has seen it for the longest time.

use crate::store::{
    Result, Store, Tx,
    entity::{channel_link, client_share},
};
use causeway_api::{CompanyId, Millis, PersonId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use std::collections::HashMap;

impl Store {
    /// Who takes care of each of some clients.
    pub async fn owners_of(
        &self,
        company: CompanyId,
        clients: &[PersonId],
    ) -> Result<HashMap<PersonId, PersonId>> {
        let rows = client_share::Entity::find()
            .filter(client_share::Column::CompanyId.eq(company.0))
            .filter(client_share::Column::ClientId.is_in(clients.iter().map(|client| client.0)))
            .order_by_desc(client_share::Column::CreatedAt)
            .order_by_desc(client_share::Column::EmployeeId);
        // The last one put in is the first that was written.
        Ok(rows
            .all(&self.read)
            .await?
            .into_iter()
            .map(|row| (row.client_id.into(), row.employee_id.into()))
            .collect())
    }
}

impl Tx {
    /// Who takes care of a client.
    pub async fn owner_of(&self, company: CompanyId, client: PersonId) -> Result<Option<PersonId>> {
        let first = client_share::Entity::find()
            .filter(client_share::Column::CompanyId.eq(company.0))
            .filter(client_share::Column::ClientId.eq(client.0))
            .order_by_asc(client_share::Column::CreatedAt)
            .order_by_asc(client_share::Column::EmployeeId);
        Ok(first.one(&self.db).await?.map(|row| row.employee_id.into()))
    }

    /// Another employee takes care of a client in the place of the former one, also of what is pending.
    pub async fn hand_over(
        &mut self,
        company: CompanyId,
        client: PersonId,
        from: Option<PersonId>,
        to: PersonId,
        now: Millis,
    ) -> Result<()> {
        let since = match from {
            Some(from) => {
                let old =
                    client_share::Entity::find_by_id((company.0, client.0, from.0)).one(&self.db).await?;
                self.unshare(company, client, from).await?;
                // Before everyone else who saw it as early.
                old.map_or(now, |row| row.created_at - 1)
            }
            None => now,
        };
        self.unshare(company, client, to).await?;
        self.share(company, client, to, since).await?;
        channel_link::Entity::update_many()
            .col_expr(channel_link::Column::InvitedBy, Expr::value(to.0))
            .filter(channel_link::Column::CompanyId.eq(company.0))
            .filter(channel_link::Column::PersonId.eq(client.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
