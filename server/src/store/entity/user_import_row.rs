//! A row of a file of users that is imported.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_import_row")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: Uuid,
    /// The line of the file.
    #[sea_orm(primary_key, auto_increment = false)]
    pub line: i64,
    pub name: String,
    pub email: String,
    /// The role as written.
    pub role: String,
    /// The user as JSON; empty once the row has an outcome.
    pub form: String,
    /// What became of the row, as JSON; empty while it waits.
    pub outcome: String,
    /// 1 until the row has an outcome.
    pub is_waiting: i32,
    /// How often importing it failed for a reason that was not its own.
    pub tries: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
