//! A message may reply to another one of its chat.

use super::tables::{add, id, optional};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "message", optional(id("reply_to"))).await
    }
}
