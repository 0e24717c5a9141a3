//! Contacts that are folded into one another, and what people are told of beside messages.

use super::tables::{add, columns, id, integer, key, optional, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        columns(
            manager,
            "contact_merge",
            vec![
                id("id"),
                id("company_id"),
                id("kept_id"),
                id("other_id"),
                text("other_name"),
                id("by_id"),
                integer("at"),
                text("before"),
                text("after"),
                text("shared"),
                optional(integer("undone_at")),
            ],
            &["id"],
        )
        .await?;
        columns(
            manager,
            "notification",
            vec![
                id("id"),
                id("company_id"),
                id("person_id"),
                integer("at"),
                text("notice"),
                optional(integer("read_at")),
            ],
            &["id"],
        )
        .await?;
        add(manager, "person", optional(id("merged_into"))).await?;
        key(manager, "person", &["merged_into"], false).await?;
        key(manager, "contact_merge", &["kept_id"], false).await?;
        key(manager, "notification", &["person_id", "read_at"], false).await?;
        key(manager, "notification", &["person_id", "at"], false).await
    }
}
