//! What belongs to a company is keyed by the company.

use super::{Empty, Migrator, on_every_database};
use sea_orm_migration::MigratorTrait;

/// Tables that do not belong to a company, and why.
const OF_NO_COMPANY: [(&str, &str); 4] = [
    ("company", "the company itself, found by its name at sign-in"),
    ("throttle", "counters by words: of networks and of names that may be no one's"),
    ("password_reset_request", "what was typed, before it is looked at whether there is such a company"),
    ("operator_command", "the queue from the command line to the server, for all companies"),
];

/// What is unique over all companies, and why.
const UNIQUE_OVER_ALL: [(&str, &str, &str); 5] = [
    (
        "device_link",
        "code_mac",
        "a phone shows the code before it is known whose; codes are short enough to meet",
    ),
    ("device_link", "secret_hash", "a phone shows the secret before it is known whose"),
    ("device_link", "claim_hash", "a phone has opened one link, of whichever company"),
    ("passkey", "credential_id", "belongs to one account only (Web Authentication, section 7.1, step 26)"),
    ("registration", "token", "the public link, before the company is known"),
];

/// A key of a table.
struct Key {
    kind: String,
    table: String,
    first: String,
}

impl Empty {
    /// The primary keys, unique indexes and foreign keys.
    async fn keys(&self) -> Vec<Key> {
        let sql = if self.is_sqlite() {
            "SELECT 'primary' AS kind, t.name AS tab, c.name AS first \
               FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.pk = 1 \
               AND t.name NOT IN ('search_data', 'search_idx', 'search_docsize', 'search_config') \
             UNION ALL SELECT 'unique', t.name, c.name \
               FROM sqlite_master t, pragma_index_list(t.name) i, pragma_index_info(i.name) c \
               WHERE t.type = 'table' AND i.\"unique\" = 1 AND i.origin <> 'pk' AND c.seqno = 0 \
             UNION ALL SELECT 'foreign', t.name, c.\"from\" \
               FROM sqlite_master t, pragma_foreign_key_list(t.name) c WHERE t.type = 'table' AND c.seq = 0"
        } else {
            "SELECT CASE WHEN x.indisprimary THEN 'primary' ELSE 'unique' END AS kind, \
                    t.relname::text AS tab, a.attname::text AS first FROM pg_index x \
               JOIN pg_class t ON t.oid = x.indrelid \
               JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0] \
               WHERE x.indisunique AND t.relnamespace = current_schema()::regnamespace \
             UNION ALL SELECT 'foreign', t.relname::text, a.attname::text FROM pg_constraint f \
               JOIN pg_class t ON t.oid = f.conrelid \
               JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = f.conkey[1] \
               WHERE f.contype = 'f' AND t.relnamespace = current_schema()::regnamespace"
        };
        let text = |row: &sea_orm::JsonValue, name: &str| row[name].as_str().unwrap().to_owned();
        let rows = self.rows(sql).await;
        let keys = rows.iter().map(|row| Key {
            kind: text(row, "kind"),
            table: text(row, "tab"),
            first: text(row, "first"),
        });
        keys.filter(|key| key.table != "seaql_migrations").collect()
    }

    /// The tables whose rows each name a company.
    async fn tables_with_company(&self) -> Vec<String> {
        let sql = if self.is_sqlite() {
            "SELECT t.name AS name FROM sqlite_master t, pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND c.name = 'company_id' AND c.\"notnull\" = 1"
        } else {
            "SELECT table_name::text AS name FROM information_schema.columns \
             WHERE table_schema = current_schema() AND column_name = 'company_id' AND is_nullable = 'NO'"
        };
        self.rows(sql).await.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    }
}

#[test]
fn the_company_comes_first_in_every_key() {
    on_every_database(|empty| async move {
        Migrator::up(&empty.db, None).await.unwrap();
        let (tables, of_companies, keys) =
            (empty.tables().await, empty.tables_with_company().await, empty.keys().await);
        let is_of_none = |table: &str| OF_NO_COMPANY.iter().any(|(name, _)| *name == table);
        for table in tables.iter().filter(|table| !is_of_none(table)) {
            assert!(of_companies.contains(table), "{table}: it has no company_id, or one may be missing");
            let primary = keys.iter().any(|key| key.kind == "primary" && key.table == *table);
            assert!(primary, "{table} has no primary key");
        }
        for Key { kind, table, first } in keys.iter().filter(|key| !is_of_none(&key.table)) {
            let is_unique_over_all = kind == "unique"
                && UNIQUE_OVER_ALL.iter().any(|(name, column, _)| name == table && column == first);
            assert!(
                first == "company_id" || is_unique_over_all,
                "{table}: a {kind} key begins with {first}. Begin it with company_id, or say here why it is \
                 looked up before the company is known"
            );
        }
        for (table, _) in OF_NO_COMPANY {
            assert!(tables.iter().any(|name| name == table), "{table} is gone: take it off the list");
        }
        for (table, column, _) in UNIQUE_OVER_ALL {
            let is_there =
                keys.iter().any(|key| key.kind == "unique" && key.table == table && key.first == column);
            assert!(is_there, "{table}.{column} is not unique over all any more: take it off the list");
        }
    });
}
