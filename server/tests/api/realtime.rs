//! The event stream, over a real socket.

use crate::common::{
    ORIGIN, World,
    browser::Browser,
    forms::{self, message},
    on_every_database,
};
use causeway_api::{EventBody, ServerFrame, chats::Chat};
use futures_util::StreamExt as _;
use std::{sync::Arc, time::Duration};
use tokio::net::TcpListener;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{Message, client::IntoClientRequest as _, http::HeaderValue},
};

pub(crate) type Socket = WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>;

/// The world's server on a port of its own.
pub(crate) async fn listen(world: &World) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let router = causeway_server::router(Arc::clone(&world.app));
    tokio::spawn(async move { axum::serve(listener, router).await });
    port
}

pub(crate) async fn connect(port: u16, browser: &Browser, since: i64, origin: &str) -> Result<Socket, u16> {
    let side = if browser.cookies.contains_key("__Host-causeway-client") { "/client" } else { "" };
    let path = format!("/api{side}/events");
    let person = browser.clone().person(&path).await.unwrap_or_default();
    connect_as(port, browser, &format!("{path}?since={since}&person={person}"), origin).await
}

async fn connect_as(port: u16, browser: &Browser, path: &str, origin: &str) -> Result<Socket, u16> {
    let mut request = format!("ws://127.0.0.1:{port}{path}").into_client_request().unwrap();
    let cookies: Vec<String> =
        browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    request.headers_mut().insert("cookie", HeaderValue::from_str(&cookies.join("; ")).unwrap());
    request.headers_mut().insert("origin", HeaderValue::from_str(origin).unwrap());
    match tokio_tungstenite::connect_async(request).await {
        Ok((socket, _)) => Ok(socket),
        Err(tokio_tungstenite::tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
        Err(other) => panic!("{other}"),
    }
}

/// The next frame; a test that waits longer than this has failed.
pub(crate) async fn next(socket: &mut Socket) -> Message {
    loop {
        let message =
            tokio::time::timeout(Duration::from_secs(10), socket.next()).await.unwrap().unwrap().unwrap();
        if !matches!(message, Message::Ping(_) | Message::Pong(_)) {
            return message;
        }
    }
}

pub(crate) async fn frame(socket: &mut Socket) -> ServerFrame {
    match next(socket).await {
        Message::Text(text) => serde_json::from_str(&text).unwrap(),
        other => panic!("{other:?}"),
    }
}

/// The texts of the next messages.
async fn texts(socket: &mut Socket, count: usize) -> Vec<String> {
    let mut texts = Vec::new();
    while texts.len() < count {
        if let ServerFrame::Event { event } = frame(socket).await
            && let EventBody::MessageSent { message } = event.body
        {
            texts.push(message.text);
        }
    }
    texts
}

#[test]
fn members_learn_of_a_message_and_others_do_not() {
    on_every_database(|world| async move {
        let port = listen(&world).await;
        let (mut priya, lukas) = (world.signed_in("priya").await, world.client("lukas").await);
        let chat = world.chat(&mut priya, "lukas").await;
        let mut sockets = Vec::new();
        for browser in [&priya, &priya, &lukas] {
            let mut socket = connect(port, browser, 1, ORIGIN).await.unwrap();
            assert_eq!(frame(&mut socket).await, ServerFrame::Live);
            sockets.push(socket);
        }
        let mut outsider = connect(port, &world.signed_in("daniel").await, 0, ORIGIN).await.unwrap();
        assert_eq!(frame(&mut outsider).await, ServerFrame::Live, "nothing is replayed to a stranger");
        priya.post(&format!("/api/chats/{chat}/messages"), &message("hello")).await;
        for socket in &mut sockets {
            assert_eq!(texts(socket, 1).await, ["hello"]);
        }
        let other = world.chat(&mut priya, "daniel").await;
        priya.post(&format!("/api/chats/{other}/messages"), &message("for daniel")).await;
        assert_eq!(texts(&mut outsider, 1).await, ["for daniel"]);
    });
}

#[test]
fn a_socket_resumes_behind_what_it_has_seen() {
    on_every_database(|world| async move {
        let port = listen(&world).await;
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "lukas").await;
        let path = format!("/api/chats/{chat}/messages");
        for number in 1..=5 {
            priya.post(&path, &message(&number.to_string())).await;
        }
        // Events: the chat is 1, the messages are 2 to 6. Everything behind 3 was missed.
        let mut socket = connect(port, &priya, 3, ORIGIN).await.unwrap();
        assert_eq!(texts(&mut socket, 3).await, ["3", "4", "5"]);
        assert_eq!(frame(&mut socket).await, ServerFrame::Live);
        priya.post(&path, &message("6")).await;
        assert_eq!(texts(&mut socket, 1).await, ["6"]);
    });
}

#[test]
fn a_long_absence_is_replayed_whole_and_in_order() {
    on_every_database(|world| async move {
        let port = listen(&world).await;
        let mut priya = world.signed_in("priya").await;
        let path = format!("/api/chats/{}/messages", world.chat(&mut priya, "lukas").await);
        let sent: Vec<String> = (1..=450).map(|number| number.to_string()).collect();
        for text in &sent {
            world.clock.advance(500);
            assert_eq!(priya.post(&path, &message(text)).await.status, 201);
        }
        let mut socket = connect(port, &priya, 0, ORIGIN).await.unwrap();
        assert_eq!(texts(&mut socket, 450).await, sent);
        assert_eq!(frame(&mut socket).await, ServerFrame::Live);
        priya.post(&path, &message("live")).await;
        assert_eq!(texts(&mut socket, 1).await, ["live"]);
    });
}

#[test]
fn parallel_messages_arrive_in_the_order_of_the_log() {
    on_every_database(|world| async move {
        let port = listen(&world).await;
        let (mut priya, daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let path = format!("/api/chats/{}/messages", world.chat(&mut priya, "daniel").await);
        let mut socket = connect(port, &daniel, 1, ORIGIN).await.unwrap();
        let mut sends = tokio::task::JoinSet::new();
        for number in 0..36 {
            let (mut browser, path) =
                (if number % 2 == 0 { priya.clone() } else { daniel.clone() }, path.clone());
            sends.spawn(async move { browser.post(&path, &message("x")).await.status });
        }
        assert!(sends.join_all().await.into_iter().all(|status| status == 201));
        let (mut seen, mut count) = (1, 0);
        while count < 36 {
            if let ServerFrame::Event { event } = frame(&mut socket).await {
                assert!(event.seq > seen, "{} came behind {seen}", event.seq);
                (seen, count) = (event.seq, count + 1);
            }
        }
    });
}

#[test]
fn signing_out_closes_the_socket() {
    on_every_database(|world| async move {
        let port = listen(&world).await;
        let mut priya = world.signed_in("priya").await;
        let mut socket = connect(port, &priya, 0, ORIGIN).await.unwrap();
        assert_eq!(frame(&mut socket).await, ServerFrame::Live);
        let begun = std::time::Instant::now();
        priya.delete("/api/session").await;
        let Message::Close(Some(close)) = next(&mut socket).await else { panic!("no close frame") };
        assert_eq!(u16::from(close.code), 4401);
        assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
        assert_eq!(connect(port, &priya, 0, ORIGIN).await.unwrap_err(), 401);
    });
}

#[test]
fn only_the_own_origin_opens_a_socket() {
    on_every_database(|world| async move {
        let port = listen(&world).await;
        let priya = world.signed_in("priya").await;
        for origin in [
            "null",
            "http://chat.test.example",
            "https://chat.test.example:444",
            "https://sub.chat.test.example",
            "https://chat.test.example.evil.example",
            "https://CHAT.test.example",
            "https://chat.test.example.",
        ] {
            assert_eq!(connect(port, &priya, 0, origin).await.unwrap_err(), 403, "{origin}");
        }
    });
}

#[test]
fn a_page_of_another_person_opens_no_socket() {
    on_every_database(|world| async move {
        let port = listen(&world).await;
        let priya = world.signed_in("priya").await;
        let daniel = world.id("daniel");
        let opened = connect_as(port, &priya, &format!("/api/events?since=0&person={daniel}"), ORIGIN).await;
        assert_eq!(opened.unwrap_err(), 409);
        assert_eq!(connect_as(port, &priya, "/api/events?since=0", ORIGIN).await.unwrap_err(), 400);
        assert_eq!(world.app.hub.count(), 0);
    });
}

#[test]
fn leaving_a_group_ends_what_one_learns_of_it() {
    on_every_database(|world| async move {
        let port = listen(&world).await;
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let new = forms::group("g", &[world.id("daniel")]);
        let chat = priya.post("/api/chats", &new).await.read::<Chat>().id;
        let mut socket = connect(port, &daniel, 0, ORIGIN).await.unwrap();
        daniel.delete(&format!("/api/chats/{chat}/membership")).await;
        priya.post(&format!("/api/chats/{chat}/messages"), &message("without daniel")).await;
        let direct = world.chat(&mut priya, "daniel").await;
        priya.post(&format!("/api/chats/{direct}/messages"), &message("with daniel")).await;
        assert_eq!(texts(&mut socket, 1).await, ["with daniel"]);
        let mut again = connect(port, &daniel, 0, ORIGIN).await.unwrap();
        assert_eq!(texts(&mut again, 1).await, ["with daniel"], "nor in the replay");
    });
}

#[test]
fn a_cursor_beyond_the_log_is_told_to_load_again() {
    on_every_database(|world| async move {
        let port = listen(&world).await;
        let mut priya = world.signed_in("priya").await;
        world.chat(&mut priya, "lukas").await;
        let mut socket = connect(port, &priya, 99, ORIGIN).await.unwrap();
        assert_eq!(frame(&mut socket).await, ServerFrame::Reload);
        let mut current = connect(port, &priya, 1, ORIGIN).await.unwrap();
        assert_eq!(frame(&mut current).await, ServerFrame::Live);
    });
}
