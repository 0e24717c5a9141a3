//! The channel of a reply: that of the chat, or another one on which the client is linked.

use crate::common::{
    World,
    browser::Browser,
    forms::{self, message},
    on_every_database,
};
use causeway_api::{
    ChatId,
    chats::{Channel, Chat, Message, SendMessage},
    contacts::LinkState,
};
use causeway_server::{
    clock::DAY,
    job,
    store::{ChannelLinkRow, StoreError},
};

/// A message on a channel.
fn on(channel: Channel, text: &str) -> SendMessage {
    SendMessage { channel: Some(channel), ..message(text) }
}

/// Links Lukas on a channel, or invites him to it.
async fn db_link(world: &World, channel: Channel, state: LinkState) {
    let (company, person, priya, now) =
        (world.bay.id, world.id("lukas"), world.id("priya"), world.clock.now());
    let row = ChannelLinkRow {
        person,
        channel,
        state,
        address: "+85261234567".to_owned(),
        invited_by: priya,
        invited_at: now,
        expires_at: now + DAY,
        linked_at: (state == LinkState::Linked).then_some(now),
    };
    world
        .app
        .store
        .write(job!(|tx| {
            tx.invite(company, &row).await?;
            Ok::<_, StoreError>(())
        }))
        .await
        .unwrap();
}

async fn channel_of(browser: &mut Browser, chat: ChatId) -> Channel {
    browser.get(&format!("/api/chats/{chat}")).await.read::<Chat>().channel
}

#[test]
fn a_reply_goes_on_the_chosen_channel_and_the_chat_goes_on_there() {
    on_every_database(|world| async move {
        let (mut priya, mut lukas) = (world.signed_in("priya").await, world.client("lukas").await);
        for channel in [Channel::Causeway, Channel::Wechat] {
            db_link(&world, channel, LinkState::Linked).await;
        }
        let chat = world.chat(&mut priya, "lukas").await;
        let path = format!("/api/chats/{chat}/messages");
        assert_eq!(channel_of(&mut priya, chat).await, Channel::Causeway);
        let sent: Message = priya.post(&path, &on(Channel::Wechat, "here")).await.read();
        assert_eq!(sent.channel, Channel::Wechat);
        assert_eq!(channel_of(&mut priya, chat).await, Channel::Wechat);
        let next: Message = priya.post(&path, &message("and on")).await.read();
        assert_eq!(next.channel, Channel::Wechat, "the next one stays there");
        let back: Message = priya.post(&path, &on(Channel::Causeway, "back")).await.read();
        assert_eq!(back.channel, Channel::Causeway);
        let seen = lukas.get(&format!("/api/client/chats/{chat}/messages")).await;
        assert!(seen.text.contains("here") && seen.text.contains("back"), "{}", seen.text);
    });
}

#[test]
fn a_reply_goes_on_no_channel_on_which_the_client_is_not() {
    on_every_database(|world| async move {
        let (mut priya, mut lukas) = (world.signed_in("priya").await, world.client("lukas").await);
        let chat = world.chat(&mut priya, "lukas").await;
        let path = format!("/api/chats/{chat}/messages");
        let refused = (422, "fault-channel-not-linked");
        assert_eq!(priya.post(&path, &on(Channel::Wechat, "x")).await.fault("channel"), refused);
        db_link(&world, Channel::Wechat, LinkState::Pending).await;
        assert_eq!(priya.post(&path, &on(Channel::Wechat, "x")).await.fault("channel"), refused, "invited");
        assert_eq!(priya.post(&path, &on(Channel::Line, "x")).await.fault("channel"), refused);
        // The channel that the chat is on is no change.
        assert_eq!(priya.post(&path, &on(Channel::Causeway, "x")).await.status, 201);
        let group = forms::group("g", &[world.id("daniel"), world.id("lukas")]);
        let group = priya.post("/api/chats", &group).await.read::<Chat>().id;
        db_link(&world, Channel::Wechat, LinkState::Linked).await;
        let in_group = format!("/api/chats/{group}/messages");
        assert_eq!(priya.post(&in_group, &on(Channel::Wechat, "x")).await.fault("channel"), refused);
        let mut daniel = world.signed_in("daniel").await;
        assert_eq!(
            daniel.post(&path, &on(Channel::Wechat, "x")).await.status,
            404,
            "a stranger learns nothing"
        );
        // A client writes on the channel of the own session, whatever it says.
        let path = format!("/api/client/chats/{chat}/messages");
        let own: Message = lukas.post(&path, &on(Channel::Line, "mine")).await.read();
        assert_eq!(own.channel, Channel::Causeway);
    });
}
