//! Imports of users, which go on after a restart: one row per import, one per line of its file.

use super::tables::{columns, id, integer, key, optional, small, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        columns(
            manager,
            "user_import",
            vec![
                id("company_id"),
                id("id"),
                text("file"),
                text("state"),
                optional(small("running")),
                id("author_id"),
                text("address"),
                text("device"),
                integer("started_at"),
                optional(integer("ended_at")),
                integer("total"),
                integer("imported"),
                integer("refused"),
            ],
            &["company_id", "id"],
        )
        .await?;
        // `running` is 1 or absent: a company has one running import at most.
        key(manager, "user_import", &["company_id", "running"], true).await?;
        key(manager, "user_import", &["company_id", "started_at"], false).await?;
        columns(
            manager,
            "user_import_row",
            vec![
                id("company_id"),
                id("import_id"),
                integer("line"),
                text("name"),
                text("email"),
                text("role"),
                text("form"),
                text("outcome"),
                small("is_waiting"),
                small("tries"),
            ],
            &["company_id", "import_id", "line"],
        )
        .await?;
        key(manager, "user_import_row", &["company_id", "import_id", "is_waiting", "tries", "line"], false)
            .await
    }
}
