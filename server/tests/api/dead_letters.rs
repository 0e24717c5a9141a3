//! Mail and SMS that cannot be delivered are seen where they were sent from.

use crate::common::{World, browser::Browser, on_every_database, signals};
use axum::{Json, Router, http::StatusCode, routing::post};
use causeway_server::{
    clock::DAY,
    config::Sms,
    outbox::{self, Gateway, Transport},
};
use serde_json::{Value, json};

async fn user(mei: &mut Browser, name: &str) -> Value {
    let page = mei.get(&format!("/api/admin/users?search={name}")).await.json;
    page["items"][0].clone()
}

async fn undelivered_notices(mei: &mut Browser) -> Vec<Value> {
    let all = mei.get("/api/notifications").await.json["items"].as_array().unwrap().clone();
    all.into_iter()
        .map(|row| row["notice"].clone())
        .filter(|notice| notice["kind"] == "undelivered")
        .collect()
}

/// A gateway that refuses every number as one it does not know (error 21211).
async fn refusing_gateway() -> Transport {
    let answer =
        || async { (StatusCode::BAD_REQUEST, Json(json!({ "code": 21211, "message": "Body=123456" }))) };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    let router = Router::new().route("/2010-04-01/Accounts/{account}/Messages.json", post(answer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let settings =
        Sms { url, account: "AC1".into(), token: "t".to_owned().into(), from: "+12025550100".into() };
    Transport::Providers { mail: None, sms: Some(Box::new(Gateway::new(settings).unwrap())) }
}

#[test]
fn a_user_whose_address_takes_no_mail_is_marked_until_it_does() {
    on_every_database(|world| async move {
        let mut mei = world.admin().await;
        let bad = "UPDATE person SET email = 'nora..quist@docomo.example' WHERE name = 'daniel'";
        world.db_execute(bad).await.unwrap();
        let path = format!("/api/admin/users/{}", world.id("daniel").await);
        assert_eq!(mei.post(&format!("{path}/password-link"), &json!({})).await.status, 204);
        outbox::flush(&world.app).await.unwrap();
        let marked = user(&mut mei, "daniel").await;
        let undelivered = &marked["undelivered"][0];
        assert_eq!(
            (&undelivered["medium"], &undelivered["fault"]),
            (&json!("email"), &json!("not_an_address"))
        );
        assert_eq!(undelivered["address"], "nora..quist@docomo.example");
        assert!(undelivered["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
        assert_eq!(user(&mut mei, "priya").await["undelivered"], json!([]));
        // Once a day and person.
        let notices = undelivered_notices(&mut mei).await;
        assert_eq!(
            (notices.len(), &notices[0]["name"], &notices[0]["is_user"]),
            (1, &json!("daniel"), &json!(true))
        );
        assert_eq!(mei.post(&format!("{path}/password-link"), &json!({})).await.status, 204);
        outbox::flush(&world.app).await.unwrap();
        assert_eq!(undelivered_notices(&mut mei).await.len(), 1);
        // Corrected, and sent again.
        let edited = json!({ "name": "daniel", "email": "daniel@staff.example", "role": "account_manager" });
        assert_eq!(mei.put(&path, &edited).await.status, 200);
        assert_eq!(user(&mut mei, "daniel").await["undelivered"], json!([]));
        assert_eq!(mei.post(&format!("{path}/password-link"), &json!({})).await.status, 204);
        assert!(world.newest_to("daniel@staff.example").await.is_some());
        assert_eq!(user(&mut mei, "daniel").await["undelivered"], json!([]));
        world.clock.advance(DAY);
    });
}

#[test]
fn open_pages_of_admins_load_the_user_again() {
    on_every_database(|world| async move {
        let mut mei = world.admin().await;
        world
            .db_execute("UPDATE person SET email = 'x..y@docomo.example' WHERE name = 'daniel'")
            .await
            .unwrap();
        let daniel = world.id("daniel").await;
        assert_eq!(
            mei.post(&format!("/api/admin/users/{daniel}/password-link"), &json!({})).await.status,
            204
        );
        let mut page = world.listener("mei").await;
        outbox::flush(&world.app).await.unwrap();
        let told = signals(&mut page);
        assert!(told.contains(&json!({ "type": "contact_changed", "person": daniel })), "{told:?}");
    });
}

#[test]
fn an_invitation_that_reaches_nobody_says_so_on_its_card() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let world = world.with_transport(refusing_gateway().await).await;
        let invited = invite(&mut priya, &world).await;
        let contact = format!("/api/contacts/{}", invited["contact"]["person"]["id"].as_str().unwrap());
        assert_eq!(invited["contact"]["channels"][0]["undelivered"], json!([]));
        outbox::flush(&world.app).await.unwrap();
        let card = priya.get(&contact).await.json["channels"][0].clone();
        let faults: Vec<&Value> =
            card["undelivered"].as_array().unwrap().iter().map(|row| &row["fault"]).collect();
        assert_eq!(faults, [&json!("not_configured"), &json!("address_unknown")], "{card}");
        assert!(card["undelivered"].as_array().unwrap().iter().all(|row| row["detail"] == ""), "{card}");
        // The provider's words may repeat the text: they are kept nowhere.
        assert!(!String::from_utf8_lossy(&world.stored().await).contains("Body=123456"));
    });
}

async fn invite(priya: &mut Browser, world: &World) -> Value {
    priya.router = causeway_server::router(world.app.clone());
    let profile = json!({
        "first_name": "New", "last_name": "Client", "email": "new.client@bay.example", "phone": "",
        "country": "", "language": "en", "external_company": null, "tags": [],
    });
    let new = json!({
        "identity": { "channel": "causeway", "country": "HK", "phone": "6123 4567" },
        "profile": { "kind": "new", "profile": profile },
    });
    let answer = priya.post("/api/invitations", &new).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json
}

#[test]
fn a_registrant_is_told_that_the_address_takes_no_mail_and_admins_count_them() {
    on_every_database(|world| async move {
        let mut mei = world.admin().await;
        let link = world.open_registration("priya").await;
        let mut stranger = world.browser();
        let form = json!({ "name": "Erin", "email": "erin@bay.example", "language": "en" });
        assert_eq!(stranger.post(&format!("/api/registration/{link}"), &form).await.status, 200);
        let transport = Transport::Providers { mail: None, sms: None };
        let world = world.with_transport(transport).await;
        outbox::flush(&world.app).await.unwrap();
        for browser in [&mut mei, &mut stranger] {
            browser.router = causeway_server::router(world.app.clone());
        }
        assert_eq!(mei.get("/api/admin/registration").await.json["unreachable"], 1);
        world.clock.advance(60_000);
        let again = stranger.post("/api/registration-code", &json!({})).await;
        assert_eq!(again.status, 200, "{}", again.text);
        assert_eq!(again.json["undelivered"], "not_configured");
    });
}
