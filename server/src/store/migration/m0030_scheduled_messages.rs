//! Messages that go out later.

use super::tables::{columns, id, integer, key, optional, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        columns(
            manager,
            "scheduled_message",
            vec![
                id("company_id"),
                id("id"),
                id("person_id"),
                id("chat_id"),
                text("message"),
                integer("due_at"),
                optional(text("refused")),
            ],
            &["company_id", "id"],
        )
        .await?;
        key(manager, "scheduled_message", &["company_id", "due_at"], false).await?;
        key(manager, "scheduled_message", &["company_id", "person_id", "chat_id"], false).await
    }
}
