//! Web push: where the devices of people are told of messages.

use super::tables::{columns, id, integer, key, small, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        columns(
            manager,
            "push_subscription",
            vec![
                id("device_id"),
                id("company_id"),
                id("person_id"),
                text("endpoint"),
                text("p256dh"),
                text("auth"),
                small("shows_content"),
                integer("created_at"),
            ],
            &["device_id"],
        )
        .await?;
        key(manager, "push_subscription", &["person_id"], false).await
    }
}
