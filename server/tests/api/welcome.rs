//! The welcome link.

use crate::common::{PASSWORD, World, forms, on_every_database};
use causeway_api::{auth::Welcome, people::Role, users::UserForm};
use causeway_server::domain::users::add::add_employee;

const HOUR: i64 = 3_600_000;

/// Adds Nora as the operator does. Returns the token of her welcome link.
async fn db_invited(world: &World) -> String {
    let new = UserForm {
        name: "Nora Quist".into(),
        username: "nora".into(),
        email: "nora@staff.example".into(),
        phone: "+12025550190".into(),
        role: Role::AccountManager,
        company_role: "Partner".into(),
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
        let token = db_invited(&world).await;
        assert_eq!(
            world.browser().log_in("lanternbay", "nora", PASSWORD).await.status,
            401,
            "no password yet"
        );
        world.clock.advance(10_000);
        let mut browser = world.browser();
        let shown = browser.post("/api/welcome", &forms::link(&token)).await;
        assert_eq!((shown.status, shown.read::<Welcome>().username.as_str()), (200, "nora"));
        for (password, fault) in
            [("short", "fault-password-short"), ("lanternbay2026", "fault-password-common")]
        {
            let answer = browser.post("/api/welcome/password", &forms::set_password(&token, password)).await;
            assert_eq!(answer.fault("password"), (422, fault));
        }
        let set = forms::set_password(&token, PASSWORD);
        assert_eq!(browser.post("/api/welcome/password", &set).await.status, 204);
        assert_eq!(browser.post("/api/welcome/password", &set).await.status, 410);
        assert_eq!(browser.post("/api/welcome", &forms::link(&token)).await.status, 410);
        assert_eq!(browser.get("/api/session").await.status, 401, "it does not sign in");
        assert_eq!(browser.log_in("lanternbay", "nora", PASSWORD).await.status, 200);
    });
}

#[test]
fn a_welcome_link_lives_three_days() {
    on_every_database(|world| async move {
        let token = db_invited(&world).await;
        world.clock.advance(72 * HOUR - 1_000);
        assert_eq!(world.browser().post("/api/welcome", &forms::link(&token)).await.status, 200);
        world.clock.advance(2_000);
        assert_eq!(world.browser().post("/api/welcome", &forms::link(&token)).await.status, 410);
    });
}

#[test]
fn a_user_name_is_taken_once() {
    on_every_database(|world| async move {
        db_invited(&world).await;
        let again = UserForm {
            username: " NORA ".to_owned(),
            email: "other@staff.example".to_owned(),
            ..forms::user("Another", Role::AccountManager)
        };
        let refused = add_employee(&world.app, &world.bay, &again).await.unwrap_err();
        assert!(refused.to_string().contains("username"), "{refused}");
    });
}
