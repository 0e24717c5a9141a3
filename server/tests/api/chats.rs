//! Chats of employees.

use crate::common::{World, browser::Browser, message, on_every_database};
use serde_json::{Value, json};

async fn group(
    world: &World,
    browser: &mut Browser,
    name: &str,
    members: &[&str],
) -> crate::common::browser::Answer {
    let mut ids = Vec::new();
    for member in members {
        ids.push(world.id(member).await);
    }
    let id = causeway_server::clock::random_id();
    browser.post("/api/chats", &json!({ "kind": "group", "id": id, "name": name, "members": ids })).await
}

#[test]
fn a_message_reaches_the_other_with_its_place_and_time() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = world.chat(&mut priya, "daniel").await;
        assert_eq!(world.chat(&mut daniel, "priya").await, chat, "two people have one direct chat");
        let path = format!("/api/chats/{chat}/messages");
        for (number, text) in ["one", "two", "three"].iter().enumerate() {
            let answer = priya.post(&path, &message(text)).await;
            assert_eq!((answer.status, answer.json["ordinal"].as_u64()), (201, Some(number as u64 + 1)));
        }
        let page = daniel.get(&format!("{path}?from=2&limit=2")).await.json;
        let texts: Vec<&Value> =
            page["messages"].as_array().unwrap().iter().map(|message| &message["text"]).collect();
        assert_eq!(texts, ["two", "three"]);
        let list = daniel.get("/api/chats").await.json;
        assert_eq!(list["chats"][0]["last_message"]["text"], "three");
        assert_eq!(list["chats"][0]["last_ordinal"], 3);
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
            sends.spawn(async move { priya.post(&path, &new).await });
        }
        for answer in sends.join_all().await {
            assert_eq!((answer.status, answer.json["ordinal"].as_i64()), (201, Some(1)), "{}", answer.text);
        }
        assert_eq!(priya.get(&path).await.json["last_ordinal"], 1);
        let other = json!({ "id": new["id"], "text": "something else" });
        assert_eq!(priya.post(&path, &other).await.status, 409);
        assert_eq!(priya.post(&path, &message("next")).await.json["ordinal"], 2, "no place was lost");
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
            sends.spawn(
                async move { browser.post(&path, &message("x")).await.json["ordinal"].as_i64().unwrap() },
            );
        }
        let mut ordinals = sends.join_all().await;
        ordinals.sort_unstable();
        assert_eq!(ordinals, (1..=20).collect::<Vec<i64>>());
        assert_eq!(daniel.get(&path).await.json["messages"].as_array().unwrap().len(), 20);
    });
}

#[test]
fn nobody_reads_or_writes_where_they_are_no_member() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "lukas").await;
        priya.post(&format!("/api/chats/{chat}/messages"), &message("secret")).await;
        let random = causeway_server::clock::random_id().to_string();
        for who in ["daniel", "mei", "tomas", "ana"] {
            let mut other = world.signed_in(who).await;
            for id in [&chat, &random] {
                let path = format!("/api/chats/{id}");
                let mut bodies = Vec::new();
                for answer in [other.get(&path).await, other.get(&format!("{path}/messages")).await] {
                    assert_eq!(answer.status, 404, "{who}: {}", answer.text);
                    bodies.push(answer.json["detail"].clone());
                }
                let status = other.post(&format!("{path}/messages"), &message("x")).await.status;
                assert!(status == 404 || (who == "tomas" && status == 403), "{who}: {status}");
                let marks = json!({ "delivered": 1, "read": 1 });
                assert_eq!(other.post(&format!("{path}/receipts"), &marks).await.status, 404);
            }
            assert_eq!(other.get("/api/chats").await.json["chats"], json!([]));
        }
    });
}

#[test]
fn people_of_another_company_do_not_exist_here() {
    on_every_database(|world| async move {
        let mut ana = world.signed_in("ana").await;
        let names: Vec<Value> =
            ana.get("/api/people").await.json.as_array().unwrap().iter().map(|p| p["name"].clone()).collect();
        assert_eq!(names, ["ines"]);
        let priya = world.id("priya").await;
        assert_eq!(ana.post("/api/chats", &json!({ "kind": "direct", "with": priya })).await.status, 404);
        assert_eq!(group(&world, &mut ana, "mixed", &["ines", "priya"]).await.status, 404);
    });
}

#[test]
fn a_group_has_a_name_members_and_one_copy() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let ids = [world.id("daniel").await, world.id("lukas").await];
        let id = causeway_server::clock::random_id();
        let new = json!({ "kind": "group", "id": id, "name": "  Harbour ", "members": ids });
        let first = priya.post("/api/chats", &new).await;
        assert_eq!((first.status, &first.json["name"]), (201, &json!("Harbour")));
        assert_eq!(first.json["members"].as_array().unwrap().len(), 3);
        assert_eq!(priya.post("/api/chats", &new).await.json["id"], first.json["id"]);
        assert_eq!(daniel.get("/api/chats").await.json["chats"].as_array().unwrap().len(), 1);
        for (body, field) in [
            (json!({ "kind": "group", "id": id, "name": " ", "members": ids }), "name"),
            (json!({ "kind": "group", "id": id, "name": "x", "members": [] }), "members"),
            (json!({ "kind": "group", "id": id, "name": "x".repeat(81), "members": ids }), "name"),
        ] {
            let answer = priya.post("/api/chats", &body).await;
            assert_eq!(answer.status, 422);
            assert!(answer.json["fields"][field].is_string(), "{}", answer.text);
        }
    });
}

#[test]
fn a_new_member_sees_what_is_written_from_then_on() {
    on_every_database(|world| async move {
        let (mut priya, mut mei) = (world.signed_in("priya").await, world.signed_in("mei").await);
        let made = group(&world, &mut priya, "Harbour", &["daniel"]).await.json;
        let path = format!("/api/chats/{}", made["id"].as_str().unwrap());
        priya.post(&format!("{path}/messages"), &message("before")).await;
        let joined =
            priya.post(&format!("{path}/members"), &json!({ "person": world.id("mei").await })).await;
        assert_eq!((joined.status, joined.json["members"].as_array().unwrap().len()), (200, 3));
        priya.post(&format!("{path}/messages"), &message("after")).await;
        let page = mei.get(&format!("{path}/messages")).await.json;
        assert_eq!(page["messages"].as_array().unwrap().len(), 1);
        assert_eq!(page["messages"][0]["text"], "after");
        assert_eq!(mei.delete(&format!("{path}/membership")).await.status, 204);
        assert_eq!(mei.get(&path).await.status, 404);
        assert_eq!(mei.post(&format!("{path}/messages"), &message("late")).await.status, 404);
        let back = priya.post(&format!("{path}/members"), &json!({ "person": world.id("mei").await })).await;
        assert_eq!(back.status, 200);
        assert_eq!(mei.get(&format!("{path}/messages")).await.json["messages"], json!([]));
    });
}

#[test]
fn a_direct_chat_takes_nobody_in_and_nobody_leaves_it() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let path = format!("/api/chats/{}", world.chat(&mut priya, "lukas").await);
        let add = json!({ "person": world.id("daniel").await });
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
        let daniel_id = json!(world.id("daniel").await);
        for (delivered, read, expected) in [(2, 1, (2, 1)), (1, 0, (2, 1)), (99, 99, (2, 1)), (3, 3, (3, 3))]
        {
            let marks = json!({ "delivered": delivered, "read": read });
            assert_eq!(daniel.post(&format!("{path}/receipts"), &marks).await.status, 204);
            let chat = priya.get(&path).await.json;
            let member =
                chat["members"].as_array().unwrap().iter().find(|m| m["person"]["id"] == daniel_id).unwrap();
            assert_eq!(
                (member["delivered"].as_i64(), member["read"].as_i64()),
                (Some(expected.0), Some(expected.1))
            );
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
            assert_eq!((answer.status, &answer.json["fields"]["text"]), (422, &json!(fault)));
        }
        let payload = "<script>alert(1)</script>&amp; \u{202e}";
        assert_eq!(priya.post(&path, &message(payload)).await.json["text"], payload, "kept to the letter");
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
        assert_eq!((answer.status, answer.json["retry_after"].as_i64()), (429, Some(1)));
        world.clock.advance(200);
        assert_eq!(priya.post(&path, &message("x")).await.status, 201);
    });
}
