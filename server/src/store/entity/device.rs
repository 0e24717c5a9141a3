//! A browser or a linked phone on which a person has signed in. Only the hash of its token is kept.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "device")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    /// SHA-256 of the token in its cookie; unique together with the person.
    pub hash: Vec<u8>,
    /// What its owner calls it; empty for its browser and system.
    pub name: String,
    /// The browser's own description.
    pub agent: String,
    pub address: String,
    pub created_at: i64,
    pub seen_at: i64,
    /// When it was linked with a code.
    pub linked_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
