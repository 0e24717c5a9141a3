//! Something to be sent outward: mail or SMS.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `sms` or `email`.
    pub kind: String,
    pub recipient: String,
    pub subject: String,
    /// Of rows from before they were sealed; emptied once sent or given up.
    pub body: String,
    /// `queued`, `sent` or `dead`.
    pub state: String,
    pub attempts: i32,
    pub next_at: i64,
    pub last_error: String,
    pub created_at: i64,
    /// Subject and body, encrypted and bound to the id: they may hold a code. Removed once sent or given up.
    pub sealed: Option<Vec<u8>>,
    /// Whom it is for; nothing for a stranger, as one who registers.
    pub person_id: Option<Uuid>,
    /// Template of the text.
    pub letter: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
