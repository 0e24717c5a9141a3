//! One table for every one-time code: signing in, confirming again, linking a phone, invitations, registration. Also what
//! a sign-in rests on: the version of the password, and sessions whose token was renewed.
//!
//! Codes live for minutes. Those under way are dropped, and whoever waited for one begins again; registrations keep their
//! places.

use super::tables::{add, bytes, columns, id, integer, key, optional, small, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        columns(
            manager,
            "one_time_code",
            vec![
                bytes("hash"),
                id("company_id"),
                text("purpose"),
                optional(id("person_id")),
                optional(text("channel")),
                text("address"),
                text("sent_phone"),
                text("sent_email"),
                bytes("code_mac"),
                small("attempts"),
                small("sends"),
                integer("next_send_at"),
                integer("expires_at"),
                optional(integer("used_at")),
                optional(text("passkey_state")),
                integer("earlier_failures"),
                integer("password_version"),
                small("is_pending"),
            ],
            &["hash"],
        )
        .await?;
        key(manager, "one_time_code", &["person_id"], false).await?;
        key(manager, "one_time_code", &["expires_at"], false).await?;
        key(manager, "one_time_code", &["is_pending"], false).await?;
        for table in ["challenge", "onboarding"] {
            manager.drop_table(Table::drop().table(Alias::new(table)).to_owned()).await?;
        }
        for column in ["code_mac", "attempts", "sends", "next_send_at", "code_until"] {
            let mut alter = Table::alter();
            alter.table(Alias::new("registrant")).drop_column(Alias::new(column));
            manager.alter_table(alter).await?;
        }
        add(manager, "account", integer("password_version").default(0).to_owned()).await?;
        add(manager, "session", optional(bytes("previous_hash"))).await?;
        add(manager, "session", optional(integer("renewed_at"))).await?;
        key(manager, "session", &["previous_hash"], false).await?;
        add(manager, "chat", integer("members").default(0).to_owned()).await?;
        let count = "UPDATE chat SET members = (SELECT COUNT(*) FROM member \
            WHERE member.chat_id = chat.id AND member.left_seq IS NULL)";
        manager.get_connection().execute_unprepared(count).await?;
        Ok(())
    }
}
