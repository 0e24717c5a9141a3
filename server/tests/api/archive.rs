//! The archive: every event, append-only, chained.

use crate::common::{message, on_every_database};
use causeway_server::domain::archive::{self, Verdict};
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
