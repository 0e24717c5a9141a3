//! Accounts: what employees sign in with.

use crate::{
    input::{fold::list_key, names},
    store::{
        Result, Store, Tx,
        entity::{account, person},
    },
};
use causeway_api::{CompanyId, Millis, PersonId, validate::name_key};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

/// The user name and password of a person.
#[derive(Clone, Debug)]
pub struct Account {
    /// The person who signs in with it.
    pub person: PersonId,
    /// The user name as given.
    pub username: String,
    /// Argon2id in PHC form; none before the first password was set.
    pub password_hash: Option<String>,
    /// The password is the code of a registration, good for one sign-in until then.
    pub initial_until: Option<Millis>,
    /// Counts the changes of the password.
    pub password_version: i64,
}

impl From<account::Model> for Account {
    fn from(row: account::Model) -> Self {
        let account::Model { person_id, username, password_hash, initial_until, password_version, .. } = row;
        Self { person: person_id.into(), username, password_hash, initial_until, password_version }
    }
}

impl Store {
    /// The active account of that user name, however it is written.
    pub async fn account_by_username(&self, company: CompanyId, username: &str) -> Result<Option<Account>> {
        let found = self.of_username(company, username).await?;
        Ok(found.filter(|(_, owner)| owner.inactive_at.is_none()).map(|(account, _)| account.into()))
    }

    /// Who signs in with that name, active or not, and whether that account is inactive.
    pub async fn username_holder(
        &self,
        company: CompanyId,
        username: &str,
    ) -> Result<Option<(PersonId, bool)>> {
        let found = self.of_username(company, username).await?;
        Ok(found.map(|(account, owner)| (account.person_id.into(), owner.inactive_at.is_some())))
    }

    async fn of_username(
        &self,
        company: CompanyId,
        username: &str,
    ) -> Result<Option<(account::Model, person::Model)>> {
        let owner = account::Entity::belongs_to(person::Entity)
            .from((account::Column::CompanyId, account::Column::PersonId))
            .to((person::Column::CompanyId, person::Column::Id))
            .into();
        let found = account::Entity::find()
            .join(JoinType::InnerJoin, owner)
            .select_also(person::Entity)
            .filter(account::Column::CompanyId.eq(company.0))
            .filter(account::Column::UsernameKey.is_in([names::key(username), name_key(username)]));
        let found = found.all(&self.read).await?.into_iter().filter_map(|(row, owner)| Some((row, owner?)));
        Ok(names::exact(found, username, |(row, _)| &row.username_key))
    }

    /// The account of a person.
    pub async fn account(&self, company: CompanyId, person: PersonId) -> Result<Option<Account>> {
        let found = account::Entity::find_by_id((company.0, person.0));
        Ok(found.one(&self.read).await?.map(Account::from))
    }
}

impl Tx {
    /// Adds an account.
    pub async fn add_account(&mut self, company: CompanyId, account: Account, now: Millis) -> Result<()> {
        let row = account::ActiveModel {
            person_id: Set(account.person.0),
            company_id: Set(company.0),
            username_key: Set(names::key(&account.username)),
            username_folded: Set(list_key(&account.username)),
            username: Set(account.username),
            password_hash: Set(account.password_hash),
            linked_devices: Set(0),
            password_version: Set(account.password_version),
            initial_until: Set(account.initial_until),
            created_at: Set(now),
        };
        account::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Uses the initial password of a person up, if there is one; true when there was.
    pub async fn use_initial_password(&mut self, company: CompanyId, person: PersonId) -> Result<bool> {
        let used = account::Entity::update_many()
            .col_expr(account::Column::PasswordHash, Expr::value(Option::<String>::None))
            .col_expr(account::Column::InitialUntil, Expr::value(Option::<Millis>::None))
            .col_expr(account::Column::PasswordVersion, Expr::col(account::Column::PasswordVersion).add(1))
            .filter(account::Column::CompanyId.eq(company.0))
            .filter(account::Column::PersonId.eq(person.0))
            .filter(account::Column::InitialUntil.is_not_null())
            .exec(&self.db)
            .await?;
        Ok(used.rows_affected == 1)
    }

    /// Sets the hash of a new password.
    pub async fn set_password(&mut self, company: CompanyId, person: PersonId, hash: String) -> Result<()> {
        account::Entity::update_many()
            .col_expr(account::Column::PasswordHash, Expr::value(Some(hash)))
            .col_expr(account::Column::InitialUntil, Expr::value(Option::<Millis>::None))
            .col_expr(account::Column::PasswordVersion, Expr::col(account::Column::PasswordVersion).add(1))
            .filter(account::Column::CompanyId.eq(company.0))
            .filter(account::Column::PersonId.eq(person.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
