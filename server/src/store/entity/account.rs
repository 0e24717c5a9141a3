//! What an employee or an external user signs in with.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    pub username: String,
    /// `username` in the form in which it is compared; unique in the company.
    pub username_key: String,
    /// `username` folded, for search and order.
    pub username_folded: String,
    /// Argon2id in PHC form; none until the welcome link was used.
    pub password_hash: Option<String>,
    /// Counts the changes of the password.
    pub password_version: i64,
    pub created_at: i64,
    /// The password is the code of a registration, good for one sign-in until then.
    pub initial_until: Option<i64>,
    /// Devices that are linked.
    pub linked_devices: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
