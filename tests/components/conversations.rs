//! The page of chats with a server that is only played: where a conversation opens, and how a group gets a member.

use super::{
    all, button, find, has,
    played_server::{Page, Server},
    text,
};
use causeway::{
    pages::chats::Chats,
    state::{
        chats::{Chats as State, Connection},
        session::CurrentSession,
    },
};
use causeway_api::{auth::Session, paths::Side};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    components::{Route, Router, Routes},
    path,
};
use serde_json::{Value, json};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::*;
use web_sys::{HtmlElement, HtmlInputElement};

const CHAT: &str = "00000000-0000-4000-8000-0000000000c0";
const ME: u32 = 1;

fn id(number: u32) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

fn person(number: u32, kind: &str, name: &str) -> Value {
    let role = (kind == "colleague").then_some("account_manager");
    json!({ "id": id(number), "kind": kind, "name": name, "role": role, "about": "", "name_lang": null })
}

fn member(person: Value, read: i64) -> Value {
    json!({ "person": person, "from": 1, "delivered": read, "read": read })
}

fn message(ordinal: i64, sender: u32, text: &str) -> Value {
    json!({
        "id": id(1_000 + u32::try_from(ordinal).unwrap()), "chat": CHAT, "ordinal": ordinal, "sender": id(sender),
        "text": text, "channel": "causeway", "sent_at": 1_800_000_000_000_i64 + ordinal * 1_000,
    })
}

/// A group that I made, of which I have read so much.
fn group(members: Vec<Value>, last: i64) -> Value {
    json!({
        "id": CHAT, "kind": "group", "name": "Harbour", "members": members, "channel": "causeway",
        "created_at": 1_800_000_000_000_i64, "created_by": id(ME), "last_ordinal": last, "last_message": null,
    })
}

#[component]
fn Signed() -> impl IntoView {
    let session: Session = serde_json::from_value(json!({
        "me": person(ME, "colleague", "Priya Nair"), "company": "Lantern Bay Capital",
        "ends_at": 9_000_000_000_000_i64, "language": null, "text_limit": 4_000,
    }))
    .unwrap();
    let chats = State::provide(Side::Portal, &session);
    CurrentSession::provide(session);
    chats.connection.set(Connection::Live);
    spawn_local(async move {
        assert!(chats.load().await.is_some(), "the list is loaded");
    });
    view! {
        <style>
            ".pane__scroll[role=log] { block-size: 600px; inline-size: 400px; overflow: auto; overflow-anchor: none }"
        </style>
        <Chats />
    }
}

fn pages() -> AnyView {
    view! {
        <Router>
            <Routes fallback=|| "no such page">
                <Route path=path!("/chats/:chat?") view=Signed />
            </Routes>
        </Router>
    }
    .into_any()
}

/// A server with one chat and these pages of its messages.
fn server(chat: Value, message_pages: Vec<Vec<Value>>) -> Server {
    let server = Server::default();
    let last = chat["last_ordinal"].clone();
    server.answer("GET /api/chats", json!({ "chats": [chat], "cursor": 1 }));
    for messages in message_pages {
        let page = json!({ "messages": messages, "last_ordinal": last, "lines": [] });
        server.answer(&format!("GET /api/chats/{CHAT}/messages"), page);
    }
    server
}

/// Waits until something holds, frame by frame.
async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..300 {
        if holds() {
            return;
        }
        TimeoutFuture::new(10).await;
    }
    panic!("never: {what}");
}

#[wasm_bindgen_test]
async fn forty_unread_messages_behind_long_texts_open_at_the_first_of_them() {
    let words = "a long text ".repeat(150);
    let written = |ordinal: i64| {
        let text = if ordinal <= 42 { words.clone() } else { format!("short {ordinal}") };
        message(ordinal, 2, &text)
    };
    let members =
        vec![member(person(ME, "colleague", "Priya Nair"), 42), member(person(2, "client", "Lukas"), 82)];
    let server =
        server(group(members, 82), vec![(1..=50).map(written).collect(), (51..=82).map(written).collect()]);
    let page = Page::open(&format!("/chats/{CHAT}"), &server, pages);
    page.shows("short 43").await;
    let place_of = |ordinal: u32| {
        let log: HtmlElement = find(&page.place, "[role=log]");
        let row: HtmlElement = find(&page.place, &format!("[data-ordinal='{ordinal}']"));
        row.get_bounding_client_rect().top() - log.get_bounding_client_rect().top()
    };
    until("the first unread message is in view", || (0.0..600.0).contains(&place_of(43))).await;
    let log: HtmlElement = find(&page.place, "[role=log]");
    for _ in 0..8 {
        log.set_scroll_top(log.scroll_top() - 450);
        TimeoutFuture::new(50).await;
        let rows = all(&page.place, "[data-ordinal]");
        let frame = log.get_bounding_client_rect();
        let is_seen = rows.iter().any(|row| {
            let row = row.get_bounding_client_rect();
            row.bottom() > frame.top() && row.top() < frame.bottom()
        });
        assert!(is_seen, "the view is blank at {}", log.scroll_top());
    }
}

#[wasm_bindgen_test]
async fn a_participant_is_chosen_first_and_added_by_the_button_with_a_warning() {
    let (priya, lukas) = (person(ME, "colleague", "Priya Nair"), person(2, "client", "Lukas"));
    let (daniel, amara) = (person(3, "colleague", "Daniel"), person(4, "client", "Amara"));
    let members = vec![member(priya, 0), member(lukas.clone(), 0)];
    let server = server(group(members.clone(), 0), vec![vec![]]);
    server.answer("GET /api/people", json!([lukas, daniel, amara.clone()]));
    let joined = [members, vec![member(amara, 0)]].concat();
    let add = format!("POST /api/chats/{CHAT}/members");
    server.answer(&add, group(joined, 0));
    let page = Page::open(&format!("/chats/{CHAT}"), &server, pages);
    page.shows("Harbour").await;
    until("the details have a button", || has(&page.place, "button[aria-label='Conversation details']"))
        .await;
    find::<HtmlElement>(&page.place, "button[aria-label='Conversation details']").click();
    page.shows("Add participant").await;
    button(&page.place, "Add participant").click();
    page.shows("Amara").await;
    let radios = all(&page.place, "dialog input[type=radio]");
    assert_eq!(radios.len(), 2, "who is in the group already is not offered");
    let choose = |at: usize| {
        let radio: HtmlInputElement = radios[at].clone().unchecked_into();
        radio.click();
    };
    choose(0);
    page.shows("Add Daniel").await;
    assert!(!text(&page.place).contains("is a client, and so is"), "a colleague needs no warning");
    choose(1);
    page.shows("Amara is a client, and so is Lukas.").await;
    assert_eq!(server.asked(&add), [] as [Value; 0], "nothing is sent by choosing");
    button(&page.place, "Add Amara anyway").click();
    until("the dialog is closed", || !has(&page.place, "dialog")).await;
    assert_eq!(server.asked(&add), [json!({ "person": id(4) })]);
    assert_eq!(all(&page.place, ".participants li").len(), 3);
}
