//! What was done to govern the company, by whom and from where; append-only.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub company_id: Uuid,
    pub at: i64,
    pub actor_id: Uuid,
    pub action: String,
    /// What it was done to: the key of a feature, the id of a person.
    pub subject: String,
    /// JSON.
    pub before: String,
    /// JSON.
    pub after: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
