//! Signing in: the company, the name and the password, the code.

use super::{
    button, described, has, has_focus, is_invalid, labelled, link,
    played_server::{Page, Server},
    texts, type_into,
};
use causeway::app::Entry;
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::tick};
use serde_json::json;
use wasm_bindgen_test::*;
use web_sys::HtmlInputElement;

const LOGIN: &str = "POST /api/login";
const REFUSED: &str = "That company, username and password don’t match.";

async fn open(server: &Server) -> Page {
    let page = Page::open("/login", server, || view! { <Entry/> }.into_any());
    page.shows("Find your company").await;
    page
}

fn field(page: &Page, label: &str) -> HtmlInputElement {
    labelled(&page.place, label)
}

/// A page at the user name and the password.
async fn at_password(server: &Server) -> Page {
    let page = open(server).await;
    type_into(&field(&page, "Company name"), " Pearl ");
    button(&page.place, "Continue").click();
    page.shows("Sign in to Pearl").await;
    page
}

fn sign_in(page: &Page, username: &str, password: &str) {
    type_into(&field(page, "Username"), username);
    type_into(&field(page, "Password"), password);
    button(&page.place, "Sign in").click();
}

#[wasm_bindgen_test]
async fn without_a_company_there_is_no_next_step() {
    let page = open(&Server::default()).await;
    button(&page.place, "Continue").click();
    tick().await;
    let company = field(&page, "Company name");
    assert!(is_invalid(&company));
    assert_eq!(described(&page.place, &company), "Fill this in.");
    assert_eq!(texts(&page.place, "[aria-current=step]").len(), 1);
}

#[wasm_bindgen_test]
async fn whoever_does_not_know_the_company_is_told_where_it_stands() {
    let page = open(&Server::default()).await;
    let help = link(&page.place, "I do not know my company name");
    assert_eq!(help.get_attribute("aria-expanded").as_deref(), Some("false"));
    help.click();
    tick().await;
    assert_eq!(help.get_attribute("aria-expanded").as_deref(), Some("true"));
    assert!(
        texts(&page.place, "[role=status]")
            .iter()
            .any(|it| it.starts_with("It’s in your company’s welcome email."))
    );
}

#[wasm_bindgen_test]
async fn name_and_password_are_both_needed_before_anything_is_sent() {
    let server = Server::default();
    let page = at_password(&server).await;
    for (username, password) in [("", ""), ("  ", "kelp otter violin"), ("priya", "")] {
        sign_in(&page, username, password);
        tick().await;
        assert_eq!(texts(&page.place, "[role=alert]"), ["Enter your username and your password."]);
    }
    assert!(server.asked(LOGIN).is_empty());
}

#[wasm_bindgen_test]
async fn a_refusal_does_not_say_which_of_the_three_was_wrong() {
    let server = Server::default();
    let page = at_password(&server).await;
    server.refuse(LOGIN, "login_refused", json!({}));
    sign_in(&page, "priya", "not it");
    page.shows(REFUSED).await;
    assert!(!has(&page.place, "[aria-invalid]"), "no field is blamed");
    assert_eq!(field(&page, "Username").value(), "priya");
    assert_eq!(
        server.asked(LOGIN),
        [json!({ "company": " Pearl ", "username": "priya", "password": "not it" })]
    );
    let again = button(&page.place, "Sign in");
    assert_eq!(again.get_attribute("aria-busy"), None);
}

#[wasm_bindgen_test]
async fn a_right_password_leads_to_the_code_and_is_forgotten() {
    let server = Server::default();
    let page = at_password(&server).await;
    let code = json!({ "phone": "+852 ••34", "email": "p•@pearl.example", "expires_in": 300, "resend_in": 30, "ways": ["sent"] });
    server.answer(LOGIN, code);
    sign_in(&page, "priya", "kelp otter violin");
    page.shows("We sent a 6-digit code to +852 ••34 and p•@pearl.example.").await;
    assert_eq!(texts(&page.place, "[aria-current=step]").len(), 1);
    link(&page.place, "Use another account").click();
    page.shows("Sign in to Pearl").await;
    assert_eq!(
        (field(&page, "Username").value(), field(&page, "Password").value()),
        (String::new(), String::new())
    );
}

#[wasm_bindgen_test]
async fn a_wrong_code_is_told_and_the_way_stays_open() {
    let server = Server::default();
    let page = at_password(&server).await;
    server.answer(LOGIN, json!({ "phone": "", "email": "p•@pearl.example", "expires_in": 300, "resend_in": 0, "ways": ["sent"] }));
    server.refuse("POST /api/login/code", "code_refused", json!({}));
    sign_in(&page, "priya", "kelp otter violin");
    page.shows("We sent a 6-digit code to p•@pearl.example.").await;
    type_into(&field(&page, "6-digit code"), "123456");
    page.shows("That code isn’t right.").await;
    let code = field(&page, "6-digit code");
    assert!(is_invalid(&code));
    for _ in 0..100 {
        if has_focus(&code) {
            break;
        }
        TimeoutFuture::new(10).await;
    }
    assert!(has_focus(&code), "another code is typed at once");
    assert!(!button(&page.place, "Resend code").disabled());
}

#[wasm_bindgen_test]
async fn the_back_button_leads_to_the_step_before_however_slow_the_server_is() {
    let server = Server::default();
    server.hold("GET /api/session");
    let page = at_password(&server).await;
    type_into(&field(&page, "Username"), "priya");
    window().history().unwrap().back().unwrap();
    page.shows("Find your company").await;
    assert_eq!(field(&page, "Company name").value(), " Pearl ");
    window().history().unwrap().forward().unwrap();
    page.shows("Sign in to Pearl").await;
    assert_eq!(field(&page, "Username").value(), "priya");
}

#[wasm_bindgen_test]
async fn the_company_of_last_time_is_there_again() {
    let server = Server::default();
    drop(at_password(&server).await);
    let page = Page::open_again("/login", &server, || view! { <Entry/> }.into_any());
    page.shows("Find your company").await;
    tick().await;
    assert_eq!(field(&page, "Company name").value(), "Pearl");
}

#[wasm_bindgen_test]
async fn a_link_for_another_password_is_promised_whether_the_account_exists_or_not() {
    let server = Server::default();
    let page = at_password(&server).await;
    link(&page.place, "Forgot password").click();
    page.shows("Enter your username at Pearl.").await;
    button(&page.place, "Send link").click();
    tick().await;
    assert!(is_invalid(&field(&page, "Username")), "whose link?");
    type_into(&field(&page, "Username"), "nobody");
    server.answer("POST /api/password-reset", json!(null));
    button(&page.place, "Send link").click();
    page.shows("If this account exists, we’ve emailed it a link.").await;
    assert!(!has(&page.place, "form"));
}
