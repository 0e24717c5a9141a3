//! How much is sent is counted where it is queued, whatever door asks for it.

use crate::common::{
    PASSWORD, World,
    forms::{self, by_email, by_phone},
    on_every_database,
};
use causeway_api::{
    ProblemCode,
    auth::ChangePassword,
    chats::Channel,
    contacts::{Identity, Invite, Profile},
    deliveries::Medium,
    features::FeatureValue,
};
use causeway_server::{
    clock::DAY,
    job,
    limits::{SENDS_PER_ADDRESS, SMS_PER_COMPANY_AND_DAY},
    outbox,
    store::{Counter, StoreError},
};

const PHONE: &str = "+85261234567";

fn invitation(identity: Identity, email: &str) -> Invite {
    let profile = Profile {
        email: email.to_owned(),
        phone: PHONE.to_owned(),
        country: "HK".to_owned(),
        ..forms::profile("Siu Ming", "Chan")
    };
    forms::invitation(identity, profile)
}

/// As many SMS as one company may send in a day have been sent.
async fn db_spend_every_sms(world: &World) {
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
        mei.set_feature("wechat.client.onboarding.sms", FeatureValue::Boolean(true)).await;
        let mut priya = world.signed_in("priya").await;
        db_spend_every_sms(&world).await;
        let before = world.sent().await.len();
        let new = invitation(by_phone(Channel::Wechat, "HK", "6123 4567"), "");
        let refused = priya.post("/api/invitations", &new).await;
        assert_eq!(refused.refusal(), (429, ProblemCode::TooMany), "{}", refused.text);
        assert_eq!(
            world.db_count("SELECT COUNT(*) FROM channel_link WHERE state = 'pending'").await,
            0,
            "nothing of it is kept"
        );
        // A mailbox is a way as well.
        let address = "siuming@pearl.example";
        let new = invitation(by_email(Channel::Causeway, address), address);
        let invited = priya.post("/api/invitations", &new).await;
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
        let typed = forms::forgot_password("priya");
        assert_eq!(world.browser().post("/api/password-reset", &typed).await.status, 204);
        assert_eq!(world.sent().await.len(), before, "as many were sent as may be in a day");
        let typed =
            ChangePassword { old: Some(PASSWORD.to_owned()), new: "kelp orbit nine, otter".to_owned() };
        let changed = priya.put("/api/profile/password", &typed).await;
        assert_eq!(changed.status, 204, "{}", changed.text);
        assert_eq!(world.sent().await.len(), before + 1, "the owner learns of it");
    });
}
