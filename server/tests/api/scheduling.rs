//! Messages that go out later: kept once, sent once, checked again when due.

use crate::common::{
    World,
    answer::Answer,
    browser::Browser,
    forms::{self, message},
    on_every_database, signals,
};
use causeway_api::{
    ChatId, MessageId,
    chats::{
        Chat, Message, MessagePage, Reschedule, SCHEDULED_AHEAD, SCHEDULED_MAX, ScheduleMessage,
        ScheduledMessage, ScheduledMessages, SendMessage,
    },
    features::FeatureValue,
    signals::Signal,
};
use causeway_server::{clock::MINUTE, domain::chats::scheduling};

/// Within the time after which a session ends that is not used.
const WAIT: i64 = 10 * MINUTE;

fn later(world: &World, text: &str) -> ScheduleMessage {
    ScheduleMessage { message: message(text), at: world.clock.now() + WAIT }
}

async fn schedule(browser: &mut Browser, chat: ChatId, new: &ScheduleMessage) -> Answer {
    browser.post(&format!("/api/chats/{chat}/scheduled"), new).await
}

async fn waiting(browser: &mut Browser, chat: ChatId) -> Vec<ScheduledMessage> {
    browser.get(&format!("/api/chats/{chat}/scheduled")).await.read::<ScheduledMessages>().messages
}

async fn texts(browser: &mut Browser, chat: ChatId) -> Vec<String> {
    let page: MessagePage = browser.get(&format!("/api/chats/{chat}/messages")).await.read();
    page.messages.into_iter().map(|message| message.text).collect()
}

#[test]
fn a_message_goes_out_when_it_is_due_and_not_before_and_once() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = world.chat(&mut priya, "daniel").await;
        let mut listener = world.listener("priya");
        let new = later(&world, "Good morning");
        assert_eq!(schedule(&mut priya, chat, &new).await.status, 201);
        assert_eq!(signals(&mut listener), [Signal::ScheduledChanged { chat }]);
        assert_eq!(schedule(&mut priya, chat, &new).await.status, 201, "asked for again it is the same");
        assert_eq!(waiting(&mut priya, chat).await.len(), 1);
        assert!(waiting(&mut daniel, chat).await.is_empty(), "it is the writer's own");
        world.clock.advance(WAIT - 1);
        scheduling::send_due(&world.app).await.unwrap();
        assert!(texts(&mut daniel, chat).await.is_empty());
        world.clock.advance(1);
        scheduling::send_due(&world.app).await.unwrap();
        scheduling::send_due(&world.app).await.unwrap();
        assert_eq!(texts(&mut daniel, chat).await, ["Good morning"]);
        assert!(waiting(&mut priya, chat).await.is_empty());
        // The answer of the first was lost, and the message had gone out meanwhile.
        world.clock.advance(MINUTE);
        let again = ScheduleMessage { at: world.clock.now() + WAIT, ..new };
        assert_eq!(schedule(&mut priya, chat, &again).await.status, 201);
        world.clock.advance(WAIT);
        scheduling::send_due(&world.app).await.unwrap();
        assert_eq!(texts(&mut daniel, chat).await, ["Good morning"]);
        assert!(world.db_findings().await.is_empty());
    });
}

#[test]
fn two_processes_that_find_the_same_message_due_send_it_once() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        for number in 0..5 {
            schedule(&mut priya, chat, &later(&world, &format!("number {number}"))).await;
        }
        world.clock.advance(WAIT);
        let (one, other) = tokio::join!(scheduling::send_due(&world.app), scheduling::send_due(&world.app));
        one.unwrap();
        other.unwrap();
        assert_eq!(texts(&mut priya, chat).await.len(), 5);
        assert!(waiting(&mut priya, chat).await.is_empty());
    });
}

#[test]
fn everything_is_checked_again_when_it_is_due_and_what_is_refused_stays_with_the_reason() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let members = [world.id("daniel")];
        let group = priya.post("/api/chats", &forms::group("Harbour", &members)).await.read::<Chat>().id;
        let long = later(&world, &"x".repeat(150));
        assert_eq!(schedule(&mut daniel, group, &long).await.status, 201);
        let gone = later(&world, "I was there");
        assert_eq!(schedule(&mut daniel, group, &gone).await.status, 201);
        world.configure(&[("message.text_limit", FeatureValue::Number(100))]).await;
        world.clock.advance(WAIT);
        scheduling::send_due(&world.app).await.unwrap();
        let left = waiting(&mut daniel, group).await;
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].refused.as_deref(), Some("fault-too-long"));
        // A refused one is not tried again by itself; given another time it is.
        scheduling::send_due(&world.app).await.unwrap();
        let again = Reschedule { at: world.clock.now() + MINUTE };
        let path = format!("/api/scheduled/{}", long.message.id);
        assert_eq!(daniel.put(&path, &again).await.status, 204);
        assert_eq!(waiting(&mut daniel, group).await[0].refused, None);
        assert_eq!(daniel.delete(&format!("/api/chats/{group}/membership")).await.status, 204);
        world.clock.advance(MINUTE);
        scheduling::send_due(&world.app).await.unwrap();
        assert_eq!(texts(&mut priya, group).await, ["I was there"]);
        assert_eq!(daniel.delete(&path).await.status, 204, "its writer can still take it back");
    });
}

#[test]
fn it_is_sent_at_once_moved_or_taken_back_by_its_writer_only() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = world.chat(&mut priya, "daniel").await;
        let (one, two) = (later(&world, "one"), later(&world, "two"));
        for new in [&one, &two] {
            assert_eq!(schedule(&mut priya, chat, new).await.status, 201);
        }
        let path = |id: MessageId| format!("/api/scheduled/{id}");
        assert_eq!(daniel.delete(&path(one.message.id)).await.status, 404);
        assert_eq!(daniel.put(&path(one.message.id), &Reschedule { at: one.at }).await.status, 404);
        let now = format!("{}/send", path(one.message.id));
        assert_eq!(daniel.post(&now, &()).await.status, 404);
        assert_eq!(priya.post(&now, &()).await.read::<Message>().text, "one");
        assert_eq!(priya.post(&now, &()).await.status, 404);
        let earlier = Reschedule { at: world.clock.now() + MINUTE };
        assert_eq!(priya.put(&path(two.message.id), &earlier).await.status, 204);
        assert_eq!(waiting(&mut priya, chat).await[0].at, earlier.at);
        assert_eq!(priya.delete(&path(two.message.id)).await.status, 204);
        world.clock.advance(WAIT);
        scheduling::send_due(&world.app).await.unwrap();
        assert_eq!(texts(&mut daniel, chat).await, ["one"]);
    });
}

#[test]
fn what_cannot_wait_is_refused_at_once() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let now = world.clock.now();
        for at in [now - 1, now + SCHEDULED_AHEAD + 1] {
            let answer = schedule(&mut priya, chat, &ScheduleMessage { at, ..later(&world, "x") }).await;
            assert_eq!(answer.fault("at"), (422, "fault-scheduled-time"));
        }
        let upload = super::files::uploaded(&mut priya, chat, "Plan.txt", b"the plan").await;
        let message = SendMessage { files: vec![upload.id], ..message("") };
        let with_file = schedule(&mut priya, chat, &ScheduleMessage { message, at: now + WAIT }).await;
        assert_eq!(with_file.fault("files"), (422, "fault-scheduled-files"));
        assert_eq!(schedule(&mut priya, chat, &later(&world, " ")).await.fault("text").0, 422);
        for number in 0..=SCHEDULED_MAX {
            world.clock.advance(1_000);
            let answer = schedule(&mut priya, chat, &later(&world, "x")).await;
            if number < SCHEDULED_MAX {
                assert_eq!(answer.status, 201, "{number}");
            } else {
                assert_eq!(answer.fault("message"), (409, "fault-scheduled-full"));
            }
        }
        assert_eq!(waiting(&mut priya, chat).await.len() as u64, SCHEDULED_MAX);
    });
}

#[test]
fn what_is_taken_back_while_it_is_sent_has_either_gone_or_stays() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let mut ids = Vec::new();
        for number in 0..10 {
            let new = later(&world, &format!("number {number}"));
            schedule(&mut priya, chat, &new).await;
            ids.push(new.message.id);
        }
        world.clock.advance(WAIT);
        let cancels = ids.iter().map(|id| {
            let (mut browser, path) = (priya.clone(), format!("/api/scheduled/{id}"));
            async move { browser.delete(&path).await.status }
        });
        let (sent, cancelled) =
            tokio::join!(scheduling::send_due(&world.app), futures_util::future::join_all(cancels));
        sent.unwrap();
        let there = texts(&mut priya, chat).await;
        for (number, status) in cancelled.iter().enumerate() {
            let is_there = there.contains(&format!("number {number}"));
            assert_eq!(*status == 404, is_there, "{number}: {status}");
        }
        assert!(waiting(&mut priya, chat).await.is_empty());
        assert!(world.db_findings().await.is_empty());
    });
}
