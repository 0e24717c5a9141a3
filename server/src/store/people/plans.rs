//! The plan of a company, the places it has for users, and how many owners it has.

use crate::store::{Result, Store, StoreError, Tx, entity::company, words};
use causeway_api::{CompanyId, users::Plan};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

/// The plan of a company and what is used of it.
#[derive(Clone, Copy, Debug)]
pub struct PlanRow {
    /// The plan.
    pub plan: Plan,
    /// Employees who are not deactivated.
    pub users_used: i64,
    /// How many there may be.
    pub user_limit: Option<i64>,
    /// How many external users there may be.
    pub external_limit: Option<i64>,
}

/// Limits of a plan that change; what is `None` stays, `Some(None)` removes a limit.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlanLimits {
    /// How many employees there may be.
    pub users: Option<Option<i64>>,
    /// How many external users there may be.
    pub external: Option<Option<i64>>,
    /// Bytes that files may take.
    pub storage: Option<Option<i64>>,
}

impl Store {
    /// The plan of a company.
    pub async fn plan(&self, company: CompanyId) -> Result<Option<PlanRow>> {
        let found = company::Entity::find_by_id(company.0).one(&self.read).await?;
        found.map(PlanRow::try_from).transpose()
    }
}

impl TryFrom<company::Model> for PlanRow {
    type Error = StoreError;

    fn try_from(row: company::Model) -> Result<Self> {
        let plan = words::parse("company.plan", &row.plan)?;
        Ok(Self {
            plan,
            users_used: row.users_used.unwrap_or(0),
            user_limit: row.user_limit,
            external_limit: row.external_limit,
        })
    }
}

impl Tx {
    /// Takes a place for one more employee; false when every place is taken.
    pub async fn take_user_place(&mut self, company: CompanyId) -> Result<bool> {
        let is_free = Condition::any()
            .add(company::Column::UserLimit.is_null())
            .add(Expr::col(company::Column::UsersUsed).lt(Expr::col(company::Column::UserLimit)));
        let taken = company::Entity::update_many()
            .col_expr(company::Column::UsersUsed, Expr::col(company::Column::UsersUsed).add(1))
            .filter(company::Column::Id.eq(company.0))
            .filter(is_free)
            .exec(&self.db)
            .await?;
        Ok(taken.rows_affected == 1)
    }

    /// Gives the place of an employee back.
    pub async fn free_user_place(&mut self, company: CompanyId) -> Result<()> {
        company::Entity::update_many()
            .col_expr(company::Column::UsersUsed, Expr::col(company::Column::UsersUsed).sub(1))
            .filter(company::Column::Id.eq(company.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Counts one more active owner.
    pub async fn add_owner(&mut self, company: CompanyId) -> Result<()> {
        company::Entity::update_many()
            .col_expr(company::Column::Owners, Expr::col(company::Column::Owners).add(1))
            .filter(company::Column::Id.eq(company.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Counts one active owner less; false when that was the last.
    pub async fn drop_owner(&mut self, company: CompanyId) -> Result<bool> {
        let dropped = company::Entity::update_many()
            .col_expr(company::Column::Owners, Expr::col(company::Column::Owners).sub(1))
            .filter(company::Column::Id.eq(company.0))
            .filter(company::Column::Owners.gt(1))
            .exec(&self.db)
            .await?;
        Ok(dropped.rows_affected == 1)
    }

    /// Sets the plan of a company; a limit that is not given stays, an inner nothing removes it.
    pub async fn set_plan(
        &mut self,
        company: CompanyId,
        plan: Option<Plan>,
        limits: PlanLimits,
    ) -> Result<()> {
        let mut update = company::Entity::update_many().filter(company::Column::Id.eq(company.0));
        update = update.col_expr(company::Column::Id, Expr::col(company::Column::Id));
        if let Some(plan) = plan {
            update = update.col_expr(company::Column::Plan, Expr::value(plan.as_str()));
        }
        if let Some(limit) = limits.users {
            update = update.col_expr(company::Column::UserLimit, Expr::value(limit));
        }
        if let Some(limit) = limits.external {
            update = update.col_expr(company::Column::ExternalLimit, Expr::value(limit));
        }
        if let Some(limit) = limits.storage {
            update = update.col_expr(company::Column::StorageLimit, Expr::value(limit));
        }
        update.exec(&self.db).await?;
        Ok(())
    }
}
