//! A company: the tenant, and the head of its event log.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "company")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The name to type at sign-in, as given.
    pub name: String,
    /// `name` in the form in which it is compared; unique.
    pub name_key: String,
    /// The name as shown.
    pub shown: String,
    /// `shown` in the form in which it is compared; companies may share it.
    pub shown_key: String,
    /// free, pro or enterprise.
    pub plan: String,
    /// Sequence number of the newest event.
    pub last_seq: i64,
    /// Hash of the newest event; 32 zero bytes before the first.
    pub last_hash: Vec<u8>,
    /// The form in which its next event is hashed: 1 over the body, 2 over a salted digest of it.
    pub hash_form: i32,
    pub created_at: i64,
    /// How many employees may be active; nothing means no limit.
    pub user_limit: Option<i64>,
    /// How many external users there may be.
    pub external_limit: Option<i64>,
    /// A small number of its own, from which the index numbers its documents.
    pub number: Option<i64>,
    /// Bytes that its files may take; `None` for the usual.
    pub storage_limit: Option<i64>,
    /// Employees who are not deactivated.
    pub users_used: Option<i64>,
    /// Owners who are not deactivated.
    pub owners: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
