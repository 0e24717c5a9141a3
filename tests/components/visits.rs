//! Public registration from the link to the first chat.

use super::{
    button, described, find, has, is_invalid, labelled, link,
    played_server::{Page, Server},
    text, type_into,
};
use causeway::app::Visit;
use leptos::{prelude::*, task::tick};
use serde_json::{Value, json};
use wasm_bindgen_test::*;
use web_sys::HtmlInputElement;

const FORM: &str = "GET /api/registration/abc";
const REGISTER: &str = "POST /api/registration/abc";
const CONFIRM: &str = "PUT /api/registration-code";

fn form(is_open: bool, asks_password: bool) -> Value {
    json!({ "company": "Pearl", "is_open": is_open, "form_text": {}, "work": null, "asks_password": asks_password })
}

fn sent() -> Value {
    json!({ "email": "ana@jade.example", "expires_in": 600, "resend_in": 30 })
}

fn registered() -> Value {
    json!({
        "company": "Pearl",
        "company_name": "pearl",
        "host": {
            "id": "00000000-0000-0000-0000-000000000001",
            "kind": "colleague",
            "name": "Priya Nair",
            "role": "account_manager",
            "about": "",
            "company_role": "",
            "name_lang": null,
        },
        "chat": "00000000-0000-0000-0000-0000000000c1",
        "name": "Ana Lee",
        "username": "ana@jade.example",
        "is_code_password": true,
    })
}

fn open(server: &Server) -> Page {
    Page::open("/r/abc", server, || view! { <Visit/> }.into_any())
}

/// A page with the form of a company that takes registrations.
async fn opened(server: &Server) -> Page {
    server.answer(FORM, form(true, false));
    let page = open(server);
    page.shows("Chat with Pearl").await;
    page
}

fn name(page: &Page) -> HtmlInputElement {
    labelled(&page.place, "Name")
}

fn email(page: &Page) -> HtmlInputElement {
    labelled(&page.place, "Email")
}

fn fill_in(page: &Page) {
    type_into(&name(page), "Ana Lee");
    type_into(&email(page), "ana@jade.example");
    button(&page.place, "Send code").click();
}

/// A page that has sent a code.
async fn at_code(server: &Server, asks_password: bool) -> Page {
    server.answer(FORM, form(true, asks_password)).answer(REGISTER, sent());
    let page = open(server);
    page.shows("Chat with Pearl").await;
    fill_in(&page);
    page.shows("We sent a 6-digit code to ana@jade.example.").await;
    page
}

#[wasm_bindgen_test]
async fn nothing_is_sent_while_a_field_is_wrong_and_each_fault_stands_at_its_field() {
    let server = Server::default();
    let page = opened(&server).await;
    type_into(&email(&page), "ana");
    button(&page.place, "Send code").click();
    tick().await;
    assert_eq!(described(&page.place, &name(&page)), "Fill this in.");
    assert_eq!(described(&page.place, &email(&page)), "Enter an email address like name@company.com.");
    type_into(&name(&page), "Ana Lee");
    button(&page.place, "Send code").click();
    tick().await;
    assert!(!is_invalid(&name(&page)) && is_invalid(&email(&page)));
    assert!(server.asked(REGISTER).is_empty());
}

#[wasm_bindgen_test]
async fn a_form_is_sent_once_however_often_it_is_submitted() {
    let server = Server::default();
    let page = opened(&server).await;
    server.answer(REGISTER, sent());
    fill_in(&page);
    button(&page.place, "Send code").click();
    page.shows("We sent a 6-digit code to ana@jade.example.").await;
    let asked = server.asked(REGISTER);
    let expected = json!({ "name": "Ana Lee", "email": "ana@jade.example", "language": "en", "work": null });
    assert_eq!(asked, [expected]);
}

#[wasm_bindgen_test]
async fn what_the_server_refuses_at_a_field_stands_there_and_nowhere_else() {
    let server = Server::default();
    let page = opened(&server).await;
    server.refuse(REGISTER, "invalid", json!({ "email": "fault-domain" }));
    fill_in(&page);
    page.shows("Use your company address.").await;
    assert!(is_invalid(&email(&page)) && !is_invalid(&name(&page)));
    assert!(!has(&page.place, "[role=alert]"));
    assert_eq!(name(&page).value(), "Ana Lee", "nothing has to be typed again");
}

#[wasm_bindgen_test]
async fn what_is_wrong_with_no_field_is_told_above_the_form() {
    let server = Server::default();
    let page = opened(&server).await;
    server.refuse(REGISTER, "too_many", json!({}));
    fill_in(&page);
    page.shows("Too many registrations from here.").await;
    assert!(text(&find(&page.place, "[role=alert]")).starts_with("Too many registrations"));
    assert!(!is_invalid(&email(&page)));
    let send = button(&page.place, "Send code");
    assert_eq!(send.get_attribute("aria-busy"), None, "it can be tried again");
}

#[wasm_bindgen_test]
async fn links_that_lead_nowhere_say_why() {
    let (closed, dead, lost) = (Server::default(), Server::default(), Server::default());
    closed.answer(FORM, form(false, false));
    dead.refuse(FORM, "link_spent", json!({}));
    lost.refuse(FORM, "busy", json!({}));
    for (server, words) in [
        (closed, "Pearl is not taking new registrations right now."),
        (dead, "This link no longer works"),
        (lost, "The server is busy."),
    ] {
        let page = open(&server);
        page.shows(words).await;
        assert!(text(&find(&page.place, "[role=alert]")).contains(words));
        assert!(!has(&page.place, "form") && !has(&page.place, "[aria-current=step]"));
    }
}

#[wasm_bindgen_test]
async fn a_company_that_closes_meanwhile_ends_the_form() {
    let server = Server::default();
    let page = opened(&server).await;
    server.refuse(REGISTER, "registration_closed", json!({}));
    fill_in(&page);
    page.shows("Registration is closed").await;
    assert!(!has(&page.place, "form"));
}

#[wasm_bindgen_test]
async fn the_words_of_the_company_come_in_the_language_of_the_page_or_else_in_english() {
    for (texts, words) in [
        (
            json!({ "en": "Welcome: https://pearl.example", "ja": "ようこそ" }),
            "Welcome: https://pearl.example",
        ),
        (json!({ "ja": "ようこそ" }), "ようこそ"),
        (json!({}), "Someone at Pearl will be your contact."),
    ] {
        let server = Server::default();
        server.answer(FORM, json!({ "company": "Pearl", "is_open": true, "form_text": texts, "work": null, "asks_password": false }));
        let page = open(&server);
        page.shows(words).await;
        assert_eq!(has(&page.place, "a[href='https://pearl.example']"), words.contains("https"));
    }
}

#[wasm_bindgen_test]
async fn the_sixth_digit_joins_and_the_way_to_the_chat_is_there() {
    let server = Server::default();
    let page = at_code(&server, false).await;
    server.answer(CONFIRM, registered());
    type_into(&labelled(&page.place, "6-digit code"), "123 456");
    page.shows("You are in, Ana Lee").await;
    assert_eq!(server.asked(CONFIRM), [json!({ "code": "123456", "password": null })]);
    let shown = text(&page.place);
    assert!(
        shown.contains("Priya Nair at Pearl is ready to chat.")
            && shown.contains("The code you just entered")
    );
    assert!(!has(&page.place, "[aria-current=step]"), "every step is done");
}

#[wasm_bindgen_test]
async fn where_a_password_is_chosen_it_is_long_enough_before_anything_is_sent() {
    let server = Server::default();
    let page = at_code(&server, true).await;
    server.answer(CONFIRM, registered());
    type_into(&labelled(&page.place, "6-digit code"), "123456");
    tick().await;
    let password: HtmlInputElement = find(&page.place, "#join-password");
    assert!(!is_invalid(&password), "it was not chosen yet, so it is not judged");
    type_into(&password, "short");
    button(&page.place, "Confirm").click();
    tick().await;
    assert_eq!(described(&page.place, &password), "Use at least 12 characters.");
    assert!(server.asked(CONFIRM).is_empty(), "the code is not spent on it");
    type_into(&password, "kelp otter violin");
    button(&page.place, "Confirm").click();
    page.shows("You are in, Ana Lee").await;
    assert_eq!(server.asked(CONFIRM), [json!({ "code": "123456", "password": "kelp otter violin" })]);
}

#[wasm_bindgen_test]
async fn a_wrong_code_can_be_corrected() {
    let server = Server::default();
    let page = at_code(&server, false).await;
    server.refuse(CONFIRM, "code_refused", json!({})).answer(CONFIRM, registered());
    let code: HtmlInputElement = labelled(&page.place, "6-digit code");
    type_into(&code, "123456");
    page.shows("That code isn’t right.").await;
    assert!(is_invalid(&code));
    type_into(&code, "123457");
    page.shows("You are in, Ana Lee").await;
}

#[wasm_bindgen_test]
async fn a_slip_in_the_address_is_mended_without_typing_everything_again() {
    let server = Server::default();
    let page = at_code(&server, false).await;
    link(&page.place, "Change email").click();
    page.shows("Chat with Pearl").await;
    assert_eq!(
        (name(&page).value().as_str(), email(&page).value().as_str()),
        ("Ana Lee", "ana@jade.example")
    );
}

#[wasm_bindgen_test]
async fn a_page_that_is_loaded_anew_goes_on_at_the_code_that_waits() {
    let server = Server::default();
    drop(at_code(&server, false).await);
    server.answer("GET /api/registration-code", sent());
    let again = Page::open_again("/r/abc", &server, || view! { <Visit/> }.into_any());
    again.shows("We sent a 6-digit code to ana@jade.example.").await;
    assert_eq!(server.asked(REGISTER).len(), 1, "and has no second code sent");
    let other = Page::open_again("/r/xyz", &server, || view! { <Visit/> }.into_any());
    other.shows("This no longer exists. Reload the page.").await;
}

#[wasm_bindgen_test]
async fn the_work_that_a_busy_server_asks_for_is_done_and_sent_along() {
    let server = Server::default();
    let work = json!({ "nonce": "n", "bits": 6 });
    server.answer(FORM, form(true, false)).answer(
        FORM,
        json!({ "company": "Pearl", "is_open": true, "form_text": {}, "work": work, "asks_password": false }),
    );
    server.refuse(REGISTER, "work_needed", json!({})).answer(REGISTER, sent());
    let page = open(&server);
    page.shows("Chat with Pearl").await;
    fill_in(&page);
    page.shows("We sent a 6-digit code to ana@jade.example.").await;
    let asked = server.asked(REGISTER);
    let number = asked[1]["work"][1].as_u64().unwrap();
    let work = causeway_api::registration::Work { nonce: "n".to_owned(), bits: 6 };
    assert!(work.is_solved_by("ana@jade.example", number));
    assert_eq!((asked.len(), &asked[0]["work"]), (2, &Value::Null));
}
