//! Pinned messages: who pins what, how many, and what the timeline and the record say.

use crate::common::{
    answer::Answer,
    browser::Browser,
    forms::{self, message},
    on_every_database,
};
use causeway_api::{
    ChatId, MessageId,
    chats::{Chat, ChatChange, Message, MessagePage, PINS_MAX, PinMessage, Pins},
};

async fn write(browser: &mut Browser, chat: ChatId, text: &str) -> MessageId {
    browser.post(&format!("/api/chats/{chat}/messages"), &message(text)).await.read::<Message>().id
}

async fn pin(browser: &mut Browser, chat: ChatId, id: MessageId, is_on: bool) -> Answer {
    browser.put(&format!("/api/chats/{chat}/messages/{id}/pin"), &PinMessage { is_on }).await
}

async fn pinned(browser: &mut Browser, chat: ChatId) -> Vec<MessageId> {
    let pins: Pins = browser.get(&format!("/api/chats/{chat}/pins")).await.read();
    pins.pins.iter().map(|pin| pin.message.id).collect()
}

/// The lines about pins in a timeline: who, which place, pinned or not.
async fn lines(browser: &mut Browser, path: &str) -> Vec<(String, i64, bool)> {
    let page: MessagePage = browser.get(path).await.read();
    let line = |change: ChatChange| match change {
        ChatChange::Pinned { by, ordinal, is_on } => Some((by.name, ordinal, is_on)),
        _ => None,
    };
    page.lines.into_iter().filter_map(|one| line(one.change)).collect()
}

#[test]
fn a_message_is_pinned_for_everyone_with_a_line_and_once() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = world.chat(&mut priya, "daniel").await;
        let (first, second) = (write(&mut priya, chat, "one").await, write(&mut priya, chat, "two").await);
        let mut listener = world.listener("daniel");
        assert_eq!(pin(&mut priya, chat, first, true).await.status, 204);
        assert!(listener.waiting().expect("an event").frame.contains("message_pinned"));
        assert_eq!(pin(&mut daniel, chat, first, true).await.status, 204, "pinned it is already");
        assert!(listener.waiting().is_none());
        world.clock.advance(1_000);
        assert_eq!(pin(&mut daniel, chat, second, true).await.status, 204);
        assert_eq!(pinned(&mut priya, chat).await, [second, first]);
        assert_eq!(pin(&mut daniel, chat, first, false).await.status, 204);
        assert_eq!(pinned(&mut priya, chat).await, [second]);
        let path = format!("/api/chats/{chat}/messages");
        let expected = [("priya", 1, true), ("daniel", 2, true), ("daniel", 1, false)];
        let expected: Vec<_> =
            expected.iter().map(|(name, ordinal, is_on)| ((*name).to_owned(), *ordinal, *is_on)).collect();
        assert_eq!(lines(&mut priya, &path).await, expected);
        assert!(world.db_findings().await.is_empty());
    });
}

#[test]
fn a_deleted_message_is_pinned_no_more_and_none_is_pinned_that_is_not_shown() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let members = [world.id("daniel")];
        let chat = priya.post("/api/chats", &forms::group("Harbour", &members)).await.read::<Chat>().id;
        let early = write(&mut priya, chat, "early").await;
        assert_eq!(pin(&mut priya, chat, early, true).await.status, 204);
        priya.post(&format!("/api/chats/{chat}/members"), &forms::member(world.id("mei"))).await;
        let mut mei = world.signed_in("mei").await;
        assert!(pinned(&mut mei, chat).await.is_empty(), "she joined later");
        assert_eq!(pin(&mut mei, chat, early, false).await.status, 404);
        let late = write(&mut priya, chat, "late").await;
        assert_eq!(pin(&mut mei, chat, late, true).await.status, 204);
        priya.delete(&format!("/api/chats/{chat}/messages/{late}")).await;
        assert!(pinned(&mut mei, chat).await.is_empty());
        assert_eq!(pin(&mut priya, chat, late, true).await.fault("message"), (409, "fault-deleted"));
        let mut tomas = world.signed_in("tomas").await;
        assert_eq!(tomas.get(&format!("/api/chats/{chat}/pins")).await.status, 404);
        assert_eq!(pin(&mut tomas, chat, early, true).await.status, 403, "a compliance officer only reads");
        assert!(world.db_findings().await.is_empty());
    });
}

#[test]
fn as_many_messages_are_pinned_as_can_be_however_many_ask_at_once() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let mut ids = Vec::new();
        for number in 0..PINS_MAX + 2 {
            world.clock.advance(1_000);
            ids.push(write(&mut priya, chat, &format!("number {number}")).await);
        }
        for id in &ids[4..] {
            world.clock.advance(1_000);
            assert_eq!(pin(&mut priya, chat, *id, true).await.status, 204);
        }
        world.clock.advance(60_000);
        let all = ids[..4].iter().map(|id| {
            let (mut browser, id) = (priya.clone(), *id);
            async move { pin(&mut browser, chat, id, true).await }
        });
        let answers = futures_util::future::join_all(all).await;
        let refused: Vec<_> = answers.iter().filter(|answer| answer.status != 204).collect();
        assert_eq!(refused.len(), 2);
        assert_eq!(refused[0].fault("message"), (409, "fault-pins-full"));
        assert_eq!(pinned(&mut priya, chat).await.len() as u64, PINS_MAX);
    });
}
