//! Sessions: how they end, and what they are bound to.

use crate::common::{
    forms::{self, message},
    on_every_database,
};
use causeway_api::{ProblemCode, chats::MessagePage};
use serde_json::json;

const MINUTE: i64 = 60_000;

#[test]
fn a_session_ends_after_half_an_hour_without_an_action() {
    on_every_database(|world| async move {
        let mut browser = world.signed_in("priya").await;
        world.clock.advance(30 * MINUTE - 1_000);
        assert_eq!(browser.get("/api/people").await.status, 200);
        world.clock.advance(30 * MINUTE - 1_000);
        assert_eq!(browser.get("/api/people").await.status, 200);
        world.clock.advance(30 * MINUTE + 1_000);
        assert_eq!(browser.get("/api/people").await.status, 401);
    });
}

#[test]
fn a_page_that_asks_by_itself_keeps_no_session_alive() {
    on_every_database(|world| async move {
        let mut browser = world.signed_in("priya").await;
        for _ in 0..3 {
            world.clock.advance(14 * MINUTE);
            browser.get("/api/session").await;
            browser.get("/api/chats").await;
        }
        assert_eq!(browser.get("/api/session").await.status, 401);
    });
}

#[test]
fn a_session_ends_after_twelve_hours_in_spite_of_activity() {
    on_every_database(|world| async move {
        let mut browser = world.signed_in("priya").await;
        for _ in 0..(12 * 60 / 20) - 1 {
            world.clock.advance(20 * MINUTE);
            assert_eq!(browser.get("/api/people").await.status, 200);
        }
        world.clock.advance(20 * MINUTE);
        assert_eq!(browser.get("/api/people").await.status, 401);
    });
}

#[test]
fn signing_out_ends_the_session_for_every_holder_of_the_cookie() {
    on_every_database(|world| async move {
        let mut browser = world.signed_in("priya").await;
        let mut thief = browser.clone();
        let answer = browser.delete("/api/session").await;
        assert_eq!(answer.status, 204);
        assert!(answer.headers.contains_key("clear-site-data"));
        assert!(!browser.cookies.contains_key("__Host-causeway-session"));
        assert_eq!(thief.get("/api/session").await.status, 401);
    });
}

#[test]
fn the_cookie_changes_at_every_step_and_a_planted_one_is_never_adopted() {
    on_every_database(|world| async move {
        let mut browser = world.browser();
        browser.cookies.insert("__Host-causeway-session".into(), "planted".into());
        browser.cookies.insert("__Host-causeway-login".into(), "planted".into());
        browser.log_in("lanternbay", "priya", crate::common::PASSWORD).await;
        assert_ne!(browser.cookies["__Host-causeway-login"], "planted");
        let code = world.newest_code("priya").await;
        browser.post("/api/login/code", &forms::code(&code)).await;
        assert_ne!(browser.cookies["__Host-causeway-session"], "planted");
        assert!(!browser.cookies.contains_key("__Host-causeway-login"));
    });
}

#[test]
fn the_stored_hash_is_no_cookie() {
    on_every_database(|world| async move {
        let browser = world.signed_in("priya").await;
        let token = causeway_server::clock::Token::presented(&browser.cookies["__Host-causeway-session"]);
        let hash: String = token.hash().iter().map(|byte| format!("{byte:02x}")).collect();
        let mut other = world.browser();
        other.cookies.insert("__Host-causeway-session".into(), hash);
        assert_eq!(other.get("/api/session").await.status, 401);
    });
}

#[test]
fn beyond_ten_sessions_the_oldest_ends() {
    on_every_database(|world| async move {
        let mut first = world.signed_in("priya").await;
        for _ in 0..10 {
            world.clock.advance(11 * MINUTE);
            first.get("/api/people").await;
            world.signed_in("priya").await;
        }
        assert_eq!(first.get("/api/session").await.status, 401);
    });
}

#[test]
fn another_site_can_change_nothing() {
    on_every_database(|world| async move {
        let mut browser = world.signed_in("priya").await;
        let chat = world.chat(&mut browser, "lukas").await;
        let path = format!("/api/chats/{chat}/messages");
        for headers in [
            vec![("sec-fetch-site", "cross-site".to_owned())],
            vec![("sec-fetch-site", "same-site".to_owned())],
            vec![("origin", "https://evil.example".to_owned())],
            vec![("origin", "null".to_owned())],
            vec![("origin", "https://chat.test.example.evil.example".to_owned())],
        ] {
            browser.headers = headers;
            let answer = browser.post(&path, &message("from afar")).await;
            assert_eq!(answer.refusal(), (403, ProblemCode::CrossSite));
        }
        browser.headers = vec![("sec-fetch-site", "same-origin".to_owned())];
        assert_eq!(browser.get(&path).await.read::<MessagePage>().last_ordinal, 0);
    });
}

#[test]
fn only_json_is_taken() {
    on_every_database(|world| async move {
        let mut browser = world.signed_in("priya").await;
        let answer = browser.send(axum::http::Method::POST, "/api/login", Some("{".into())).await;
        assert_eq!(answer.refusal(), (400, ProblemCode::Invalid));
        browser.headers.push(("content-type", "text/plain".to_owned()));
        let answer = browser.send(axum::http::Method::POST, "/api/chats", None).await;
        assert_eq!(answer.status, 415, "{}", answer.text);
        let extra = json!({ "company": "a", "username": "b", "password": "c", "is_admin": true });
        assert_eq!(world.browser().post("/api/login", &extra).await.status, 400);
        let huge = json!({ "company": "a".repeat(300_000), "username": "b", "password": "c" });
        assert_eq!(world.browser().post("/api/login", &huge).await.status, 413);
    });
}
