//! What belongs to a company is keyed by the company: it comes first in every primary key, and in every index that serves
//! questions about one company. That keeps tenants apart in the database itself, and rows of one company together when
//! tables are distributed.
//!
//! Tokens are looked up before the company is known, by the hash of 256 random bits. That index is not unique: within a
//! company the primary key is, and a distributed database cannot check more. What people or devices choose, or what is
//! short enough to meet twice, stays unique over all companies (`device_link`, `passkey`, `registration`).
//!
//! Tables keep their row ids on SQLite: most have several indexes, each of which would carry the key of 32 bytes instead
//! of the row id, and texts in the rows would make the tree of the keys deep.

use super::{
    keys::{key_where_set, rekey},
    tables::{add, id, key, optional},
};
use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// Tables that get another primary key, and how.
const KEYS: [(&str, &[&str]); 26] = [
    ("account", &["company_id", "person_id"]),
    ("audit", &["company_id", "id"]),
    ("authenticator", &["company_id", "person_id"]),
    ("channel_link", &["company_id", "person_id", "channel"]),
    ("chat", &["company_id", "id"]),
    ("client_link", &["company_id", "hash"]),
    ("client_share", &["company_id", "client_id", "employee_id"]),
    ("contact_merge", &["company_id", "id"]),
    ("device", &["company_id", "id"]),
    ("device_link", &["company_id", "id"]),
    ("invitation", &["company_id", "hash"]),
    ("list_item", &["company_id", "id"]),
    ("member", &["company_id", "chat_id", "person_id"]),
    ("note", &["company_id", "id"]),
    ("notification", &["company_id", "id"]),
    ("one_time_code", &["company_id", "hash"]),
    ("one_time_link", &["company_id", "hash"]),
    ("outbox", &["company_id", "id"]),
    ("passkey", &["company_id", "id"]),
    ("passkey_registration", &["company_id", "session_hash"]),
    ("person", &["company_id", "id"]),
    ("person_tag", &["company_id", "person_id", "item_id"]),
    ("push_subscription", &["company_id", "device_id"]),
    ("recovery_code", &["company_id", "hash"]),
    ("registrant", &["company_id", "hash"]),
    ("session", &["company_id", "hash"]),
];

/// Indexes whose place others take.
const OLD_INDEXES: [&str; 20] = [
    "person_by_merged_into",
    "one_time_link_by_person_id_purpose",
    "one_time_code_by_person_id",
    "session_by_person_id",
    "session_by_device_id",
    "client_link_by_person_id",
    "member_by_person_id_chat_id",
    "message_by_chat_id_ordinal",
    "event_by_chat_id_seq",
    "client_share_by_employee_id_client_id",
    "note_by_person_id_at",
    "contact_merge_by_kept_id",
    "notification_by_person_id_read_at",
    "notification_by_person_id_at",
    "device_by_hash_person_id",
    "device_by_person_id",
    "device_link_by_person_id",
    "passkey_by_person_id",
    "recovery_code_by_person_id",
    "push_subscription_by_person_id",
];

/// Indexes of one company. Where rows are asked for in the order of the primary key, the index ends with it: else SQLite
/// would go through the primary key of the whole company to save the sorting.
const INDEXES: [(&str, &[&str], bool); 18] = [
    ("one_time_link", &["company_id", "person_id", "purpose"], false),
    ("one_time_code", &["company_id", "person_id"], false),
    ("session", &["company_id", "person_id"], false),
    ("session", &["company_id", "device_id"], false),
    ("client_link", &["company_id", "person_id"], false),
    ("member", &["company_id", "person_id", "chat_id"], false),
    ("message", &["company_id", "chat_id", "ordinal"], true),
    ("event", &["company_id", "chat_id", "seq"], false),
    ("client_share", &["company_id", "employee_id", "client_id"], false),
    ("note", &["company_id", "person_id", "at"], false),
    ("contact_merge", &["company_id", "kept_id"], false),
    ("notification", &["company_id", "person_id", "read_at"], false),
    ("notification", &["company_id", "person_id", "at"], false),
    ("device", &["company_id", "person_id", "hash"], true),
    ("device_link", &["company_id", "person_id"], false),
    ("passkey", &["company_id", "person_id", "id"], false),
    ("recovery_code", &["company_id", "person_id"], false),
    ("push_subscription", &["company_id", "person_id"], false),
];

/// Tables that are looked into by a hash before the company is known.
const LOOKED_UP: [&str; 7] =
    ["session", "one_time_code", "one_time_link", "client_link", "invitation", "registrant", "device"];

/// The trigger that goes with the old key of the audit log (`m0013_append_only`), for the new one. PostgreSQL needs none.
const AUDIT_NO_REPLACE: &str = "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit \
     WHEN EXISTS (SELECT 1 FROM audit WHERE company_id = NEW.company_id AND id = NEW.id) \
     BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// A table that was dropped and not yet renamed would be lost with the process.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (db, is_sqlite) = (manager.get_connection(), manager.get_database_backend() == DbBackend::Sqlite);
        name_companies_of_passkeys(manager).await?;
        if is_sqlite {
            db.execute_unprepared("DROP TRIGGER audit_no_replace").await?;
        }
        for index in OLD_INDEXES {
            manager.drop_index(Index::drop().name(index).to_owned()).await?;
        }
        for (table, primary) in KEYS {
            rekey(manager, table, primary).await?;
        }
        if is_sqlite {
            db.execute_unprepared(AUDIT_NO_REPLACE).await?;
        }
        for (table, columns, unique) in INDEXES {
            key(manager, table, columns, unique).await?;
        }
        for table in LOOKED_UP {
            key(manager, table, &["hash"], false).await?;
        }
        key_where_set(manager, "person", &["company_id", "merged_into", "id"], "merged_into").await
    }
}

/// A passkey is made in a session, whose company it is. What is left of sessions that ended is of no use.
async fn name_companies_of_passkeys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    add(manager, "passkey_registration", optional(id("company_id"))).await?;
    let statements = [
        "UPDATE passkey_registration SET company_id = \
         (SELECT company_id FROM session WHERE session.hash = passkey_registration.session_hash)",
        "DELETE FROM passkey_registration WHERE company_id IS NULL",
    ];
    for sql in statements {
        manager.get_connection().execute_unprepared(sql).await?;
    }
    Ok(())
}
