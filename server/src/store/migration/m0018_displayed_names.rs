//! People sign in with the displayed name of their company, too: it is kept in the form in which names are compared.

use super::tables::{add, text};
use crate::input::names;
use sea_orm_migration::{
    prelude::*,
    sea_orm::{FromQueryResult, Statement},
};
use uuid::Uuid;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    shown: String,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "company", text("shown_key").default("").to_owned()).await?;
        let (db, backend) = (manager.get_connection(), manager.get_database_backend());
        let all = Statement::from_string(backend, "SELECT id, shown FROM company");
        for Row { id, shown } in Row::find_by_statement(all).all(db).await? {
            let values = [names::key(&shown).into(), id.into()];
            let sql = "UPDATE company SET shown_key = $1 WHERE id = $2";
            db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        }
        let index = Index::create().name("company_shown_key").table("company").col("shown_key").to_owned();
        manager.create_index(index).await
    }
}
