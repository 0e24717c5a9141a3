//! Changing the keys keeps every row, every guard, and an archive that verifies.

use super::{Empty, Migrator, migrate_before, on_every_database};
use crate::{domain::compliance::archive, store::Archive};
use causeway_api::{
    ChatId, CompanyId, EventBody, MessageId, PersonId,
    chats::{Channel, Message, MessageContent},
};
use causeway_ledger::{Entry, GENESIS, chain};
use sea_orm::{ConnectionTrait, JsonValue, Statement, Value};
use sea_orm_migration::MigratorTrait;
use std::collections::BTreeMap;
use uuid::Uuid;

const NAME: &str = "m0015_company_first";
/// What later migrations add to every row of a table.
const ADDED_SINCE: [&str; 13] = [
    "salt",
    "hash_form",
    "username_folded",
    "email_folded",
    "shown_key",
    "company_role",
    "reply_to",
    "forwarded_from",
    "reactions",
    "mentions",
    "content",
    "storage_limit",
    "number",
];
/// Rows of each table in each company.
const ROWS: i64 = 3;

/// The id of row `number` of any table in a company; row 0 is the company.
fn id(company: u16, number: i64) -> Uuid {
    Uuid::from_u128((u128::from(company) << 64) | u128::from(number.unsigned_abs()))
}

/// What was written as event `seq` of a company.
fn entry(company: u16, seq: i64) -> Entry {
    let message = Message {
        id: MessageId(id(company, seq)),
        chat: ChatId(id(company, seq)),
        ordinal: 1,
        sender: PersonId(id(company, seq)),
        text: format!("text {seq}"),
        content: MessageContent::Text,
        channel: Channel::Wechat,
        reply_to: None,
        forwarded_from: None,
        mentions: Vec::new(),
        reactions: Vec::new(),
        sent_at: seq,
        edited_at: None,
        deleted_at: None,
    };
    let body = EventBody::MessageSent { message };
    let json = serde_json::to_string(&body).unwrap();
    let (company, actor) = (CompanyId(id(company, 0)), PersonId(id(company, seq)));
    Entry { company, seq, at: seq, actor, body, json: json.into() }
}

/// The hash of event `seq` of a company.
fn hash(company: u16, seq: i64) -> Vec<u8> {
    (1..=seq).fold(GENESIS.to_vec(), |before, seq| chain(&before, &entry(company, seq), None))
}

/// What the archive and its verification read, so that it has to be as it would be in use.
fn recorded(table: &str, column: &str, company: u16, number: i64) -> Option<Value> {
    let entry = entry(company, number);
    let EventBody::MessageSent { message } = &entry.body else { unreachable!() };
    Some(match (table, column) {
        ("company", "id") => id(company, 0).into(),
        ("company", "last_seq") => ROWS.into(),
        ("company", "last_hash") => hash(company, ROWS).into(),
        ("event", "kind") => entry.body.kind().into(),
        ("event", "body") => entry.json.as_ref().into(),
        ("event", "hash") => hash(company, number).into(),
        ("message", "text") => message.text.as_str().into(),
        ("message", "channel") => message.channel.as_str().into(),
        ("message", "ordinal") => 1_i64.into(),
        ("message", "edited_at" | "deleted_at") => None::<i64>.into(),
        ("audit", "before" | "after") => "null".into(),
        _ => return None,
    })
}

impl Empty {
    /// The columns of a table with their types.
    async fn columns(&self, table: &str) -> Vec<(String, String)> {
        let sql = if self.is_sqlite() {
            format!("SELECT name, type AS kind FROM pragma_table_info('{table}')")
        } else {
            format!(
                "SELECT column_name::text AS name, data_type::text AS kind FROM information_schema.columns \
                 WHERE table_schema = current_schema() AND table_name = '{table}'"
            )
        };
        let text = |value: &JsonValue| value.as_str().unwrap().to_lowercase();
        self.rows(&sql).await.iter().map(|row| (text(&row["name"]), text(&row["kind"]))).collect()
    }

    async fn add(&self, table: &str, company: u16, number: i64) {
        let columns = self.columns(table).await;
        let value = |(column, kind): &(String, String)| {
            if let Some(value) = recorded(table, column, company, number) {
                return value;
            }
            match kind.as_str() {
                _ if column == "company_id" => id(company, 0).into(),
                "uuid" | "uuid_text" => id(company, number).into(),
                kind if kind == "bytea" || kind.starts_with("blob") => {
                    let mut bytes = id(company, number).as_bytes().to_vec();
                    // Each of a table's own bytes is unique, and a passkey is made in a session.
                    bytes.extend_from_slice(column.trim_start_matches("session_").as_bytes());
                    bytes.into()
                }
                "integer" | "int" => i32::try_from(number).unwrap().into(),
                "bigint" => number.into(),
                "text" => format!("{column} {number} of {company}").into(),
                other => panic!("{table}.{column} is {other}"),
            }
        };
        let values: Vec<Value> = columns.iter().map(value).collect();
        let names: Vec<String> = columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let places: Vec<String> = (1..=values.len()).map(|place| format!("${place}")).collect();
        let sql = format!("INSERT INTO \"{table}\" ({}) VALUES ({})", names.join(", "), places.join(", "));
        let statement = Statement::from_sql_and_values(self.db.get_database_backend(), sql, values);
        self.db.execute_raw(statement).await.unwrap_or_else(|error| panic!("{table}: {error}"));
    }

    /// Every row of every table, in no order.
    async fn everything(&self) -> BTreeMap<String, Vec<String>> {
        let mut all = BTreeMap::new();
        for table in self.tables().await {
            let mut rows: Vec<String> = self
                .rows(&format!("SELECT * FROM \"{table}\""))
                .await
                .iter()
                .map(JsonValue::to_string)
                .collect();
            rows.sort();
            all.insert(table, rows);
        }
        all
    }

    async fn refuses(&self, sql: &str) {
        let refused = self.db.execute_unprepared(sql).await.unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{sql}: {refused}");
    }
}

/// A row without the columns that were added since.
fn as_it_was(row: &str) -> String {
    let mut row: BTreeMap<String, JsonValue> = serde_json::from_str(row).unwrap();
    row.retain(|column, _| !ADDED_SINCE.contains(&column.as_str()));
    serde_json::to_string(&row).unwrap()
}

#[test]
fn rows_guards_and_the_archive_survive() {
    on_every_database(|empty| async move {
        migrate_before(&empty.db, NAME).await;
        for table in empty.tables().await {
            for company in [1, 2] {
                for number in 1..=if table == "company" || table == "registration" { 1 } else { ROWS } {
                    empty.add(&table, company, number).await;
                }
            }
        }
        empty.db.execute_unprepared("DELETE FROM session WHERE created_at = 3").await.unwrap();
        let mut before = empty.everything().await;
        assert!(before.values().all(|rows| rows.len() >= 2), "{before:?}");
        Migrator::up(&empty.db, None).await.unwrap();
        let empty = empty.connected_again().await;
        let mut after = empty.everything().await;
        // Tables that were added since hold nothing of this.
        after.retain(|table, _| before.contains_key(table));
        let passkeys =
            (before.remove("passkey_registration").unwrap(), after.remove("passkey_registration").unwrap());
        assert_eq!((passkeys.0.len(), passkeys.1.len()), (6, 4), "those whose session has ended are gone");
        let mixed = "SELECT 1 AS one FROM passkey_registration p \
             JOIN session s ON s.hash = p.session_hash WHERE s.company_id = p.company_id";
        assert_eq!(empty.rows(mixed).await.len(), 4);
        for row in before.values_mut().chain(after.values_mut()).flatten() {
            *row = as_it_was(row);
        }
        assert_eq!(before, after);
        empty.refuses("UPDATE audit SET subject = 'x'").await;
        empty.refuses("DELETE FROM audit").await;
        empty.refuses("UPDATE event SET at = 0").await;
        empty.refuses("DELETE FROM message").await;
        if empty.is_sqlite() {
            empty.refuses("INSERT OR REPLACE INTO audit SELECT * FROM audit LIMIT 1").await;
            assert!(empty.rows("PRAGMA foreign_key_check").await.is_empty());
            let sound = empty.rows("PRAGMA integrity_check").await;
            assert_eq!(sound[0]["integrity_check"], "ok");
        }
        let archive = Archive::open(&empty.options).await.unwrap();
        for company in [1, 2] {
            let report = archive::verify(&archive, CompanyId(id(company, 0))).await.unwrap();
            assert!(report.findings.is_empty(), "{:?}", report.findings);
        }
        let audit = archive::verify_audit_log(&archive).await.unwrap();
        assert!(audit.is_clean(), "{audit:?}");
        assert_eq!(audit.entries, 6);
        archive.close().await.unwrap();
    });
}
