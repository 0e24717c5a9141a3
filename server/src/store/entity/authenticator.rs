//! The authenticator app of a person (RFC 6238).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "authenticator")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    /// The seed, encrypted under the server key.
    pub sealed_seed: Vec<u8>,
    /// The step of the last code that was taken; each is good for once.
    pub last_step: i64,
    pub created_at: i64,
    /// When its first code was confirmed; it counts from then on.
    pub confirmed_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
