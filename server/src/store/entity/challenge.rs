//! A sign-in that waits for its code, bound to the browser that asked.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "challenge")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
    pub company_id: Uuid,
    pub person_id: Uuid,
    /// HMAC-SHA256 of the code under the server key; empty when none was sent.
    pub code_mac: Vec<u8>,
    /// Guesses evaluated so far.
    pub attempts: i32,
    /// Codes sent so far.
    pub sends: i32,
    pub next_send_at: i64,
    pub expires_at: i64,
    pub used_at: Option<i64>,
    /// What a passkey is checked against, as JSON.
    pub passkey_state: Option<String>,
    /// Wrong passwords before the right one.
    pub earlier_failures: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
