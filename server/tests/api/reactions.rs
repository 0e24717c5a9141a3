//! Reactions to messages: recorded, seen by everyone who sees the message, and counted as nothing unread.

use crate::common::{
    World,
    browser::Browser,
    forms::{self, message},
    on_every_database,
};
use causeway_api::{
    ChatId,
    chats::{Chat, ChatList, Message, MessagePage, REACTIONS_MAX, React},
};

fn thumb(is_on: bool) -> React {
    React { emoji: "👍".to_owned(), is_on }
}

/// Priya has written to Lukas: her browser, the client's, the chat, and the paths of its messages and of the reactions.
async fn written(world: &World) -> (Browser, Browser, ChatId, String, String) {
    let mut priya = world.signed_in("priya").await;
    let chat = world.chat(&mut priya, "lukas").await;
    let new = message("the figures");
    let path = format!("/chats/{chat}/messages");
    assert_eq!(priya.post(&format!("/api{path}"), &new).await.status, 201);
    let client = world.client("lukas").await;
    (priya, client, chat, path.clone(), format!("{path}/{}/reactions", new.id))
}

#[test]
fn a_reaction_is_on_every_screen_and_in_the_record_and_goes_when_it_is_taken_away() {
    on_every_database(|world| async move {
        let (mut priya, mut client, _, list, reactions) = written(&world).await;
        let mut listener = world.listener("priya");
        let reacted: Message = client.post(&format!("/api/client{reactions}"), &thumb(true)).await.read();
        assert_eq!(reacted.reactions[0].people, [world.id("lukas")]);
        let heard = listener.waiting().expect("an event").frame;
        assert!(heard.contains("message_reacted") && heard.contains("👍"), "{heard}");
        // Done again it changes nothing, and nothing is recorded.
        client.post(&format!("/api/client{reactions}"), &thumb(true)).await.read::<Message>();
        assert!(listener.waiting().is_none());
        let both: Message = priya.post(&format!("/api{reactions}"), &thumb(true)).await.read();
        assert_eq!(both.reactions[0].people, [world.id("lukas"), world.id("priya")]);
        let seen: MessagePage = priya.get(&format!("/api{list}")).await.read();
        assert_eq!(seen.messages[0].reactions, both.reactions);
        client.post(&format!("/api/client{reactions}"), &thumb(false)).await.read::<Message>();
        let none: Message = priya.post(&format!("/api{reactions}"), &thumb(false)).await.read();
        assert!(none.reactions.is_empty());
        assert_eq!(world.db_archived(&["message_reacted"]).await.len(), 4);
        assert!(world.db_findings().await.is_empty(), "the record and the screen agree");
        let chats: ChatList = client.get("/api/client/chats").await.read();
        let chat: &Chat = &chats.chats[0];
        let own = chat.members.iter().find(|member| member.person.id == world.id("lukas")).unwrap();
        assert_eq!((chat.last_ordinal, own.read), (1, 0), "a reaction is no message, and reads none");
    });
}

#[test]
fn only_emoji_and_not_too_many_and_only_at_what_is_shown() {
    on_every_database(|world| async move {
        let (mut priya, _, chat, list, reactions) = written(&world).await;
        for wrong in ["", "x", "👍👍", "<b>", "thumbs up"] {
            let new = React { emoji: wrong.to_owned(), is_on: true };
            let answer = priya.post(&format!("/api{reactions}"), &new).await;
            assert_eq!(answer.fault("emoji"), (422, "fault-emoji"), "{wrong}");
        }
        // What a phone leaves out is put back.
        let heart = React { emoji: "❤".to_owned(), is_on: true };
        let reacted: Message = priya.post(&format!("/api{reactions}"), &heart).await.read();
        assert_eq!(reacted.reactions[0].emoji, "❤\u{fe0f}");
        for (place, emoji) in [
            "😀", "😃", "😄", "😁", "😆", "😅", "🤣", "😂", "🙂", "🙃", "😉", "😊", "😇", "🥰", "😍", "🤩",
            "😘", "😗", "😋", "😛",
        ]
        .iter()
        .enumerate()
        {
            let new = React { emoji: (*emoji).to_owned(), is_on: true };
            world.clock.advance(1_000);
            let answer = priya.post(&format!("/api{reactions}"), &new).await;
            let expected = if place + 1 < REACTIONS_MAX { 200 } else { 409 };
            assert_eq!(answer.status, expected, "{emoji}");
        }
        let mut mei = world.signed_in("mei").await;
        assert_eq!(mei.post(&format!("/api{reactions}"), &thumb(true)).await.status, 404);
        let elsewhere =
            reactions.replace(&chat.to_string(), &world.chat(&mut priya, "daniel").await.to_string());
        assert_eq!(priya.post(&format!("/api{elsewhere}"), &thumb(true)).await.status, 404);
        let page: MessagePage = priya.get(&format!("/api{list}")).await.read();
        let own = format!("/api{list}/{}", page.messages[0].id);
        let edited: Message = priya.put(&own, &forms::edit("other figures")).await.read();
        assert_eq!(edited.reactions.len(), REACTIONS_MAX, "an edit leaves them");
        let deleted: Message = priya.delete(&own).await.read();
        assert!(deleted.reactions.is_empty());
        let late = priya.post(&format!("/api{reactions}"), &thumb(true)).await;
        assert_eq!(late.fault("message"), (409, "fault-deleted"));
        assert!(world.db_findings().await.is_empty());
    });
}

#[test]
fn reactions_of_many_at_once_are_all_there() {
    on_every_database(|world| async move {
        let (mut priya, client, _, list, reactions) = written(&world).await;
        let ours = priya.clone();
        let emoji = ["👍", "🙏", "🎉", "👀", "😊"];
        let all = emoji.iter().flat_map(|emoji| {
            [(ours.clone(), "/api"), (client.clone(), "/api/client")].map(|(mut browser, side)| {
                let (path, new) =
                    (format!("{side}{reactions}"), React { emoji: (*emoji).to_owned(), is_on: true });
                async move { browser.post(&path, &new).await.status }
            })
        });
        let statuses = futures_util::future::join_all(all).await;
        assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
        let page: MessagePage = priya.get(&format!("/api{list}")).await.read();
        let people: usize = page.messages[0].reactions.iter().map(|reaction| reaction.people.len()).sum();
        assert_eq!((page.messages[0].reactions.len(), people), (5, 10));
        assert!(world.db_findings().await.is_empty());
    });
}
