//! The languages and the time zone in which clients are written to.

use crate::common::{
    browser::Browser,
    forms::{self, by_email, by_phone},
    on_every_database,
};
use causeway_api::{
    chats::Channel,
    contacts::{Identity, Lists, Profile},
    features::FeatureValue,
    onboarding::OnboardingCode,
};

const PHONE: &str = "+85261234567";
const MAIL: &str = "siuming@pearlriver.example";

fn profile(email: &str) -> Profile {
    Profile { email: email.to_owned(), country: "HK".to_owned(), ..forms::profile("Siu Ming", "Chan") }
}

/// Priya invites a client.
async fn invite(priya: &mut Browser, identity: Identity, email: &str) {
    let answer = priya.post("/api/invitations", &forms::invitation(identity, profile(email))).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
}

#[test]
fn a_language_that_the_company_does_not_support_gives_way_to_its_default() {
    on_every_database(|world| async move {
        let languages = [("zh-Hant".to_owned(), Some(0)), ("ja".to_owned(), None)];
        world
            .configure(&[
                ("wechat.client.onboarding.sms", FeatureValue::Boolean(true)),
                ("profile.client_languages", FeatureValue::Map(languages.into())),
                ("profile.default_language", FeatureValue::Text("zh-Hans".to_owned())),
            ])
            .await;
        let mut priya = world.signed_in("priya").await;
        assert_eq!(priya.get("/api/lists").await.read::<Lists>().languages, ["en", "zh-Hans", "ja"]);
        invite(&mut priya, by_phone(Channel::Wechat, "", PHONE), MAIL).await;
        let start = forms::onboarding("HK", PHONE);
        let sent: OnboardingCode = world.browser().post("/api/onboarding/lanternbay", &start).await.read();
        assert_eq!(sent.language, "zh-Hans", "Hong Kong reads zh-Hant, which is off");
        let address = "other@pearlriver.example";
        let refused = Profile { language: "zh-Hant".to_owned(), ..profile(address) };
        let new = forms::invitation(by_email(Channel::Causeway, address), refused);
        let answer = priya.post("/api/invitations", &new).await;
        assert_eq!(answer.fault("language"), (422, "fault-language"));
    });
}

#[test]
fn mails_say_when_an_invitation_ends_in_the_time_zone_of_the_company() {
    on_every_database(|world| async move {
        let time_zone = FeatureValue::Text("Asia/Hong_Kong".to_owned());
        world.configure(&[("profile.default_time_zone", time_zone)]).await;
        let mut priya = world.signed_in("priya").await;
        invite(&mut priya, by_email(Channel::Causeway, MAIL), "").await;
        // 72 hours after 2026-11-22T09:00Z.
        let mail = world.newest_to(MAIL).await.unwrap().body;
        assert!(mail.contains("25 Nov 2026, 17:00 (HKT)"), "{mail}");
    });
}
