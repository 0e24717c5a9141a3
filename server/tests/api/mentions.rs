//! Mentions: who names whom in a group, what is recorded of it, and who is told.

use crate::common::{
    World,
    browser::Browser,
    forms::{self, message},
    on_every_database,
};
use causeway_api::{
    ChatId, PersonId,
    chats::{
        Chat, ChatList, EditMessage, MENTIONS_MAX, Mention, Message, MessagePage, SendMessage, mentions_in,
    },
};

/// A group of Priya, Daniel, and Lukas, a client.
async fn group(world: &World, priya: &mut Browser) -> ChatId {
    let members = [world.id("daniel"), world.id("lukas")];
    priya.post("/api/chats", &forms::group("Harbour", &members)).await.read::<Chat>().id
}

/// A message that names people by their user names.
fn naming(world: &World, text: &str, names: &[&str]) -> SendMessage {
    let people: Vec<(PersonId, String)> =
        names.iter().map(|name| (world.id(name), (*name).to_owned())).collect();
    SendMessage { mentions: mentions_in(text, &people, true), ..message(text) }
}

async fn listed(browser: &mut Browser, path: &str, chat: ChatId) -> Chat {
    let list: ChatList = browser.get(path).await.read();
    list.chats.into_iter().find(|one| one.id == chat).unwrap()
}

#[test]
fn who_is_named_sees_it_in_the_list_until_it_was_read() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let mut client = world.client("lukas").await;
        let chat = group(&world, &mut priya).await;
        let path = format!("/api/chats/{chat}/messages");
        let new = naming(&world, "Could @daniel look at page 4?", &["daniel"]);
        let sent: Message = priya.post(&path, &new).await.read();
        assert_eq!(sent.mentions, [Mention { person: Some(world.id("daniel")), from: 6, length: 7 }]);
        assert_eq!(priya.post(&path, &new).await.read::<Message>(), sent, "sent again it is the same");
        assert_eq!(listed(&mut daniel, "/api/chats", chat).await.mentioned_unread, [1]);
        assert!(listed(&mut client, "/api/client/chats", chat).await.mentioned_unread.is_empty());
        assert!(listed(&mut priya, "/api/chats", chat).await.mentioned_unread.is_empty());
        // Everybody at once.
        priya.post(&path, &naming(&world, "@all: noon", &[])).await.read::<Message>();
        assert_eq!(listed(&mut daniel, "/api/chats", chat).await.mentioned_unread, [1, 2]);
        assert_eq!(listed(&mut client, "/api/client/chats", chat).await.mentioned_unread, [2]);
        daniel.post(&format!("/api/chats/{chat}/receipts"), &forms::receipts(2, 2)).await;
        assert!(listed(&mut daniel, "/api/chats", chat).await.mentioned_unread.is_empty());
        let page: MessagePage = daniel.get(&path).await.read();
        assert_eq!(page.messages[0].mentions, sent.mentions);
        assert!(world.db_findings().await.is_empty(), "the record and the screen agree");
    });
}

#[test]
fn an_edit_names_others_and_a_deleted_message_no_one() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let mut client = world.client("lukas").await;
        let chat = group(&world, &mut priya).await;
        let path = format!("/api/chats/{chat}/messages");
        let sent: Message = priya.post(&path, &naming(&world, "@daniel?", &["daniel"])).await.read();
        let SendMessage { text, mentions, .. } = naming(&world, "@lukas?", &["lukas"]);
        let one = format!("{path}/{}", sent.id);
        let edited: Message = priya.put(&one, &EditMessage { text, mentions }).await.read();
        assert_eq!(edited.mentions[0].person, Some(world.id("lukas")));
        assert!(listed(&mut daniel, "/api/chats", chat).await.mentioned_unread.is_empty());
        assert_eq!(listed(&mut client, "/api/client/chats", chat).await.mentioned_unread, [1]);
        let deleted: Message = priya.delete(&one).await.read();
        assert!(deleted.mentions.is_empty());
        let left = listed(&mut client, "/api/client/chats", chat).await;
        assert_eq!((left.mentioned_unread, left.deleted_unread), (vec![], vec![1]));
        assert!(world.db_findings().await.is_empty());
    });
}

#[test]
fn only_members_are_named_in_groups_only_and_everybody_by_employees_only() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let mut client = world.client("lukas").await;
        let chat = group(&world, &mut priya).await;
        let path = format!("/api/chats/{chat}/messages");
        let elsewhere = Mention { person: None, from: 40, length: 4 };
        let many = vec![Mention { person: None, from: 0, length: 4 }; MENTIONS_MAX + 1];
        for wrong in [
            naming(&world, "@mei?", &["mei"]),
            naming(&world, "@amara?", &["amara"]),
            SendMessage { mentions: vec![elsewhere], ..message("@all") },
            SendMessage { mentions: many, ..message("@all") },
        ] {
            let answer = priya.post(&path, &wrong).await;
            assert_eq!(answer.fault("mentions"), (422, "fault-mention"), "{wrong:?}");
        }
        let client_path = format!("/api/client/chats/{chat}/messages");
        let everybody = client.post(&client_path, &naming(&world, "@all", &[])).await;
        assert_eq!(everybody.fault("mentions"), (422, "fault-mention"));
        let one = client.post(&client_path, &naming(&world, "@priya", &["priya"])).await;
        assert_eq!(one.status, 201);
        // In a direct chat there is no one else to name.
        let direct = world.chat(&mut priya, "daniel").await;
        let new = naming(&world, "@daniel", &["daniel"]);
        let answer = priya.post(&format!("/api/chats/{direct}/messages"), &new).await;
        assert_eq!(answer.fault("mentions"), (422, "fault-mention"));
        // Forwarded, it names no one there.
        let page: MessagePage = priya.get(&path).await.read();
        let forward = SendMessage { forwarded_from: Some(page.messages[0].id), ..message("") };
        let sent: Message = priya.post(&format!("/api/chats/{direct}/messages"), &forward).await.read();
        assert_eq!((sent.text.as_str(), sent.mentions.len()), ("@priya", 0));
        assert!(world.db_findings().await.is_empty());
    });
}
