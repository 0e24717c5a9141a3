//! How much is sent is counted where it is queued, whatever door asks for it.

use crate::common::{PASSWORD, World, on_every_database};
use causeway_api::deliveries::Medium;
use causeway_server::{
    clock::DAY,
    job,
    limits::{SENDS_PER_ADDRESS, SMS_PER_COMPANY_AND_DAY},
    outbox,
    store::{Counter, StoreError},
};
use serde_json::{Value, json};

const PHONE: &str = "+85261234567";

fn invitation(phone: &str, email: &str) -> Value {
    json!({
        "identity": { "channel": "causeway", "email": email },
        "profile": { "kind": "new", "profile": {
            "first_name": "Siu Ming", "last_name": "Chan", "email": email, "phone": phone, "country": "HK",
            "language": "", "external_company": null, "tags": [],
        } },
    })
}

/// As many SMS as one company may send in a day have been sent.
async fn spend_every_sms(world: &World) {
    let (key, now) = (Counter::SmsBudget.of(world.bay.id), world.clock.now());
    let spent: Result<(), StoreError> = world
        .app
        .store
        .write(job!(|tx| {
            for _ in 0..SMS_PER_COMPANY_AND_DAY {
                tx.count(&key, DAY, now).await?;
            }
            Ok(())
        }))
        .await;
    spent.unwrap();
}

#[test]
fn invitations_count_towards_the_sms_of_the_company() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        let by_sms = mei
            .put("/api/admin/features/wechat.client.onboarding.sms", &json!({ "custom": true, "version": 0 }))
            .await;
        assert_eq!(by_sms.status, 200, "{}", by_sms.text);
        let mut priya = world.signed_in("priya").await;
        spend_every_sms(&world).await;
        let before = world.sent().await.len();
        let mut by_phone = invitation(PHONE, "");
        by_phone["identity"] = json!({ "channel": "wechat", "country": "HK", "phone": "6123 4567" });
        let refused = priya.post("/api/invitations", &by_phone).await;
        assert_eq!((refused.status, &refused.json["code"]), (429, &json!("too_many")), "{}", refused.text);
        assert_eq!(
            world.db_count("SELECT COUNT(*) FROM channel_link WHERE state = 'pending'").await,
            0,
            "nothing of it is kept"
        );
        // A mailbox is a way as well.
        let invited = priya.post("/api/invitations", &invitation(PHONE, "siuming@pearl.example")).await;
        assert_eq!(invited.status, 201, "{}", invited.text);
        let sent = world.sent().await.split_off(before);
        let media: Vec<Medium> = sent.iter().map(|one| one.medium).collect();
        assert_eq!(media, [Medium::Email]);
    });
}

#[test]
fn codes_that_strangers_ask_for_use_up_no_limit_of_warnings() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let (address, now) = ("priya@staff.example", world.clock.now());
        let spent: Result<(), StoreError> = world
            .app
            .store
            .write(job!(|tx| {
                for _ in 0..=SENDS_PER_ADDRESS[2].2 {
                    let _ = outbox::count(tx, address, now).await?;
                }
                Ok(())
            }))
            .await;
        spent.unwrap();
        let before = world.sent().await.len();
        let body = json!({ "company": "lanternbay", "username": "priya" });
        assert_eq!(world.browser().post("/api/password-reset", &body).await.status, 204);
        assert_eq!(world.sent().await.len(), before, "as many were sent as may be in a day");
        let changed = priya
            .put("/api/profile/password", &json!({ "old": PASSWORD, "new": "kelp orbit nine, otter" }))
            .await;
        assert_eq!(changed.status, 204, "{}", changed.text);
        assert_eq!(world.sent().await.len(), before + 1, "the owner learns of it");
    });
}
