//! Messages can be edited and deleted; what stood there before is in the event log.

use super::tables::{add, integer, optional};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "message", optional(integer("edited_at"))).await?;
        add(manager, "message", optional(integer("deleted_at"))).await
    }
}
