//! What was recorded stays: rows of the event log and of the audit log are not replaced either, the log of a company
//! grows by its next number only, and a message keeps everything but its text.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// SQLite fires no delete trigger for the row that `INSERT OR REPLACE` removes (unless `recursive_triggers` is on, as it
/// is on the server's own connections), so the insertion itself is refused.
const SQLITE: [&str; 5] = [
    "CREATE TRIGGER event_in_order BEFORE INSERT ON event \
     WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM event WHERE company_id = NEW.company_id) \
     BEGIN SELECT RAISE(ABORT, 'event is append-only'); END",
    "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id) \
     BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END",
    "CREATE TRIGGER message_no_delete BEFORE DELETE ON message \
     BEGIN SELECT RAISE(ABORT, 'message is append-only'); END",
    "CREATE TRIGGER message_only_text BEFORE UPDATE OF company_id, id, chat_id, ordinal, sender_id, channel, sent_at \
     ON message BEGIN SELECT RAISE(ABORT, 'message keeps everything but its text'); END",
    "CREATE TRIGGER message_stays_deleted BEFORE UPDATE ON message WHEN OLD.deleted_at IS NOT NULL \
     BEGIN SELECT RAISE(ABORT, 'message was deleted'); END",
];

const POSTGRES: [&str; 8] = [
    "CREATE FUNCTION event_in_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     IF NEW.seq IS DISTINCT FROM \
       (SELECT COALESCE(MAX(seq), 0) + 1 FROM event WHERE company_id = NEW.company_id) \
     THEN RAISE EXCEPTION 'event is append-only'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER event_in_order BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION event_in_order()",
    "CREATE FUNCTION message_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     RAISE EXCEPTION 'message is append-only'; END $$",
    "CREATE TRIGGER message_no_delete BEFORE DELETE OR TRUNCATE ON message \
     FOR EACH STATEMENT EXECUTE FUNCTION message_append_only()",
    "CREATE FUNCTION message_only_text() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     RAISE EXCEPTION 'message keeps everything but its text'; END $$",
    "CREATE TRIGGER message_only_text \
     BEFORE UPDATE OF company_id, id, chat_id, ordinal, sender_id, channel, sent_at ON message \
     FOR EACH STATEMENT EXECUTE FUNCTION message_only_text()",
    "CREATE FUNCTION message_stays_deleted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     RAISE EXCEPTION 'message was deleted'; END $$",
    "CREATE TRIGGER message_stays_deleted BEFORE UPDATE ON message \
     FOR EACH ROW WHEN (OLD.deleted_at IS NOT NULL) EXECUTE FUNCTION message_stays_deleted()",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let is_sqlite = manager.get_database_backend() == DbBackend::Sqlite;
        let statements: &[&str] = if is_sqlite { &SQLITE } else { &POSTGRES };
        for sql in statements {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
