//! User administration: who manages whom, limits, deactivating, importing, clients for admins.

use crate::common::{PASSWORD, World, browser::Browser, on_every_database};
use causeway_api::users::Plan;
use causeway_server::{clock::MINUTE, domain::company};
use serde_json::{Value, json};

fn form(name: &str, role: &str) -> Value {
    json!({ "name": name, "email": format!("{name}@staff.example"), "role": role })
}

async fn create(admin: &mut Browser, name: &str, role: &str) -> String {
    let answer = admin.post("/api/admin/users", &form(name, role)).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json["person"]["id"].as_str().unwrap().to_owned()
}

async fn names(admin: &mut Browser, query: &str) -> Vec<String> {
    let page = admin.get(&format!("/api/admin/users?{query}")).await.json;
    page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|user| user["person"]["name"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_new_user_gets_a_mail_with_everything_to_begin() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        let user = json!({
            "name": "Nora Quist", "username": "", "email": "nora.q@staff.example", "phone": "+1 (202) 555-0190",
            "role": "account_manager", "about": "Broker", "language": "ja",
        });
        let answer = mei.post("/api/admin/users", &user).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        assert_eq!(
            (&answer.json["username"], &answer.json["state"], &answer.json["phone"]),
            (&json!("nora.q"), &json!("invited"), &json!("+12025550190"))
        );
        let mail = world.newest_to("nora.q@staff.example").await.unwrap().body;
        for part in ["https://chat.test.example", "lanternbay", "nora.q", "/welcome#"] {
            assert!(mail.contains(part), "{part}: {mail}");
        }
        assert!(!answer.text.contains("password"), "no password is taken or given: {}", answer.text);
        for (field, value, fault) in [
            ("email", "nobody", "fault-email"),
            ("name", " ", "fault-required"),
            ("phone", "12", "fault-phone"),
            ("language", "tlh", "fault-language"),
        ] {
            let mut bad = user.clone();
            bad[field] = json!(value);
            let refused = mei.post("/api/admin/users", &bad).await;
            assert_eq!((refused.status, &refused.json["fields"][field]), (422, &json!(fault)));
        }
        let again = mei.post("/api/admin/users", &user).await;
        assert_eq!((again.status, &again.json["fields"]["username"]), (409, &json!("fault-taken")));
        let mut with_password = user.clone();
        with_password["password"] = json!("kelp orbit nine 9");
        assert_eq!(mei.post("/api/admin/users", &with_password).await.status, 400);
    });
}

#[test]
fn users_are_found_filtered_sorted_and_paged() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        create(&mut mei, "zoe", "compliance_officer").await;
        let id = create(&mut mei, "yan", "account_manager").await;
        assert_eq!(mei.put(&format!("/api/admin/users/{id}/inactive"), &json!({})).await.status, 200);
        for (query, found) in [
            ("", vec!["daniel", "mei", "olga", "priya", "tomas", "yan", "zoe"]),
            ("search=ZO", vec!["zoe"]),
            ("search=daniel%40staff", vec!["daniel"]),
            ("role=compliance_officer", vec!["tomas", "zoe"]),
            ("state=inactive", vec!["yan"]),
            ("state=invited", vec!["zoe"]),
            ("sort=name&descending=true&limit=2", vec!["zoe", "yan"]),
            ("sort=seen&descending=true&limit=1", vec!["mei"]),
        ] {
            assert_eq!(names(&mut mei, query).await, found, "{query}");
        }
        assert_eq!(mei.get("/api/admin/users?limit=1").await.json["total"], 7);
        assert_eq!(mei.get("/api/admin/users?sort=age").await.status, 422);
        assert_eq!(mei.get("/api/admin/users?role=king").await.status, 422);
    });
}

#[test]
fn only_owners_manage_owners_and_the_last_one_stays() {
    on_every_database(|world| async move {
        let (mut mei, mut olga) = (world.signed_in("mei").await, world.signed_in("olga").await);
        let olga_path = format!("/api/admin/users/{}", world.id("olga").await);
        assert_eq!(mei.post("/api/admin/users", &form("second", "owner")).await.status, 403);
        assert_eq!(mei.put(&format!("{olga_path}/inactive"), &json!({})).await.status, 403);
        assert_eq!(mei.post(&format!("{olga_path}/password-link"), &json!({})).await.status, 403);
        let demoted = mei.put(&olga_path, &form("olga", "account_manager")).await;
        assert_eq!(demoted.status, 403);
        let own = olga.put(&olga_path, &form("olga", "account_manager")).await;
        assert_eq!((own.status, &own.json["fields"]["role"]), (422, &json!("fault-own-role")));
        let own = olga.put(&format!("{olga_path}/inactive"), &json!({})).await;
        assert_eq!(own.status, 422, "{}", own.text);
        let second = create(&mut olga, "second", "owner").await;
        let path = format!("/api/admin/users/{second}");
        assert_eq!(olga.put(&path, &form("second", "org_admin")).await.status, 200, "one is left");
        assert_eq!(olga.put(&path, &form("second", "owner")).await.status, 200);
        assert_eq!(olga.put(&format!("{path}/inactive"), &json!({})).await.status, 200);
        // The operator is refused, too, when no one would be left.
        let refused =
            company::set_role(&world.app, &world.bay, "olga", causeway_api::people::Role::OrgAdmin).await;
        assert!(refused.unwrap_err().to_string().contains("fault-last-owner"));
    });
}

#[test]
fn two_owners_who_demote_each_other_at_once_leave_one() {
    on_every_database(|world| async move {
        let olga = world.signed_in("olga").await;
        let second = create(&mut olga.clone(), "second", "owner").await;
        let third = create(&mut olga.clone(), "third", "owner").await;
        let mut tries = tokio::task::JoinSet::new();
        for (id, name) in [(second, "second"), (third, "third"), (world.id("olga").await.to_string(), "olga")]
        {
            let app = world.app.clone();
            let (bay, name, _) = (world.bay.clone(), name.to_owned(), id);
            // Only Olga has a session; the operator's door has no rule about the own role.
            tries.spawn(async move {
                company::set_role(&app, &bay, &name, causeway_api::people::Role::OrgAdmin).await.is_ok()
            });
        }
        let done = tries.join_all().await;
        assert_eq!(done.iter().filter(|done| **done).count(), 2, "{done:?}");
    });
}

#[test]
fn an_inactive_user_is_out_at_once_everywhere_and_comes_back() {
    on_every_database(|world| async move {
        let (mut mei, mut priya) = (world.signed_in("mei").await, world.signed_in("priya").await);
        let mut half = world.browser();
        assert_eq!(half.log_in("lanternbay", "priya", PASSWORD).await.status, 200);
        let code = world.newest_code("priya").await;
        world
            .browser()
            .post("/api/password-reset", &json!({ "company": "lanternbay", "username": "priya" }))
            .await;
        let mail = world.newest_to("priya@staff.example").await.unwrap().body;
        let token = mail.split("/reset#").nth(1).unwrap().lines().next().unwrap().to_owned();
        let path = format!("/api/admin/users/{}/inactive", world.id("priya").await);
        let done = mei.put(&path, &json!({})).await;
        assert_eq!((done.status, &done.json["state"]), (200, &json!("inactive")));
        assert_eq!(priya.get("/api/session").await.status, 401);
        assert_eq!(half.post("/api/login/code", &json!({ "code": code })).await.status, 401);
        let opened = world.browser().post("/api/password-reset/link", &json!({ "token": token })).await;
        assert_eq!(opened.status, 410);
        world.clock.advance(MINUTE);
        assert_eq!(world.browser().log_in("lanternbay", "priya", PASSWORD).await.status, 401);
        let mut daniel = world.signed_in("daniel").await;
        assert!(!daniel.get("/api/people").await.text.contains("priya"), "nobody starts a chat with her");
        assert_eq!(mei.put(&path, &json!({})).await.status, 409, "once");
        assert_eq!(mei.delete(&path).await.json["state"], "active");
        world.clock.advance(MINUTE);
        world.signed_in("priya").await;
    });
}

#[test]
fn the_limit_of_users_holds_under_parallel_creation_and_for_coming_back() {
    on_every_database(|world| async move {
        let mei = world.signed_in("mei").await;
        company::set_plan(&world.app, &world.bay, None, Some(8), None).await.unwrap();
        let mut tries = tokio::task::JoinSet::new();
        for number in 0..20 {
            let mut mei = mei.clone();
            tries.spawn(async move {
                mei.post("/api/admin/users", &form(&format!("new{number}"), "account_manager")).await.status
            });
        }
        let statuses = tries.join_all().await;
        assert_eq!(
            statuses.iter().filter(|status| **status == 201).count(),
            3,
            "five were there: {statuses:?}"
        );
        assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 17);
        let mut mei = mei;
        let license = mei.get("/api/admin/license").await.json;
        assert_eq!(
            (&license["plan"], &license["users"]),
            (&json!("enterprise"), &json!({ "used": 8, "limit": 8 }))
        );
        let path = format!("/api/admin/users/{}/inactive", world.id("daniel").await);
        assert_eq!(mei.put(&path, &json!({})).await.status, 200);
        create(&mut mei, "instead", "account_manager").await;
        let full = mei.delete(&path).await;
        assert_eq!((full.status, &full.json["fields"]["users"]), (409, &json!("fault-no-place")));
        assert_eq!(
            mei.get("/api/admin/users?state=inactive").await.json["total"],
            1,
            "nothing of it was kept"
        );
    });
}

#[test]
fn another_role_ends_the_sessions_and_asks_for_a_recent_code() {
    on_every_database(|world| async move {
        let (mut mei, mut daniel) = (world.signed_in("mei").await, world.signed_in("daniel").await);
        let path = format!("/api/admin/users/{}", world.id("daniel").await);
        assert_eq!(mei.put(&path, &form("daniel", "account_manager")).await.status, 200);
        assert_eq!(daniel.get("/api/session").await.status, 200);
        world.clock.advance(21 * MINUTE);
        let old = mei.put(&path, &form("daniel", "org_admin")).await;
        assert_eq!((old.status, &old.json["code"]), (403, &json!("confirm_again")));
        let mut mei = world.signed_in("mei").await;
        assert_eq!(mei.put(&path, &form("daniel", "org_admin")).await.status, 200);
        assert_eq!(daniel.get("/api/session").await.status, 401);
        let mut daniel = world.signed_in("daniel").await;
        assert_eq!(daniel.get("/api/admin/users").await.status, 200);
    });
}

#[test]
fn an_admin_sends_links_and_never_a_password() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        let path = format!("/api/admin/users/{}/password-link", world.id("daniel").await);
        assert_eq!(mei.post(&path, &json!({})).await.status, 204);
        assert!(world.newest_to("daniel@staff.example").await.unwrap().body.contains("/reset#"));
        let nora = create(&mut mei, "nora", "account_manager").await;
        let first = world.newest_to("nora@staff.example").await.unwrap().body;
        assert_eq!(mei.post(&format!("/api/admin/users/{nora}/password-link"), &json!({})).await.status, 204);
        let second = world.newest_to("nora@staff.example").await.unwrap().body;
        let token = |mail: &str| mail.split("/welcome#").nth(1).unwrap().lines().next().unwrap().to_owned();
        assert_ne!(token(&first), token(&second));
        let open = async |token: String| {
            world.browser().post("/api/welcome", &json!({ "token": token })).await.status
        };
        assert_eq!((open(token(&first)).await, open(token(&second)).await), (410, 200), "newest only");
    });
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
        let body = json!({ "csv": csv });
        let preview = mei.post("/api/admin/user-import/preview", &body).await.json;
        let outcomes = |report: &Value| -> Vec<(String, String)> {
            let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
            report["rows"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| (text(row, "outcome"), text(row, "fault")))
                .collect()
        };
        let refused = |fault: &str| ("refused".to_owned(), fault.to_owned());
        let good = |word: &str| (word.to_owned(), String::new());
        let expected = |word: &str| {
            vec![
                good(word),
                refused("fault-email"),
                refused("fault-taken"),
                refused("fault-taken"),
                refused("fault-owner-only"),
                good(word),
            ]
        };
        assert_eq!(outcomes(&preview), expected("ready"));
        assert_eq!(mei.get("/api/admin/users?search=ada").await.json["total"], 0, "a preview writes nothing");
        let report = mei.post("/api/admin/user-import", &body).await.json;
        assert_eq!(outcomes(&report), expected("imported"));
        assert_eq!((&report["rows"][5]["line"], &report["rows"][5]["name"]), (&json!(7), &json!("Bo")));
        assert_eq!(names(&mut mei, "state=invited").await, ["Ada", "Bo"]);
        assert!(world.newest_to("bo@staff.example").await.is_some());
        let bad = mei.post("/api/admin/user-import", &json!({ "csv": "a,b\n1,2" })).await;
        assert_eq!((bad.status, &bad.json["fields"]["csv"]), (422, &json!("fault-csv-columns")));
    });
}

#[test]
fn a_large_file_is_taken_where_other_bodies_stay_small() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        let row = |number| format!("User {number:05},u{number}@staff.example,{}\n", "x".repeat(40));
        let csv = std::iter::once("name,email,job_description\n".to_owned()).chain((0..4_000).map(row));
        let csv: String = csv.collect();
        let preview = mei.post("/api/admin/user-import/preview", &json!({ "csv": csv })).await;
        assert_eq!((preview.status, preview.json["rows"].as_array().map(Vec::len)), (200, Some(4_000)));
        // Other bodies stay small.
        let long = json!({ "name": "x".repeat(300_000), "email": "a@b.example", "role": "account_manager" });
        assert_eq!(mei.post("/api/admin/users", &long).await.status, 413);
    });
}

async fn owner(mei: &mut Browser, client: &str) -> Value {
    let page = mei.get(&format!("/api/admin/clients?search={client}")).await.json;
    page["items"][0]["owner"]["name"].clone()
}

#[test]
fn an_admin_sees_every_client_and_hands_one_over() {
    on_every_database(|world| async move {
        let (mut mei, mut priya) = (world.signed_in("mei").await, world.signed_in("priya").await);
        let body = json!({
            "identity": { "channel": "causeway", "email": "siu@pearl.example" },
            "profile": { "kind": "new", "profile": {
                "first_name": "Siu", "last_name": "Chan", "email": "", "phone": "", "country": "", "language": "",
                "external_company": null, "tags": [],
            } },
        });
        let invited = priya.post("/api/invitations", &body).await.json;
        let id = invited["contact"]["person"]["id"].as_str().unwrap().to_owned();
        assert_eq!(owner(&mut mei, "siu").await, "priya", "though it is not shared with Mei");
        let transfer = |to| json!({ "to": to });
        let path = format!("/api/admin/clients/{id}/transfer");
        assert_eq!(mei.post(&path, &transfer(world.id("tomas").await)).await.status, 422);
        let daniel_id = world.id("daniel").await;
        assert_eq!(mei.post(&path, &transfer(daniel_id)).await.status, 204);
        assert_eq!(owner(&mut mei, "siu").await, "daniel");
        let contact = format!("/api/contacts/{id}");
        assert_eq!(priya.get(&contact).await.status, 404);
        let mut daniel = world.signed_in("daniel").await;
        assert_eq!(daniel.get(&contact).await.status, 200);
        assert_eq!(daniel.get("/api/notifications").await.json["items"][0]["notice"]["name"], "Siu Chan");
        let by_owner = mei.get(&format!("/api/admin/clients?owner={daniel_id}&search=siu")).await.json;
        assert_eq!(by_owner["total"], 1);
        assert_eq!(mei.put(&format!("/api/admin/clients/{id}/archive"), &json!({})).await.status, 204);
        assert_eq!(mei.get("/api/admin/clients?archived=true").await.json["total"], 1);
        assert_eq!(daniel.get("/api/contacts?search=siu").await.json["total"], 0);
    });
}

#[test]
fn the_operator_sets_plans_and_the_first_owner() {
    on_every_database(|world: World| async move {
        let mut ana = world.signed_in("ana").await;
        assert_eq!(ana.get("/api/admin/license").await.json["plan"], "free");
        company::set_plan(&world.app, &world.peak, Some(Plan::Pro), None, Some(3)).await.unwrap();
        let license = ana.get("/api/admin/license").await.json;
        assert_eq!((&license["plan"], &license["external_users"]["limit"]), (&json!("pro"), &json!(3)));
        company::set_plan(&world.app, &world.peak, None, None, Some(0)).await.unwrap();
        assert_eq!(ana.get("/api/admin/license").await.json["external_users"]["limit"], Value::Null);
        company::set_role(&world.app, &world.peak, "ana", causeway_api::people::Role::Owner).await.unwrap();
        assert_eq!(ana.get("/api/session").await.status, 401, "another role is another session");
        let mut ana = world.signed_in("ana").await;
        assert_eq!(ana.get("/api/session").await.json["me"]["role"], "owner");
    });
}
