//! Contacts: who sees whom, profiles and what is mandatory, sharing, notes, lists, search.

use crate::common::{browser::Browser, message, on_every_database};
use serde_json::{Value, json};

async fn set(mei: &mut Browser, key: &str, custom: Value) {
    let all = mei.get("/api/admin/features").await.json;
    let version = &all.as_array().unwrap().iter().find(|row| row["key"] == key).unwrap()["version"];
    let answer = mei
        .put(&format!("/api/admin/features/{key}"), &json!({ "custom": custom, "version": version }))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

fn profile(first: &str, last: &str, email: &str, phone: &str) -> Value {
    json!({
        "first_name": first, "last_name": last, "email": email, "phone": phone, "country": "HK", "language": "zh-Hant",
        "external_company": null, "tags": [],
    })
}

async fn invite(browser: &mut Browser, first: &str, last: &str, phone: &str) -> String {
    let body = json!({
        "identity": { "channel": "causeway", "phone": phone },
        "profile": { "kind": "new", "profile": profile(first, last, "", "") },
    });
    let answer = browser.post("/api/invitations", &body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json["contact"]["person"]["id"].as_str().unwrap().to_owned()
}

async fn names(browser: &mut Browser, query: &str) -> Vec<String> {
    let page = browser.get(&format!("/api/contacts?{query}")).await.json;
    let row = |row: &Value| row["person"]["name"].as_str().unwrap().to_owned();
    page["items"].as_array().unwrap().iter().map(row).collect()
}

#[test]
fn a_client_exists_only_for_those_it_is_shared_with() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let id = invite(&mut priya, "Siu Ming", "Chan", "+85261234567").await;
        let path = format!("/api/contacts/{id}");
        assert_eq!(daniel.get(&path).await.status, 404);
        assert!(!names(&mut daniel, "").await.contains(&"Siu Ming Chan".to_owned()));
        assert!(!daniel.get("/api/people").await.text.contains("Siu Ming"));
        let chat = json!({ "kind": "direct", "with": id });
        assert_eq!(daniel.post("/api/chats", &chat).await.status, 404);
        assert_eq!(daniel.post(&format!("/api/people/{id}/links"), &json!({})).await.status, 404);
        let share = json!({ "colleague": world.id("daniel").await });
        assert_eq!(daniel.post(&format!("{path}/shares"), &share).await.status, 404, "nobody takes a client");
        let shared = priya.post(&format!("{path}/shares"), &share).await.json;
        assert_eq!(shared["shared_with"].as_array().unwrap().len(), 2);
        assert_eq!(daniel.get(&path).await.status, 200);
        assert_eq!(daniel.post("/api/chats", &chat).await.status, 201);
        let client = json!({ "colleague": world.id("lukas").await });
        assert_eq!(priya.post(&format!("{path}/shares"), &client).await.status, 404, "only with colleagues");
    });
}

#[test]
fn contacts_are_found_in_every_script_by_number_company_and_tag() {
    on_every_database(|world| async move {
        let (mut mei, mut priya) = (world.signed_in("mei").await, world.signed_in("priya").await);
        let add = async |mei: &mut Browser, list: &str, name: &str| {
            let answer = mei.post(&format!("/api/admin/lists/{list}"), &json!({ "name": name })).await;
            assert_eq!(answer.status, 201, "{}", answer.text);
            answer.json["id"].clone()
        };
        let company = add(&mut mei, "external-companies", "Ocean Terrace").await;
        let tag = add(&mut mei, "tags", "Private banking").await;
        assert_eq!(
            mei.post("/api/admin/lists/tags", &json!({ "name": " private  BANKING " })).await.status,
            409
        );
        let id = invite(&mut priya, "美咲", "田中", "+819012345678").await;
        invite(&mut priya, "Øyvind", "Åberg", "+85261234567").await;
        let mut full = profile("美咲", "田中", "misaki@toto.example", "+819012345678");
        full["external_company"] = company.clone();
        full["tags"] = json!([tag]);
        assert_eq!(priya.put(&format!("/api/contacts/{id}"), &full).await.status, 200);
        for (query, found) in [
            ("search=田中", vec!["田中 美咲"]),
            ("search=TERRACE", vec!["田中 美咲"]),
            ("search=private", vec!["田中 美咲"]),
            ("search=9012", vec!["田中 美咲"]),
            ("search=misaki", vec!["田中 美咲"]),
            ("search=øyvind", vec!["Øyvind Åberg"]),
            ("state=pending", vec!["Øyvind Åberg", "田中 美咲"]),
            ("state=linked", vec![]),
            (&format!("tag={}", tag.as_str().unwrap()), vec!["田中 美咲"]),
            (&format!("company={}", company.as_str().unwrap()), vec!["田中 美咲"]),
            ("tab=team&search=dan", vec!["daniel"]),
        ] {
            assert_eq!(names(&mut priya, query).await, found, "{query}");
        }
        let page = priya.get("/api/contacts?cursor=1&limit=2").await.json;
        assert_eq!((page["total"].as_u64(), page["items"].as_array().unwrap().len()), (Some(4), 2));
        assert_eq!(page["index"], json!([["A", 0], ["L", 1], ["O", 2], ["中文 · 日本語", 3]]));
        assert_eq!(priya.get("/api/contacts?state=odd").await.status, 422);
    });
}

#[test]
fn the_list_comes_in_pages_with_one_index_and_takes_words_as_they_are() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        for (place, (first, last)) in
            [("anna", "Ong"), ("Amir", "100%_sure"), ("Zoë", "Ray"), ("美咲", "田中")].into_iter().enumerate()
        {
            invite(&mut priya, first, last, &format!("+8526123456{place}")).await;
        }
        let all = priya.get("/api/contacts?state=pending").await.json;
        assert_eq!(all["total"], 4);
        assert_eq!(all["index"], json!([["A", 0], ["Z", 2], ["中文 · 日本語", 3]]));
        let page = priya.get("/api/contacts?state=pending&cursor=1&limit=2").await.json;
        assert_eq!((&page["total"], &page["index"]), (&all["total"], &all["index"]));
        let pending =
            async |priya: &mut Browser, query: &str| names(priya, &format!("state=pending&{query}")).await;
        assert_eq!(pending(&mut priya, "cursor=1&limit=2").await, ["anna Ong", "Zoë Ray"]);
        assert_eq!(pending(&mut priya, "cursor=9").await, [""; 0]);
        for (words, found) in [
            ("100%25_", vec!["Amir 100%_sure"]),
            ("%25", vec!["Amir 100%_sure"]),
            ("a_i", vec![]),
            ("%5C", vec![]),
        ] {
            assert_eq!(pending(&mut priya, &format!("search={words}")).await, found, "{words}");
        }
    });
}

#[test]
fn what_the_company_makes_mandatory_is_asked_for() {
    on_every_database(|world| async move {
        let (mut mei, mut priya) = (world.signed_in("mei").await, world.signed_in("priya").await);
        let id = invite(&mut priya, "Siu Ming", "Chan", "+85261234567").await;
        let path = format!("/api/contacts/{id}");
        for (key, field) in [
            ("profile.client.email.mandatory", "email"),
            ("profile.client.external_company.mandatory", "external_company"),
            ("profile.client.tags.mandatory", "tags"),
        ] {
            let good = profile("Siu Ming", "Chan", "", "+85261234567");
            assert_eq!(priya.put(&path, &good).await.status, 200, "{key}");
            set(&mut mei, key, json!(true)).await;
            let refused = priya.put(&path, &good).await;
            assert_eq!(
                (refused.status, &refused.json["fields"][field]),
                (422, &json!("fault-required")),
                "{key}"
            );
            set(&mut mei, key, Value::Null).await;
        }
        let one_name = profile("Cher", "", "", "+85261234567");
        assert_eq!(priya.put(&path, &one_name).await.json["fields"]["last_name"], "fault-required");
        set(&mut mei, "profile.client.names.mandatory", json!(false)).await;
        assert_eq!(priya.put(&path, &one_name).await.status, 200);
    });
}

#[test]
fn numbers_and_addresses_are_unique_while_the_company_wants_it() {
    on_every_database(|world| async move {
        let (mut mei, mut priya) = (world.signed_in("mei").await, world.signed_in("priya").await);
        invite(&mut priya, "First", "One", "+85261234567").await;
        let id = invite(&mut priya, "Second", "One", "+85261234568").await;
        let path = format!("/api/contacts/{id}");
        let twin = profile("Second", "One", "", "+85261234567");
        let refused = priya.put(&path, &twin).await;
        assert_eq!((refused.status, &refused.json["fields"]["phone"]), (409, &json!("fault-phone-taken")));
        set(&mut mei, "profile.client.phone.unique", json!(false)).await;
        let contact = priya.put(&path, &twin).await;
        assert_eq!((contact.status, &contact.json["duplicates"][0]["name"]), (200, &json!("First One")));
    });
}

#[test]
fn an_archived_contact_leaves_the_list_and_comes_back() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let id = invite(&mut priya, "Siu Ming", "Chan", "+85261234567").await;
        let path = format!("/api/contacts/{id}/archive");
        assert!(priya.put(&path, &json!({})).await.json["archived_at"].is_i64());
        assert!(names(&mut priya, "search=siu").await.is_empty());
        assert_eq!(priya.delete(&path).await.json["archived_at"], Value::Null);
        assert_eq!(names(&mut priya, "search=siu").await, ["Siu Ming Chan"]);
    });
}

#[test]
fn notes_are_seen_by_everybody_who_sees_the_client() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let path = format!("/api/contacts/{}", world.id("lukas").await);
        assert_eq!(priya.post(&format!("{path}/notes"), &message(" calls on Mondays ")).await.status, 201);
        assert_eq!(priya.post(&format!("{path}/notes"), &message(" ")).await.status, 422);
        let note = &daniel.get(&path).await.json["notes"][0];
        assert_eq!((&note["text"], &note["author"]), (&json!("calls on Mondays"), &json!("priya")));
    });
}

#[test]
fn keys_of_earlier_versions_are_made_anew() {
    on_every_database(|world| async move {
        let (mut mei, mut priya) = (world.admin().await, world.signed_in("priya").await);
        let id = invite(&mut priya, "Åsa", "Müller", "+85261234567").await;
        let body = json!({
            "identity": { "channel": "wechat", "email": "Ana@Example.example" },
            "profile": { "kind": "new", "profile": profile("Ana", "Field", "", "") },
        });
        assert_eq!(priya.post("/api/invitations", &body).await.status, 201);
        for username in ["percival", "nora.quist"] {
            let form = json!({
                "name": username, "username": username, "email": format!("{username}@x.example"), "role": "org_admin",
            });
            assert_eq!(mei.post("/api/admin/users", &form).await.status, 201);
        }
        for back in [
            "UPDATE person SET name_key = lower(name), about_key = '', email_key = email",
            // A twin by today's rule that is as old as the other.
            "UPDATE account SET username = 'per\u{441}ival', username_key = 'per\u{441}ival' WHERE username = 'nora.quist'",
            "UPDATE company SET name_key = lower(name)",
            "DROP INDEX channel_link_by_company_id_channel_address_key",
            "CREATE INDEX channel_link_by_company_id_channel_address ON channel_link (company_id, channel, address)",
            "ALTER TABLE channel_link DROP COLUMN address_key",
            "DELETE FROM seaql_migrations WHERE version = 'm0012_folded_keys'",
        ] {
            world.db_execute(back).await.unwrap();
        }
        let config = world.app.config.clone();
        let world = world.with_config(config).await;
        let mut priya = world.signed_in("priya").await;
        assert_eq!(names(&mut priya, "search=muller%20asa").await, ["Åsa Müller"]);
        assert_eq!(priya.get(&format!("/api/contacts/{id}")).await.status, 200);
        let start = json!({ "country": "", "address": "ana@example.example" });
        assert_eq!(world.browser().post("/api/onboarding/lanternbay", &start).await.status, 200);
        assert!(world.newest_to("Ana@example.example").await.is_some(), "the code comes");
        let bay = world.bay.id;
        let holder =
            async |username: &str| world.app.store.username_holder(bay, username).await.unwrap().unwrap().0;
        let (latin, cyrillic) = (holder("percival").await, holder("per\u{441}ival").await);
        assert_ne!(latin, cyrillic, "each signs in with the name as it was given");
        assert_eq!(holder("ＰＥＲＣＩＶＡＬ").await, latin);
    });
}
