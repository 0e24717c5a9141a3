//! Something to be sent outward: mail or SMS.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub company_id: Uuid,
    /// `sms` or `email`.
    pub kind: String,
    pub recipient: String,
    pub subject: String,
    /// Emptied once it was sent or given up: it may hold a code.
    pub body: String,
    /// `queued`, `sent` or `dead`.
    pub state: String,
    pub attempts: i32,
    pub next_at: i64,
    pub last_error: String,
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
