//! Where the timelines of chats have lines: who made a group, renamed it, joined, left or was removed. What was recorded
//! earlier gets its place by its time.

use super::tables::{columns, id, integer};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// The lines of what was recorded so far.
const RECORDED: &str = "INSERT INTO chat_line (company_id, chat_id, after_ordinal, seq) \
    SELECT e.company_id, e.chat_id, \
           CASE WHEN e.kind = 'chat_created' THEN 0 ELSE COALESCE( \
               (SELECT MAX(m.ordinal) FROM message m \
                WHERE m.company_id = e.company_id AND m.chat_id = e.chat_id AND m.sent_at <= e.at), 0) END, \
           e.seq \
    FROM event e JOIN chat c ON c.company_id = e.company_id AND c.id = e.chat_id \
    WHERE e.kind IN ('member_joined', 'member_left') OR (e.kind = 'chat_created' AND c.kind = 'group')";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        columns(
            manager,
            "chat_line",
            vec![id("company_id"), id("chat_id"), integer("after_ordinal"), integer("seq")],
            &["company_id", "chat_id", "after_ordinal", "seq"],
        )
        .await?;
        manager.get_connection().execute_unprepared(RECORDED).await?;
        Ok(())
    }
}
