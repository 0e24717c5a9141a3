//! Stronger sign-in: authenticator apps, passkeys and recovery codes.

use super::tables::{add, bytes, columns, id, integer, key, optional, small, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        columns(
            manager,
            "authenticator",
            vec![
                id("person_id"),
                id("company_id"),
                bytes("sealed_seed"),
                integer("last_step"),
                integer("created_at"),
                optional(integer("confirmed_at")),
            ],
            &["person_id"],
        )
        .await?;
        columns(
            manager,
            "passkey",
            vec![
                id("id"),
                id("company_id"),
                id("person_id"),
                text("credential_id"),
                text("credential"),
                text("name"),
                integer("created_at"),
                optional(integer("used_at")),
            ],
            &["id"],
        )
        .await?;
        columns(
            manager,
            "recovery_code",
            vec![bytes("hash"), id("company_id"), id("person_id"), optional(integer("used_at"))],
            &["hash"],
        )
        .await?;
        columns(
            manager,
            "passkey_registration",
            vec![bytes("session_hash"), text("state"), integer("expires_at")],
            &["session_hash"],
        )
        .await?;
        add(manager, "challenge", optional(text("passkey_state"))).await?;
        add(manager, "challenge", integer("earlier_failures").default(0).to_owned()).await?;
        add(manager, "person", small("has_second_factor").default(0).to_owned()).await?;
        key(manager, "passkey", &["credential_id"], true).await?;
        key(manager, "passkey", &["person_id"], false).await?;
        key(manager, "recovery_code", &["person_id"], false).await
    }
}
