//! What an employee is in the company, besides what the employee may do and the job description.

use super::tables::{add, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "person", text("company_role").default("").to_owned()).await
    }
}
