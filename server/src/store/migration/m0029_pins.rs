//! Pinned messages.

use super::tables::{columns, id, integer};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        columns(
            manager,
            "pin",
            vec![id("company_id"), id("chat_id"), id("message_id"), id("person_id"), integer("at")],
            &["company_id", "chat_id", "message_id"],
        )
        .await
    }
}
