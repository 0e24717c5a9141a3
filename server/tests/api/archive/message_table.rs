//! The messages that the screens show are those that were recorded.

use super::{chat_with, db_report, guards, intact};
use crate::common::{World, forms, on_every_database};
use causeway_api::chats::MessagePage;
use causeway_ledger::{Finding, MessageFault};

/// What is wrong with the messages, by ordinal.
async fn db_faults(world: &World) -> Vec<(i64, MessageFault)> {
    let findings = db_report(world).await.findings.into_iter();
    findings
        .map(|finding| match finding {
            Finding::Message { ordinal, fault, .. } => (ordinal, fault),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn a_message_that_differs_from_its_events_is_named() {
    on_every_database(|world| async move {
        let path = chat_with(&world, &["one", "two", "three"]).await;
        let mut priya = world.signed_in("priya").await;
        let messages = priya.get(&path).await.read::<MessagePage>().messages;
        let edited = priya.put(&format!("{path}/{}", messages[0].id), &forms::edit("first")).await;
        assert_eq!(edited.status, 200, "{}", edited.text);
        assert_eq!(priya.delete(&format!("{path}/{}", messages[1].id)).await.status, 200);
        assert_eq!(db_report(&world).await, intact(6));
        guards::db_drop_all(&world).await;
        for (harm, repair, ordinal) in [
            ("text = 'tree' WHERE ordinal = 3", "text = 'three' WHERE ordinal = 3", 3),
            ("text = 'one' WHERE ordinal = 1", "text = 'first' WHERE ordinal = 1", 1),
            ("edited_at = edited_at + 1 WHERE ordinal = 1", "edited_at = edited_at - 1 WHERE ordinal = 1", 1),
            ("text = 'two' WHERE ordinal = 2", "text = '' WHERE ordinal = 2", 2),
            ("sent_at = sent_at + 1 WHERE ordinal = 3", "sent_at = sent_at - 1 WHERE ordinal = 3", 3),
        ] {
            world.db_execute(&format!("UPDATE message SET {harm}")).await.unwrap();
            assert_eq!(db_faults(&world).await, [(ordinal, MessageFault::Altered)], "{harm}");
            world.db_execute(&format!("UPDATE message SET {repair}")).await.unwrap();
            assert_eq!(db_report(&world).await, intact(6), "{repair}");
        }
        world.db_execute("UPDATE message SET sender_id = chat_id WHERE ordinal = 3").await.unwrap();
        assert_eq!(db_faults(&world).await, [(3, MessageFault::Altered)]);
        world.db_execute("UPDATE message SET ordinal = 30 WHERE ordinal = 3").await.unwrap();
        assert_eq!(db_faults(&world).await, [(3, MessageFault::Altered)]);
    });
}

#[test]
fn a_forged_and_a_missing_message_are_named() {
    on_every_database(|world| async move {
        chat_with(&world, &["one", "two", "three"]).await;
        guards::db_drop_all(&world).await;
        let id = if world.is_sqlite() { "x'000102030405060708090a0b0c0d0e0f'" } else { "gen_random_uuid()" };
        let forged = format!(
            "INSERT INTO message (company_id, id, chat_id, ordinal, sender_id, text, channel, sent_at) \
             SELECT company_id, {id}, chat_id, 17, sender_id, 'buy', channel, sent_at FROM message WHERE ordinal = 1"
        );
        world.db_execute(&forged).await.unwrap();
        assert_eq!(db_faults(&world).await, [(17, MessageFault::Forged)]);
        world.db_execute("DELETE FROM message WHERE ordinal = 2").await.unwrap();
        let both = [(2, MessageFault::Missing), (17, MessageFault::Forged)];
        assert_eq!(db_faults(&world).await, both);
    });
}
