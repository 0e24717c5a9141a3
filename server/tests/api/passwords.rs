//! Forgotten passwords and changing one.

use crate::common::{
    PASSWORD, World, answer::Answer, browser::Browser, forms, on_every_database, times::assert_same_time,
};
use causeway_api::auth::{ChangePassword, ForgotPassword, Welcome};
use causeway_server::clock::MINUTE;

const NEW: &str = "kelp orbit nine 9";

async fn forgot(browser: &mut Browser, company: &str, username: &str) -> (u16, String) {
    let typed = ForgotPassword { company: company.to_owned(), username: username.to_owned() };
    let answer = browser.post("/api/password-reset", &typed).await;
    (answer.status, answer.text)
}

async fn token(world: &World) -> String {
    let mail = world.newest_to("priya@staff.example").await.expect("a mail").body;
    assert!(mail.contains("https://chat.test.example/reset#"), "{mail}");
    mail.split("/reset#").nth(1).unwrap().lines().next().unwrap().to_owned()
}

#[test]
fn everybody_is_answered_the_same_and_only_an_account_gets_a_link() {
    on_every_database(|world| async move {
        let before = world.sent().await.len();
        for (company, username) in
            [("lanternbay", "nobody"), ("nowhere", "priya"), ("peaklegal", "priya"), ("lanternbay", "lukas")]
        {
            assert_eq!(forgot(&mut world.browser(), company, username).await, (204, String::new()));
        }
        assert_eq!(world.sent().await.len(), before);
        assert_eq!(forgot(&mut world.browser(), " LanternBay ", "PRIYA").await, (204, String::new()));
        assert_eq!(world.sent().await.len(), before + 1);
        assert_eq!(forgot(&mut world.browser(), "", "x").await.0, 422);
    });
}

#[test]
fn a_link_sets_a_password_once_ends_every_session_and_does_not_sign_in() {
    on_every_database(|world| async move {
        let mut open = world.signed_in("priya").await;
        forgot(&mut world.browser(), "lanternbay", "priya").await;
        let token = token(&world).await;
        let mut browser = world.browser();
        let shown = browser.post("/api/password-reset/link", &forms::link(&token)).await;
        assert_eq!((shown.status, shown.read::<Welcome>().username.as_str()), (200, "priya"));
        for (password, fault) in
            [("short", "fault-password-short"), ("lanternbay2026", "fault-password-common")]
        {
            let new = forms::set_password(&token, password);
            let refused = browser.put("/api/password-reset/link", &new).await;
            assert_eq!(refused.fault("password"), (422, fault));
        }
        let set = forms::set_password(&token, NEW);
        assert_eq!(browser.put("/api/password-reset/link", &set).await.status, 204);
        assert_eq!(browser.put("/api/password-reset/link", &set).await.status, 410, "once");
        assert_eq!(open.get("/api/session").await.status, 401);
        assert_eq!(browser.get("/api/session").await.status, 401, "it does not sign in");
        assert!(world.newest_to("priya@staff.example").await.unwrap().body.contains("was changed"));
        world.clock.advance(MINUTE);
        assert_eq!(browser.log_in("lanternbay", "priya", PASSWORD).await.status, 401);
        world.clock.advance(MINUTE);
        let signing_in = browser.log_in("lanternbay", "priya", NEW).await;
        assert_eq!(signing_in.status, 200, "and the code is still asked for");
    });
}

#[test]
fn only_the_newest_link_works_for_thirty_minutes() {
    on_every_database(|world| async move {
        forgot(&mut world.browser(), "lanternbay", "priya").await;
        let first = token(&world).await;
        forgot(&mut world.browser(), "lanternbay", "priya").await;
        let second = token(&world).await;
        let open = async |token: &str| {
            world.browser().post("/api/password-reset/link", &forms::link(token)).await.status
        };
        assert_eq!((open(&first).await, open(&second).await), (410, 200));
        world.clock.advance(30 * MINUTE - 1);
        assert_eq!(open(&second).await, 200);
        world.clock.advance(1);
        assert_eq!(open(&second).await, 410);
    });
}

#[test]
fn the_link_begins_with_the_configured_origin_whatever_the_request_says() {
    on_every_database(|world| async move {
        for header in ["x-forwarded-host", "x-original-url", "forwarded"] {
            let mut browser = world.browser();
            browser.headers.push((header, "evil.example".into()));
            forgot(&mut browser, "lanternbay", "priya").await;
            let mail = world.newest_to("priya@staff.example").await.unwrap().body;
            assert!(!mail.contains("evil"), "{mail}");
            token(&world).await;
        }
    });
}

#[test]
fn nobody_is_mailed_without_end() {
    on_every_database(|world| async move {
        for _ in 0..12 {
            assert_eq!(forgot(&mut world.browser(), "lanternbay", "priya").await.0, 204);
        }
        let mails = world.sent().await.iter().filter(|mail| mail.to == "priya@staff.example").count();
        assert_eq!(mails, 5);
    });
}

async fn change(browser: &mut Browser, old: &str, new: &str) -> Answer {
    let typed = ChangePassword { old: Some(old.to_owned()), new: new.to_owned() };
    browser.put("/api/profile/password", &typed).await
}

#[test]
fn changing_a_password_needs_the_old_one_and_ends_the_other_sessions() {
    on_every_database(|world| async move {
        let (mut priya, mut elsewhere) = (world.signed_in("priya").await, world.signed_in("priya").await);
        let refused = change(&mut priya, "wrong", NEW).await;
        assert_eq!(refused.fault("old"), (422, "fault-password-wrong"));
        // A wrong one costs a pause, as in signing in, and the right one has to wait for its end, too.
        let refused = change(&mut priya, PASSWORD, NEW).await;
        assert_eq!(refused.fault("old").1, "fault-password-wait");
        world.clock.advance(MINUTE);
        let weak = change(&mut priya, PASSWORD, "lanternbay2026").await;
        assert_eq!(weak.fault("new").1, "fault-password-common");
        assert_eq!(change(&mut priya, PASSWORD, NEW).await.status, 204);
        assert_eq!(priya.get("/api/session").await.status, 200);
        assert_eq!(elsewhere.get("/api/session").await.status, 401);
        assert!(world.newest_to("priya@staff.example").await.unwrap().body.contains("was changed"));
        world.clock.advance(MINUTE);
        assert_eq!(world.browser().log_in("lanternbay", "priya", NEW).await.status, 200);
    });
}

#[test]
fn an_account_is_not_told_from_none_by_the_time_of_the_answer() {
    on_every_database(|world| async move {
        assert_same_time(async |_, is_known| {
            // Hourly limits are another matter.
            world.clock.advance(61 * MINUTE);
            let username = if is_known { "priya" } else { "nobody" };
            let mut browser = world.browser();
            let begun = std::time::Instant::now();
            assert_eq!(forgot(&mut browser, "lanternbay", username).await.0, 204);
            begun.elapsed()
        })
        .await;
    });
}
