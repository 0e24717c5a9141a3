//! Users and their limits, public registration, and where an audited action came from.

use super::tables::{add, bytes, columns, id, integer, key, optional, small, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["user_limit", "external_limit", "users_used", "owners"] {
            add(manager, "company", optional(integer(column))).await?;
        }
        add(manager, "person", optional(integer("inactive_at"))).await?;
        add(manager, "account", optional(integer("initial_until"))).await?;
        add(manager, "session", optional(integer("must_set_password"))).await?;
        add(manager, "audit", optional(text("address"))).await?;
        add(manager, "audit", optional(text("device"))).await?;
        columns(
            manager,
            "registration",
            vec![
                id("company_id"),
                optional(text("closed")),
                optional(id("pic_id")),
                optional(text("token")),
                text("form_text"),
                text("welcome"),
                text("domains"),
                text("opened_by"),
                optional(integer("opened_at")),
                integer("registered"),
                integer("pending"),
                integer("version"),
            ],
            &["company_id"],
        )
        .await?;
        columns(
            manager,
            "registrant",
            vec![
                bytes("hash"),
                id("company_id"),
                text("name"),
                text("email"),
                text("language"),
                small("is_known"),
                bytes("code_mac"),
                small("attempts"),
                small("sends"),
                integer("next_send_at"),
                integer("code_until"),
                integer("place_until"),
            ],
            &["hash"],
        )
        .await?;
        key(manager, "registration", &["token"], true).await?;
        key(manager, "registrant", &["company_id", "place_until"], false).await?;
        key(manager, "one_time_link", &["person_id", "purpose"], false).await?;
        key(manager, "challenge", &["person_id"], false).await?;
        key(manager, "audit", &["company_id", "at", "id"], false).await?;
        count_what_is_there(manager).await
    }
}

/// Counters that decide are part of the company's row, so that counting and deciding is one statement.
async fn count_what_is_there(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let sql = "UPDATE company SET owners = 0, users_used = (SELECT COUNT(*) FROM person \
        WHERE person.company_id = company.id AND person.kind = 'colleague')";
    manager.get_connection().execute_unprepared(sql).await?;
    Ok(())
}
