//! A forgotten password: who asks is answered before anybody is looked up.

use super::tables::{columns, id, integer, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        columns(
            manager,
            "password_reset_request",
            vec![
                id("id"),
                text("company_name"),
                text("username"),
                text("address"),
                text("agent"),
                integer("created_at"),
            ],
            &["id"],
        )
        .await
    }
}
