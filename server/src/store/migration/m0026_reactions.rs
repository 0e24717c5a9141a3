//! What readers think of a message, and from which one a message was forwarded.

use super::tables::{add, id, optional, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "message", optional(text("reactions"))).await?;
        add(manager, "message", optional(id("forwarded_from"))).await
    }
}
