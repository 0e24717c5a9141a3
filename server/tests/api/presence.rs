//! Who is told that someone is there or writes: those who have it on the screen.

use crate::{
    common::{ORIGIN, World, browser::Browser, on_every_database},
    realtime::{Socket, connect, frame, listen, next},
};
use axum::http::Method;
use causeway_api::{
    ChatId, PersonId, ServerFrame,
    chats::{AnswerTime, Within},
    presence::{ClientFrame, OwnStatus, Pages, Presence, Status},
    signals::{Signal, TYPING_INTERVAL},
};
use causeway_server::{clock::MINUTE, domain::presence};
use futures_util::SinkExt as _;
use std::time::Duration;
use tokio_tungstenite::tungstenite::Message;

/// A page of a person whose replay is done.
async fn page(port: u16, browser: &Browser) -> Socket {
    let mut socket = connect(port, browser, 0, ORIGIN).await.unwrap();
    while frame(&mut socket).await != ServerFrame::Live {}
    socket
}

async fn look(socket: &mut Socket, chat: Option<ChatId>, people: &[PersonId], is_idle: bool) {
    let frame = ClientFrame::Looking { chat, people: people.to_vec(), is_idle };
    socket.send(Message::text(serde_json::to_string(&frame).unwrap())).await.unwrap();
}

/// The next signal.
async fn told(socket: &mut Socket) -> Signal {
    loop {
        if let ServerFrame::Signal { signal } = frame(socket).await {
            return signal;
        }
    }
}

async fn told_presence(socket: &mut Socket) -> Presence {
    match told(socket).await {
        Signal::Presence { presence } => presence,
        other => panic!("{other:?}"),
    }
}

/// Tells of changes until this page is told of one.
async fn next_change(world: &World, socket: &mut Socket) -> Presence {
    loop {
        presence::tell_changes(&world.app).await.unwrap();
        // What a page says arrives in its own time.
        if let Ok(found) = tokio::time::timeout(Duration::from_millis(50), told_presence(socket)).await {
            return found;
        }
    }
}

/// Whether a page is told nothing, up to what is asked of it afterwards.
async fn is_told_nothing(socket: &mut Socket, known: PersonId) -> bool {
    look(socket, None, &[], false).await;
    look(socket, None, &[known], false).await;
    matches!(told(socket).await, Signal::Presence { presence } if presence.person == known)
}

#[test]
fn colleagues_on_the_screen_come_and_go_and_no_one_else_is_told() {
    on_every_database(|world| async move {
        let port = listen(&world).await;
        let (priya, daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let mei = world.signed_in("mei").await;
        let (mut hers, mut others) = (page(port, &priya).await, page(port, &mei).await);
        look(&mut hers, None, &[world.id("daniel")], false).await;
        look(&mut others, None, &[world.id("tomas")], false).await;
        let pages = |presence: Presence| (presence.person, presence.pages);
        let (his_id, now) = (world.id("daniel"), world.clock.now());
        assert_eq!(pages(told_presence(&mut hers).await), (his_id, Pages::Offline { last_seen: None }));
        assert_eq!(told_presence(&mut others).await.person, world.id("tomas"));
        let mut his = page(port, &daniel).await;
        look(&mut his, None, &[], false).await;
        assert_eq!(pages(next_change(&world, &mut hers).await), (his_id, Pages::Online));
        look(&mut his, None, &[], true).await;
        assert_eq!(pages(next_change(&world, &mut hers).await), (his_id, Pages::Away));
        let mut second = page(port, &daniel).await;
        look(&mut second, None, &[], false).await;
        assert_eq!(pages(next_change(&world, &mut hers).await), (his_id, Pages::Online), "one page is used");
        his.close(None).await.unwrap();
        second.close(None).await.unwrap();
        let mut last = next_change(&world, &mut hers).await;
        while last.pages == Pages::Away || last.pages == Pages::Online {
            last = next_change(&world, &mut hers).await;
        }
        assert_eq!(pages(last), (his_id, Pages::Offline { last_seen: Some(now) }));
        assert!(is_told_nothing(&mut others, world.id("tomas")).await, "he was not on that screen");
    });
}

#[test]
fn clients_and_external_users_see_no_ones_presence_and_no_one_sees_theirs() {
    on_every_database(|world| async move {
        let port = listen(&world).await;
        let priya = world.signed_in("priya").await;
        world.open_registration("mei").await;
        let erin = world.registered("erin@new.example").await.0;
        let erins_id = world.db_person("Erin").await;
        let mut hers = page(port, &priya).await;
        look(&mut hers, None, &[world.id("lukas"), erins_id, world.id("daniel")], false).await;
        assert_eq!(told_presence(&mut hers).await.person, world.id("daniel"), "and of no one else");
        for outsider in [world.client("lukas").await, erin] {
            let mut page = page(port, &outsider).await;
            look(&mut page, None, &[world.id("priya")], false).await;
            presence::tell_changes(&world.app).await.unwrap();
            let heard = tokio::time::timeout(Duration::from_millis(200), told(&mut page)).await;
            assert!(heard.is_err(), "{heard:?}");
        }
        let ana = world.signed_in("ana").await;
        let mut of_peak = page(port, &ana).await;
        look(&mut of_peak, None, &[world.id("priya")], false).await;
        let heard = tokio::time::timeout(Duration::from_millis(200), told(&mut of_peak)).await;
        assert!(heard.is_err(), "another company: {heard:?}");
    });
}

#[test]
fn a_status_counts_for_more_than_an_open_page_until_it_ends() {
    on_every_database(|world| async move {
        let port = listen(&world).await;
        let (priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let mut hers = page(port, &priya).await;
        look(&mut hers, None, &[world.id("daniel")], false).await;
        assert_eq!(told_presence(&mut hers).await.status, None);
        let until = world.clock.now() + 5 * MINUTE;
        let busy = OwnStatus { status: Some(Status::Busy), text: "Board meeting".into(), until: Some(until) };
        assert_eq!(daniel.put("/api/status", &busy).await.status, 200);
        assert_eq!(next_change(&world, &mut hers).await.status.as_ref(), Some(&busy));
        let passed = OwnStatus { until: Some(world.clock.now()), ..busy.clone() };
        assert_eq!(daniel.put("/api/status", &passed).await.fault("until"), (422, "fault-status-ended"));
        assert_eq!(daniel.get("/api/status").await.read::<OwnStatus>(), busy);
        world.clock.advance(5 * MINUTE);
        assert_eq!(daniel.get("/api/status").await.read::<OwnStatus>().status, None);
        look(&mut hers, None, &[], false).await;
        look(&mut hers, None, &[world.id("daniel")], false).await;
        assert_eq!(told_presence(&mut hers).await.status, None, "it has ended");
    });
}

#[test]
fn that_someone_is_writing_is_told_to_those_who_have_the_chat_open_and_recorded_nowhere() {
    on_every_database(|world| async move {
        let port = listen(&world).await;
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "lukas").await;
        let path = format!("/api/chats/{chat}/typing");
        let lukas = world.client("lukas").await;
        let (mut open, mut elsewhere) = (page(port, &lukas).await, page(port, &lukas).await);
        let mut stranger = page(port, &world.signed_in("mei").await).await;
        look(&mut open, Some(chat), &[], false).await;
        look(&mut stranger, Some(chat), &[world.id("tomas")], false).await;
        assert_eq!(told_presence(&mut stranger).await.person, world.id("tomas"));
        let before = world.db_count("SELECT COUNT(*) FROM event").await;
        let typing = Signal::Typing { chat, person: world.id("priya") };
        let mut heard = None;
        // The page says in its own time that it looks at the chat.
        while heard.is_none() {
            for _ in 0..3 {
                assert_eq!(priya.send(Method::POST, &path, None).await.status, 204);
            }
            heard = tokio::time::timeout(Duration::from_millis(50), told(&mut open)).await.ok();
            world.clock.advance(TYPING_INTERVAL);
        }
        assert_eq!(heard, Some(typing));
        for other in [&mut elsewhere, &mut stranger] {
            let heard = tokio::time::timeout(Duration::from_millis(100), told(other)).await;
            assert!(heard.is_err(), "{heard:?}");
        }
        assert_eq!(world.db_count("SELECT COUNT(*) FROM event").await, before);
        assert_eq!(world.signed_in("mei").await.send(Method::POST, &path, None).await.status, 404);
    });
}

#[test]
fn a_page_that_says_what_cannot_be_understood_is_closed() {
    on_every_database(|world| async move {
        let port = listen(&world).await;
        let priya = world.signed_in("priya").await;
        for said in ["{}", "x", r#"{"frame":"looking","chat":null,"people":[],"is_idle":false,"more":1}"#] {
            let mut socket = page(port, &priya).await;
            socket.send(Message::text(said)).await.unwrap();
            let Message::Close(Some(close)) = next(&mut socket).await else { panic!("{said}") };
            assert_eq!(u16::from(close.code), 1003, "{said}");
        }
        // One that never stops is closed as well.
        let mut socket = page(port, &priya).await;
        for _ in 0..100 {
            // Closed meanwhile, it takes no more.
            let frame = ClientFrame::Looking { chat: None, people: Vec::new(), is_idle: false };
            if socket.send(Message::text(serde_json::to_string(&frame).unwrap())).await.is_err() {
                break;
            }
        }
        let Message::Close(Some(close)) = next(&mut socket).await else { panic!("still open") };
        assert_eq!(u16::from(close.code), 1008);
    });
}

#[test]
fn clients_are_told_how_soon_they_are_usually_answered() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "lukas").await;
        let mut lukas = world.client("lukas").await;
        let path = format!("/api/client/chats/{chat}/answer-time");
        assert_eq!(lukas.get(&path).await.read::<AnswerTime>().within, None);
        for minutes in [2, 7, 3] {
            let asked = crate::common::forms::message("Any news?");
            assert_eq!(lukas.post(&format!("/api/client/chats/{chat}/messages"), &asked).await.status, 201);
            world.clock.advance(minutes * MINUTE);
            let answer = crate::common::forms::message("Soon.");
            assert_eq!(priya.post(&format!("/api/chats/{chat}/messages"), &answer).await.status, 201);
        }
        assert_eq!(lukas.get(&path).await.read::<AnswerTime>().within, Some(Within::Minutes));
        let mut daniel = world.signed_in("daniel").await;
        assert_eq!(daniel.get(&format!("/api/chats/{chat}/answer-time")).await.status, 404);
    });
}
