//! What one address may take of the server, over real connections: the others go on.

use crate::common::{ORIGIN, World, browser::Browser, forms::message, on_every_database};
use causeway_api::ChatId;
use causeway_server::{App, config::Settings, serve};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpSocket, TcpStream},
    task::JoinSet,
};

/// The attacker's address, and that of someone else.
const ATTACKER: [u8; 4] = [127, 0, 0, 1];
const OTHER: [u8; 4] = [127, 0, 0, 2];

/// The world's server on a port of its own, with every limit on its connections.
async fn listen(app: &Arc<App>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stopping = tokio::sync::watch::channel(false).1;
    tokio::spawn(serve::accept(
        app.clone(),
        listener,
        causeway_server::router(app.clone()),
        stopping,
        tokio::runtime::Handle::current(),
    ));
    address
}

/// A connection from an address; it takes in little that is not read.
async fn dial(from: [u8; 4], to: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    socket.bind((from, 0).into()).unwrap();
    socket.connect(to).await.unwrap()
}

/// Everything the server says until it closes the connection; a test that waits longer than this has failed.
async fn said(mut connection: TcpStream) -> String {
    let mut text = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(20), connection.read_to_end(&mut text)).await;
    // A reset is an end as well.
    let _ = read.expect("the server closes the connection");
    String::from_utf8_lossy(&text).into_owned()
}

/// Waits until something holds; a test that waits longer than this has failed.
async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let mut tick = tokio::time::interval(Duration::from_millis(10));
    let waited = async {
        while !holds() {
            tick.tick().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waited).await.unwrap_or_else(|_| panic!("never: {what}"));
}

fn log_in(header: &str, body: &str, length: usize) -> String {
    format!(
        "POST /api/login HTTP/1.1\r\nhost: chat.test.example\r\nconnection: close\r\n{header}\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

#[test]
fn a_connection_that_says_nothing_or_half_a_header_is_closed() {
    on_every_database(|world| async move {
        let address = listen(&world.app).await;
        let mut ends = JoinSet::new();
        for words in [
            "",
            "GET /api/session HTT",
            "GET / HTTP/1.1\r\nhost: x\r\ncookie: a",
            "GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n",
        ] {
            let mut connection = dial(ATTACKER, address).await;
            connection.write_all(words.as_bytes()).await.unwrap();
            ends.spawn(said(connection));
        }
        until("the connections are counted", || world.app.budgets.connections.taken() == 4).await;
        let ended = ends.join_all().await;
        assert_eq!(ended.iter().filter(|said| said.contains("\"live\"")).count(), 1, "{ended:?}");
        until("the places are free again", || world.app.budgets.connections.taken() == 0).await;
    });
}

/// Half-sent bodies by one address take its share and no one else's; `forwarded` when a proxy sends them on.
async fn send_half_bodies(world: World, dials_from: [[u8; 4]; 2], forwarded: [&str; 2]) {
    let address = listen(&world.app).await;
    let bodies = world.app.budgets.bodies.clone();
    let mut held = Vec::new();
    for _ in 0..70 {
        let mut connection = dial(dials_from[0], address).await;
        connection.write_all(log_in(forwarded[0], "{\"company\":", 1_000).as_bytes()).await.unwrap();
        held.push(connection);
    }
    until("its share is taken", || bodies.taken() == 64).await;
    let mut refused = JoinSet::new();
    for mut connection in held {
        refused.spawn(async move {
            let mut first = [0; 12];
            let read = tokio::time::timeout(Duration::from_secs(2), connection.read_exact(&mut first)).await;
            (read.is_ok().then_some(first), connection)
        });
    }
    let all = refused.join_all().await;
    let answers: Vec<[u8; 12]> = all.iter().filter_map(|(answer, _)| *answer).collect();
    assert_eq!(answers, [*b"HTTP/1.1 429"; 6], "beyond its share an address is told to wait");
    assert_eq!(bodies.taken(), 64);
    let mut other = dial(dials_from[1], address).await;
    let body = r#"{"company":"lanternbay","username":"x","password":"x"}"#;
    other.write_all(log_in(forwarded[1], body, body.len()).as_bytes()).await.unwrap();
    let answer = said(other).await;
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    drop(all);
    until("the share is free again", || bodies.taken() == 0).await;
}

#[test]
fn half_sent_bodies_of_one_address_keep_no_other_out() {
    on_every_database(|world| async move {
        send_half_bodies(world, [ATTACKER, OTHER], ["", ""]).await;
    });
}

#[test]
fn behind_a_trusted_proxy_the_forwarded_address_counts() {
    on_every_database(|world| async move {
        let settings = Settings {
            public_origin: Some(ORIGIN.to_owned()),
            trusted_proxies: Some("127.0.0.1".to_owned()),
            ..Settings::default()
        };
        let world = world.with_config(settings.check().unwrap()).await;
        let forwarded = ["x-forwarded-for: 203.0.113.1\r\n", "x-forwarded-for: 203.0.113.2\r\n"];
        send_half_bodies(world, [ATTACKER, ATTACKER], forwarded).await;
    });
}

/// A socket that is never read.
async fn unread(browser: &Browser, person: &str, address: SocketAddr) -> TcpStream {
    let mut connection = dial(ATTACKER, address).await;
    let token = &browser.cookies["__Host-causeway-session"];
    let request = format!(
        "GET /api/events?since=0&person={person} HTTP/1.1\r\nhost: chat.test.example\r\norigin: {ORIGIN}\r\n\
         connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
         sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\ncookie: __Host-causeway-session={token}\r\n\r\n"
    );
    connection.write_all(request.as_bytes()).await.unwrap();
    connection
}

/// So many long messages in a chat.
async fn write_much(world: &World, browser: &mut Browser, chat: ChatId, count: usize) {
    for _ in 0..count {
        world.clock.advance(1_000);
        let sent = browser.post(&format!("/api/chats/{chat}/messages"), &message(&"x".repeat(3_900))).await;
        assert_eq!(sent.status, 201, "{}", sent.text);
    }
}

#[test]
fn sockets_that_are_never_read_count_from_the_start_and_end_with_their_session() {
    on_every_database(|world| async move {
        let address = listen(&world.app).await;
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = world.chat(&mut priya, "daniel").await;
        write_much(&world, &mut daniel, chat, 300).await;
        let person = priya.person("/api/session").await.unwrap();
        let mut held = Vec::new();
        for number in 1..=60 {
            held.push(unread(&priya, &person, address).await);
            // Each has its place while it is replayed to, and the oldest gives way.
            until("the socket has a place", || world.app.hub.count() >= number.min(10)).await;
        }
        let sockets = &world.app.budgets.sockets;
        until("ten are left", || world.app.hub.count() == 10 && sockets.taken() == 10).await;
        assert_eq!(priya.delete("/api/session").await.status, 204);
        until("none is left", || world.app.hub.count() == 0 && sockets.taken() == 0).await;
        until("nor a connection", || world.app.budgets.connections.taken() == 0).await;
    });
}
