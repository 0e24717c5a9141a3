//! A signed-in browser. Only the hash of its token is kept.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
    pub person_id: Uuid,
    /// `portal` or `client`.
    pub side: String,
    pub created_at: i64,
    /// Last action of the person.
    pub seen_at: i64,
    pub ends_at: i64,
    pub agent: String,
    pub address: String,
    /// When its person last confirmed a code in it.
    pub confirmed_at: Option<i64>,
    /// 1 when a password has to be chosen before anything else.
    pub must_set_password: Option<i64>,
    /// The channel that a client came on.
    pub channel: Option<String>,
    /// The device of an employee.
    pub device_id: Option<Uuid>,
    /// The hash of the token before it was renewed.
    pub previous_hash: Option<Vec<u8>>,
    pub renewed_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
