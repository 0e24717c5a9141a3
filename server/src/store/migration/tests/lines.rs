//! What was recorded before timelines had lines gets its line where it happened.

use super::{Empty, Migrator, migrate_before, on_every_database};
use sea_orm::{ConnectionTrait, Statement, Value};
use sea_orm_migration::MigratorTrait;
use uuid::Uuid;

const NAME: &str = "m0021_chat_lines";
const GROUP: u128 = 1;
const DIRECT: u128 = 2;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

impl Empty {
    async fn insert(&self, table: &str, columns: &str, values: Vec<Value>) {
        let places: Vec<String> = (1..=values.len()).map(|place| format!("${place}")).collect();
        let sql = format!("INSERT INTO {table} ({columns}) VALUES ({})", places.join(", "));
        let statement = Statement::from_sql_and_values(self.db.get_database_backend(), sql, values);
        self.db.execute_raw(statement).await.unwrap_or_else(|error| panic!("{table}: {error}"));
    }

    async fn add_chat(&self, chat: u128, kind: &str) {
        let columns =
            "company_id, id, kind, name, channel, last_ordinal, members, activity_at, created_by, created_at";
        let values = vec![
            id(9).into(),
            id(chat).into(),
            kind.into(),
            "".into(),
            "causeway".into(),
            2_i64.into(),
            2_i64.into(),
            0_i64.into(),
            id(8).into(),
            0_i64.into(),
        ];
        self.insert("chat", columns, values).await;
    }

    async fn add_message(&self, ordinal: i64, sent_at: i64) {
        let columns = "company_id, id, chat_id, ordinal, sender_id, text, channel, sent_at";
        let values = vec![
            id(9).into(),
            id(100 + u128::from(ordinal.unsigned_abs())).into(),
            id(GROUP).into(),
            ordinal.into(),
            id(8).into(),
            "x".into(),
            "causeway".into(),
            sent_at.into(),
        ];
        self.insert("message", columns, values).await;
    }

    async fn add_event(&self, seq: i64, at: i64, kind: &str, chat: u128) {
        let columns = "company_id, seq, at, kind, chat_id, actor_id, body, hash";
        let values = vec![
            id(9).into(),
            seq.into(),
            at.into(),
            kind.into(),
            id(chat).into(),
            id(8).into(),
            "{}".into(),
            vec![0_u8].into(),
        ];
        self.insert("event", columns, values).await;
    }
}

#[test]
fn what_was_recorded_earlier_has_its_line_where_it_happened() {
    on_every_database(|empty| async move {
        migrate_before(&empty.db, NAME).await;
        empty.add_chat(GROUP, "group").await;
        empty.add_chat(DIRECT, "direct").await;
        for (ordinal, sent_at) in [(1, 10), (2, 20)] {
            empty.add_message(ordinal, sent_at).await;
        }
        for (seq, at, kind, chat) in [
            (1, 5, "chat_created", GROUP),
            (2, 5, "chat_created", DIRECT),
            (3, 10, "message_sent", GROUP),
            (4, 15, "member_joined", GROUP),
            (5, 20, "message_sent", GROUP),
            (6, 25, "member_left", GROUP),
            (7, 30, "member_joined", DIRECT),
        ] {
            empty.add_event(seq, at, kind, chat).await;
        }
        Migrator::up(&empty.db, None).await.unwrap();
        let empty = empty.connected_again().await;
        let rows = empty.rows("SELECT after_ordinal, seq FROM chat_line ORDER BY seq").await;
        let lines: Vec<(i64, i64)> = rows
            .iter()
            .map(|row| (row["after_ordinal"].as_i64().unwrap(), row["seq"].as_i64().unwrap()))
            .collect();
        assert_eq!(lines, [(0, 1), (1, 4), (2, 6), (0, 7)]);
    });
}
