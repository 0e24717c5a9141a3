//! The audit log: what is written, by whom and from where; reading and exporting it.

use crate::common::{PASSWORD, World, browser::Browser, forms, on_every_database};
use causeway_api::{
    ProblemCode,
    audit::{AuditPage, AuditRecord},
    contacts::NewListItem,
    page::Page,
    people::Role,
    users::{User, UserForm},
};
use causeway_server::clock::MINUTE;
use serde_json::json;

async fn records(browser: &mut Browser, query: &str) -> Vec<AuditRecord> {
    let page = browser.get(&format!("/api/admin/audit?{query}")).await;
    assert_eq!(page.status, 200, "{}", page.text);
    page.read::<AuditPage>().page.items
}

/// Refused sign-ins are written behind the answer: asks until the entry is there.
async fn eventually(world: &World, browser: &mut Browser, query: &str) -> AuditRecord {
    for _ in 0..200 {
        if let Some(found) = records(browser, query).await.into_iter().next() {
            return found;
        }
        // Another turn of the writer.
        world.sent().await;
    }
    panic!("{query} is not in the log");
}

#[test]
fn sign_ins_are_recorded_with_address_and_device_and_result() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        let mut stranger = world.browser();
        stranger.headers.push(("user-agent", "Firefox 153 on Debian".into()));
        assert_eq!(stranger.log_in("lanternbay", "priya", "wrong").await.status, 401);
        let refused = eventually(&world, &mut mei, "action=sign_in_refused").await;
        assert_eq!((refused.subject.as_str(), refused.actor.as_str()), ("priya", ""));
        assert_eq!(
            stranger.log_in("lanternbay", "priya", PASSWORD).await.status,
            401,
            "the pause is not over"
        );
        eventually(&world, &mut mei, "action=sign_in_locked").await;
        world.clock.advance(MINUTE);
        world.signed_in("priya").await;
        let signed_in = records(&mut mei, "action=signed_in&actor=priya").await;
        assert_eq!(signed_in.len(), 1);
        assert!(!signed_in[0].address.is_empty());
        let log = mei.get("/api/admin/audit").await;
        assert_eq!(log.status, 200, "{}", log.text);
        assert!(!log.text.contains("wrong"), "no password");
    });
}

#[test]
fn a_change_and_its_record_are_one() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        let path = format!("/api/admin/users/{}", world.id("daniel"));
        let edited = UserForm { name: "Daniel O.".to_owned(), ..forms::user("daniel", Role::AccountManager) };
        assert_eq!(mei.put(&path, &edited).await.status, 200);
        let row = records(&mut mei, "action=user_edited").await.remove(0);
        assert_eq!((row.actor.as_str(), row.subject.as_str()), ("mei", "Daniel O."));
        assert!(row.before.contains("\"daniel\"") && row.after.contains("Daniel O."), "{row:?}");
        // What the database refuses to record does not happen.
        let stop = if world.is_sqlite() {
            "CREATE TRIGGER audit_stop BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'stop'); END"
        } else {
            "CREATE FUNCTION audit_stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stop'; END $$; \
             CREATE TRIGGER audit_stop BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_stop()"
        };
        world.db_execute(stop).await.unwrap();
        let inactive = mei.put(&format!("{path}/inactive"), &json!({})).await;
        assert_eq!(inactive.status, 500);
        assert_eq!(mei.get("/api/admin/users?state=inactive").await.read::<Page<User>>().total, Some(0));
    });
}

#[test]
fn nobody_changes_the_log() {
    on_every_database(|world| async move {
        world.signed_in("mei").await;
        for sql in ["UPDATE audit SET action = 'x'", "DELETE FROM audit"] {
            assert!(world.db_execute(sql).await.is_err(), "{sql}");
        }
    });
}

#[test]
fn the_log_is_filtered_and_read_in_stretches_to_its_end() {
    on_every_database(|world| async move {
        let (mut mei, mut ana) = (world.signed_in("mei").await, world.signed_in("ana").await);
        for number in 0..120 {
            let tag = NewListItem { name: format!("Tag {number}") };
            let added = mei.post("/api/admin/lists/tags", &tag).await;
            assert_eq!(added.status, 201);
        }
        let mut found = std::collections::BTreeSet::new();
        let mut cursor = String::new();
        loop {
            let path = format!("/api/admin/audit?action=list_item_added{cursor}");
            let page = mei.get(&path).await.read::<AuditPage>().page;
            let before = found.len();
            found.extend(page.items.iter().map(|row| row.id));
            assert!(found.len() > before, "no stretch repeats another");
            match page.next {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(found.len(), 120);
        assert_eq!(records(&mut mei, "actor=nobody").await.len(), 0);
        assert_eq!(records(&mut mei, &format!("until={}", world.clock.now() - MINUTE)).await.len(), 0);
        assert!(
            records(&mut ana, "").await.iter().all(|row| row.action == "signed_in"),
            "another company's own"
        );
        assert_eq!(mei.get("/api/admin/audit?cursor=x").await.status, 422);
    });
}

#[test]
fn an_export_is_safe_in_a_spreadsheet_whole_and_recorded() {
    on_every_database(|world| async move {
        let mut tomas = world.signed_in("tomas").await;
        let mut mei = world.signed_in("mei").await;
        let name = "=HYPERLINK(\"http://evil.example\")";
        let user = UserForm { name: name.to_owned(), ..forms::user("n", Role::AccountManager) };
        assert_eq!(mei.post("/api/admin/users", &user).await.status, 201);
        world.clock.advance(1);
        let csv = tomas.post("/api/admin/audit/export?format=csv", &json!({})).await;
        assert_eq!(csv.status, 200, "{}", csv.text);
        assert!(csv.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        let table = csv.text.strip_prefix('\u{feff}').expect("the mark by which Excel knows UTF-8");
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
        let created = rows.iter().find(|row| &row[3] == "user_created").unwrap();
        assert_eq!(&created[4], format!("'{name}"));
        assert!(rows.iter().all(|row| row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@']))));
        let jsonl = tomas.post("/api/admin/audit/export?format=jsonl&action=user_created", &json!({})).await;
        let lines: Vec<serde_json::Value> =
            jsonl.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!((lines.len(), &lines[0]["subject"]), (1, &json!(name)));
        assert_eq!(records(&mut mei, "action=audit_exported").await.len(), 2);
        assert_eq!(tomas.post("/api/admin/audit/export?format=pdf", &json!({})).await.status, 422);
        world.clock.advance(21 * MINUTE);
        let old = tomas.post("/api/admin/audit/export?format=csv", &json!({})).await;
        assert_eq!(old.problem().code, ProblemCode::ConfirmAgain);
    });
}
