//! Files: their uploads, which messages carry them, and how much of the space is used.

use super::tables::{add, columns, id, integer, key, optional, small, text};
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// What a message carries is never another thing; it goes when the message is deleted.
const SQLITE: &str = "CREATE TRIGGER message_keeps_content BEFORE UPDATE OF content, reply_to ON message \
    WHEN NEW.reply_to IS NOT OLD.reply_to \
      OR (NEW.content IS NOT OLD.content AND NOT (NEW.content IS NULL AND NEW.deleted_at IS NOT NULL)) \
    BEGIN SELECT RAISE(ABORT, 'message keeps what it carries'); END";

const POSTGRES: [&str; 2] = [
    "CREATE FUNCTION message_keeps_content() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     RAISE EXCEPTION 'message keeps what it carries'; END $$",
    "CREATE TRIGGER message_keeps_content BEFORE UPDATE ON message FOR EACH ROW \
     WHEN (NEW.reply_to IS DISTINCT FROM OLD.reply_to \
       OR (NEW.content IS DISTINCT FROM OLD.content AND NOT (NEW.content IS NULL AND NEW.deleted_at IS NOT NULL))) \
     EXECUTE FUNCTION message_keeps_content()",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "message", optional(text("content"))).await?;
        let guards: &[&str] =
            if manager.get_database_backend() == DbBackend::Sqlite { &[SQLITE] } else { &POSTGRES };
        for sql in guards {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        columns(
            manager,
            "file",
            vec![
                id("company_id"),
                id("id"),
                id("person_id"),
                id("chat_id"),
                text("name"),
                integer("size"),
                integer("received"),
                text("state"),
                text("refused"),
                text("sha256"),
                text("kind"),
                text("media"),
                optional(small("width")),
                optional(small("height")),
                integer("created_at"),
                integer("checked_at"),
                optional(id("message_id")),
            ],
            &["company_id", "id"],
        )
        .await?;
        // What is looked for every night: uploads that no message took, and the rows of an object.
        key(manager, "file", &["company_id", "message_id", "created_at"], false).await?;
        key(manager, "file", &["company_id", "sha256"], false).await?;
        columns(
            manager,
            "message_file",
            vec![
                id("company_id"),
                id("message_id"),
                small("place"),
                id("file_id"),
                id("chat_id"),
                integer("ordinal"),
            ],
            &["company_id", "message_id", "place"],
        )
        .await?;
        key(manager, "message_file", &["company_id", "file_id"], false).await?;
        key(manager, "message_file", &["company_id", "chat_id", "ordinal"], false).await?;
        // The row of the nil person is that of the whole company.
        columns(
            manager,
            "storage_use",
            vec![id("company_id"), id("person_id"), integer("bytes"), integer("files")],
            &["company_id", "person_id"],
        )
        .await?;
        add(manager, "company", optional(integer("storage_limit"))).await
    }
}
