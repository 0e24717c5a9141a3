//! Hashes cover salted digests of bodies; a log from before that changes its form by an event and keeps verifying.

use super::{chat_with, db_report, intact};
use crate::common::{World, forms::message, on_every_database};
use causeway_ledger::{Fault, Finding};

/// The kinds of Lantern Bay's events, each with whether its body is salted.
async fn db_forms(world: &World) -> Vec<(String, bool)> {
    let rows = world.app.store.events_after(world.bay.id, 0, 100).await.unwrap();
    rows.into_iter().map(|row| (row.kind, row.salt.is_some())).collect()
}

#[test]
fn every_body_of_a_new_log_has_a_salt_of_its_own() {
    on_every_database(|world| async move {
        chat_with(&world, &["same", "same"]).await;
        let rows = world.app.store.events_after(world.bay.id, 0, 100).await.unwrap();
        let salts: std::collections::HashSet<_> = rows.iter().map(|row| row.salt.clone().unwrap()).collect();
        assert_eq!(salts.len(), rows.len());
        assert!(salts.iter().all(|salt| salt.len() == causeway_ledger::SALT_LENGTH));
    });
}

#[test]
fn an_older_log_changes_its_form_once_and_keeps_verifying() {
    on_every_database(|world| async move {
        world.db_execute("UPDATE company SET hash_form = 1").await.unwrap();
        let path = chat_with(&world, &["before"]).await;
        let now = world.clock.now();
        world.app.store.change_hash_forms(now).await.unwrap();
        world.app.store.change_hash_forms(now).await.unwrap();
        world.signed_in("priya").await.post(&path, &message("after")).await;
        let expected = [
            ("chat_created", false),
            ("message_sent", false),
            ("hash_form_changed", false),
            ("message_sent", true),
        ];
        assert_eq!(db_forms(&world).await, expected.map(|(kind, salted)| (kind.to_owned(), salted)));
        assert_eq!(db_report(&world).await, intact(4));
    });
}

#[test]
fn a_form_that_no_event_announced_is_found() {
    on_every_database(|world| async move {
        world.db_execute("UPDATE company SET hash_form = 1").await.unwrap();
        let path = chat_with(&world, &["before"]).await;
        world.db_execute("UPDATE company SET hash_form = 2").await.unwrap();
        world.signed_in("priya").await.post(&path, &message("after")).await;
        let found = Finding::Rows { from: 3, to: 3, fault: Fault::OtherForm };
        assert_eq!(db_report(&world).await.findings, [found]);
    });
}

#[test]
fn another_salt_is_found() {
    on_every_database(|world| async move {
        chat_with(&world, &["one", "two"]).await;
        super::guards::db_drop_all(&world).await;
        let bay = world.db_id(world.bay.id.0);
        let other = format!("SELECT salt FROM event WHERE seq = 3 AND company_id = {bay}");
        let change = format!("UPDATE event SET salt = ({other}) WHERE seq = 2 AND company_id = {bay}");
        world.db_execute(&change).await.unwrap();
        let found = Finding::Rows { from: 2, to: 2, fault: Fault::Altered };
        assert_eq!(db_report(&world).await.findings, [found]);
    });
}
