//! Mail and SMS that cannot be delivered are seen where they were sent from.

use crate::common::{
    World,
    browser::Browser,
    forms::{self, by_phone},
    on_every_database, signals,
};
use axum::{Json, Router, http::StatusCode, routing::post};
use causeway_api::{
    chats::Channel,
    contacts::{Contact, Invited, Profile},
    deliveries::{DeliveryFault, Medium},
    notifications::{Notice, NotificationPage},
    page::Page,
    people::Role,
    registration::{Registration, RegistrationCode},
    signals::Signal,
    users::User,
};
use causeway_server::{
    clock::DAY,
    config::Sms,
    outbox::{self, Gateway, Transport},
};
use serde_json::json;

async fn user(mei: &mut Browser, name: &str) -> User {
    let mut page: Page<User> = mei.get(&format!("/api/admin/users?search={name}")).await.read();
    page.items.remove(0)
}

async fn undelivered_notices(mei: &mut Browser) -> Vec<Notice> {
    let all: NotificationPage = mei.get("/api/notifications").await.read();
    let notices = all.page.items.into_iter().map(|row| row.notice);
    notices.filter(|notice| matches!(notice, Notice::Undelivered { .. })).collect()
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
        let path = format!("/api/admin/users/{}", world.id("daniel"));
        assert_eq!(mei.post(&format!("{path}/password-link"), &json!({})).await.status, 204);
        outbox::flush(&world.app).await.unwrap();
        let marked = user(&mut mei, "daniel").await;
        let undelivered = &marked.undelivered[0];
        assert_eq!((undelivered.medium, undelivered.fault), (Medium::Email, DeliveryFault::NotAnAddress));
        assert_eq!(undelivered.address, "nora..quist@docomo.example");
        assert!(!undelivered.detail.is_empty());
        assert_eq!(user(&mut mei, "priya").await.undelivered, []);
        // Once a day and person.
        let notices = undelivered_notices(&mut mei).await;
        let notice = Notice::Undelivered {
            person: world.id("daniel"),
            name: "daniel".to_owned(),
            is_user: true,
            medium: Medium::Email,
            fault: DeliveryFault::NotAnAddress,
        };
        assert_eq!(notices, [notice]);
        assert_eq!(mei.post(&format!("{path}/password-link"), &json!({})).await.status, 204);
        outbox::flush(&world.app).await.unwrap();
        assert_eq!(undelivered_notices(&mut mei).await.len(), 1);
        // Corrected, and sent again.
        let edited = forms::user("daniel", Role::AccountManager);
        assert_eq!(mei.put(&path, &edited).await.status, 200);
        assert_eq!(user(&mut mei, "daniel").await.undelivered, []);
        assert_eq!(mei.post(&format!("{path}/password-link"), &json!({})).await.status, 204);
        assert!(world.newest_to("daniel@staff.example").await.is_some());
        assert_eq!(user(&mut mei, "daniel").await.undelivered, []);
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
        let daniel = world.id("daniel");
        assert_eq!(
            mei.post(&format!("/api/admin/users/{daniel}/password-link"), &json!({})).await.status,
            204
        );
        let mut page = world.listener("mei");
        outbox::flush(&world.app).await.unwrap();
        let told = signals(&mut page);
        assert!(told.contains(&Signal::ContactChanged { person: daniel }), "{told:?}");
    });
}

#[test]
fn an_invitation_that_reaches_nobody_says_so_on_its_card() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let world = world.with_transport(refusing_gateway().await).await;
        let invited = invite(&mut priya, &world).await;
        let contact = format!("/api/contacts/{}", invited.contact.person.id);
        assert_eq!(invited.contact.channels[0].undelivered, []);
        outbox::flush(&world.app).await.unwrap();
        let undelivered = priya.get(&contact).await.read::<Contact>().channels.remove(0).undelivered;
        let faults: Vec<DeliveryFault> = undelivered.iter().map(|row| row.fault).collect();
        assert_eq!(faults, [DeliveryFault::NotConfigured, DeliveryFault::AddressUnknown]);
        assert!(undelivered.iter().all(|row| row.detail.is_empty()), "{undelivered:?}");
        // The provider's words may repeat the text: they are kept nowhere.
        assert!(!String::from_utf8_lossy(&world.db_stored().await).contains("Body=123456"));
    });
}

async fn invite(priya: &mut Browser, world: &World) -> Invited {
    priya.router = causeway_server::router(world.app.clone());
    let profile = Profile {
        email: "new.client@bay.example".to_owned(),
        language: "en".to_owned(),
        ..forms::profile("New", "Client")
    };
    let new = forms::invitation(by_phone(Channel::Causeway, "HK", "6123 4567"), profile);
    let answer = priya.post("/api/invitations", &new).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.read()
}

#[test]
fn a_registrant_is_told_that_the_address_takes_no_mail_and_admins_count_them() {
    on_every_database(|world| async move {
        let mut mei = world.admin().await;
        let link = world.open_registration("priya").await;
        let mut stranger = world.browser();
        let form = forms::register("erin@bay.example");
        assert_eq!(stranger.post(&format!("/api/registration/{link}"), &form).await.status, 200);
        let transport = Transport::Providers { mail: None, sms: None };
        let world = world.with_transport(transport).await;
        outbox::flush(&world.app).await.unwrap();
        for browser in [&mut mei, &mut stranger] {
            browser.router = causeway_server::router(world.app.clone());
        }
        assert_eq!(mei.get("/api/admin/registration").await.read::<Registration>().unreachable, 1);
        world.clock.advance(60_000);
        let again = stranger.post("/api/registration-code", &json!({})).await;
        assert_eq!(again.status, 200, "{}", again.text);
        assert_eq!(again.read::<RegistrationCode>().undelivered, Some(DeliveryFault::NotConfigured));
    });
}
