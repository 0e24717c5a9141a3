//! A file: an upload, and what became of it.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who uploads it.
    pub person_id: Uuid,
    /// The chat it is for.
    pub chat_id: Uuid,
    pub name: String,
    /// In bytes.
    pub size: i64,
    /// Bytes that have arrived.
    pub received: i64,
    pub state: String,
    /// The word of the fault; empty for none.
    pub refused: String,
    /// In hex; empty until it is known.
    pub sha256: String,
    /// The word of its group; empty until it is known.
    pub kind: String,
    pub media: String,
    pub width: Option<i32>,
    pub height: Option<i32>,
    /// Of a voice note: empty until it was listened to, then what is told about it, as JSON. Nothing for any other file.
    pub voice: Option<String>,
    pub created_at: i64,
    /// When it was begun to be looked at; 0 before.
    pub checked_at: i64,
    /// The message that took it.
    pub message_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
