//! Contacts: who sees whom, profiles and what is mandatory, sharing, notes, lists, search.

use crate::common::{
    browser::Browser,
    forms::{self, by_email, by_phone, note},
    on_every_database,
};
use causeway_api::{
    PersonId,
    chats::Channel,
    contacts::{Contact, ContactPage, Invited, ListItem, Lists, NewListItem, Profile},
    features::FeatureValue,
    people::Role,
    users::UserForm,
};
use serde_json::json;
use uuid::Uuid;

fn profile(first: &str, last: &str, email: &str, phone: &str) -> Profile {
    Profile {
        email: email.to_owned(),
        phone: phone.to_owned(),
        country: "HK".to_owned(),
        language: "zh-Hant".to_owned(),
        ..forms::profile(first, last)
    }
}

async fn invite(browser: &mut Browser, first: &str, last: &str, phone: &str) -> PersonId {
    let identity = by_phone(Channel::Causeway, "", phone);
    let new = forms::invitation(identity, profile(first, last, "", ""));
    let answer = browser.post("/api/invitations", &new).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.read::<Invited>().contact.person.id
}

async fn page(browser: &mut Browser, query: &str) -> ContactPage {
    browser.get(&format!("/api/contacts?{query}")).await.read()
}

async fn names(browser: &mut Browser, query: &str) -> Vec<String> {
    page(browser, query).await.page.items.into_iter().map(|row| row.person.name).collect()
}

/// An index of letters, each with the place of the first contact under it.
fn index<const N: usize>(letters: [(&str, usize); N]) -> Vec<(String, usize)> {
    letters.map(|(letter, place)| (letter.to_owned(), place)).into()
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
        let chat = forms::direct(id);
        assert_eq!(daniel.post("/api/chats", &chat).await.status, 404);
        assert_eq!(daniel.post(&format!("/api/people/{id}/links"), &json!({})).await.status, 404);
        let share = forms::share(world.id("daniel"));
        assert_eq!(daniel.post(&format!("{path}/shares"), &share).await.status, 404, "nobody takes a client");
        let shared: Contact = priya.post(&format!("{path}/shares"), &share).await.read();
        assert_eq!(shared.shared_with.len(), 2);
        assert_eq!(daniel.get(&path).await.status, 200);
        assert_eq!(daniel.post("/api/chats", &chat).await.status, 201);
        let client = forms::share(world.id("lukas"));
        assert_eq!(priya.post(&format!("{path}/shares"), &client).await.status, 404, "only with colleagues");
    });
}

#[test]
fn contacts_are_found_in_every_script_by_number_company_and_tag() {
    on_every_database(|world| async move {
        let (mut mei, mut priya) = (world.signed_in("mei").await, world.signed_in("priya").await);
        let item = |name: &str| NewListItem { name: name.to_owned() };
        let add = async |mei: &mut Browser, list: &str, name: &str| -> Uuid {
            let answer = mei.post(&format!("/api/admin/lists/{list}"), &item(name)).await;
            assert_eq!(answer.status, 201, "{}", answer.text);
            answer.read::<ListItem>().id
        };
        let company = add(&mut mei, "external-companies", "Ocean Terrace").await;
        let tag = add(&mut mei, "tags", "Private banking").await;
        assert_eq!(mei.post("/api/admin/lists/tags", &item(" private  BANKING ")).await.status, 409);
        let id = invite(&mut priya, "美咲", "田中", "+819012345678").await;
        invite(&mut priya, "Øyvind", "Åberg", "+85261234567").await;
        let full = Profile {
            external_company: Some(company),
            tags: vec![tag],
            ..profile("美咲", "田中", "misaki@toto.example", "+819012345678")
        };
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
            (&format!("tag={tag}"), vec!["田中 美咲"]),
            (&format!("company={company}"), vec!["田中 美咲"]),
            ("tab=team&search=dan", vec!["daniel"]),
        ] {
            assert_eq!(names(&mut priya, query).await, found, "{query}");
        }
        let two = page(&mut priya, "cursor=1&limit=2").await;
        assert_eq!((two.page.total, two.page.items.len()), (Some(4), 2));
        assert_eq!(two.index, index([("A", 0), ("L", 1), ("O", 2), ("中文 · 日本語", 3)]));
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
        let all = page(&mut priya, "state=pending").await;
        assert_eq!(all.page.total, Some(4));
        assert_eq!(all.index, index([("A", 0), ("Z", 2), ("中文 · 日本語", 3)]));
        let two = page(&mut priya, "state=pending&cursor=1&limit=2").await;
        assert_eq!((two.page.total, two.index), (all.page.total, all.index));
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
            mei.set_feature(key, FeatureValue::Boolean(true)).await;
            let refused = priya.put(&path, &good).await;
            assert_eq!(refused.fault(field), (422, "fault-required"), "{key}");
            mei.set_feature(key, None).await;
        }
        mei.set_feature("profile.client.tags.mandatory", FeatureValue::Boolean(true)).await;
        let lists: Lists = priya.get("/api/lists").await.read();
        assert_eq!(lists.required, ["first_name", "last_name", "tags"], "the form marks them");
        let empty = priya.put(&path, &profile("", "", "ana@", "12")).await.problem();
        let wrong: Vec<&str> = empty.fields.keys().map(String::as_str).collect();
        assert_eq!(wrong, ["email", "first_name", "last_name", "phone", "tags"], "each is told at once");
        mei.set_feature("profile.client.tags.mandatory", None).await;
        let one_name = profile("Cher", "", "", "+85261234567");
        assert_eq!(priya.put(&path, &one_name).await.problem().fields["last_name"], "fault-required");
        mei.set_feature("profile.client.names.mandatory", FeatureValue::Boolean(false)).await;
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
        assert_eq!(refused.fault("phone"), (409, "fault-phone-taken"));
        mei.set_feature("profile.client.phone.unique", FeatureValue::Boolean(false)).await;
        let contact = priya.put(&path, &twin).await;
        assert_eq!(contact.status, 200, "{}", contact.text);
        assert_eq!(contact.read::<Contact>().duplicates[0].name, "First One");
    });
}

#[test]
fn an_archived_contact_leaves_the_list_and_comes_back() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let id = invite(&mut priya, "Siu Ming", "Chan", "+85261234567").await;
        let path = format!("/api/contacts/{id}/archive");
        assert!(priya.put(&path, &json!({})).await.read::<Contact>().archived_at.is_some());
        assert!(names(&mut priya, "search=siu").await.is_empty());
        assert_eq!(priya.delete(&path).await.read::<Contact>().archived_at, None);
        assert_eq!(names(&mut priya, "search=siu").await, ["Siu Ming Chan"]);
    });
}

#[test]
fn notes_are_seen_by_everybody_who_sees_the_client() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let path = format!("/api/contacts/{}", world.id("lukas"));
        assert_eq!(priya.post(&format!("{path}/notes"), &note(" calls on Mondays ")).await.status, 201);
        assert_eq!(priya.post(&format!("{path}/notes"), &note(" ")).await.status, 422);
        let note = daniel.get(&path).await.read::<Contact>().notes.remove(0);
        assert_eq!((note.text.as_str(), note.author.as_str()), ("calls on Mondays", "priya"));
    });
}

#[test]
fn keys_of_earlier_versions_are_made_anew() {
    on_every_database(|world| async move {
        let (mut mei, mut priya) = (world.admin().await, world.signed_in("priya").await);
        let id = invite(&mut priya, "Åsa", "Müller", "+85261234567").await;
        let identity = by_email(Channel::Wechat, "Ana@Example.example");
        let new = forms::invitation(identity, profile("Ana", "Field", "", ""));
        assert_eq!(priya.post("/api/invitations", &new).await.status, 201);
        for username in ["percival", "nora.quist"] {
            let form = UserForm {
                username: username.to_owned(),
                email: format!("{username}@x.example"),
                ..forms::user(username, Role::OrgAdmin)
            };
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
        let start = forms::onboarding("", "ana@example.example");
        assert_eq!(world.browser().post("/api/onboarding/lanternbay", &start).await.status, 200);
        assert!(world.newest_to("Ana@example.example").await.is_some(), "the code comes");
        let db_holder = async |username: &str| {
            world.app.store.username_holder(world.bay.id, username).await.unwrap().unwrap().0
        };
        let (latin, cyrillic) = (db_holder("percival").await, db_holder("per\u{441}ival").await);
        assert_ne!(latin, cyrillic, "each signs in with the name as it was given");
        assert_eq!(db_holder("ＰＥＲＣＩＶＡＬ").await, latin);
    });
}
