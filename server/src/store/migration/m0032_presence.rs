//! What people say about being there, and when they were seen last.

use super::tables::{columns, id, integer, optional, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        columns(
            manager,
            "presence",
            vec![
                id("company_id"),
                id("person_id"),
                optional(text("status")),
                text("text"),
                optional(integer("until")),
                optional(integer("seen_at")),
            ],
            &["company_id", "person_id"],
        )
        .await
    }
}
