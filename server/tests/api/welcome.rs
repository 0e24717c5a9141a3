//! The welcome link.

use crate::common::{PASSWORD, on_every_database};
use causeway_api::{people::Role, users::UserForm};
use causeway_server::domain::users::add::add_employee;
use serde_json::json;

const HOUR: i64 = 3_600_000;

async fn invited(world: &crate::common::World) -> String {
    let new = UserForm {
        name: "Nora Quist".into(),
        username: "nora".into(),
        email: "nora@staff.example".into(),
        phone: "+12025550190".into(),
        role: Role::AccountManager,
        about: "Broker".into(),
        language: String::new(),
    };
    add_employee(&world.app, &world.bay, &new).await.unwrap();
    let mail = world.sent().await.pop().unwrap();
    assert_eq!(mail.to, "nora@staff.example");
    assert!(mail.body.contains("lanternbay") && mail.body.contains("nora"));
    mail.body.split("/welcome#").nth(1).unwrap().lines().next().unwrap().to_owned()
}

#[test]
fn the_owner_sets_the_first_password_once() {
    on_every_database(|world| async move {
        let token = invited(&world).await;
        assert_eq!(
            world.browser().log_in("lanternbay", "nora", PASSWORD).await.status,
            401,
            "no password yet"
        );
        world.clock.advance(10_000);
        let mut browser = world.browser();
        let shown = browser.post("/api/welcome", &json!({ "token": token })).await;
        assert_eq!((shown.status, &shown.json["username"]), (200, &json!("nora")));
        for (password, fault) in
            [("short", "fault-password-short"), ("lanternbay2026", "fault-password-common")]
        {
            let answer =
                browser.post("/api/welcome/password", &json!({ "token": token, "password": password })).await;
            assert_eq!((answer.status, &answer.json["fields"]["password"]), (422, &json!(fault)));
        }
        let set = json!({ "token": token, "password": PASSWORD });
        assert_eq!(browser.post("/api/welcome/password", &set).await.status, 204);
        assert_eq!(browser.post("/api/welcome/password", &set).await.status, 410);
        assert_eq!(browser.post("/api/welcome", &json!({ "token": token })).await.status, 410);
        assert_eq!(browser.get("/api/session").await.status, 401, "it does not sign in");
        assert_eq!(browser.log_in("lanternbay", "nora", PASSWORD).await.status, 200);
    });
}

#[test]
fn a_welcome_link_lives_three_days() {
    on_every_database(|world| async move {
        let token = invited(&world).await;
        world.clock.advance(72 * HOUR - 1_000);
        assert_eq!(world.browser().post("/api/welcome", &json!({ "token": token })).await.status, 200);
        world.clock.advance(2_000);
        assert_eq!(world.browser().post("/api/welcome", &json!({ "token": token })).await.status, 410);
    });
}

#[test]
fn a_user_name_is_taken_once() {
    on_every_database(|world| async move {
        invited(&world).await;
        let again = UserForm {
            name: "Another".into(),
            username: " NORA ".into(),
            email: "other@staff.example".into(),
            phone: String::new(),
            role: Role::AccountManager,
            about: String::new(),
            language: String::new(),
        };
        let refused = add_employee(&world.app, &world.bay, &again).await.unwrap_err();
        assert!(refused.to_string().contains("username"), "{refused}");
    });
}
