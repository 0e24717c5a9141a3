//! With whom clients are shared.

use crate::store::{
    PersonRow, Result, Store, Tx,
    entity::{client_share, person},
};
use causeway_api::{CompanyId, Millis, PersonId, people::PersonKind};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};
use uuid::Uuid;

impl Store {
    /// The employees who see a client.
    pub async fn shared_with(&self, company: CompanyId, client: PersonId) -> Result<Vec<PersonId>> {
        let rows = client_share::Entity::find()
            .filter(client_share::Column::CompanyId.eq(company.0))
            .filter(client_share::Column::ClientId.eq(client.0))
            .order_by_asc(client_share::Column::CreatedAt)
            .order_by_asc(client_share::Column::EmployeeId);
        Ok(rows.all(&self.read).await?.into_iter().map(|row| row.employee_id.into()).collect())
    }

    /// Which of `people` an employee may write to: colleagues, and clients shared with the employee.
    pub async fn shared_or_colleagues(
        &self,
        company: CompanyId,
        employee: PersonId,
        people: &[PersonRow],
    ) -> Result<Vec<PersonId>> {
        let clients =
            people.iter().filter(|row| row.person.kind == PersonKind::Client).map(|row| row.person.id.0);
        let shared: Vec<Uuid> = client_share::Entity::find()
            .select_only()
            .column(client_share::Column::ClientId)
            .filter(client_share::Column::CompanyId.eq(company.0))
            .filter(client_share::Column::EmployeeId.eq(employee.0))
            .filter(client_share::Column::ClientId.is_in(clients))
            .into_tuple()
            .all(&self.read)
            .await?;
        let sees =
            |row: &&PersonRow| row.person.kind == PersonKind::Colleague || shared.contains(&row.person.id.0);
        Ok(people.iter().filter(sees).map(|row| row.person.id).collect())
    }
}

impl Tx {
    /// The employees who see a client.
    pub async fn shared_with(&self, company: CompanyId, client: PersonId) -> Result<Vec<PersonId>> {
        let rows = client_share::Entity::find()
            .filter(client_share::Column::CompanyId.eq(company.0))
            .filter(client_share::Column::ClientId.eq(client.0));
        Ok(rows.all(&self.db).await?.into_iter().map(|row| row.employee_id.into()).collect())
    }

    /// The contact that a client is: itself, or the one that it was folded into.
    pub async fn contact_of(&self, company: CompanyId, client: PersonId) -> Result<PersonId> {
        let found = person::Entity::find_by_id((company.0, client.0)).one(&self.db).await?;
        Ok(found.and_then(|row| row.merged_into).map_or(client, PersonId))
    }

    /// Lets an employee see a client; false when that was so already.
    pub async fn share(
        &mut self,
        company: CompanyId,
        client: PersonId,
        employee: PersonId,
        now: Millis,
    ) -> Result<bool> {
        let row = client_share::ActiveModel {
            client_id: Set(client.0),
            employee_id: Set(employee.0),
            company_id: Set(company.0),
            created_at: Set(now),
        };
        let nothing = OnConflict::columns([
            client_share::Column::CompanyId,
            client_share::Column::ClientId,
            client_share::Column::EmployeeId,
        ])
        .do_nothing()
        .to_owned();
        Ok(client_share::Entity::insert(row).on_conflict(nothing).exec_without_returning(&self.db).await?
            == 1)
    }
}
