//! Chats of employees.

use crate::common::{
    World,
    answer::Answer,
    browser::Browser,
    forms::{self, message},
    on_every_database,
};
use causeway_api::{
    ChatId, CompanyId, MessageId, Millis, PersonId,
    chats::{
        Channel, Chat, ChatKind, ChatList, CreateChat, Message, MessageContent, MessagePage, SendMessage,
    },
    people::Person,
};
use causeway_server::{
    clock, job,
    store::{Batch, ChatRow, MovedChat, StoreError},
};

async fn group(world: &World, browser: &mut Browser, name: &str, members: &[&str]) -> Answer {
    let ids: Vec<PersonId> = members.iter().map(|member| world.id(member)).collect();
    browser.post("/api/chats", &forms::group(name, &ids)).await
}

/// Sends a message. Returns the status and the message's place.
async fn send(browser: &mut Browser, path: &str, new: &SendMessage) -> (u16, i64) {
    let answer = browser.post(path, new).await;
    (answer.status, answer.read::<Message>().ordinal)
}

async fn chats(browser: &mut Browser) -> Vec<Chat> {
    browser.get("/api/chats").await.read::<ChatList>().chats
}

async fn page(browser: &mut Browser, path: &str) -> MessagePage {
    browser.get(path).await.read()
}

#[test]
fn a_message_reaches_the_other_with_its_place_and_time() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = world.chat(&mut priya, "daniel").await;
        assert_eq!(world.chat(&mut daniel, "priya").await, chat, "two people have one direct chat");
        let path = format!("/api/chats/{chat}/messages");
        for (ordinal, text) in (1..).zip(["one", "two", "three"]) {
            assert_eq!(send(&mut priya, &path, &message(text)).await, (201, ordinal));
        }
        let page = page(&mut daniel, &format!("{path}?from=2&limit=2")).await;
        let texts: Vec<&str> = page.messages.iter().map(|message| message.text.as_str()).collect();
        assert_eq!(texts, ["two", "three"]);
        let newest = chats(&mut daniel).await.remove(0);
        assert_eq!((newest.last_message.unwrap().text.as_str(), newest.last_ordinal), ("three", 3));
    });
}

#[test]
fn the_same_send_twice_is_one_message() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let path = format!("/api/chats/{chat}/messages");
        let new = message("once");
        let mut sends = tokio::task::JoinSet::new();
        for _ in 0..10 {
            let (mut priya, path, new) = (priya.clone(), path.clone(), new.clone());
            sends.spawn(async move { send(&mut priya, &path, &new).await });
        }
        assert_eq!(sends.join_all().await, [(201, 1); 10]);
        assert_eq!(page(&mut priya, &path).await.last_ordinal, 1);
        let other = SendMessage { id: new.id, ..message("something else") };
        assert_eq!(priya.post(&path, &other).await.status, 409);
        assert_eq!(send(&mut priya, &path, &message("next")).await.1, 2, "no place was lost");
    });
}

#[test]
fn parallel_messages_get_places_without_gaps() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = world.chat(&mut priya, "daniel").await;
        let path = format!("/api/chats/{chat}/messages");
        let mut sends = tokio::task::JoinSet::new();
        for number in 0..20 {
            let (mut browser, path) =
                (if number % 2 == 0 { priya.clone() } else { daniel.clone() }, path.clone());
            sends.spawn(async move { send(&mut browser, &path, &message("x")).await.1 });
        }
        let mut ordinals = sends.join_all().await;
        ordinals.sort_unstable();
        assert_eq!(ordinals, (1..=20).collect::<Vec<i64>>());
        assert_eq!(page(&mut daniel, &path).await.messages.len(), 20);
    });
}

#[test]
fn nobody_reads_or_writes_where_they_are_no_member() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "lukas").await;
        priya.post(&format!("/api/chats/{chat}/messages"), &message("secret")).await;
        let random = ChatId(clock::random_id());
        for who in ["daniel", "mei", "tomas", "ana"] {
            let mut other = world.signed_in(who).await;
            for id in [chat, random] {
                let path = format!("/api/chats/{id}");
                for answer in [other.get(&path).await, other.get(&format!("{path}/messages")).await] {
                    assert_eq!(answer.status, 404, "{who}: {}", answer.text);
                }
                let status = other.post(&format!("{path}/messages"), &message("x")).await.status;
                assert!(status == 404 || (who == "tomas" && status == 403), "{who}: {status}");
                let marks = forms::receipts(1, 1);
                assert_eq!(other.post(&format!("{path}/receipts"), &marks).await.status, 404);
            }
            assert_eq!(chats(&mut other).await, []);
        }
    });
}

#[test]
fn people_of_another_company_do_not_exist_here() {
    on_every_database(|world| async move {
        let mut ana = world.signed_in("ana").await;
        let people: Vec<Person> = ana.get("/api/people").await.read();
        assert_eq!(people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["ines"]);
        let priya = world.id("priya");
        assert_eq!(ana.post("/api/chats", &forms::direct(priya)).await.status, 404);
        assert_eq!(group(&world, &mut ana, "mixed", &["ines", "priya"]).await.status, 404);
    });
}

#[test]
fn a_group_has_a_name_members_and_one_copy() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let ids = [world.id("daniel"), world.id("lukas")];
        let id = ChatId(clock::random_id());
        let group = |name: &str, members: &[PersonId]| CreateChat::Group {
            id,
            name: name.to_owned(),
            members: members.to_vec(),
        };
        let new = group("  Harbour ", &ids);
        let answer = priya.post("/api/chats", &new).await;
        let first: Chat = answer.read();
        assert_eq!((answer.status, first.name.as_str(), first.members.len()), (201, "Harbour", 3));
        assert_eq!(priya.post("/api/chats", &new).await.read::<Chat>().id, first.id);
        assert_eq!(chats(&mut daniel).await.len(), 1);
        for (body, field) in
            [(group(" ", &ids), "name"), (group("x", &[]), "members"), (group(&"x".repeat(81), &ids), "name")]
        {
            assert_eq!(priya.post("/api/chats", &body).await.fault(field).0, 422);
        }
    });
}

#[test]
fn a_new_member_sees_what_is_written_from_then_on() {
    on_every_database(|world| async move {
        let (mut priya, mut mei) = (world.signed_in("priya").await, world.signed_in("mei").await);
        let made: Chat = group(&world, &mut priya, "Harbour", &["daniel"]).await.read();
        let path = format!("/api/chats/{}", made.id);
        priya.post(&format!("{path}/messages"), &message("before")).await;
        let joined = priya.post(&format!("{path}/members"), &forms::member(world.id("mei"))).await;
        assert_eq!((joined.status, joined.read::<Chat>().members.len()), (200, 3));
        priya.post(&format!("{path}/messages"), &message("after")).await;
        let seen = page(&mut mei, &format!("{path}/messages")).await.messages;
        assert_eq!((seen.len(), seen[0].text.as_str()), (1, "after"));
        assert_eq!(mei.delete(&format!("{path}/membership")).await.status, 204);
        assert_eq!(mei.get(&path).await.status, 404);
        assert_eq!(mei.post(&format!("{path}/messages"), &message("late")).await.status, 404);
        let back = priya.post(&format!("{path}/members"), &forms::member(world.id("mei"))).await;
        assert_eq!(back.status, 200);
        assert_eq!(page(&mut mei, &format!("{path}/messages")).await.messages, []);
    });
}

#[test]
fn a_direct_chat_takes_nobody_in_and_nobody_leaves_it() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let path = format!("/api/chats/{}", world.chat(&mut priya, "lukas").await);
        let add = forms::member(world.id("daniel"));
        assert_eq!(priya.post(&format!("{path}/members"), &add).await.status, 422);
        assert_eq!(priya.delete(&format!("{path}/membership")).await.status, 422);
    });
}

#[test]
fn receipts_move_forward_only_and_never_beyond_the_newest() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = world.chat(&mut priya, "daniel").await;
        let path = format!("/api/chats/{chat}");
        for text in ["one", "two", "three"] {
            priya.post(&format!("{path}/messages"), &message(text)).await;
        }
        let daniel_id = world.id("daniel");
        for (delivered, read, expected) in [(2, 1, (2, 1)), (1, 0, (2, 1)), (99, 99, (2, 1)), (3, 3, (3, 3))]
        {
            let marks = forms::receipts(delivered, read);
            assert_eq!(daniel.post(&format!("{path}/receipts"), &marks).await.status, 204);
            let chat: Chat = priya.get(&path).await.read();
            let member = chat.members.iter().find(|member| member.person.id == daniel_id).unwrap();
            assert_eq!((member.delivered, member.read), expected);
        }
    });
}

#[test]
fn a_message_is_text_of_bounded_length() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let path = format!("/api/chats/{}/messages", world.chat(&mut priya, "lukas").await);
        for (text, fault) in [("  \n", "fault-required"), (&"漢".repeat(4_001), "fault-too-long")] {
            let answer = priya.post(&path, &message(text)).await;
            assert_eq!(answer.fault("text"), (422, fault));
        }
        let payload = "<script>alert(1)</script>&amp; \u{202e}";
        assert_eq!(
            priya.post(&path, &message(payload)).await.read::<Message>().text,
            payload,
            "kept to the letter"
        );
        assert_eq!(priya.get(&format!("{path}?limit=0")).await.status, 422);
        assert_eq!(priya.get(&format!("{path}?from=-1")).await.status, 422);
        assert_eq!(priya.get(&format!("{path}?from=abc")).await.status, 400);
    });
}

#[test]
fn nobody_writes_faster_than_the_pace() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let path = format!("/api/chats/{}/messages", world.chat(&mut priya, "lukas").await);
        // Making the chat took a turn as well.
        world.clock.advance(1_000);
        for _ in 0..20 {
            assert_eq!(priya.post(&path, &message("x")).await.status, 201);
        }
        let answer = priya.post(&path, &message("x")).await;
        assert_eq!((answer.status, answer.problem().retry_after), (429, Some(1)));
        world.clock.advance(200);
        assert_eq!(priya.post(&path, &message("x")).await.status, 201);
    });
}

/// More than any database takes conditions or values in one statement.
const MANY_CHATS: usize = 1_100;

#[test]
fn someone_with_more_than_a_thousand_chats_has_a_list_of_them() {
    on_every_database(|world| async move {
        let (company, priya, now) = (world.bay.id, world.id("priya"), world.clock.now());
        let ids: Vec<ChatId> = (0..MANY_CHATS).map(|_| ChatId(clock::new_id())).collect();
        let made = ids.clone();
        let written: Result<(), StoreError> = world
            .app
            .store
            .write(job!(|tx| {
                let mut said = Batch::default();
                let joined = tx.next_seq(company).await?;
                for id in made {
                    tx.add_chat(&chat_row(id, company, priya, now), None).await?;
                    tx.add_member(company, id, priya, joined, 1).await?;
                    let moved = MovedChat { id, last_ordinal: 1, activity_at: now, channel: None };
                    said.chats.push(moved);
                    said.messages.push(said_in(id, priya, now));
                }
                tx.write_batch(company, said).await
            }))
            .await;
        written.unwrap();
        let mut browser = world.signed_in("priya").await;
        let listed = chats(&mut browser).await;
        assert_eq!(listed.iter().filter(|chat| ids.contains(&chat.id)).count(), MANY_CHATS);
        assert!(listed.iter().all(|chat| chat.last_message.is_some()), "each with its newest message");
    });
}

fn chat_row(id: ChatId, company: CompanyId, owner: PersonId, now: Millis) -> ChatRow {
    ChatRow {
        id,
        company,
        kind: ChatKind::Group,
        name: format!("Group {id}"),
        channel: Channel::Causeway,
        last_ordinal: 0,
        created_at: now,
        created_by: owner,
    }
}

fn said_in(chat: ChatId, sender: PersonId, now: Millis) -> Message {
    Message {
        id: MessageId(clock::new_id()),
        chat,
        ordinal: 1,
        sender,
        text: "Good morning".to_owned(),
        channel: Channel::Causeway,
        sent_at: now,
        content: MessageContent::Text,
        reply_to: None,
        forwarded_from: None,
        mentions: Vec::new(),
        reactions: Vec::new(),
        edited_at: None,
        deleted_at: None,
    }
}
