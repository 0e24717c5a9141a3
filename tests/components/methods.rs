//! Sign-in methods: set up, and removed only when that is confirmed.

use super::{
    all, button, described, find, has, has_focus, is_invalid, labelled,
    played_server::{Page, Server},
    type_into,
};
use causeway::pages::settings::SignInMethods;
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::tick};
use serde_json::{Value, json};
use wasm_bindgen_test::*;
use web_sys::{HtmlElement, HtmlInputElement};

const LIST: &str = "GET /api/profile/second-factors";
const AUTHENTICATOR: &str = "DELETE /api/profile/authenticator";
const PASSKEYS: &str = "POST /api/profile/passkeys";

fn set_up(authenticator_since: Option<i64>) -> Value {
    json!({
        "is_required": false,
        "authenticator_since": authenticator_since,
        "passkeys": [],
        "can_use_passkeys": true,
        "recovery_codes_left": 10,
    })
}

async fn open(server: &Server) -> Page {
    let page =
        Page::open("/settings/security", server, || view! { <SignInMethods on_change=|()| () /> }.into_any());
    page.shows("Authenticator app").await;
    page
}

/// Opens the dialog that asks before the authenticator app is removed.
async fn ask(page: &Page) {
    find::<HtmlElement>(&page.place, "[aria-label='Remove authenticator app']").click();
    page.shows("Codes from your authenticator app will stop working.").await;
}

/// Waits until something was asked so many times, and finds that it is asked no more.
async fn asks(server: &Server, question: &str, times: usize) {
    for _ in 0..100 {
        if server.asked(question).len() >= times {
            break;
        }
        TimeoutFuture::new(5).await;
    }
    TimeoutFuture::new(50).await;
    assert_eq!(server.asked(question).len(), times, "{question}");
}

/// Says yes in the dialog.
async fn confirm(page: &Page) {
    let dialog: HtmlElement = find(&page.place, "dialog[open]");
    button(&dialog, "Remove").click();
    tick().await;
}

#[wasm_bindgen_test]
async fn a_method_is_removed_once_that_is_confirmed() {
    let server = Server::default();
    server.answer(LIST, set_up(Some(1_700_000_000_000))).answer(LIST, set_up(None));
    server.answer(AUTHENTICATOR, Value::Null);
    let page = open(&server).await;
    ask(&page).await;
    assert!(server.asked(AUTHENTICATOR).is_empty(), "nothing before it is confirmed");
    confirm(&page).await;
    page.shows("Not set up yet.").await;
    assert_eq!(server.asked(AUTHENTICATOR).len(), 1);
    assert!(!has(&page.place, "dialog"));
}

#[wasm_bindgen_test]
async fn a_method_is_not_removed_twice_at_a_time() {
    let server = Server::default();
    server.answer(LIST, set_up(Some(1_700_000_000_000))).hold(AUTHENTICATOR);
    let page = open(&server).await;
    for _ in 0..2 {
        ask(&page).await;
        confirm(&page).await;
    }
    asks(&server, AUTHENTICATOR, 1).await;
}

#[wasm_bindgen_test]
async fn a_code_is_asked_for_first_where_the_server_wants_one() {
    let server = Server::default();
    server.answer(LIST, set_up(Some(1_700_000_000_000)));
    server.refuse(AUTHENTICATOR, "confirm_again", json!({}));
    let page = open(&server).await;
    ask(&page).await;
    confirm(&page).await;
    page.shows("Confirm that it’s you").await;
    assert_eq!(all(&page.place, "dialog[open]").len(), 1, "the first question has gone");
    asks(&server, "POST /api/session/code", 1).await;
}

/// The dialog in which a passkey gets its name, and the field.
async fn naming(page: &Page) -> HtmlInputElement {
    button(&page.place, "Add passkey").click();
    page.shows("Your browser creates a passkey").await;
    labelled(&page.place, "Name")
}

#[wasm_bindgen_test]
async fn what_is_wrong_with_the_name_of_a_passkey_is_told_there_until_it_is_corrected() {
    let server = Server::default();
    server.answer(LIST, set_up(None)).answer(PASSKEYS, json!({ "options": {} }));
    server.refuse(PASSKEYS, "invalid", json!({ "name": "fault-too-long" }));
    let page = open(&server).await;
    let name = naming(&page).await;
    type_into(&name, "A name that is far too long");
    button(&page.place, "Create passkey").click();
    page.shows("This is too long.").await;
    assert!(is_invalid(&name));
    assert!(described(&page.place, &name).contains("too long"));
    TimeoutFuture::new(50).await;
    assert!(has_focus(&name), "it leads to the field");
    type_into(&name, "Laptop");
    tick().await;
    assert!(!is_invalid(&name) && !has(&page.place, ".field__error"));
}

#[wasm_bindgen_test]
async fn a_passkey_is_not_created_twice_at_a_time() {
    let server = Server::default();
    server.answer(LIST, set_up(None)).answer(PASSKEYS, json!({ "options": {} }));
    let page = open(&server).await;
    naming(&page).await;
    server.hold(PASSKEYS);
    let create = button(&page.place, "Create passkey");
    create.click();
    create.click();
    tick().await;
    assert_eq!(create.get_attribute("aria-busy").as_deref(), Some("true"));
    // Once to see whether it is allowed, and once to create it.
    asks(&server, PASSKEYS, 2).await;
}
