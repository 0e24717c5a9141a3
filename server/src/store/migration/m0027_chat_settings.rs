//! How members have arranged their chats.

use super::tables::{columns, id, integer, optional, small};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        columns(
            manager,
            "chat_setting",
            vec![
                id("company_id"),
                id("person_id"),
                id("chat_id"),
                optional(integer("pinned_at")),
                optional(integer("muted_until")),
                optional(integer("archived_through")),
                small("is_marked_unread"),
            ],
            &["company_id", "person_id", "chat_id"],
        )
        .await
    }
}
