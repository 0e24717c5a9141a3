//! The index of messages, and how far it has come. SQLite has its full-text table; PostgreSQL a column with an index.

use super::tables::{add, columns, id, integer, key, optional, small};
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// The terms are cut by the server: the tokenizer only splits them at spaces, and takes marks for letters. Nothing but the
/// index is stored (<https://sqlite.org/fts5.html#contentless_delete_tables>).
const SQLITE: &str = "CREATE VIRTUAL TABLE search USING fts5(terms, content='', contentless_delete=1, detail=full, \
     tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* Co'\")";

/// Without a list of pending entries, which searches would pay for.
const POSTGRES: [&str; 2] = [
    "ALTER TABLE search_document ADD COLUMN terms tsvector",
    "CREATE INDEX search_document_by_terms ON search_document USING gin (terms) WITH (fastupdate = off)",
];

/// Numbers for the companies that are there.
const NUMBERS: &str = "UPDATE company SET number = \
     (SELECT COUNT(*) FROM company other WHERE other.id <= company.id) WHERE number IS NULL";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        add(manager, "company", optional(integer("number"))).await?;
        db.execute_unprepared(NUMBERS).await?;
        key(manager, "company", &["number"], true).await?;
        columns(
            manager,
            "search_document",
            vec![id("company_id"), integer("seq"), id("message_id"), small("is_current")],
            &["company_id", "seq"],
        )
        .await?;
        key(manager, "search_document", &["company_id", "message_id"], false).await?;
        columns(
            manager,
            "search_progress",
            vec![id("company_id"), integer("seq"), integer("rules")],
            &["company_id"],
        )
        .await?;
        let statements: &[&str] =
            if manager.get_database_backend() == DbBackend::Sqlite { &[SQLITE] } else { &POSTGRES };
        for sql in statements {
            db.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
