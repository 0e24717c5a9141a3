//! How members arrange their own list of chats: pinned, muted, put away, marked to come back to.

use crate::common::{
    World,
    answer::Answer,
    browser::Browser,
    forms::{self, message},
    on_every_database, signals,
};
use causeway_api::{
    ChatId,
    chats::{
        AllChatSettings, ChangeChatSettings, Chat, ChatList, ChatSettings, MUTED_FOR_GOOD, PINNED_CHATS_MAX,
    },
    signals::Signal,
};
use causeway_server::clock::HOUR;

const PIN: ChangeChatSettings = ChangeChatSettings::Pin { is_on: true };
const ARCHIVE: ChangeChatSettings = ChangeChatSettings::Archive { is_on: true };

async fn change(browser: &mut Browser, chat: ChatId, change: ChangeChatSettings) -> Answer {
    browser.put(&format!("/api/chats/{chat}/settings"), &change).await
}

async fn changed(browser: &mut Browser, chat: ChatId, asked: ChangeChatSettings) -> ChatSettings {
    change(browser, chat, asked).await.read()
}

async fn listed(browser: &mut Browser, chat: ChatId) -> ChatSettings {
    let list: ChatList = browser.get("/api/chats").await.read();
    list.chats.iter().find(|one| one.id == chat).unwrap().settings
}

/// A group of Priya and Daniel.
async fn group(world: &World, priya: &mut Browser) -> ChatId {
    priya.post("/api/chats", &forms::group("Harbour", &[world.id("daniel")])).await.read::<Chat>().id
}

#[test]
fn a_chat_is_arranged_for_oneself_on_every_page_of_ones_own() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = world.chat(&mut priya, "daniel").await;
        let (mut own, mut other) = (world.listener("priya"), world.listener("daniel"));
        let settings = changed(&mut priya, chat, PIN).await;
        assert_eq!(settings.pinned_at, Some(world.clock.now()));
        assert_eq!(signals(&mut own), [Signal::ChatSettingsChanged { chat, settings }]);
        assert!(signals(&mut other).is_empty());
        // Done again it changes nothing, and nobody is told.
        world.clock.advance(1_000);
        assert_eq!(changed(&mut priya, chat, PIN).await, settings);
        assert!(signals(&mut own).is_empty());
        let until = world.clock.now() + HOUR;
        let settings = changed(&mut priya, chat, ChangeChatSettings::Mute { until: Some(until) }).await;
        assert_eq!(settings.muted_until, Some(until));
        let marked = changed(&mut priya, chat, ChangeChatSettings::MarkUnread { is_on: true }).await;
        assert!(marked.is_marked_unread && marked.pinned_at.is_some(), "the rest stays");
        assert_eq!(listed(&mut priya, chat).await, marked);
        assert_eq!(priya.get(&format!("/api/chats/{chat}")).await.read::<Chat>().settings, marked);
        let all: AllChatSettings = priya.get("/api/chat-settings").await.read();
        assert_eq!(all.chats.iter().map(|one| one.settings).collect::<Vec<_>>(), [marked]);
        assert_eq!(listed(&mut daniel, chat).await, ChatSettings::default());
        assert!(world.db_findings().await.is_empty(), "nothing of it is recorded");
    });
}

#[test]
fn what_is_put_away_is_not_pinned_and_a_newer_message_brings_it_back() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = world.chat(&mut priya, "daniel").await;
        changed(&mut priya, chat, PIN).await;
        let settings = changed(&mut priya, chat, ARCHIVE).await;
        assert_eq!((settings.pinned_at, settings.archived_through), (None, Some(0)));
        daniel.post(&format!("/api/chats/{chat}/messages"), &message("news")).await;
        let now = world.clock.now();
        let shown: Chat = priya.get(&format!("/api/chats/{chat}")).await.read();
        assert!(!shown.settings.is_archived(shown.last_ordinal, now));
        let forever = ChangeChatSettings::Mute { until: Some(MUTED_FOR_GOOD) };
        let muted = changed(&mut priya, chat, forever).await;
        assert!(muted.is_archived(shown.last_ordinal, now), "one that is muted stays away");
        let back = changed(&mut priya, chat, PIN).await;
        assert_eq!(back.archived_through, None);
    });
}

#[test]
fn as_many_chats_are_pinned_as_can_be_however_many_ask_at_once() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let mut chats = Vec::new();
        for _ in 0..PINNED_CHATS_MAX + 2 {
            world.clock.advance(1_000);
            chats.push(group(&world, &mut priya).await);
        }
        let all = chats.iter().map(|chat| {
            let (mut browser, chat) = (priya.clone(), *chat);
            async move { change(&mut browser, chat, PIN).await }
        });
        world.clock.advance(60_000);
        let answers = futures_util::future::join_all(all).await;
        let refused: Vec<_> = answers.iter().filter(|answer| answer.status != 200).collect();
        assert_eq!(refused.len(), 2);
        assert_eq!(refused[0].fault("chat"), (409, "fault-pinned-full"));
        let pinned: AllChatSettings = priya.get("/api/chat-settings").await.read();
        assert_eq!(pinned.chats.len() as u64, PINNED_CHATS_MAX);
        // One that is let go makes room.
        world.clock.advance(60_000);
        changed(&mut priya, pinned.chats[0].chat, ChangeChatSettings::Pin { is_on: false }).await;
        let free = chats.iter().find(|chat| pinned.chats.iter().all(|one| one.chat != **chat)).unwrap();
        assert_eq!(change(&mut priya, *free, PIN).await.status, 200);
    });
}

#[test]
fn a_pinned_chat_is_in_the_list_however_many_newer_ones_there_are() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let old = world.chat(&mut priya, "daniel").await;
        changed(&mut priya, old, PIN).await;
        for _ in 0..3 {
            world.clock.advance(1_000);
            group(&world, &mut priya).await;
        }
        let list: ChatList = priya.get("/api/chats?limit=2").await.read();
        assert_eq!(list.chats.len(), 3);
        assert_eq!(list.chats[2].id, old);
    });
}

#[test]
fn who_leaves_a_group_has_it_arranged_no_more() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = group(&world, &mut priya).await;
        changed(&mut daniel, chat, PIN).await;
        assert_eq!(daniel.delete(&format!("/api/chats/{chat}/membership")).await.status, 204);
        assert!(daniel.get("/api/chat-settings").await.read::<AllChatSettings>().chats.is_empty());
        assert_eq!(change(&mut daniel, chat, PIN).await.status, 404);
    });
}

#[test]
fn muting_ends_in_the_future_or_at_once() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let now = world.clock.now();
        for wrong in [now - 1, -1, MUTED_FOR_GOOD + 1] {
            let answer = change(&mut priya, chat, ChangeChatSettings::Mute { until: Some(wrong) }).await;
            assert_eq!(answer.fault("until"), (422, "fault-range"), "{wrong}");
        }
        changed(&mut priya, chat, ChangeChatSettings::Mute { until: Some(now + HOUR) }).await;
        let told = changed(&mut priya, chat, ChangeChatSettings::Mute { until: None }).await;
        assert_eq!(told, ChatSettings::default());
    });
}
