//! What contacts are searched by is stored folded, so that the database can search.

use super::tables::{add, text};
use causeway_api::validate::name_key;
use sea_orm_migration::{
    prelude::*,
    sea_orm::{FromQueryResult, Statement},
};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(FromQueryResult)]
struct About {
    about: String,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "person", text("about_key").default("").to_owned()).await?;
        fold_what_is_there(manager).await
    }
}

/// Neither database folds as the product does, and many people share one description: each is folded once.
async fn fold_what_is_there(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let (db, backend) = (manager.get_connection(), manager.get_database_backend());
    let all = Statement::from_string(backend, "SELECT DISTINCT about FROM person WHERE about <> ''");
    for About { about } in About::find_by_statement(all).all(db).await? {
        let sql = "UPDATE person SET about_key = $1 WHERE about = $2";
        let values = [name_key(&about).into(), about.into()];
        db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    }
    Ok(())
}
