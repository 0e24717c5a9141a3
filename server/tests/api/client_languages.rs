//! The languages and the time zone in which clients are written to.

use crate::common::{World, browser::Browser, on_every_database};
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

#[test]
fn a_language_that_the_company_does_not_support_gives_way_to_its_default() {
    on_every_database(|world| async move {
        configure(
            &world,
            &[
                ("wechat.client.onboarding.sms", json!(true)),
                ("profile.client_languages", json!({ "zh-Hant": 0, "ja": null })),
                ("profile.default_language", json!("zh-Hans")),
            ],
        )
        .await;
        let mut priya = world.signed_in("priya").await;
        assert_eq!(priya.get("/api/lists").await.json["languages"], json!(["en", "zh-Hans", "ja"]));
        invite(&mut priya, json!({ "channel": "wechat", "phone": PHONE }), MAIL).await;
        let (_, sent) = start(&mut world.browser(), PHONE).await;
        assert_eq!(sent["language"], "zh-Hans", "Hong Kong reads zh-Hant, which is off");
        let mut refused = profile("other@pearlriver.example");
        refused["language"] = json!("zh-Hant");
        let body = json!({
            "identity": { "channel": "causeway", "email": "other@pearlriver.example" },
            "profile": { "kind": "new", "profile": refused },
        });
        let answer = priya.post("/api/invitations", &body).await;
        assert_eq!((answer.status, &answer.json["fields"]["language"]), (422, &json!("fault-language")));
    });
}

#[test]
fn mails_say_when_an_invitation_ends_in_the_time_zone_of_the_company() {
    on_every_database(|world| async move {
        configure(&world, &[("profile.default_time_zone", json!("Asia/Hong_Kong"))]).await;
        let mut priya = world.signed_in("priya").await;
        invite(&mut priya, json!({ "channel": "causeway", "email": MAIL }), "").await;
        // 72 hours after 2026-11-22T09:00Z.
        let mail = world.newest_to(MAIL).await.unwrap().body;
        assert!(mail.contains("25 Nov 2026, 17:00 (HKT)"), "{mail}");
    });
}
