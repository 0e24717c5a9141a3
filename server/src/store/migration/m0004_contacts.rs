//! Contacts: profiles of clients, whom they are shared with, their channels, and completing an invitation.

use super::tables::{add, bytes, columns, id, integer, key, optional, small, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        columns(
            manager,
            "list_item",
            vec![id("id"), id("company_id"), text("list"), text("name"), text("name_key")],
            &["id"],
        )
        .await?;
        columns(
            manager,
            "person_tag",
            vec![id("person_id"), id("item_id"), id("company_id")],
            &["person_id", "item_id"],
        )
        .await?;
        columns(
            manager,
            "client_share",
            vec![id("client_id"), id("employee_id"), id("company_id"), integer("created_at")],
            &["client_id", "employee_id"],
        )
        .await?;
        columns(
            manager,
            "note",
            vec![id("id"), id("company_id"), id("person_id"), id("author_id"), text("text"), integer("at")],
            &["id"],
        )
        .await?;
        columns(
            manager,
            "channel_link",
            vec![
                id("person_id"),
                text("channel"),
                id("company_id"),
                text("state"),
                text("address"),
                id("invited_by"),
                integer("invited_at"),
                integer("expires_at"),
                optional(integer("linked_at")),
            ],
            &["person_id", "channel"],
        )
        .await?;
        columns(
            manager,
            "invitation",
            vec![bytes("hash"), id("company_id"), id("person_id"), text("channel"), integer("expires_at")],
            &["hash"],
        )
        .await?;
        columns(
            manager,
            "onboarding",
            vec![
                bytes("hash"),
                id("company_id"),
                optional(id("person_id")),
                text("channel"),
                text("address"),
                bytes("code_mac"),
                small("attempts"),
                small("sends"),
                integer("next_send_at"),
                integer("expires_at"),
                optional(integer("used_at")),
            ],
            &["hash"],
        )
        .await?;
        for column in ["first_name", "last_name", "country"] {
            add(manager, "person", optional(text(column))).await?;
        }
        add(manager, "person", optional(id("external_company_id"))).await?;
        add(manager, "person", optional(integer("archived_at"))).await?;
        add(manager, "session", optional(text("channel"))).await?;
        key(manager, "list_item", &["company_id", "list", "name_key"], true).await?;
        key(manager, "client_share", &["employee_id", "client_id"], false).await?;
        key(manager, "note", &["person_id", "at"], false).await?;
        key(manager, "channel_link", &["company_id", "channel", "address"], false).await?;
        key(manager, "person", &["company_id", "phone"], false).await?;
        share_what_is_there(manager).await
    }
}

/// Until now every employee saw every client: whoever has a chat with one goes on seeing it.
async fn share_what_is_there(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let sql = "INSERT INTO client_share (client_id, employee_id, company_id, created_at) \
        SELECT DISTINCT c.id, e.id, c.company_id, c.created_at FROM person c \
        JOIN member mc ON mc.person_id = c.id JOIN member me ON me.chat_id = mc.chat_id \
        JOIN person e ON e.id = me.person_id WHERE c.kind = 'client' AND e.kind = 'colleague'";
    manager.get_connection().execute_unprepared(sql).await?;
    Ok(())
}
