//! A direct conversation or a group.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "chat")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `direct` or `group`.
    pub kind: String,
    pub name: String,
    /// The two people of a direct chat; unique in the company.
    pub pair_key: Option<String>,
    pub channel: String,
    pub last_ordinal: i64,
    /// How many are members now.
    pub members: i64,
    /// When it was made or last written to.
    pub activity_at: i64,
    pub created_by: Uuid,
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
