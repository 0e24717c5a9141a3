//! An import of users from a file.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_import")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The name of the file.
    pub file: String,
    pub state: String,
    /// 1 while it runs, else absent: a unique index allows one per company.
    pub running: Option<i32>,
    /// Who started it.
    pub author_id: Uuid,
    /// The network address and the browser it was started from, for the audit log.
    pub address: String,
    pub device: String,
    pub started_at: i64,
    pub ended_at: Option<i64>,
    /// The rows of the file, and those that have an outcome.
    pub total: i64,
    pub imported: i64,
    pub refused: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
