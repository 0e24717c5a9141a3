//! User names and mail addresses are searched, and user names sorted, by the database: folded like names.

use super::tables::{add, text};
use crate::input::fold::list_key;
use sea_orm_migration::{
    prelude::*,
    sea_orm::{FromQueryResult, Statement},
};
use uuid::Uuid;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// Rows that are read at a time.
const BATCH: usize = 1_000;

/// What is folded: table, its id within a company, column, and the column that takes the folded text.
const FOLDED: [[&str; 4]; 2] =
    [["account", "person_id", "username", "username_folded"], ["person", "id", "email", "email_folded"]];

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    typed: String,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for columns in FOLDED {
            add(manager, columns[0], text(columns[3]).default("").to_owned()).await?;
            fold_what_is_there(manager, columns).await?;
        }
        Ok(())
    }
}

async fn fold_what_is_there(
    manager: &SchemaManager<'_>,
    [table, id, typed, folded]: [&str; 4],
) -> Result<(), DbErr> {
    let (db, backend) = (manager.get_connection(), manager.get_database_backend());
    let mut behind = Uuid::nil();
    loop {
        let sql = format!(
            "SELECT {id} AS id, {typed} AS typed FROM {table} WHERE {id} > $1 ORDER BY {id} LIMIT {BATCH}"
        );
        let page = Statement::from_sql_and_values(backend, sql, [behind.into()]);
        let rows = Row::find_by_statement(page).all(db).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        behind = last.id;
        for Row { id: row, typed } in rows {
            let sql = format!("UPDATE {table} SET {folded} = $1 WHERE {id} = $2");
            let values = [list_key(&typed).into(), row.into()];
            db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        }
    }
}
