//! Lists are searched and sorted as people write and expect: without accents, in any order of words, in any width and
//! script, and by numbers in any form.

use crate::common::{browser::Browser, encoded, forms, on_every_database};
use causeway_api::{
    audit::AuditPage,
    chats::Channel,
    contacts::{ContactPage, ContactRow},
    page::Page,
    people::{Person, Role},
    users::{AdminClient, UserForm},
};
use serde::Deserialize;
use serde_json::json;

/// What users and contacts have in common.
#[derive(Deserialize)]
struct Row {
    person: Person,
}

async fn found(browser: &mut Browser, path: &str, words: &str) -> Vec<String> {
    let page: Page<Row> = browser.get(&format!("{path}?search={}", encoded(words))).await.read();
    page.items.into_iter().map(|row| row.person.name).collect()
}

async fn invite(browser: &mut Browser, first: &str, last: &str, phone: &str) {
    let identity = forms::by_phone(Channel::Causeway, "", phone);
    let new = forms::invitation(identity, forms::profile(first, last));
    let answer = browser.post("/api/invitations", &new).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
}

#[test]
fn users_and_clients_are_found_without_accents_in_any_order_and_by_number() {
    on_every_database(|world| async move {
        let mut mei = world.admin().await;
        let form = UserForm {
            email: "s.m@büro.example".to_owned(),
            phone: "+1 (202) 555-0151".to_owned(),
            about: "東都商事".to_owned(),
            ..forms::user("Søren Müller", Role::AccountManager)
        };
        assert_eq!(mei.post("/api/admin/users", &form).await.status, 201);
        let mut priya = world.signed_in("priya").await;
        invite(&mut priya, "Ka Man", "Wong 黃嘉敏", "+85261234567").await;
        for words in [
            "soren muller",
            "MULLER SOREN",
            "ｍｕｌｌｅｒ",
            "东都",
            "+1 (202) 555-0151",
            "202.555.0151",
            "0012025550151",
            "s.m@büro",
            "buro.example",
        ] {
            assert_eq!(found(&mut mei, "/api/admin/users", words).await, ["Søren Müller"], "{words}");
        }
        assert!(found(&mut mei, "/api/admin/users", "soren meier").await.is_empty());
        for words in ["黄嘉敏", "ka wong", "+852 6123-4567", "6123 4567"] {
            let path = format!("/api/admin/clients?search={}", encoded(words));
            assert_eq!(mei.get(&path).await.read::<Page<AdminClient>>().total, Some(1), "{words}");
        }
        let path = format!("/api/admin/audit?actor={}", encoded("ＭＥＩ"));
        assert!(!mei.get(&path).await.read::<AuditPage>().page.items.is_empty());
    });
}

#[test]
fn contacts_are_found_and_sorted_as_people_write_and_expect_them() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        for name in ["amara", "lukas"] {
            let path = format!("/api/contacts/{}/archive", world.id(name));
            assert_eq!(priya.put(&path, &json!({})).await.status, 200);
        }
        for (number, (first, last)) in [
            ("Zoe", "Zhu"),
            ("Émile", "Blanc"),
            ("Eve", "Adams"),
            ("Åsa", "Concepcio\u{301}n"),
            ("Ann", "Müller"),
        ]
        .into_iter()
        .enumerate()
        {
            invite(&mut priya, first, last, &format!("+8526123456{number}")).await;
        }
        let list: ContactPage = priya.get("/api/contacts").await.read();
        let name = |row: &ContactRow| row.person.name.clone();
        assert_eq!(
            list.page.items.iter().map(name).collect::<Vec<_>>(),
            ["Ann Müller", "Åsa Concepción", "Émile Blanc", "Eve Adams", "Zoe Zhu"]
        );
        assert_eq!(
            list.index,
            [("A", 0), ("E", 2), ("Z", 4)].map(|(letter, place)| (letter.to_owned(), place))
        );
        invite(&mut priya, "嘉敏", "黃", "+85261234570").await;
        invite(&mut priya, "ハル", "髙橋", "+81312345678").await;
        for (words, name) in [
            ("concepcion", "Åsa Concepción"),
            ("Concepción", "Åsa Concepción"),
            ("Concepcio\u{301}n", "Åsa Concepción"),
            ("muller ann", "Ann Müller"),
            ("ＺＨＵ　ｚｏｅ", "Zoe Zhu"),
            ("黄嘉敏", "黃 嘉敏"),
            ("黃嘉", "黃 嘉敏"),
            ("嘉敏 黄", "黃 嘉敏"),
            ("高橋はる", "髙橋 ハル"),
            ("ﾊﾙ", "髙橋 ハル"),
            ("+852 6123-4563", "Åsa Concepción"),
            ("6123 4563", "Åsa Concepción"),
            ("(6123)4563", "Åsa Concepción"),
            ("00852 61234563", "Åsa Concepción"),
            ("４５６３", "Åsa Concepción"),
        ] {
            assert_eq!(found(&mut priya, "/api/contacts", words).await, [name], "{words}");
        }
        for words in ["muller zoe", "%", "_", "61239999", "カル"] {
            assert!(found(&mut priya, "/api/contacts", words).await.is_empty(), "{words}");
        }
    });
}
