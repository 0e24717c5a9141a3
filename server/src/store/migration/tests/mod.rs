//! What the schema holds to, on every database there is.

mod carried_over;
mod lines;
mod plans;
mod schema;

use super::Migrator;
use crate::{
    clock,
    store::{Options, connect_options, create_schema, sqlite_url},
};
use sea_orm::{Database, DatabaseConnection, DbBackend, FromQueryResult, JsonValue, Statement};
use sea_orm_migration::MigratorTrait;

/// An empty database.
struct Empty {
    options: Options,
    db: DatabaseConnection,
    _folder: tempfile::TempDir,
}

impl Empty {
    async fn begin(postgres: Option<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = match postgres {
            Some(url) => {
                let schema = format!("t_{}", clock::random_id().simple());
                create_schema(&url, &schema).await.unwrap();
                Options { url, durable: false, schema: Some(schema) }
            }
            None => Options { url: sqlite_url(folder.path()), durable: false, schema: None },
        };
        let db = Database::connect(connect_options(&options, 1)).await.unwrap();
        Self { options, db, _folder: folder }
    }

    /// The same database over another connection: PostgreSQL keeps the plans of a connection's statements, and refuses
    /// those whose table has changed.
    async fn connected_again(self) -> Self {
        self.db.close().await.unwrap();
        let db = Database::connect(connect_options(&self.options, 1)).await.unwrap();
        Self { db, ..self }
    }

    fn is_sqlite(&self) -> bool {
        self.db.get_database_backend() == DbBackend::Sqlite
    }

    async fn rows(&self, sql: &str) -> Vec<JsonValue> {
        let statement = Statement::from_string(self.db.get_database_backend(), sql);
        JsonValue::find_by_statement(statement).all(&self.db).await.unwrap()
    }

    /// The tables of the product.
    async fn tables(&self) -> Vec<String> {
        let sql = if self.is_sqlite() {
            // The index of messages and what it is kept in are SQLite's own: its documents are numbered by company.
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'seaql_migrations' \
             AND name <> 'search' AND name NOT IN \
             ('search_data', 'search_idx', 'search_content', 'search_docsize', 'search_config') ORDER BY name"
        } else {
            "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema() \
             AND tablename <> 'seaql_migrations' ORDER BY tablename"
        };
        self.rows(sql).await.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    }
}

/// Runs a test on every database there is.
fn on_every_database<F: Future<Output = ()>>(test: impl Fn(Empty) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        test(Empty::begin(None).await).await;
        if let Ok(url) = std::env::var("CAUSEWAY_TEST_POSTGRES") {
            test(Empty::begin(Some(url)).await).await;
        }
    });
}

/// Applies the migrations before one.
async fn migrate_before(db: &DatabaseConnection, name: &str) {
    let place = Migrator::migrations().iter().position(|migration| migration.name() == name).unwrap();
    Migrator::up(db, Some(u32::try_from(place).unwrap())).await.unwrap();
}
