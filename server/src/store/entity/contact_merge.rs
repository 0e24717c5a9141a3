//! A contact that was folded into another, and what the kept one was before.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contact_merge")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kept_id: Uuid,
    pub other_id: Uuid,
    /// The name that the other had; its conversations carry the kept one's from then on.
    pub other_name: String,
    pub by_id: Uuid,
    pub at: i64,
    /// JSON of the kept one's profile before.
    pub before: String,
    /// JSON of it after.
    pub after: String,
    /// JSON of the shares that were added: pairs of client and employee.
    pub shared: String,
    pub undone_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
