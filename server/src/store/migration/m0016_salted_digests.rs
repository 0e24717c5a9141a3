//! The hash of an event covers a salted digest of its body, so that a body can go at the end of its retention and the chain
//! still verifies. Events that are there keep the form in which they were hashed; each log changes its form by an event
//! when the server is started next (`Tx::change_hash_form`).

use super::tables::{add, bytes, optional, small};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "event", optional(bytes("salt"))).await?;
        add(manager, "company", small("hash_form").default(1).to_owned()).await
    }
}
