//! Someone forgot a password; whether there is such an account has not been looked at yet.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "password_reset_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The company, as it was typed.
    pub company_name: String,
    /// The user name, as it was typed.
    pub username: String,
    /// The network address of who asked.
    pub address: String,
    /// The browser's own description.
    pub agent: String,
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
