//! The first schema: companies, people, sign-in, chats, the event log and the outbox.

use super::tables::{append_only, bytes, columns, id, integer, key, optional, small, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        columns(
            manager,
            "company",
            vec![
                id("id"),
                text("name"),
                text("name_key"),
                text("shown"),
                text("plan"),
                integer("last_seq"),
                bytes("last_hash"),
                integer("created_at"),
            ],
            &["id"],
        )
        .await?;
        columns(
            manager,
            "person",
            vec![
                id("id"),
                id("company_id"),
                text("kind"),
                text("name"),
                text("name_key"),
                optional(text("name_lang")),
                optional(text("role")),
                text("about"),
                text("email"),
                text("email_key"),
                text("phone"),
                optional(text("language")),
                integer("created_at"),
            ],
            &["id"],
        )
        .await?;
        columns(
            manager,
            "account",
            vec![
                id("person_id"),
                id("company_id"),
                text("username"),
                text("username_key"),
                optional(text("password_hash")),
                integer("created_at"),
            ],
            &["person_id"],
        )
        .await?;
        columns(
            manager,
            "one_time_link",
            vec![
                bytes("hash"),
                id("company_id"),
                id("person_id"),
                text("purpose"),
                integer("expires_at"),
                optional(integer("used_at")),
            ],
            &["hash"],
        )
        .await?;
        columns(
            manager,
            "challenge",
            vec![
                bytes("hash"),
                id("company_id"),
                id("person_id"),
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
        columns(
            manager,
            "session",
            vec![
                bytes("hash"),
                id("company_id"),
                id("person_id"),
                text("side"),
                integer("created_at"),
                integer("seen_at"),
                integer("ends_at"),
                text("agent"),
                text("address"),
            ],
            &["hash"],
        )
        .await?;
        columns(
            manager,
            "known_device",
            vec![bytes("hash"), id("company_id"), id("person_id"), integer("created_at")],
            &["hash"],
        )
        .await?;
        columns(
            manager,
            "client_link",
            vec![
                bytes("hash"),
                id("company_id"),
                id("person_id"),
                integer("created_at"),
                optional(integer("revoked_at")),
            ],
            &["hash"],
        )
        .await?;
        columns(
            manager,
            "throttle",
            vec![text("key"), integer("window_start"), integer("count"), integer("blocked_until")],
            &["key"],
        )
        .await?;
        columns(
            manager,
            "chat",
            vec![
                id("id"),
                id("company_id"),
                text("kind"),
                text("name"),
                optional(text("pair_key")),
                text("channel"),
                integer("last_ordinal"),
                integer("activity_at"),
                id("created_by"),
                integer("created_at"),
            ],
            &["id"],
        )
        .await?;
        columns(
            manager,
            "member",
            vec![
                id("chat_id"),
                id("person_id"),
                id("company_id"),
                integer("joined_seq"),
                integer("from_ordinal"),
                optional(integer("left_seq")),
                integer("delivered"),
                integer("read"),
            ],
            &["chat_id", "person_id"],
        )
        .await?;
        columns(
            manager,
            "message",
            vec![
                id("company_id"),
                id("id"),
                id("chat_id"),
                integer("ordinal"),
                id("sender_id"),
                text("text"),
                text("channel"),
                integer("sent_at"),
            ],
            &["company_id", "id"],
        )
        .await?;
        columns(
            manager,
            "event",
            vec![
                id("company_id"),
                integer("seq"),
                integer("at"),
                text("kind"),
                id("chat_id"),
                id("actor_id"),
                text("body"),
                bytes("hash"),
            ],
            &["company_id", "seq"],
        )
        .await?;
        columns(
            manager,
            "outbox",
            vec![
                id("id"),
                id("company_id"),
                text("kind"),
                text("recipient"),
                text("subject"),
                text("body"),
                text("state"),
                small("attempts"),
                integer("next_at"),
                text("last_error"),
                integer("created_at"),
            ],
            &["id"],
        )
        .await?;
        key(manager, "company", &["name_key"], true).await?;
        key(manager, "account", &["company_id", "username_key"], true).await?;
        key(manager, "person", &["company_id", "name_key", "id"], false).await?;
        key(manager, "person", &["company_id", "email_key"], false).await?;
        key(manager, "session", &["person_id"], false).await?;
        key(manager, "client_link", &["person_id"], false).await?;
        key(manager, "chat", &["company_id", "pair_key"], true).await?;
        key(manager, "member", &["person_id", "chat_id"], false).await?;
        key(manager, "message", &["chat_id", "ordinal"], true).await?;
        key(manager, "event", &["chat_id", "seq"], false).await?;
        key(manager, "outbox", &["state", "next_at"], false).await?;
        append_only(manager, "event").await
    }
}
