//! The client's side: only its own conversation, by a link that can be withdrawn.

use crate::common::{message, on_every_database};
use serde_json::json;

#[test]
fn a_client_and_an_employee_write_to_each_other() {
    on_every_database(|world| async move {
        let (mut priya, mut lukas) = (world.signed_in("priya").await, world.client("lukas").await);
        let chat = world.chat(&mut priya, "lukas").await;
        priya.post(&format!("/api/chats/{chat}/messages"), &message("hello")).await;
        let list = lukas.get("/api/client/chats").await.json;
        assert_eq!(list["chats"].as_array().unwrap().len(), 1);
        let path = format!("/api/client/chats/{chat}");
        assert_eq!(lukas.get(&format!("{path}/messages")).await.json["messages"][0]["text"], "hello");
        assert_eq!(
            lukas.post(&format!("{path}/receipts"), &json!({ "delivered": 1, "read": 1 })).await.status,
            204
        );
        assert_eq!(lukas.post(&format!("{path}/messages"), &message("answer")).await.status, 201);
        let chat = priya.get(&format!("/api/chats/{chat}")).await.json;
        assert_eq!(chat["last_message"]["text"], "answer");
        assert!(!chat.to_string().contains("staff.example"), "addresses are nobody else's business");
    });
}

#[test]
fn a_client_sees_only_its_own_conversation() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let with_amara = world.chat(&mut priya, "amara").await;
        for name in ["lukas", "ines"] {
            let mut client = world.client(name).await;
            assert_eq!(client.get("/api/client/chats").await.json["chats"], json!([]));
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
        let lukas = world.id("lukas").await;
        let path = format!("/api/people/{lukas}/links");
        let made = priya.post(&path, &json!({})).await;
        assert_eq!(made.status, 201);
        let link = made.json["link"].as_str().unwrap();
        let token = link.strip_prefix("https://chat.test.example/c#").unwrap();
        let mut client = world.browser();
        let open = json!({ "token": token });
        assert_eq!(client.post("/api/client/open", &open).await.status, 204);
        assert_eq!(client.get("/api/client/session").await.json["me"]["name"], "lukas");
        assert_eq!(priya.delete(&path).await.status, 204);
        assert_eq!(client.get("/api/client/session").await.status, 401);
        let spent = world.browser().post("/api/client/open", &open).await;
        let unknown = world.browser().post("/api/client/open", &json!({ "token": "unknown" })).await;
        assert_eq!((spent.status, &spent.json["code"]), (410, &unknown.json["code"]));
    });
}

#[test]
fn links_are_for_clients_of_the_own_company() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        for name in ["ines", "daniel"] {
            let path = format!("/api/people/{}/links", world.id(name).await);
            assert_eq!(priya.post(&path, &json!({})).await.status, 404, "{name}");
            assert_eq!(priya.delete(&path).await.status, 404, "{name}");
        }
    });
}
