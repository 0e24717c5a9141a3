//! The mini program, from the number or address to the code.

use super::{
    button, described, find, has_focus, is_invalid, labelled,
    played_server::{Page, Server},
    text, type_into,
};
use causeway::app::Visit;
use leptos::prelude::*;
use serde_json::{Value, json};
use wasm_bindgen_test::*;
use web_sys::{HtmlElement, HtmlInputElement};

const START: &str = "GET /api/onboarding/pearl";
const SEND: &str = "POST /api/onboarding/pearl";

fn start(by_email: bool) -> Value {
    json!({ "company": "Pearl", "by_email": by_email, "language": "en" })
}

fn countries() -> Value {
    json!([{ "code": "CH", "calling": 41 }, { "code": "HK", "calling": 852 }])
}

async fn opened(server: &Server, by_email: bool) -> Page {
    server.answer("GET /api/countries", countries()).answer(START, start(by_email));
    let page = Page::open("/miniapp/pearl", server, || view! { <Visit/> }.into_any());
    page.shows("Send code").await;
    page
}

#[wasm_bindgen_test]
async fn a_page_follows_what_the_company_asks_for_and_holds_only_what_it_shows() {
    let server = Server::default();
    // An address at first, a number from then on.
    server.answer(START, start(true));
    let page = opened(&server, false).await;
    let email: HtmlInputElement = labelled(&page.place, "Email");
    type_into(&email, "ana@pearl.example");
    server.refuse(SEND, "conflict", json!({ "address": "fault-changed-meanwhile" }));
    button(&page.place, "Send code").click();
    page.shows("it now asks for your phone number").await;
    let phone: HtmlInputElement = labelled(&page.place, "Phone number");
    assert_eq!(phone.value(), "", "what was typed as an address is not held");
    let asked = &server.asked(SEND)[0];
    assert_eq!((&asked["by_email"], &asked["address"]), (&json!(true), &json!("ana@pearl.example")));
    button(&page.place, "Send code").click();
    leptos::task::tick().await;
    assert_eq!(described(&page.place, &phone), "Fill this in.");
    assert_eq!(server.asked(SEND).len(), 1, "nothing is sent without a number");
}

#[wasm_bindgen_test]
async fn a_number_that_is_none_names_the_country_until_it_is_corrected() {
    let server = Server::default();
    let page = opened(&server, false).await;
    server.refuse(SEND, "invalid", json!({ "address": "fault-phone" }));
    let phone: HtmlInputElement = labelled(&page.place, "Phone number");
    for (typed, country) in [("12", "Hong Kong"), ("+41 12", "Switzerland")] {
        type_into(&phone, typed);
        button(&page.place, "Send code").click();
        page.shows("This isn’t a phone number in").await;
        let told = described(&page.place, &phone);
        assert!(told.contains(country), "{typed}: {told}");
        assert!(is_invalid(&phone));
        type_into(&phone, "6123 4567");
        leptos::task::tick().await;
        assert!(!is_invalid(&phone) && described(&page.place, &phone).is_empty(), "corrected");
    }
}

#[wasm_bindgen_test]
async fn who_is_locked_out_reads_why_and_for_how_long() {
    let server = Server::default();
    let page = opened(&server, false).await;
    server.refuse(SEND, "too_many", json!({}));
    type_into(&labelled(&page.place, "Phone number"), "6123 4567");
    button(&page.place, "Send code").click();
    page.shows("Too many attempts").await;
    let told = text(&page.place);
    assert!(told.contains("You can ask for a new code in") && !told.contains("Causeway is locked"), "{told}");
}

#[wasm_bindgen_test]
async fn what_belongs_to_no_field_stands_above_the_form_and_has_the_focus() {
    let server = Server::default();
    let page = opened(&server, false).await;
    server.refuse(SEND, "busy", json!({}));
    type_into(&labelled(&page.place, "Phone number"), "6123 4567");
    button(&page.place, "Send code").click();
    page.shows("The server is busy.").await;
    gloo_timers::future::TimeoutFuture::new(50).await;
    let banner: HtmlElement = find(&page.place, "[role=alert]");
    assert!(has_focus(&banner));
    type_into(&labelled(&page.place, "Phone number"), "6123 4568");
    leptos::task::tick().await;
    assert!(!super::has(&page.place, "[role=alert]"), "it goes when something else is typed");
}
