//! Accounts: what employees sign in with.

use super::{Result, Store, Tx, entity::account};
use causeway_api::{CompanyId, Millis, PersonId, validate::name_key};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

/// An account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Whose.
    pub person: PersonId,
    /// The user name as given.
    pub username: String,
    /// Argon2id in PHC form; none before the first password was set.
    pub password_hash: Option<String>,
}

impl From<account::Model> for Account {
    fn from(row: account::Model) -> Self {
        Self { person: row.person_id.into(), username: row.username, password_hash: row.password_hash }
    }
}

impl Store {
    /// The account of that user name, however it is written.
    pub async fn account_by_username(&self, company: CompanyId, username: &str) -> Result<Option<Account>> {
        let found = account::Entity::find()
            .filter(account::Column::CompanyId.eq(company.0))
            .filter(account::Column::UsernameKey.eq(name_key(username)));
        Ok(found.one(&self.read).await?.map(Account::from))
    }

    /// The account of a person.
    pub async fn account(&self, company: CompanyId, person: PersonId) -> Result<Option<Account>> {
        let found = account::Entity::find_by_id(person.0).filter(account::Column::CompanyId.eq(company.0));
        Ok(found.one(&self.read).await?.map(Account::from))
    }
}

impl Tx {
    /// Adds an account.
    pub async fn add_account(&mut self, company: CompanyId, account: Account, now: Millis) -> Result<()> {
        let row = account::ActiveModel {
            person_id: Set(account.person.0),
            company_id: Set(company.0),
            username_key: Set(name_key(&account.username)),
            username: Set(account.username),
            password_hash: Set(account.password_hash),
            created_at: Set(now),
        };
        account::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Sets the hash of a new password.
    pub async fn set_password(&mut self, company: CompanyId, person: PersonId, hash: String) -> Result<()> {
        account::Entity::update_many()
            .col_expr(account::Column::PasswordHash, Expr::value(Some(hash)))
            .filter(account::Column::CompanyId.eq(company.0))
            .filter(account::Column::PersonId.eq(person.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
