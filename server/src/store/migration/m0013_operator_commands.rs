//! What the command line changed while a server runs, for that server to take up.

use super::tables::{columns, id, integer, optional, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        columns(
            manager,
            "operator_command",
            vec![id("id"), text("kind"), id("company_id"), optional(id("person_id")), integer("created_at")],
            &["id"],
        )
        .await
    }
}
