//! Feature configurations, the audit log of governing, and when a session's person last confirmed a code.

use super::tables::{add, append_only, columns, id, integer, key, optional, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        columns(
            manager,
            "feature_setting",
            vec![
                id("company_id"),
                text("key"),
                optional(text("custom")),
                integer("version"),
                text("changed_by"),
                integer("changed_at"),
            ],
            &["company_id", "key"],
        )
        .await?;
        columns(
            manager,
            "audit",
            vec![
                id("id"),
                id("company_id"),
                integer("at"),
                id("actor_id"),
                text("action"),
                text("subject"),
                text("before"),
                text("after"),
            ],
            &["id"],
        )
        .await?;
        key(manager, "audit", &["company_id", "action", "subject", "at"], false).await?;
        append_only(manager, "audit").await?;
        add(manager, "session", optional(integer("confirmed_at"))).await
    }
}
