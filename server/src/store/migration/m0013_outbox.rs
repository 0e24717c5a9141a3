//! What waits to be sent is sealed, knows whom it is for and what it says, and leaves a trace when it cannot be
//! delivered.

use super::tables::{add, bytes, columns, id, integer, key, optional, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "outbox", optional(bytes("sealed"))).await?;
        add(manager, "outbox", optional(id("person_id"))).await?;
        add(manager, "outbox", optional(text("letter"))).await?;
        columns(
            manager,
            "undelivered",
            vec![
                id("company_id"),
                text("kind"),
                text("address"),
                optional(id("person_id")),
                text("letter"),
                text("fault"),
                text("detail"),
                integer("at"),
            ],
            &["company_id", "kind", "address"],
        )
        .await?;
        key(manager, "undelivered", &["company_id", "person_id"], false).await
    }
}
