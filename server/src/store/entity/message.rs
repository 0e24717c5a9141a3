//! A message as the screen shows it; its history is in the event log.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "message")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub chat_id: Uuid,
    /// Place in the chat; unique there.
    pub ordinal: i64,
    pub sender_id: Uuid,
    pub text: String,
    /// JSON of what it carries beside the text; nothing for a message that is its text.
    pub content: Option<String>,
    pub channel: String,
    /// The message that it replies to.
    pub reply_to: Option<Uuid>,
    /// The message that it was forwarded from.
    pub forwarded_from: Option<Uuid>,
    /// JSON of whom it names; nothing for none.
    pub mentions: Option<String>,
    /// JSON of what its readers think of it; nothing for none.
    pub reactions: Option<String>,
    pub sent_at: i64,
    pub edited_at: Option<i64>,
    pub deleted_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
