//! Inviting clients and completing invitations, by mail, by SMS and by link, with every limit.

use crate::common::{START, World, browser::Browser, code_in, message, on_every_database, signals};
use causeway_server::clock::{DAY, HOUR, MINUTE, SECOND};
use serde_json::{Value, json};

const PHONE: &str = "+85261234567";
const MAIL: &str = "siuming@pearlriver.example";

fn profile(email: &str) -> Value {
    json!({
        "first_name": "Siu Ming", "last_name": "Chan", "email": email, "phone": "", "country": "HK",
        "language": "", "external_company": null, "tags": [],
    })
}

async fn configure(world: &World, values: &[(&str, Value)]) {
    let mut mei = world.signed_in("mei").await;
    for (key, custom) in values {
        let path = format!("/api/admin/features/{key}");
        let answer = mei.put(&path, &json!({ "custom": custom, "version": 0 })).await;
        assert_eq!(answer.status, 200, "{key}: {}", answer.text);
    }
}

/// Priya invites by WeChat; by phone when the company has switched that on.
async fn invite(priya: &mut Browser, identity: Value, email: &str) -> Value {
    let body = json!({ "identity": identity, "profile": { "kind": "new", "profile": profile(email) } });
    let answer = priya.post("/api/invitations", &body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json
}

async fn start(phone: &mut Browser, address: &str) -> (u16, Value) {
    let body = json!({ "country": "HK", "address": address });
    let answer = phone.post("/api/onboarding/lanternbay", &body).await;
    (answer.status, answer.json)
}

async fn confirm(phone: &mut Browser, code: &str) -> (u16, Value) {
    let answer = phone.put("/api/onboarding-code", &json!({ "code": code })).await;
    (answer.status, answer.json)
}

async fn code_to(world: &World, address: &str) -> String {
    code_in(&world.newest_to(address).await.expect("a code").body)
}

fn wrong(code: &str) -> &'static str {
    if code == "000000" { "111111" } else { "000000" }
}

#[test]
fn a_client_completes_the_sms_flow_and_both_write() {
    on_every_database(|world| async move {
        configure(&world, &[("wechat.client.onboarding.sms", json!(true))]).await;
        let (mut priya, mut page) = (world.signed_in("priya").await, world.listener("priya").await);
        let invited =
            invite(&mut priya, json!({ "channel": "wechat", "country": "HK", "phone": "6123 4567" }), MAIL)
                .await;
        let link = &invited["contact"]["channels"][0];
        assert_eq!((&link["state"], &link["address"]), (&json!("pending"), &json!(PHONE)));
        assert_eq!(link["expires_at"].as_i64(), Some(world.clock.now() + 72 * HOUR));
        let mut phone = world.browser();
        let (status, sent) = start(&mut phone, "6123 4567").await;
        assert_eq!((status, &sent["language"]), (200, &json!("zh-Hant")), "{sent}");
        let sms = world.newest_to(PHONE).await.unwrap();
        assert!(sms.body.contains("驗證碼"), "in the language of Hong Kong: {}", sms.body);
        assert!(
            world.newest_to(MAIL).await.unwrap().body.contains(&code_in(&sms.body)),
            "both ways by default"
        );
        let (status, done) = confirm(&mut phone, &code_in(&sms.body)).await;
        assert_eq!((status, &done["host"]["name"]), (200, &json!("priya")), "{done}");
        let id = invited["contact"]["person"]["id"].as_str().unwrap();
        let contact = priya.get(&format!("/api/contacts/{id}")).await.json;
        assert_eq!(contact["channels"][0]["state"], "linked");
        let told = signals(&mut page);
        let changed = told.iter().filter(|signal| signal["type"] == "contact_changed");
        assert_eq!(changed.count(), 2, "invited, linked");
        let chats = phone.get("/api/client/chats").await.json;
        let chat = chats["chats"][0]["id"].as_str().unwrap();
        assert_eq!(chats["chats"][0]["channel"], "wechat");
        let from_client =
            phone.post(&format!("/api/client/chats/{chat}/messages"), &message("你好")).await.json;
        let from_priya = priya.post(&format!("/api/chats/{chat}/messages"), &message("Hello")).await.json;
        assert_eq!((&from_client["channel"], &from_priya["channel"]), (&json!("wechat"), &json!("wechat")));
    });
}

#[test]
fn by_default_the_flow_goes_by_mail() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let offers = priya.get("/api/channels").await.json;
        assert_eq!((&offers[1]["by_email"], &offers[2]["is_configured"]), (&json!(true), &json!(false)));
        invite(&mut priya, json!({ "channel": "wechat", "email": MAIL }), "").await;
        assert!(world.newest_to(MAIL).await.unwrap().body.contains("/miniapp/lanternbay"));
        let mut phone = world.browser();
        assert_eq!(start(&mut phone, &MAIL.to_uppercase()).await.0, 200);
        let code = code_to(&world, MAIL).await;
        assert_eq!(confirm(&mut phone, &code).await.0, 200);
        assert_eq!(phone.get("/api/client/session").await.json["me"]["name"], "Siu Ming Chan");
    });
}

#[test]
fn the_delivery_method_is_the_configured_one_and_a_missing_address_takes_the_other() {
    on_every_database(|world| async move {
        configure(
            &world,
            &[
                ("wechat.client.onboarding.sms", json!(true)),
                ("wechat.onboarding.otp.delivery_method", json!("email")),
            ],
        )
        .await;
        let mut priya = world.signed_in("priya").await;
        invite(&mut priya, json!({ "channel": "wechat", "phone": PHONE }), MAIL).await;
        invite(&mut priya, json!({ "channel": "wechat", "phone": "+85261234568" }), "").await;
        let before = world.sent().await.len();
        start(&mut world.browser(), PHONE).await;
        let new: Vec<String> =
            world.sent().await[before..].iter().map(|message| message.to.clone()).collect();
        assert_eq!(new, [MAIL]);
        start(&mut world.browser(), "+85261234568").await;
        assert_eq!(world.sent().await.last().unwrap().to, "+85261234568", "no mail address: by SMS");
    });
}

#[test]
fn an_address_that_nobody_invited_sees_the_same_and_gets_nothing() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        invite(&mut priya, json!({ "channel": "wechat", "email": MAIL }), "").await;
        let (mut known, mut unknown) = (world.browser(), world.browser());
        let before = world.sent().await.len();
        let (status, mut one) = start(&mut unknown, "nobody@pearlriver.example").await;
        assert_eq!(world.sent().await.len(), before);
        let (other_status, mut other) = start(&mut known, MAIL).await;
        for answer in [&mut one, &mut other] {
            answer["address"].take();
        }
        assert_eq!((status, one), (other_status, other));
        let code = code_to(&world, MAIL).await;
        for guess in 0..6 {
            let (one, other) =
                (confirm(&mut unknown, wrong(&code)).await, confirm(&mut known, wrong(&code)).await);
            assert_eq!((one.0, &one.1["code"]), (other.0, &other.1["code"]), "guess {guess}");
            assert_eq!(one.1["code"], if guess < 5 { "code_refused" } else { "code_spent" });
        }
        assert_eq!(confirm(&mut known, &code).await.0, 401, "the right code is too late");
    });
}

#[test]
fn a_thousand_parallel_guesses_evaluate_five() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        invite(&mut priya, json!({ "channel": "wechat", "email": MAIL }), "").await;
        let mut phone = world.browser();
        start(&mut phone, MAIL).await;
        let code = code_to(&world, MAIL).await;
        let mut guesses = tokio::task::JoinSet::new();
        for number in 0..1_000 {
            let (mut phone, guess) = (phone.clone(), format!("{number:06}"));
            let guess = if guess == code { "999999".to_owned() } else { guess };
            guesses.spawn(async move { confirm(&mut phone, &guess).await.1["code"].clone() });
        }
        let evaluated = guesses.join_all().await.iter().filter(|code| **code == "code_refused").count();
        assert_eq!(evaluated, 5);
    });
}

#[test]
fn two_hundred_parallel_right_codes_link_once() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        invite(&mut priya, json!({ "channel": "wechat", "email": MAIL }), "").await;
        let mut phone = world.browser();
        start(&mut phone, MAIL).await;
        let code = code_to(&world, MAIL).await;
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..200 {
            let (mut phone, code) = (phone.clone(), code.clone());
            tries.spawn(async move { confirm(&mut phone, &code).await.0 });
        }
        assert_eq!(tries.join_all().await.into_iter().filter(|status| *status == 200).count(), 1);
        assert_eq!(world.archived(&["chat_created"]).await.len(), 1);
    });
}

#[test]
fn codes_and_invitations_expire_by_the_clock() {
    on_every_database(|world| async move {
        configure(
            &world,
            &[("wechat.onboarding.otp.lifetime", json!(2)), ("client.invitation.lifetime", json!(1))],
        )
        .await;
        let mut priya = world.signed_in("priya").await;
        invite(&mut priya, json!({ "channel": "wechat", "email": MAIL }), "").await;
        let mut phone = world.browser();
        assert_eq!(start(&mut phone, MAIL).await.1["expires_in"], 120);
        let code = code_to(&world, MAIL).await;
        world.clock.advance(2 * MINUTE);
        assert_eq!(confirm(&mut phone, &code).await.1["code"], "code_spent");
        world.clock.advance(HOUR);
        let before = world.sent().await.len();
        assert_eq!(start(&mut phone, MAIL).await.0, 200);
        assert_eq!(world.sent().await.len(), before, "the invitation has expired: no code");
    });
}

/// A configured limit: its values, how many times it is provoked, and after how long it lets go.
struct Limit {
    key: &'static str,
    value: Value,
    provocations: usize,
    provoke: &'static str,
    lets_go_after: i64,
}

#[test]
fn every_configured_limit_locks_and_lets_go() {
    let limits = [
        Limit {
            key: "wechat.onboarding.otp.wrong_phone_limit",
            value: json!({ "count": 3, "seconds": 360, "hours": 24 }),
            provocations: 3,
            provoke: "wrong address",
            lets_go_after: 24 * HOUR,
        },
        Limit {
            key: "wechat.onboarding.otp.resend_limit",
            value: json!({ "count": 2, "seconds": 360, "hours": 2, "per_day": 24 }),
            provocations: 2,
            provoke: "start",
            lets_go_after: 2 * HOUR,
        },
        Limit {
            key: "wechat.onboarding.otp.resend_limit",
            value: json!({ "per_day": 3, "hours": 24 }),
            provocations: 3,
            provoke: "start",
            lets_go_after: 24 * HOUR,
        },
        Limit {
            key: "wechat.onboarding.otp.invalid_limit",
            value: json!({ "count": 3, "seconds": 360, "per_day": 2, "hours": 5 }),
            provocations: 2,
            provoke: "start",
            lets_go_after: 5 * HOUR,
        },
    ];
    for limit in &limits {
        on_every_database(|world| async move {
            configure(&world, &[(limit.key, limit.value.clone())]).await;
            let mut priya = world.signed_in("priya").await;
            invite(&mut priya, json!({ "channel": "wechat", "email": MAIL }), "").await;
            let mut phone = world.browser();
            for number in 0..limit.provocations {
                let address = match limit.provoke {
                    "wrong address" => format!("nobody{number}@pearlriver.example"),
                    _ => MAIL.to_owned(),
                };
                assert_eq!(start(&mut phone, &address).await.0, 200, "{} {number}", limit.key);
            }
            let (status, refused) = start(&mut phone, MAIL).await;
            assert_eq!((status, &refused["code"]), (429, &json!("too_many")), "{}", limit.key);
            let wait = refused["retry_after"].as_i64().unwrap() * SECOND;
            assert!(wait > limit.lets_go_after - MINUTE && wait <= limit.lets_go_after, "{wait}");
            world.clock.advance(limit.lets_go_after - 2 * SECOND);
            assert_eq!(start(&mut phone, MAIL).await.0, 429);
            world.clock.advance(3 * SECOND);
            assert_eq!(start(&mut phone, MAIL).await.0, 200, "{} lets go", limit.key);
        });
    }
}

#[test]
fn wrong_codes_end_the_code_earlier_when_that_is_configured() {
    on_every_database(|world| async move {
        configure(&world, &[("wechat.onboarding.otp.invalid_limit", json!({ "count": 2, "seconds": 360 }))])
            .await;
        let mut priya = world.signed_in("priya").await;
        invite(&mut priya, json!({ "channel": "wechat", "email": MAIL }), "").await;
        let mut phone = world.browser();
        start(&mut phone, MAIL).await;
        let code = code_to(&world, MAIL).await;
        assert_eq!(confirm(&mut phone, wrong(&code)).await.1["code"], "code_refused");
        assert_eq!(confirm(&mut phone, wrong(&code)).await.1["code"], "code_spent");
        assert_eq!(confirm(&mut phone, &code).await.0, 401);
    });
}

#[test]
fn a_link_invitation_asks_for_a_code_and_sending_again_kills_no_earlier_link() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let invited =
            invite(&mut priya, json!({ "channel": "causeway", "country": "HK", "phone": PHONE }), MAIL).await;
        let id = invited["contact"]["person"]["id"].as_str().unwrap().to_owned();
        let first = invited["link"].as_str().unwrap().split('#').nth(1).unwrap().to_owned();
        assert!(world.newest_to(PHONE).await.unwrap().body.contains(&first));
        let path = format!("/api/contacts/{id}/channels/causeway");
        let again = priya.post(&path, &json!({})).await;
        assert_eq!((again.status, &again.json["contact"]["channels"][0]["sends_left"]), (200, &json!(8)));
        let mut phone = world.browser();
        let opened = phone.post("/api/onboarding-invitation", &json!({ "token": first })).await;
        assert_eq!(
            (opened.status, &opened.json["address"]),
            (200, &json!("+852 •••• 4567")),
            "{}",
            opened.text
        );
        // A page that is loaded again and again sends nothing; asking for a code does, and it is kept over a reload.
        let before = world.sent().await.len();
        for _ in 0..6 {
            let again = phone.post("/api/onboarding-invitation", &json!({ "token": first })).await;
            assert_eq!((again.status, &again.json["code"]), (200, &json!(null)));
        }
        assert_eq!(world.sent().await.len(), before, "opening sends nothing");
        let sent = phone.put("/api/onboarding-invitation", &json!({ "token": first })).await;
        assert_eq!(sent.status, 200, "{}", sent.text);
        let again = phone.post("/api/onboarding-invitation", &json!({ "token": first })).await;
        assert_eq!(again.json["code"]["address"], "+852 •••• 4567", "{}", again.text);
        assert_eq!(phone.get("/api/onboarding-code").await.json["resend_in"], sent.json["resend_in"]);
        assert_eq!(phone.get("/api/client/session").await.status, 401, "not before the code");
        let code = code_to(&world, PHONE).await;
        assert_eq!(confirm(&mut phone, &code).await.0, 200);
        assert_eq!(phone.get("/api/client/session").await.status, 200);
        let linked = phone.post("/api/onboarding-invitation", &json!({ "token": first })).await;
        assert_eq!(linked.json["is_linked"], true, "the same phone is led to its chat: {}", linked.text);
        let other = world.browser().post("/api/onboarding-invitation", &json!({ "token": first })).await;
        assert_eq!(other.json["is_linked"], false);
        assert_eq!(priya.delete(&path).await.json["channels"], json!([]));
        assert_eq!(phone.get("/api/client/session").await.status, 401, "unlinked: the session has ended");
        assert_eq!(phone.post("/api/onboarding-invitation", &json!({ "token": first })).await.status, 410);
    });
}

#[test]
fn an_invitation_that_was_taken_back_completes_no_more() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let invited = invite(&mut priya, json!({ "channel": "wechat", "email": MAIL }), "").await;
        let id = invited["contact"]["person"]["id"].as_str().unwrap();
        let mut phone = world.browser();
        start(&mut phone, MAIL).await;
        let code = code_to(&world, MAIL).await;
        assert_eq!(priya.delete(&format!("/api/contacts/{id}/channels/wechat")).await.status, 200);
        assert_eq!(confirm(&mut phone, &code).await.1["code"], "code_spent");
    });
}

#[test]
fn invitations_are_refused_at_the_field_that_is_wrong() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        invite(&mut priya, json!({ "channel": "causeway", "phone": PHONE }), MAIL).await;
        let known = priya
            .post("/api/invitations/identity", &json!({ "channel": "causeway", "phone": PHONE }))
            .await
            .json;
        assert_eq!(known["known"]["name"], "Siu Ming Chan", "the profile that has the number is offered");
        for (identity, email, status, field) in [
            (json!({ "channel": "causeway", "country": "HK", "phone": "12" }), "", 422, "phone"),
            (json!({ "channel": "wechat", "email": "a@b" }), "", 422, "email"),
            (json!({ "channel": "whatsapp", "phone": PHONE }), "", 422, "channel"),
            (json!({ "channel": "causeway", "phone": PHONE }), "", 409, "phone"),
            (json!({ "channel": "causeway", "phone": "+85261234569" }), MAIL, 409, "email"),
        ] {
            let body =
                json!({ "identity": identity, "profile": { "kind": "new", "profile": profile(email) } });
            let answer = priya.post("/api/invitations", &body).await;
            assert_eq!(answer.status, status, "{}", answer.text);
            assert!(answer.json["fields"][field].is_string(), "{}", answer.text);
        }
        for number in 0..9 {
            let id = known["known"]["id"].as_str().unwrap();
            let status =
                priya.post(&format!("/api/contacts/{id}/channels/causeway"), &json!({})).await.status;
            assert_eq!(status, 200, "{number}");
        }
        let id = known["known"]["id"].as_str().unwrap();
        assert_eq!(
            priya.post(&format!("/api/contacts/{id}/channels/causeway"), &json!({})).await.status,
            429
        );
        assert!(world.clock.now() < START + DAY);
    });
}
