//! The database itself refuses to change what was recorded, on the server's own connection.

use super::{chat_with, db_report, intact};
use crate::common::{World, on_every_database};
use causeway_api::chats::MessagePage;
use causeway_server::domain::compliance::archive;

/// Drops every trigger, as only someone with rights over the schema could.
pub(super) async fn db_drop_all(world: &World) {
    let triggers = if world.is_sqlite() {
        vec![
            "event_no_update",
            "event_no_delete",
            "event_in_order",
            "audit_no_update",
            "audit_no_delete",
            "audit_no_replace",
            "message_no_delete",
            "message_only_text",
            "message_stays_deleted",
        ]
    } else {
        vec![
            "event_no_change ON event",
            "event_in_order ON event",
            "audit_no_change ON audit",
            "message_no_delete ON message",
            "message_only_text ON message",
            "message_stays_deleted ON message",
        ]
    };
    for trigger in triggers {
        world.db_execute(&format!("DROP TRIGGER {trigger}")).await.unwrap();
    }
}

const EVENT: &str = "company_id, seq, at, kind, chat_id, actor_id, body, salt, hash";
const AUDIT: &str = "id, company_id, at, actor_id, action, subject, before, after";
const MESSAGE: &str = "company_id, id, chat_id, ordinal, sender_id, text, channel, sent_at";

fn on_both() -> Vec<String> {
    let mut all: Vec<String> = [
        "UPDATE event SET at = 0",
        "UPDATE event SET at = at",
        "DELETE FROM event",
        "DELETE FROM event WHERE seq = 2",
        "UPDATE audit SET action = 'x'",
        "DELETE FROM audit",
        "DELETE FROM message",
        "DELETE FROM message WHERE ordinal = 1",
        "UPDATE message SET sender_id = chat_id",
        "UPDATE message SET ordinal = 9 WHERE ordinal = 2",
        "UPDATE message SET sent_at = 0",
        "UPDATE message SET channel = 'line'",
        "UPDATE message SET text = 'x', chat_id = sender_id",
    ]
    .map(str::to_owned)
    .to_vec();
    // Upserts, rows at and below zero, and a gap.
    let altered = EVENT.replace("body", "'{}'");
    all.push(format!(
        "INSERT INTO event ({EVENT}) SELECT {altered} FROM event WHERE seq = 2 \
         ON CONFLICT (company_id, seq) DO UPDATE SET body = '{{}}'"
    ));
    all.push(format!(
        "INSERT INTO audit ({AUDIT}) SELECT {} FROM audit WHERE true \
         ON CONFLICT (company_id, id) DO UPDATE SET action = 'x'",
        AUDIT.replace("action", "'x'")
    ));
    all.push(format!(
        "INSERT INTO message ({MESSAGE}) SELECT {MESSAGE} FROM message WHERE true \
         ON CONFLICT (company_id, id) DO UPDATE SET ordinal = 9, text = 'x'"
    ));
    for seq in ["0", "-1", "seq + 5", "9223372036854775807"] {
        let row = EVENT.replace("seq", seq);
        all.push(format!("INSERT INTO event ({EVENT}) SELECT {row} FROM event WHERE seq = 3"));
    }
    all
}

fn on_sqlite() -> Vec<String> {
    let altered = EVENT.replace("body", "'{}'");
    let (action, text) = (AUDIT.replace("action", "'x'"), MESSAGE.replace("text", "'x'"));
    let next = EVENT.replace("seq", "4");
    vec![
        format!("INSERT OR REPLACE INTO event ({EVENT}) SELECT {altered} FROM event WHERE seq = 2"),
        format!("REPLACE INTO event ({EVENT}) SELECT {altered} FROM event"),
        // A row may be replaced by way of its row number, too.
        format!("REPLACE INTO event (rowid, {EVENT}) SELECT rowid, {next} FROM event WHERE seq = 2"),
        "UPDATE OR REPLACE event SET seq = 1 WHERE seq = 2".to_owned(),
        format!("INSERT OR REPLACE INTO audit ({AUDIT}) SELECT {action} FROM audit"),
        format!(
            "REPLACE INTO audit (rowid, {AUDIT}) SELECT rowid, {} FROM audit",
            AUDIT.replacen("id", "x'00'", 1)
        ),
        format!("INSERT OR REPLACE INTO message ({MESSAGE}) SELECT {text} FROM message"),
        format!(
            "REPLACE INTO message ({MESSAGE}) SELECT {} FROM message WHERE ordinal = 1",
            MESSAGE.replacen(" id", " x'00'", 1)
        ),
        "UPDATE OR REPLACE message SET rowid = 1 WHERE ordinal = 2".to_owned(),
    ]
}

fn on_postgres() -> Vec<String> {
    ["TRUNCATE event", "TRUNCATE audit", "TRUNCATE message", "TRUNCATE event, audit, message CASCADE"]
        .map(str::to_owned)
        .to_vec()
}

#[test]
fn the_database_refuses_every_change_of_what_was_recorded() {
    on_every_database(|world| async move {
        chat_with(&world, &["one", "two"]).await;
        assert_eq!(db_report(&world).await, intact(3));
        let before = world.db_archived(&["chat_created", "message_sent"]).await;
        let others = if world.is_sqlite() { on_sqlite() } else { on_postgres() };
        for sql in on_both().into_iter().chain(others) {
            let refused = world.db_execute_as_server(&sql).await.expect_err(&sql).to_string();
            let is_by_trigger = refused.contains("append-only") || refused.contains("keeps everything");
            assert!(is_by_trigger, "{sql}: {refused}");
            assert_eq!(db_report(&world).await, intact(3), "{sql}");
        }
        assert_eq!(world.db_archived(&["chat_created", "message_sent"]).await, before);
    });
}

#[test]
fn a_deleted_message_does_not_come_back() {
    on_every_database(|world| async move {
        let path = chat_with(&world, &["one"]).await;
        let mut priya = world.signed_in("priya").await;
        let id = priya.get(&path).await.read::<MessagePage>().messages[0].id;
        assert_eq!(priya.delete(&format!("{path}/{id}")).await.status, 200);
        let back = "UPDATE message SET text = 'one', deleted_at = NULL";
        let refused = world.db_execute_as_server(back).await.unwrap_err().to_string();
        assert!(refused.contains("was deleted"), "{refused}");
        assert_eq!(db_report(&world).await, intact(3));
    });
}

#[test]
fn guards_that_are_gone_are_named() {
    on_every_database(|world| async move {
        chat_with(&world, &["one"]).await;
        let db_audit = || async { archive::verify_audit_log(&world.app.store.archive()).await.unwrap() };
        let clean = db_audit().await;
        assert!(clean.is_clean() && clean.entries > 0, "{clean:?}");
        if !world.is_sqlite() {
            world.db_execute("ALTER TABLE audit DISABLE TRIGGER audit_no_change").await.unwrap();
            assert_eq!(db_audit().await.missing_guards, ["audit_no_change"]);
        }
        db_drop_all(&world).await;
        let guards = if world.is_sqlite() { 9 } else { 6 };
        assert_eq!(db_audit().await.missing_guards.len(), guards);
        world.db_execute("UPDATE audit SET after = '{'").await.unwrap();
        assert_eq!(db_audit().await.unreadable.len() as u64, db_audit().await.entries);
        world.db_execute("UPDATE audit SET actor_id = company_id").await.unwrap();
        assert_eq!(db_audit().await.without_actor.len() as u64, db_audit().await.entries);
    });
}
