//! The client's side: only its own conversation, by a link that can be withdrawn.

use crate::common::{
    forms::{self, message},
    on_every_database,
};
use causeway_api::{
    auth::Session,
    chats::{Chat, ChatList, ClientLink, MessagePage},
};
use serde_json::json;

#[test]
fn a_client_and_an_employee_write_to_each_other() {
    on_every_database(|world| async move {
        let (mut priya, mut lukas) = (world.signed_in("priya").await, world.client("lukas").await);
        let chat = world.chat(&mut priya, "lukas").await;
        priya.post(&format!("/api/chats/{chat}/messages"), &message("hello")).await;
        assert_eq!(lukas.get("/api/client/chats").await.read::<ChatList>().chats.len(), 1);
        let path = format!("/api/client/chats/{chat}");
        let seen: MessagePage = lukas.get(&format!("{path}/messages")).await.read();
        assert_eq!(seen.messages[0].text, "hello");
        assert_eq!(lukas.post(&format!("{path}/receipts"), &forms::receipts(1, 1)).await.status, 204);
        assert_eq!(lukas.post(&format!("{path}/messages"), &message("answer")).await.status, 201);
        let answer = priya.get(&format!("/api/chats/{chat}")).await;
        assert_eq!(answer.read::<Chat>().last_message.unwrap().text, "answer");
        assert!(!answer.text.contains("staff.example"), "addresses are nobody else's business");
    });
}

#[test]
fn a_client_sees_only_its_own_conversation() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let with_amara = world.chat(&mut priya, "amara").await;
        for name in ["lukas", "ines"] {
            let mut client = world.client(name).await;
            assert_eq!(client.get("/api/client/chats").await.read::<ChatList>().chats, []);
            let path = format!("/api/client/chats/{with_amara}");
            assert_eq!(client.get(&path).await.status, 404);
            assert_eq!(client.get(&format!("{path}/messages")).await.status, 404);
            assert_eq!(client.post(&format!("{path}/messages"), &message("x")).await.status, 404);
        }
    });
}

#[test]
fn a_clients_cookie_is_no_employees_cookie() {
    on_every_database(|world| async move {
        let mut client = world.client("lukas").await;
        let token = client.cookies["__Host-causeway-client"].clone();
        client.cookies.insert("__Host-causeway-session".into(), token);
        for path in ["/api/session", "/api/people", "/api/chats"] {
            assert_eq!(client.get(path).await.status, 401, "{path}");
        }
        let mut priya = world.signed_in("priya").await;
        let token = priya.cookies["__Host-causeway-session"].clone();
        priya.cookies.insert("__Host-causeway-client".into(), token);
        assert_eq!(priya.get("/api/client/session").await.status, 401);
    });
}

#[test]
fn a_link_works_until_it_is_withdrawn_and_then_its_sessions_end() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let lukas = world.id("lukas");
        let path = format!("/api/people/{lukas}/links");
        let made = priya.post(&path, &json!({})).await;
        assert_eq!(made.status, 201);
        let ClientLink { link } = made.read();
        let token = link.strip_prefix("https://chat.test.example/c#").unwrap();
        let mut client = world.browser();
        let open = forms::link(token);
        assert_eq!(client.post("/api/client/open", &open).await.status, 204);
        assert_eq!(client.get("/api/client/session").await.read::<Session>().me.name, "lukas");
        assert_eq!(priya.delete(&path).await.status, 204);
        assert_eq!(client.get("/api/client/session").await.status, 401);
        let spent = world.browser().post("/api/client/open", &open).await;
        let unknown = world.browser().post("/api/client/open", &forms::link("unknown")).await;
        assert_eq!(spent.refusal(), (410, unknown.problem().code));
    });
}

#[test]
fn links_are_for_clients_of_the_own_company() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        for name in ["ines", "daniel"] {
            let path = format!("/api/people/{}/links", world.id(name));
            assert_eq!(priya.post(&path, &json!({})).await.status, 404, "{name}");
            assert_eq!(priya.delete(&path).await.status, 404, "{name}");
        }
    });
}
