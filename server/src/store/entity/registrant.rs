//! Someone who waits for the code of a registration, and holds a place meanwhile.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registrant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    /// SHA-256 of the token in the browser's cookie.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
    pub name: String,
    pub email: String,
    pub language: String,
    /// 1 when the address has an account already: no code was sent, and none fits.
    pub is_known: i32,
    /// The place is free again from then on.
    pub place_until: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
