//! Saved replies.

use super::tables::{columns, id, key, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        columns(
            manager,
            "saved_reply",
            vec![
                id("company_id"),
                id("id"),
                id("owner_id"),
                text("shortcut"),
                text("shortcut_key"),
                text("title"),
                text("text"),
            ],
            &["company_id", "id"],
        )
        .await?;
        key(manager, "saved_reply", &["company_id", "owner_id", "shortcut_key"], true).await
    }
}
