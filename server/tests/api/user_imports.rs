//! Imports of users go on behind the response, are found again by every admin, and end with a true result per row.

use crate::common::{browser::Browser, forms, on_every_database, signals};
use causeway_api::{
    audit::AuditPage,
    page::Page,
    people::Role,
    signals::Signal,
    users::{Holder, ImportReport, ImportState, RowOutcome, User, UserForm, UserImport},
};
use causeway_server::domain::users::import;
use serde_json::json;

const IMPORTS: &str = "/api/admin/user-import";

/// A file of so many users.
fn staff(count: usize) -> String {
    let rows = (0..count).map(|number| format!("User {number:03},u{number}@staff.example\n"));
    std::iter::once("name,email\n".to_owned()).chain(rows).collect()
}

async fn start(admin: &mut Browser, csv: &str) -> UserImport {
    let answer = admin.post(IMPORTS, &forms::file(csv)).await;
    assert_eq!(answer.status, 202, "{}", answer.text);
    answer.read()
}

async fn newest(admin: &mut Browser) -> UserImport {
    admin.get(IMPORTS).await.read::<Vec<UserImport>>().remove(0)
}

async fn outcomes(admin: &mut Browser, import: &UserImport) -> Vec<RowOutcome> {
    let report: ImportReport = admin.get(&format!("{IMPORTS}/{}", import.id)).await.read();
    report.rows.into_iter().map(|row| row.outcome).collect()
}

async fn found(admin: &mut Browser, query: &str) -> Option<usize> {
    admin.get(&format!("/api/admin/users?{query}")).await.read::<Page<User>>().total
}

fn refused(field: &str, fault: &str, holder: Option<Holder>) -> RowOutcome {
    RowOutcome::Refused { field: field.to_owned(), fault: fault.to_owned(), holder }
}

/// The numbers of an import: imported, refused, all.
fn counts(import: &UserImport) -> (i64, i64, i64) {
    (import.imported, import.refused, import.total)
}

#[test]
fn a_file_is_previewed_and_imported_with_a_true_result_per_row() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        let csv = "Name;Email;Role;Job description\n\
            Ada;ada@staff.example;account manager;Broker\n\
            Bad;nowhere;account manager;\n\
            Priya again;priya@staff.example;;\n\
            Ada twice;ada@staff.example;;\n\
            Boss;boss@staff.example;owner;\n\
            Bo;bo@staff.example;Compliance Officer;\n";
        let preview: ImportReport = mei.post(&format!("{IMPORTS}/preview"), &forms::file(csv)).await.read();
        let expected = |good: RowOutcome| {
            vec![
                good.clone(),
                refused("email", "fault-email", None),
                refused("username", "fault-taken", Some(Holder::User("priya".to_owned()))),
                refused("username", "fault-taken", Some(Holder::Line(2))),
                refused("role", "fault-owner-only", None),
                good,
            ]
        };
        let previewed: Vec<RowOutcome> = preview.rows.into_iter().map(|row| row.outcome).collect();
        assert_eq!(previewed, expected(RowOutcome::Ready));
        assert_eq!(found(&mut mei, "search=ada").await, Some(0), "a preview writes nothing");
        let import = start(&mut mei, csv).await;
        assert_eq!((counts(&import), import.state), ((0, 4, 6), ImportState::Running));
        assert_eq!(outcomes(&mut mei, &import).await, expected(RowOutcome::Ready), "nothing is imported yet");
        import::work_off(&world.app).await.unwrap();
        let ended = newest(&mut mei).await;
        assert_eq!((counts(&ended), ended.state), ((2, 4, 6), ImportState::Finished));
        assert_eq!((ended.file.as_str(), ended.started_by.as_str()), ("staff.csv", "mei"));
        assert_eq!(ended.ended_at, Some(world.clock.now()));
        assert_eq!(outcomes(&mut mei, &ended).await, expected(RowOutcome::Imported));
        assert_eq!(found(&mut mei, "state=invited").await, Some(2));
        assert!(world.newest_to("bo@staff.example").await.is_some());
        let bad = mei.post(IMPORTS, &forms::file("a,b\n1,2")).await;
        assert_eq!(bad.fault("csv"), (422, "fault-csv-columns"));
    });
}

#[test]
fn every_admin_follows_an_import_and_the_log_has_its_beginning_and_its_end() {
    on_every_database(|world| async move {
        let (mut mei, mut olga) = (world.signed_in("mei").await, world.signed_in("olga").await);
        let mut page = world.listener("olga");
        let import = start(&mut mei, &staff(20)).await;
        assert!(import::go_on(&world.app).await.unwrap());
        let under_way = newest(&mut olga).await;
        assert_eq!((under_way.id, under_way.is_running()), (import.id, true));
        assert!((1..20).contains(&under_way.imported), "{under_way:?}");
        import::work_off(&world.app).await.unwrap();
        let heard: Vec<_> = signals(&mut page)
            .into_iter()
            .filter_map(|signal| match signal {
                Signal::ImportChanged { import } => Some((import.imported, import.state)),
                _ => None,
            })
            .collect();
        assert_eq!(heard.first(), Some(&(0, ImportState::Running)));
        assert_eq!(heard.last(), Some(&(20, ImportState::Finished)));
        for (action, count) in [("user_import_started", 1), ("user_import_ended", 1), ("user_created", 20)] {
            let log: AuditPage =
                olga.get(&format!("/api/admin/audit?action={action}&actor=mei")).await.read();
            assert_eq!(log.page.items.len(), count, "{action}");
        }
        // Another company sees nothing of it.
        let mut ana = world.signed_in("ana").await;
        assert_eq!(ana.get(IMPORTS).await.read::<Vec<UserImport>>(), []);
        let path = format!("{IMPORTS}/{}", import.id);
        assert_eq!((ana.get(&path).await.status, ana.delete(&path).await.status), (404, 404));
    });
}

#[test]
fn an_import_goes_on_after_a_restart_and_takes_each_row_once() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        start(&mut mei, &staff(40)).await;
        assert!(import::go_on(&world.app).await.unwrap());
        let config = world.app.config.clone();
        let world = world.with_config(config).await;
        // Two workers at once, as after a restart that came too early.
        let (one, other) = tokio::join!(import::work_off(&world.app), import::work_off(&world.app));
        one.and(other).unwrap();
        let mut olga = world.signed_in("olga").await;
        assert_eq!(counts(&newest(&mut olga).await), (40, 0, 40));
        assert_eq!(found(&mut olga, "state=invited").await, Some(40));
        let sent = world.sent().await;
        let welcomed = sent.iter().filter(|mail| mail.body.contains("/welcome#")).count();
        assert_eq!(welcomed, 40, "one mail each");
    });
}

#[test]
fn a_company_has_one_running_import() {
    on_every_database(|world| async move {
        let (mut mei, mut olga) = (world.signed_in("mei").await, world.signed_in("olga").await);
        let mut ana = world.signed_in("ana").await;
        let (one, other) = (forms::file(&staff(3)), forms::file("name,email\nZoe,zoe@staff.example\n"));
        let (first, second) = tokio::join!(mei.post(IMPORTS, &one), olga.post(IMPORTS, &other));
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [202, 409]);
        let refused = if first.status == 409 { first } else { second };
        assert_eq!(refused.fault("import"), (409, "fault-import-running"));
        start(&mut ana, "name,email\nZoe,zoe@peak.example\n").await;
        import::work_off(&world.app).await.unwrap();
        start(&mut olga, "name,email\nYu,yu@staff.example\n").await;
        assert_eq!(ana.get(IMPORTS).await.read::<Vec<UserImport>>().len(), 1);
    });
}

#[test]
fn a_stopped_import_keeps_who_was_imported_and_leaves_the_rest_out() {
    on_every_database(|world| async move {
        let (mut mei, mut olga) = (world.signed_in("mei").await, world.signed_in("olga").await);
        let import = start(&mut mei, &staff(20)).await;
        assert!(import::go_on(&world.app).await.unwrap());
        let path = format!("{IMPORTS}/{}", import.id);
        let stopped: UserImport = olga.delete(&path).await.read();
        assert_eq!(stopped.state, ImportState::Cancelled);
        import::work_off(&world.app).await.unwrap();
        let ended = newest(&mut mei).await;
        assert_eq!((counts(&ended), ended.state), (counts(&stopped), ImportState::Cancelled));
        assert_eq!(found(&mut mei, "state=invited").await, usize::try_from(ended.imported).ok());
        let outcomes = outcomes(&mut mei, &ended).await;
        let left_out = outcomes.iter().filter(|outcome| **outcome == RowOutcome::LeftOut).count();
        assert_eq!(i64::try_from(left_out), Ok(20 - ended.imported));
        let kept = world.db_count("SELECT COUNT(*) FROM user_import_row WHERE form <> ''").await;
        assert_eq!(kept, 0, "who was left out is forgotten");
        assert_eq!(olga.delete(&path).await.fault("import"), (409, "fault-import-ended"));
    });
}

#[test]
fn an_import_ends_when_its_admin_no_longer_governs() {
    on_every_database(|world| async move {
        let (mut mei, mut olga) = (world.signed_in("mei").await, world.signed_in("olga").await);
        start(&mut mei, &staff(3)).await;
        let form = forms::user("mei", Role::AccountManager);
        let changed = olga.put(&format!("/api/admin/users/{}", world.id("mei")), &form).await;
        assert_eq!(changed.status, 200, "{}", changed.text);
        import::work_off(&world.app).await.unwrap();
        let ended = newest(&mut olga).await;
        assert_eq!((counts(&ended), ended.state), ((0, 0, 3), ImportState::Stopped));
        assert_eq!(found(&mut olga, "state=invited").await, Some(0));
    });
}

#[test]
fn a_row_that_was_free_when_the_file_was_checked_names_who_took_it_since() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        let csv = "name,username,email\nAda,ada,ada@staff.example\nBo,bo,cy@staff.example\nCy,cy2,di@staff.example\n";
        let import = start(&mut mei, csv).await;
        let taken = |name: &str| UserForm {
            username: name.to_owned(),
            email: format!("{name}@staff.example"),
            ..forms::user(name, Role::AccountManager)
        };
        for name in ["ada", "cy"] {
            assert_eq!(mei.post("/api/admin/users", &taken(name)).await.status, 201);
        }
        let ada = mei.get("/api/admin/users?search=ada").await.read::<Page<User>>().items.remove(0);
        let path = format!("/api/admin/users/{}/inactive", ada.person.id);
        assert_eq!(mei.put(&path, &json!({})).await.status, 200);
        import::work_off(&world.app).await.unwrap();
        assert_eq!(
            outcomes(&mut mei, &import).await,
            [
                refused("username", "fault-taken-inactive", Some(Holder::Inactive(ada.person.name))),
                refused("email", "fault-email-used", Some(Holder::User("cy".to_owned()))),
                RowOutcome::Imported,
            ]
        );
    });
}

#[test]
fn a_row_that_cannot_be_stored_holds_no_other_up_and_is_given_up_in_the_end() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        let broken = if world.is_sqlite() {
            "CREATE TRIGGER broken BEFORE INSERT ON person WHEN NEW.name = 'Broken' \
             BEGIN SELECT RAISE(ABORT, 'broken'); END"
        } else {
            "ALTER TABLE person ADD CONSTRAINT broken CHECK (name <> 'Broken')"
        };
        world.db_execute(broken).await.unwrap();
        let csv = "name,email\nBroken,broken@staff.example\nAda,ada@staff.example\n";
        let import = start(&mut mei, csv).await;
        import::work_off(&world.app).await.unwrap();
        assert_eq!(outcomes(&mut mei, &import).await, [RowOutcome::Ready, RowOutcome::Imported]);
        for _ in 0..5 {
            import::work_off(&world.app).await.unwrap();
        }
        let given_up = refused("", "fault-not-stored", None);
        assert_eq!(outcomes(&mut mei, &import).await, [given_up, RowOutcome::Imported]);
        assert_eq!(newest(&mut mei).await.state, ImportState::Finished);
    });
}

#[test]
fn a_large_file_is_taken_where_other_bodies_stay_small() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        let row = |number| format!("User {number:05},u{number}@staff.example,{}\n", "x".repeat(40));
        let csv = std::iter::once("name,email,job_description\n".to_owned()).chain((0..4_000).map(row));
        let csv: String = csv.collect();
        let preview = mei.post(&format!("{IMPORTS}/preview"), &forms::file(&csv)).await;
        assert_eq!((preview.status, preview.read::<ImportReport>().rows.len()), (200, 4_000));
        assert_eq!(start(&mut mei, &csv).await.total, 4_000);
        // Other bodies stay small.
        let long = UserForm { name: "x".repeat(300_000), ..forms::user("a", Role::AccountManager) };
        assert_eq!(mei.post("/api/admin/users", &long).await.status, 413);
    });
}
