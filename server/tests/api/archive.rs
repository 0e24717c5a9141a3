//! The archive: every event, append-only, chained.

use crate::common::{message, on_every_database};
use causeway_server::domain::archive::{self, Fault, Verdict};
use serde_json::json;

#[test]
fn every_message_event_is_in_the_archive_of_its_own_company() {
    on_every_database(|world| async move {
        let (mut priya, mut lukas) = (world.signed_in("priya").await, world.client("lukas").await);
        let chat = world.chat(&mut priya, "lukas").await;
        priya.post(&format!("/api/chats/{chat}/messages"), &message("hello")).await;
        let marks = json!({ "delivered": 1, "read": 1 });
        lukas.post(&format!("/api/client/chats/{chat}/receipts"), &marks).await;
        let rows = world.app.store.events_after(world.bay.id, 0, 100).await.unwrap();
        let kinds: Vec<&str> = rows.iter().map(|row| row.kind.as_str()).collect();
        assert_eq!(kinds, ["chat_created", "message_sent", "delivered", "read"]);
        assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert!(rows[1].body.contains("hello"));
        assert_eq!(archive::verify(&world.app.store, world.bay.id).await.unwrap(), Verdict::Intact(4));
        assert_eq!(archive::verify(&world.app.store, world.peak.id).await.unwrap(), Verdict::Intact(0));
    });
}

#[test]
fn a_refused_message_leaves_no_trace_in_the_chain() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let path = format!("/api/chats/{}/messages", world.chat(&mut priya, "lukas").await);
        let new = message("hello");
        priya.post(&path, &new).await;
        priya.post(&path, &new).await;
        priya.post(&path, &json!({ "id": new["id"], "text": "other" })).await;
        priya.post(&path, &message("bye")).await;
        assert_eq!(archive::verify(&world.app.store, world.bay.id).await.unwrap(), Verdict::Intact(3));
    });
}

#[test]
fn the_database_itself_refuses_to_change_the_archive() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        world.chat(&mut priya, "lukas").await;
        for sql in ["UPDATE event SET at = 0", "DELETE FROM event"] {
            let refused = world.db_execute(sql).await.unwrap_err().to_string();
            assert!(refused.contains("append-only"), "{sql}: {refused}");
        }
    });
}

#[test]
fn whoever_gets_past_the_triggers_is_found_out() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let path = format!("/api/chats/{}/messages", world.chat(&mut priya, "lukas").await);
        for text in ["one", "two", "three", "four"] {
            priya.post(&path, &message(text)).await;
        }
        let triggers: &[&str] = if world.is_sqlite() {
            &["DROP TRIGGER event_no_update", "DROP TRIGGER event_no_delete"]
        } else {
            &["DROP TRIGGER event_no_change ON event"]
        };
        for sql in triggers {
            world.db_execute(sql).await.unwrap();
        }
        let verdict = || archive::verify(&world.app.store, world.bay.id);
        assert_eq!(verdict().await.unwrap(), Verdict::Intact(5));
        for (harm, repair, seq, fault) in [
            (
                "UPDATE event SET body = REPLACE(body, 'three', 'tree') WHERE seq = 4",
                "UPDATE event SET body = REPLACE(body, 'tree', 'three') WHERE seq = 4",
                4,
                Fault::Altered,
            ),
            (
                "UPDATE event SET seq = 99 WHERE seq = 2",
                "UPDATE event SET seq = 2 WHERE seq = 99",
                2,
                Fault::Missing,
            ),
            (
                "UPDATE company SET last_seq = 6 WHERE last_seq = 5",
                "UPDATE company SET last_seq = 5 WHERE last_seq = 6",
                6,
                Fault::HeadDiffers,
            ),
        ] {
            world.db_execute(harm).await.unwrap();
            assert_eq!(verdict().await.unwrap(), Verdict::Broken { seq, fault }, "{harm}");
            world.db_execute(repair).await.unwrap();
            assert_eq!(verdict().await.unwrap(), Verdict::Intact(5), "{repair}");
        }
        world.db_execute("DELETE FROM event WHERE seq = 5").await.unwrap();
        assert_eq!(verdict().await.unwrap(), Verdict::Broken { seq: 5, fault: Fault::HeadDiffers });
    });
}
