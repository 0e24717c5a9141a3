//! Messages that reply to others of their chat.

use crate::common::{
    World,
    forms::{self, message},
    on_every_database,
};
use causeway_api::{
    ChatId, MessageId,
    chats::{Chat, Message, MessagePage, SendMessage},
};
use causeway_server::clock;

fn reply(text: &str, to: MessageId) -> SendMessage {
    SendMessage { reply_to: Some(to), ..message(text) }
}

fn path(chat: ChatId) -> String {
    format!("/api/chats/{chat}/messages")
}

#[test]
fn a_reply_names_what_it_replies_to_and_a_page_brings_what_is_not_on_it() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = world.chat(&mut priya, "daniel").await;
        let first = message("The lease?");
        priya.post(&path(chat), &first).await;
        for number in 0..3 {
            priya.post(&path(chat), &message(&format!("more {number}"))).await;
        }
        let new = reply("Signed.", first.id);
        let sent: Message = daniel.post(&path(chat), &new).await.read();
        assert_eq!(sent.reply_to, Some(first.id));
        let again: Message = daniel.post(&path(chat), &new).await.read();
        assert_eq!(again, sent, "the same send twice is one message");
        let without = SendMessage { reply_to: None, ..new.clone() };
        assert_eq!(daniel.post(&path(chat), &without).await.status, 409, "another reply is another message");
        let near: MessagePage = priya.get(&format!("{}?from=5", path(chat))).await.read();
        assert_eq!((near.messages.len(), near.messages[0].reply_to), (1, Some(first.id)));
        assert_eq!(near.replied_to.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["The lease?"]);
        let all: MessagePage = priya.get(&path(chat)).await.read();
        assert!(all.replied_to.is_empty(), "it is on the page itself");
    });
}

#[test]
fn what_is_quoted_is_what_the_message_says_now() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let first = message("Twelve");
        priya.post(&path(chat), &first).await;
        priya.post(&path(chat), &reply("Sure?", first.id)).await;
        let own = format!("{}/{}", path(chat), first.id);
        priya.put(&own, &forms::edit("Thirteen")).await;
        let quoted = |page: MessagePage| page.replied_to.into_iter().map(|one| one.text).collect::<Vec<_>>();
        let second = format!("{}?from=2", path(chat));
        assert_eq!(quoted(priya.get(&second).await.read()), ["Thirteen"]);
        assert_eq!(priya.delete(&own).await.status, 200);
        let page: MessagePage = priya.get(&second).await.read();
        assert!(page.replied_to[0].deleted_at.is_some(), "that it was deleted is shown");
        assert_eq!(quoted(page), [""], "and nothing of what it said");
        let late = priya.post(&path(chat), &reply("Late", first.id)).await;
        assert_eq!(late.fault("reply_to"), (422, "fault-not-shown"));
    });
}

#[test]
fn only_what_one_is_shown_in_the_same_chat_can_be_replied_to() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let elsewhere = world.chat(&mut priya, "lukas").await;
        let other = message("elsewhere");
        priya.post(&path(elsewhere), &other).await;
        for unknown in [other.id, MessageId(clock::new_id())] {
            assert_eq!(priya.post(&path(chat), &reply("x", unknown)).await.status, 422);
        }
        let group: Chat = priya.post("/api/chats", &forms::group("Late", &[world.id("daniel")])).await.read();
        let before = message("before Mei came");
        priya.post(&path(group.id), &before).await;
        priya.post(&format!("/api/chats/{}/members", group.id), &forms::member(world.id("mei"))).await;
        let mut mei = world.signed_in("mei").await;
        assert_eq!(mei.post(&path(group.id), &reply("x", before.id)).await.status, 422);
        priya.post(&path(group.id), &reply("for all", before.id)).await;
        let seen: MessagePage = mei.get(&path(group.id)).await.read();
        assert_eq!(seen.messages.last().unwrap().reply_to, Some(before.id));
        assert!(seen.replied_to.is_empty(), "who joined later is not shown what was said before");
    });
}

#[test]
fn the_archive_holds_replies_and_verifies() {
    on_every_database(|world: World| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let first = message("one");
        priya.post(&path(chat), &first).await;
        priya.post(&path(chat), &reply("two", first.id)).await;
        let recorded = world.db_archived(&["message_sent"]).await;
        let [.., one, two] = &recorded[..] else { panic!("{recorded:?}") };
        assert!(two.contains(&format!("\"reply_to\":\"{}\"", first.id)), "{two}");
        assert!(!one.contains("reply_to"), "a message that answers nothing keeps its form: {one}");
        assert!(world.db_findings().await.is_empty());
    });
}
