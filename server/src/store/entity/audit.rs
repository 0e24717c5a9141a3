//! Every administrative and security event, by whom and from where; append-only.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: i64,
    /// The nil id for someone who is not known, and for the operator.
    pub actor_id: Uuid,
    pub action: String,
    /// What it was done to: the key of a feature, the id of a person.
    pub subject: String,
    /// JSON.
    pub before: String,
    /// JSON.
    pub after: String,
    /// The network address it was done from.
    pub address: Option<String>,
    /// The browser it was done in.
    pub device: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
