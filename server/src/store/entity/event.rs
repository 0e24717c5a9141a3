//! The event log of a company, which is its archive: append-only and chained by hashes.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub at: i64,
    pub kind: String,
    pub chat_id: Uuid,
    pub actor_id: Uuid,
    /// JSON of `causeway_api::EventBody`.
    pub body: String,
    /// Salt of the body's digest; nothing in the first form of hashes.
    pub salt: Option<Vec<u8>>,
    /// SHA-256 over the hash before it and this row (`causeway_ledger`).
    pub hash: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
