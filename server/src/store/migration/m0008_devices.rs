//! Devices: every browser in which someone signs in has a row of its own per person, and phones are linked.

use super::tables::{add, bytes, columns, id, integer, key, optional, small, text};
use crate::clock;
use sea_orm_migration::{
    prelude::*,
    sea_orm::{FromQueryResult, Statement},
};
use uuid::Uuid;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(FromQueryResult)]
struct KnownDevice {
    hash: Vec<u8>,
    company_id: Uuid,
    person_id: Uuid,
    created_at: i64,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        columns(
            manager,
            "device",
            vec![
                id("id"),
                id("company_id"),
                id("person_id"),
                bytes("hash"),
                text("name"),
                text("agent"),
                text("address"),
                integer("created_at"),
                integer("seen_at"),
                optional(integer("linked_at")),
            ],
            &["id"],
        )
        .await?;
        columns(
            manager,
            "device_link",
            vec![
                id("id"),
                id("company_id"),
                id("person_id"),
                bytes("code_mac"),
                bytes("secret_hash"),
                optional(bytes("claim_hash")),
                text("step"),
                text("number"),
                text("agent"),
                text("address"),
                small("tries"),
                integer("created_at"),
                integer("expires_at"),
            ],
            &["id"],
        )
        .await?;
        add(manager, "session", optional(id("device_id"))).await?;
        add(manager, "account", integer("linked_devices").default(0).to_owned()).await?;
        key(manager, "device", &["hash", "person_id"], true).await?;
        key(manager, "device", &["person_id"], false).await?;
        key(manager, "device_link", &["code_mac"], true).await?;
        key(manager, "device_link", &["secret_hash"], true).await?;
        key(manager, "device_link", &["claim_hash"], true).await?;
        key(manager, "device_link", &["person_id"], false).await?;
        key(manager, "session", &["device_id"], false).await?;
        take_known_devices_over(manager).await?;
        manager.drop_table(Table::drop().table(Alias::new("known_device")).to_owned()).await
    }
}

/// A browser that was known stays known.
async fn take_known_devices_over(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let (db, backend) = (manager.get_connection(), manager.get_database_backend());
    let all =
        Statement::from_string(backend, "SELECT hash, company_id, person_id, created_at FROM known_device");
    for known in KnownDevice::find_by_statement(all).all(db).await? {
        let sql = "INSERT INTO device (id, company_id, person_id, hash, name, agent, address, created_at, seen_at) \
             VALUES ($1, $2, $3, $4, '', '', '', $5, $5)";
        let KnownDevice { hash, company_id, person_id, created_at } = known;
        let values =
            [clock::new_id().into(), company_id.into(), person_id.into(), hash.into(), created_at.into()];
        db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    }
    Ok(())
}
