//! A client who waits for a code, or somebody who was never invited and cannot tell the difference.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "onboarding")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
    pub company_id: Uuid,
    pub person_id: Option<Uuid>,
    pub channel: String,
    pub address: String,
    pub code_mac: Vec<u8>,
    pub attempts: i32,
    pub sends: i32,
    pub next_send_at: i64,
    pub expires_at: i64,
    pub used_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
