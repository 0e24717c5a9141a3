//! Users as org admins see them, and the places that a company has for them.

use super::by_name;
use crate::{
    input::{emails, fold::list_key},
    store::{
        PersonRow, Result, Store, StoreError, Tx, backend_of,
        entity::{account, company, person, session},
        words,
    },
};
use causeway_api::{
    CompanyId, Millis, PersonId,
    people::{PersonKind, Role},
    users::{Plan, UserForm},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Order},
};
use std::collections::HashMap;

/// A user.
#[derive(Clone, Debug)]
pub struct UserRow {
    /// The person.
    pub row: PersonRow,
    /// What the user signs in with.
    pub username: String,
    /// Whether a password was ever set.
    pub has_password: bool,
    /// When the user was created.
    pub created_at: Millis,
    /// The last action in a session that is still open.
    pub seen_at: Option<Millis>,
    /// Whether an authenticator app or a passkey is set up.
    pub has_second_factor: bool,
}

/// The plan of a company and what is used of it.
#[derive(Clone, Copy, Debug)]
pub struct PlanRow {
    /// The plan.
    pub plan: Plan,
    /// Employees who are not inactivated.
    pub users_used: i64,
    /// How many there may be.
    pub user_limit: Option<i64>,
    /// How many external users there may be.
    pub external_limit: Option<i64>,
}

impl Store {
    /// The users of a company with an account of that kind, by name.
    pub async fn users(&self, company: CompanyId, kind: PersonKind) -> Result<Vec<UserRow>> {
        let of_kind = person::Column::Kind.eq(words::kind_word(kind));
        self.users_where(company, Condition::all().add(of_kind)).await
    }

    /// One person with an account.
    pub async fn user(&self, company: CompanyId, person: PersonId) -> Result<Option<UserRow>> {
        let this = Condition::all().add(person::Column::Id.eq(person.0));
        Ok(self.users_where(company, this).await?.pop())
    }

    async fn users_where(&self, company: CompanyId, wanted: Condition) -> Result<Vec<UserRow>> {
        let seen: Vec<(uuid::Uuid, Option<i64>)> = session::Entity::find()
            .select_only()
            .column(session::Column::PersonId)
            .column_as(Expr::col(session::Column::SeenAt).max(), "seen")
            .filter(session::Column::CompanyId.eq(company.0))
            .group_by(session::Column::PersonId)
            .into_tuple()
            .all(&self.read)
            .await?;
        let seen: HashMap<uuid::Uuid, Option<i64>> = seen.into_iter().collect();
        let own = account::Entity::belongs_to(person::Entity)
            .from((account::Column::CompanyId, account::Column::PersonId))
            .to((person::Column::CompanyId, person::Column::Id))
            .into();
        let rows = account::Entity::find()
            .join(sea_orm::JoinType::InnerJoin, own)
            .select_also(person::Entity)
            .filter(account::Column::CompanyId.eq(company.0))
            .filter(wanted)
            .order_by(by_name(backend_of(&self.read)), Order::Asc)
            .order_by_asc(person::Column::Id);
        let rows =
            rows.all(&self.read).await?.into_iter().filter_map(|(account, person)| Some((account, person?)));
        rows.map(|(account, person)| {
            Ok(UserRow {
                seen_at: seen.get(&person.id).copied().flatten(),
                created_at: person.created_at,
                has_second_factor: person.has_second_factor == 1,
                row: PersonRow::try_from(person)?,
                username: account.username,
                has_password: account.password_hash.is_some(),
            })
        })
        .collect()
    }

    /// The plan of a company.
    pub async fn plan(&self, company: CompanyId) -> Result<Option<PlanRow>> {
        let found = company::Entity::find_by_id(company.0).one(&self.read).await?;
        found.map(PlanRow::try_from).transpose()
    }
}

impl TryFrom<company::Model> for PlanRow {
    type Error = StoreError;

    fn try_from(row: company::Model) -> Result<Self> {
        let plan = Plan::parse(&row.plan)
            .ok_or_else(|| StoreError::Corrupt(format!("company.plan {}", row.plan)))?;
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

    /// Inactivates a person, or makes the account active again; false when it was so already.
    pub async fn set_inactive(
        &mut self,
        company: CompanyId,
        person: PersonId,
        at: Option<Millis>,
    ) -> Result<bool> {
        let was = if at.is_some() {
            person::Column::InactiveAt.is_null()
        } else {
            person::Column::InactiveAt.is_not_null()
        };
        let done = person::Entity::update_many()
            .col_expr(person::Column::InactiveAt, Expr::value(at))
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::Id.eq(person.0))
            .filter(was)
            .exec(&self.db)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Writes what is known of a user, as `domain::users::read_form` gives it, whose role was `before`; false when someone has changed the role meanwhile.
    pub async fn edit_user(
        &mut self,
        company: CompanyId,
        person: PersonId,
        before: Option<Role>,
        new: &UserForm,
    ) -> Result<bool> {
        let language = (!new.language.is_empty()).then(|| new.language.clone());
        let edited = person::Entity::update_many()
            .col_expr(person::Column::Name, Expr::value(new.name.as_str()))
            .col_expr(person::Column::NameKey, Expr::value(list_key(&new.name)))
            .col_expr(person::Column::Email, Expr::value(new.email.as_str()))
            .col_expr(person::Column::EmailKey, Expr::value(emails::key(&new.email)))
            .col_expr(person::Column::Phone, Expr::value(new.phone.as_str()))
            .col_expr(person::Column::AboutKey, Expr::value(list_key(&new.about)))
            .col_expr(person::Column::About, Expr::value(new.about.as_str()))
            .col_expr(person::Column::Language, Expr::value(language))
            .col_expr(person::Column::Role, Expr::value(Some(new.role.as_str())))
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::Id.eq(person.0))
            .filter(person::Column::Role.eq(before.map(Role::as_str)))
            .exec(&self.db)
            .await?;
        Ok(edited.rows_affected == 1)
    }

    /// Gives a user whose role was `before` another one; false when someone has changed it meanwhile.
    pub async fn set_role(
        &mut self,
        company: CompanyId,
        person: PersonId,
        before: Option<Role>,
        role: Role,
    ) -> Result<bool> {
        let done = person::Entity::update_many()
            .col_expr(person::Column::Role, Expr::value(Some(role.as_str())))
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::Id.eq(person.0))
            .filter(person::Column::Role.eq(before.map(Role::as_str)))
            .exec(&self.db)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Sets the plan of a company; a limit that is not given stays, an inner nothing removes it.
    pub async fn set_plan(
        &mut self,
        company: CompanyId,
        plan: Option<Plan>,
        (users, external): (Option<Option<i64>>, Option<Option<i64>>),
    ) -> Result<()> {
        let mut update = company::Entity::update_many().filter(company::Column::Id.eq(company.0));
        update = update.col_expr(company::Column::Id, Expr::col(company::Column::Id));
        if let Some(plan) = plan {
            update = update.col_expr(company::Column::Plan, Expr::value(plan.as_str()));
        }
        if let Some(limit) = users {
            update = update.col_expr(company::Column::UserLimit, Expr::value(limit));
        }
        if let Some(limit) = external {
            update = update.col_expr(company::Column::ExternalLimit, Expr::value(limit));
        }
        update.exec(&self.db).await?;
        Ok(())
    }
}
