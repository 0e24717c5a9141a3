//! A page whose cookie has become another person's, and doors that would replace a session.

use crate::common::{World, browser::Browser, code_in, message, on_every_database};
use causeway_api::paths::{PERSON_HEADER, REPLACE_HEADER};
use causeway_server::clock::MINUTE;
use serde_json::{Value, json};

/// A browser in which a page was loaded for someone else than the one who is signed in by now.
async fn stale(world: &World, page_of: &str, signed_in: &str) -> Browser {
    let mut browser = world.signed_in(signed_in).await;
    browser.headers.push((PERSON_HEADER, world.id(page_of).await.to_string()));
    browser
}

fn replacing(browser: &Browser) -> Browser {
    let mut browser = browser.clone();
    browser.headers.push((REPLACE_HEADER, "yes".to_owned()));
    browser
}

#[test]
fn a_request_for_another_person_changes_nothing() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let mut tab = stale(&world, "priya", "daniel").await;
        // Long enough for an action to be noted.
        world.clock.advance(MINUTE);
        let before = world.snapshot().await;
        for answer in [
            tab.post(&format!("/api/chats/{chat}/messages"), &message("from the wrong tab")).await,
            tab.put("/api/profile", &json!({ "language": "ja" })).await,
            tab.delete("/api/session").await,
            tab.get("/api/session").await,
            tab.get("/api/people").await,
        ] {
            assert_eq!(
                (answer.status, &answer.json["code"]),
                (409, &json!("other_person")),
                "{}",
                answer.text
            );
        }
        assert_eq!(world.snapshot().await, before, "nor was the session kept alive");
    });
}

#[test]
fn what_changes_something_names_its_person() {
    on_every_database(|world| async move {
        let mut nameless = world.signed_in("priya").await;
        for said in ["", "priya"] {
            nameless.headers.retain(|(name, _)| *name != PERSON_HEADER);
            nameless.headers.push((PERSON_HEADER, said.to_owned()));
            let answer = nameless.put("/api/profile", &json!({ "language": "ja" })).await;
            assert_eq!((answer.status, &answer.json["code"]), (400, &json!("invalid")));
            assert!(answer.json["detail"].as_str().unwrap().contains(PERSON_HEADER), "{}", answer.text);
        }
        let answer = world
            .signed_in("daniel")
            .await
            .put_without_person("/api/profile", &json!({ "language": "ja" }))
            .await;
        assert_eq!((answer.status, &answer.json["code"]), (400, &json!("invalid")));
        assert!(answer.json["detail"].as_str().unwrap().contains(PERSON_HEADER), "{}", answer.text);
        let mut lukas = world.client("lukas").await;
        lukas.headers.push((PERSON_HEADER, world.id("amara").await.to_string()));
        assert_eq!(lukas.delete("/api/client/session").await.status, 409);
    });
}

/// The request was refused because the living session is another person's.
fn assert_refused(answer: &crate::common::browser::Answer) {
    assert_eq!((answer.status, &answer.json["code"]), (409, &json!("other_person")), "{}", answer.text);
}

#[test]
fn a_personal_link_replaces_no_other_client_silently() {
    on_every_database(|world| async move {
        let mut browser = world.client("lukas").await;
        let of_amara = json!({ "token": world.client_token("amara").await });
        assert_refused(&browser.post("/api/client/open", &of_amara).await);
        assert_eq!(browser.get("/api/client/session").await.json["me"]["name"], "lukas");
        let of_lukas = json!({ "token": world.client_token("lukas").await });
        assert_eq!(browser.post("/api/client/open", &of_lukas).await.status, 204, "the same person may");
        let mut asked = replacing(&browser);
        assert_eq!(asked.post("/api/client/open", &of_amara).await.status, 204);
        assert_eq!(asked.get("/api/client/session").await.json["me"]["name"], "amara");
        // An employee's session is another side: nothing of it is replaced.
        let mut priya = world.signed_in("priya").await;
        assert_eq!(priya.post("/api/client/open", &of_amara).await.status, 204);
    });
}

#[test]
fn a_registration_replaces_no_session_silently() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        let mut browser = world.signed_in("mei").await;
        let form = json!({ "name": "Erin", "email": "erin@new.example", "language": "en" });
        assert_eq!(browser.post(&format!("/api/registration/{link}"), &form).await.status, 200);
        let code = code_in(&world.newest_to("erin@new.example").await.unwrap().body);
        assert_refused(&browser.put("/api/registration-code", &json!({ "code": code })).await);
        assert_eq!(browser.get("/api/session").await.json["me"]["name"], "mei");
        let mut asked = replacing(&browser);
        assert_eq!(asked.put("/api/registration-code", &json!({ "code": code })).await.status, 200);
        assert_eq!(asked.get("/api/session").await.json["me"]["name"], "Erin");
    });
}

#[test]
fn an_invitation_replaces_no_other_client_silently() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let profile = json!({
            "first_name": "Siu Ming", "last_name": "Chan", "email": "chan@client.example", "phone": "",
            "country": "HK", "language": "", "external_company": null, "tags": [],
        });
        let identity = json!({ "channel": "wechat", "email": "chan@client.example" });
        let new = json!({ "identity": identity, "profile": { "kind": "new", "profile": profile } });
        assert_eq!(priya.post("/api/invitations", &new).await.status, 201);
        let mut browser = world.client("lukas").await;
        let invited = json!({ "address": "chan@client.example" });
        assert_eq!(browser.post("/api/onboarding/lanternbay", &invited).await.status, 200);
        let code = code_in(&world.newest_to("chan@client.example").await.unwrap().body);
        assert_refused(&browser.put("/api/onboarding-code", &json!({ "code": code })).await);
        // Whether an address was invited is not told: one that was not is refused alike.
        let mut stranger = browser.clone();
        let unknown = json!({ "address": "unknown@client.example" });
        assert_eq!(stranger.post("/api/onboarding/lanternbay", &unknown).await.status, 200);
        assert_refused(&stranger.put("/api/onboarding-code", &json!({ "code": "000000" })).await);
        let mut asked = replacing(&browser);
        assert_eq!(asked.put("/api/onboarding-code", &json!({ "code": code })).await.status, 200);
    });
}

#[test]
fn linking_a_phone_replaces_no_other_session_silently() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let link = portal.post("/api/device-links", &json!({})).await.json;
        let mut phone = world.signed_in("daniel").await;
        let opened = phone.post("/api/activation", &json!({ "code": link["code"] })).await;
        assert_eq!(opened.status, 200, "{}", opened.text);
        let typed = json!({ "username": "priya", "password": crate::common::PASSWORD });
        assert_eq!(phone.post("/api/activation/login", &typed).await.status, 200);
        let code = world.newest_code("priya").await;
        let number = phone.put("/api/activation/code", &json!({ "code": code })).await.json["number"].clone();
        let path = format!("/api/device-links/{}", link["id"].as_str().unwrap());
        assert_eq!(portal.put(&path, &json!({ "number": number })).await.status, 204);
        assert_refused(&phone.post("/api/activation/session", &Value::Null).await);
        assert_eq!(phone.get("/api/session").await.json["me"]["name"], "daniel");
        let mut asked = replacing(&phone);
        assert_eq!(asked.post("/api/activation/session", &Value::Null).await.status, 200);
        assert_eq!(asked.get("/api/session").await.json["me"]["name"], "priya");
    });
}

#[test]
fn a_client_who_leaves_leaves_nothing_in_the_browser() {
    on_every_database(|world| async move {
        let mut lukas = world.client("lukas").await;
        let answer = lukas.delete("/api/client/session").await;
        assert_eq!(answer.status, 204);
        assert_eq!(answer.headers["clear-site-data"], "\"cache\", \"storage\"");
        assert!(!lukas.cookies.contains_key("__Host-causeway-client"));
    });
}
