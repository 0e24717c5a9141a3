//! Places of a company for external users, and who holds one while registering.

use super::{Registrant, RegistrationRow};
use crate::store::{
    Result, Tx,
    entity::{company, registrant, registration},
};
use causeway_api::{CompanyId, Millis};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

impl Tx {
    /// Gives the places of expired registrations back.
    pub async fn expire_registrants(&mut self, company: CompanyId, now: Millis) -> Result<()> {
        let expired = registrant::Entity::delete_many()
            .filter(registrant::Column::CompanyId.eq(company.0))
            .filter(registrant::Column::PlaceUntil.lte(now))
            .exec(&self.db)
            .await?
            .rows_affected;
        if expired > 0 {
            let count = i64::try_from(expired).unwrap_or(i64::MAX);
            self.move_places(company, -count, 0).await?;
        }
        Ok(())
    }

    /// The companies with registrations that have expired.
    pub async fn companies_with_expired(&self, now: Millis) -> Result<Vec<CompanyId>> {
        let rows: Vec<uuid::Uuid> = registrant::Entity::find()
            .select_only()
            .column(registrant::Column::CompanyId)
            .filter(registrant::Column::PlaceUntil.lte(now))
            .distinct()
            .into_tuple()
            .all(&self.db)
            .await?;
        Ok(rows.into_iter().map(CompanyId).collect())
    }

    async fn move_places(&mut self, company: CompanyId, pending: i64, registered: i64) -> Result<()> {
        let column = registration::Column::Pending;
        registration::Entity::update_many()
            .col_expr(column, Expr::col(column).add(pending))
            .col_expr(
                registration::Column::Registered,
                Expr::col(registration::Column::Registered).add(registered),
            )
            .filter(registration::Column::CompanyId.eq(company.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Takes a place for a registration under way, when it is open and one is free: one statement decides.
    pub async fn take_place(&mut self, company: CompanyId, limit: Option<i64>) -> Result<bool> {
        let taken = registration::Entity::update_many()
            .col_expr(registration::Column::Pending, Expr::col(registration::Column::Pending).add(1))
            .filter(registration::Column::CompanyId.eq(company.0))
            .filter(registration::Column::Closed.is_null())
            .filter(
                Expr::col(registration::Column::Registered)
                    .add(Expr::col(registration::Column::Pending))
                    .lt(limit.unwrap_or(i64::MAX)),
            )
            .exec(&self.db)
            .await?;
        Ok(taken.rows_affected == 1)
    }

    /// Turns a place under way into a registered one, while registration is open; returns the settings as they are then.
    pub async fn keep_place(&mut self, company: CompanyId) -> Result<Option<RegistrationRow>> {
        let kept = registration::Entity::update_many()
            .col_expr(registration::Column::Pending, Expr::col(registration::Column::Pending).sub(1))
            .col_expr(registration::Column::Registered, Expr::col(registration::Column::Registered).add(1))
            .filter(registration::Column::CompanyId.eq(company.0))
            .filter(registration::Column::Closed.is_null())
            .exec_with_returning(&self.db)
            .await?;
        kept.into_iter().next().map(RegistrationRow::try_from).transpose()
    }

    /// Ends a registration under way in a company and gives its place back.
    pub async fn give_place_back(&mut self, company: CompanyId, hash: &[u8]) -> Result<()> {
        let ended = registrant::Entity::delete_by_id((company.0, hash.to_vec())).exec(&self.db).await?;
        if ended.rows_affected == 1 {
            self.move_places(company, -1, 0).await?;
        }
        Ok(())
    }

    /// Gives the place of an external user back who was deactivated.
    pub async fn free_place(&mut self, company: CompanyId) -> Result<()> {
        self.move_places(company, 0, -1).await
    }

    /// Takes a place for an external user who is active again; false when every place is taken.
    pub async fn retake_place(&mut self, company: CompanyId, limit: Option<i64>) -> Result<bool> {
        let taken = registration::Entity::update_many()
            .col_expr(registration::Column::Registered, Expr::col(registration::Column::Registered).add(1))
            .filter(registration::Column::CompanyId.eq(company.0))
            .filter(
                Expr::col(registration::Column::Registered)
                    .add(Expr::col(registration::Column::Pending))
                    .lt(limit.unwrap_or(i64::MAX)),
            )
            .exec(&self.db)
            .await?;
        Ok(taken.rows_affected == 1)
    }

    /// The limit of external users, inside this transaction.
    pub async fn external_limit(&self, company: CompanyId) -> Result<Option<i64>> {
        Ok(company::Entity::find_by_id(company.0).one(&self.db).await?.and_then(|row| row.external_limit))
    }

    /// Adds someone who holds a place.
    pub async fn add_registrant(&mut self, new: Registrant) -> Result<()> {
        let row = registrant::ActiveModel {
            hash: Set(new.hash),
            company_id: Set(new.company.0),
            name: Set(new.name),
            email: Set(new.email),
            language: Set(new.language),
            is_known: Set(i32::from(new.is_known)),
            place_until: Set(new.place_until),
        };
        registrant::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Uses a registration up; false when someone else just did.
    pub async fn end_registrant(&mut self, company: CompanyId, hash: &[u8]) -> Result<bool> {
        let ended = registrant::Entity::delete_by_id((company.0, hash.to_vec())).exec(&self.db).await?;
        Ok(ended.rows_affected == 1)
    }
}
