//! The archive: every event, append-only, chained, and compared with what the screens show.

mod forms;
mod guards;
mod message_table;

use crate::common::{
    World,
    forms::{edit, message, receipts},
    on_every_database,
};
use causeway_api::{
    ChatId, EventBody, MessageId,
    chats::{Channel, Message, MessageContent, MessagePage, SendMessage},
};
use causeway_ledger::{Fault, Finding};
use causeway_server::{
    clock,
    domain::compliance::archive::{self, Report},
    job,
    store::{Batch, CannotRead, NewEvent},
};

async fn db_report(world: &World) -> Report {
    archive::verify(&world.app.store.archive(), world.bay.id).await.unwrap()
}

fn intact(rows: i64) -> Report {
    Report { rows, findings: vec![], is_complete: true }
}

/// A chat of Priya with some messages; returns its path.
async fn chat_with(world: &World, texts: &[&str]) -> String {
    let mut priya = world.signed_in("priya").await;
    let path = format!("/api/chats/{}/messages", world.chat(&mut priya, "lukas").await);
    for text in texts {
        assert_eq!(priya.post(&path, &message(text)).await.status, 201);
    }
    path
}

#[test]
fn every_message_event_is_in_the_archive_of_its_own_company() {
    on_every_database(|world| async move {
        let (mut priya, mut lukas) = (world.signed_in("priya").await, world.client("lukas").await);
        let chat = world.chat(&mut priya, "lukas").await;
        priya.post(&format!("/api/chats/{chat}/messages"), &message("hello")).await;
        let marks = receipts(1, 1);
        lukas.post(&format!("/api/client/chats/{chat}/receipts"), &marks).await;
        let rows = world.app.store.events_after(world.bay.id, 0, 100).await.unwrap();
        let kinds: Vec<&str> = rows.iter().map(|row| row.kind.as_str()).collect();
        assert_eq!(kinds, ["chat_created", "message_sent", "delivered", "read"]);
        assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert!(rows[1].body.contains("hello"));
        assert_eq!(db_report(&world).await, intact(4));
        let peak = archive::verify(&world.app.store.archive(), world.peak.id).await.unwrap();
        assert_eq!(peak, intact(0));
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
        priya.post(&path, &SendMessage { id: new.id, ..message("other") }).await;
        priya.post(&path, &message("bye")).await;
        assert_eq!(db_report(&world).await, intact(3));
    });
}

#[test]
fn whoever_gets_past_the_triggers_is_found_out() {
    on_every_database(|world| async move {
        chat_with(&world, &["one", "two", "three", "four"]).await;
        guards::db_drop_all(&world).await;
        assert_eq!(db_report(&world).await, intact(5));
        let row = |from, to, fault| Finding::Rows { from, to, fault };
        for (harm, repair, finding) in [
            (
                "UPDATE event SET at = at + 1 WHERE seq = 4",
                "UPDATE event SET at = at - 1 WHERE seq = 4",
                row(4, 4, Fault::Altered),
            ),
            (
                "UPDATE event SET seq = CASE seq WHEN -2 THEN 4 ELSE 2 END WHERE seq IN (-2, -4)",
                "UPDATE event SET seq = CASE seq WHEN -2 THEN 4 ELSE 2 END WHERE seq IN (-2, -4)",
                row(2, 4, Fault::Swapped),
            ),
            (
                "UPDATE company SET last_seq = 6 WHERE last_seq = 5",
                "UPDATE company SET last_seq = 5 WHERE last_seq = 6",
                row(6, 6, Fault::HeadDiffers),
            ),
        ] {
            // Two numbers change places by way of two that are free.
            let aside = "UPDATE event SET seq = -seq WHERE seq IN (2, 4)";
            let is_swap = finding == row(2, 4, Fault::Swapped);
            if is_swap {
                world.db_execute(aside).await.unwrap();
            }
            world.db_execute(harm).await.unwrap();
            assert_eq!(db_report(&world).await.findings, [finding], "{harm}");
            if is_swap {
                world.db_execute(aside).await.unwrap();
            }
            world.db_execute(repair).await.unwrap();
            assert_eq!(db_report(&world).await, intact(5), "{repair}");
        }
    });
}

#[test]
fn rows_at_or_below_zero_and_missing_rows_are_found() {
    on_every_database(|world| async move {
        chat_with(&world, &["one", "two"]).await;
        guards::db_drop_all(&world).await;
        let copy = "INSERT INTO event (company_id, seq, at, kind, chat_id, actor_id, body, hash) \
             SELECT company_id, seq - 3, at, 'read', chat_id, actor_id, body, hash FROM event WHERE seq < 4";
        world.db_execute(copy).await.unwrap();
        world.db_execute("DELETE FROM event WHERE seq = 3").await.unwrap();
        let found = [
            Finding::Rows { from: -2, to: 0, fault: Fault::Inserted },
            Finding::Rows { from: 3, to: 3, fault: Fault::Missing },
        ];
        assert_eq!(db_report(&world).await.findings[..2], found);
    });
}

#[test]
fn a_company_that_is_gone_is_found_by_its_rows() {
    on_every_database(|world| async move {
        chat_with(&world, &["one"]).await;
        assert!(world.db_open_archive().await.unwrap().companies_that_are_gone().await.unwrap().is_empty());
        world.db_execute("DELETE FROM company WHERE name = 'lanternbay'").await.unwrap();
        let archive = world.db_open_archive().await.unwrap();
        assert_eq!(archive.companies_that_are_gone().await.unwrap(), [world.bay.id]);
        let report = archive::verify(&archive, world.bay.id).await.unwrap();
        assert_eq!(report.findings, [Finding::NoCompany { rows: 2 }]);
        let audit = archive::verify_audit_log(&archive).await.unwrap();
        assert_eq!(audit.without_company.len(), 1);
    });
}

#[test]
fn a_schema_that_is_older_newer_or_missing_is_not_verified() {
    on_every_database(|world| async move {
        assert!(world.db_open_archive().await.is_ok());
        let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)";
        world.db_execute(newer).await.unwrap();
        assert!(
            matches!(world.db_open_archive().await, Err(CannotRead::Newer(name)) if name == "m9999_later")
        );
        let older = "DELETE FROM seaql_migrations WHERE version IN ('m9999_later', 'm0013_append_only')";
        world.db_execute(older).await.unwrap();
        assert!(
            matches!(world.db_open_archive().await, Err(CannotRead::Older(name)) if name == "m0013_append_only")
        );
        world.db_execute("DROP TABLE seaql_migrations").await.unwrap();
        assert!(matches!(world.db_open_archive().await, Err(CannotRead::NoSchema)));
    });
}

/// Writes messages as the server does, many in one transaction.
async fn db_write_messages(world: &World, chat: ChatId, many: i64) {
    let (company, sender, at) = (world.bay.id, world.id("priya"), world.clock.now());
    let write = world.app.store.write(job!(|tx| {
        let mut batch = Batch::default();
        for ordinal in 1..=many {
            let message = Message {
                id: MessageId(clock::random_id()),
                chat,
                ordinal,
                sender,
                text: format!("text {ordinal}"),
                channel: Channel::Causeway,
                sent_at: at,
                content: MessageContent::Text,
                reply_to: None,
                forwarded_from: None,
                mentions: Vec::new(),
                reactions: Vec::new(),
                edited_at: None,
                deleted_at: None,
            };
            batch.messages.push(message.clone());
            let body = EventBody::MessageSent { message };
            batch.events.push(NewEvent { actor: sender, at, body, audience: vec![].into() });
        }
        tx.write_batch(company, batch).await
    }));
    write.await.unwrap();
}

#[test]
fn a_log_of_several_pages_is_compared_to_its_end() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "lukas").await;
        db_write_messages(&world, chat, 2_100).await;
        // The first message differs from its first event until the last page is read.
        let path = format!("/api/chats/{chat}/messages");
        let first = priya.get(&path).await.read::<MessagePage>().messages[0].id;
        let edited = priya.put(&format!("{path}/{first}"), &edit("other")).await;
        assert_eq!(edited.status, 200, "{}", edited.text);
        assert_eq!(db_report(&world).await, intact(2_102));
        guards::db_drop_all(&world).await;
        world.db_execute("UPDATE event SET at = 0 WHERE seq IN (1999, 2001, 2003)").await.unwrap();
        let altered =
            [1_999, 2_001, 2_003].map(|seq| Finding::Rows { from: seq, to: seq, fault: Fault::Altered });
        assert_eq!(db_report(&world).await.findings, altered);
        world.db_execute("UPDATE event SET at = 0").await.unwrap();
        let everything = db_report(&world).await;
        assert!(!everything.is_complete && everything.findings.len() >= causeway_ledger::FINDINGS_MAX);
    });
}
