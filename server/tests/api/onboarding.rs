//! Inviting clients and completing invitations, by mail, by SMS and by link.

use crate::common::{
    START,
    answer::Answer,
    browser::Browser,
    code_in,
    forms::{self, by_email, by_phone, message},
    on_every_database, signals,
};
use causeway_api::{
    ProblemCode,
    auth::Session,
    chats::{Channel, ChatList, Message},
    contacts::{ChannelOffer, CheckedIdentity, Contact, Identity, Invited, LinkState, Profile},
    features::FeatureValue,
    onboarding::{Onboarded, OnboardingCode, OpenedInvitation, StartOnboarding},
    signals::Signal,
};
use causeway_server::clock::{DAY, HOUR, MINUTE};
use serde_json::json;

const PHONE: &str = "+85261234567";
pub(crate) const MAIL: &str = "siuming@pearlriver.example";

fn profile(email: &str) -> Profile {
    Profile { email: email.to_owned(), country: "HK".to_owned(), ..forms::profile("Siu Ming", "Chan") }
}

/// Priya invites a client.
pub(crate) async fn invite(priya: &mut Browser, identity: Identity, email: &str) -> Invited {
    let answer = priya.post("/api/invitations", &forms::invitation(identity, profile(email))).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.read()
}

pub(crate) async fn start(phone: &mut Browser, address: &str) -> Answer {
    phone.post("/api/onboarding/lanternbay", &forms::onboarding("HK", address)).await
}

pub(crate) async fn confirm(phone: &mut Browser, code: &str) -> Answer {
    phone.put("/api/onboarding-code", &forms::code(code)).await
}

pub(crate) fn wrong(code: &str) -> &'static str {
    if code == "000000" { "111111" } else { "000000" }
}

#[test]
fn a_client_completes_the_sms_flow_and_both_write() {
    on_every_database(|world| async move {
        world.configure(&[("wechat.client.onboarding.sms", FeatureValue::Boolean(true))]).await;
        let (mut priya, mut page) = (world.signed_in("priya").await, world.listener("priya"));
        let invited = invite(&mut priya, by_phone(Channel::Wechat, "HK", "6123 4567"), MAIL).await;
        let link = &invited.contact.channels[0];
        assert_eq!((link.state, link.address.as_str()), (LinkState::Pending, PHONE));
        assert_eq!(link.expires_at, world.clock.now() + 72 * HOUR);
        let mut phone = world.browser();
        let sent = start(&mut phone, "6123 4567").await;
        assert_eq!((sent.status, sent.read::<OnboardingCode>().language.as_str()), (200, "zh-Hant"));
        let sms = world.newest_to(PHONE).await.unwrap();
        assert!(sms.body.contains("驗證碼"), "in the language of Hong Kong: {}", sms.body);
        assert!(
            world.newest_to(MAIL).await.unwrap().body.contains(&code_in(&sms.body)),
            "both ways by default"
        );
        let done = confirm(&mut phone, &code_in(&sms.body)).await;
        assert_eq!((done.status, done.read::<Onboarded>().host.name.as_str()), (200, "priya"));
        let session: Session = phone.get("/api/client/session").await.read();
        assert_eq!(
            session.language.as_deref(),
            Some("zh-Hant"),
            "the chat goes on in the language of the number"
        );
        let path = format!("/api/contacts/{}", invited.contact.person.id);
        let contact: Contact = priya.get(&path).await.read();
        assert_eq!(contact.channels[0].state, LinkState::Linked);
        let told = signals(&mut page);
        let changed = told.iter().filter(|signal| matches!(signal, Signal::ContactChanged { .. }));
        assert_eq!(changed.count(), 2, "invited, linked");
        let chat = phone.get("/api/client/chats").await.read::<ChatList>().chats.remove(0);
        assert_eq!(chat.channel, Channel::Wechat);
        for (browser, path) in [(&mut phone, "/api/client/chats"), (&mut priya, "/api/chats")] {
            let sent = browser.post(&format!("{path}/{}/messages", chat.id), &message("你好")).await;
            assert_eq!(sent.read::<Message>().channel, Channel::Wechat);
        }
    });
}

#[test]
fn by_default_the_flow_goes_by_mail() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let offers: Vec<ChannelOffer> = priya.get("/api/channels").await.read();
        assert_eq!((offers[1].by_email, offers[2].is_configured), (true, false));
        invite(&mut priya, by_email(Channel::Wechat, MAIL), "").await;
        assert!(world.newest_to(MAIL).await.unwrap().body.contains("/miniapp/lanternbay"));
        let mut phone = world.browser();
        assert_eq!(start(&mut phone, &MAIL.to_uppercase()).await.status, 200);
        let code = world.code_to(MAIL).await;
        assert_eq!(confirm(&mut phone, &code).await.status, 200);
        assert_eq!(phone.get("/api/client/session").await.read::<Session>().me.name, "Siu Ming Chan");
    });
}

#[test]
fn the_delivery_method_is_the_configured_one_and_a_missing_address_takes_the_other() {
    on_every_database(|world| async move {
        world
            .configure(&[
                ("wechat.client.onboarding.sms", FeatureValue::Boolean(true)),
                ("wechat.onboarding.otp.delivery_method", FeatureValue::Text("email".to_owned())),
            ])
            .await;
        let mut priya = world.signed_in("priya").await;
        invite(&mut priya, by_phone(Channel::Wechat, "", PHONE), MAIL).await;
        invite(&mut priya, by_phone(Channel::Wechat, "", "+85261234568"), "").await;
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
        invite(&mut priya, by_email(Channel::Wechat, MAIL), "").await;
        let (mut known, mut unknown) = (world.browser(), world.browser());
        let before = world.sent().await.len();
        let mut one = start(&mut unknown, "nobody@pearlriver.example").await;
        assert_eq!(world.sent().await.len(), before);
        let mut other = start(&mut known, MAIL).await;
        for answer in [&mut one, &mut other] {
            answer.json["address"].take();
        }
        assert_eq!((one.status, one.json), (other.status, other.json));
        let code = world.code_to(MAIL).await;
        for guess in 0..6 {
            let (one, other) =
                (confirm(&mut unknown, wrong(&code)).await, confirm(&mut known, wrong(&code)).await);
            assert_eq!(one.refusal(), other.refusal(), "guess {guess}");
            let expected = if guess < 5 { ProblemCode::CodeRefused } else { ProblemCode::CodeSpent };
            assert_eq!(one.problem().code, expected);
        }
        assert_eq!(confirm(&mut known, &code).await.status, 401, "the right code is too late");
    });
}

#[test]
fn a_thousand_parallel_guesses_evaluate_five() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        invite(&mut priya, by_email(Channel::Wechat, MAIL), "").await;
        let mut phone = world.browser();
        start(&mut phone, MAIL).await;
        let code = world.code_to(MAIL).await;
        let mut guesses = tokio::task::JoinSet::new();
        for number in 0..1_000 {
            let (mut phone, guess) = (phone.clone(), format!("{number:06}"));
            let guess = if guess == code { "999999".to_owned() } else { guess };
            guesses.spawn(async move { confirm(&mut phone, &guess).await.problem().code });
        }
        let answers = guesses.join_all().await;
        let evaluated = answers.iter().filter(|code| **code == ProblemCode::CodeRefused).count();
        assert_eq!(evaluated, 5);
    });
}

#[test]
fn two_hundred_parallel_right_codes_link_once() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        invite(&mut priya, by_email(Channel::Wechat, MAIL), "").await;
        let mut phone = world.browser();
        start(&mut phone, MAIL).await;
        let code = world.code_to(MAIL).await;
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..200 {
            let (mut phone, code) = (phone.clone(), code.clone());
            tries.spawn(async move { confirm(&mut phone, &code).await.status });
        }
        assert_eq!(tries.join_all().await.into_iter().filter(|status| *status == 200).count(), 1);
        assert_eq!(world.db_archived(&["chat_created"]).await.len(), 1);
    });
}

#[test]
fn codes_and_invitations_expire_by_the_clock() {
    on_every_database(|world| async move {
        world
            .configure(&[
                ("wechat.onboarding.otp.lifetime", FeatureValue::Number(2)),
                ("client.invitation.lifetime", FeatureValue::Number(1)),
            ])
            .await;
        let mut priya = world.signed_in("priya").await;
        invite(&mut priya, by_email(Channel::Wechat, MAIL), "").await;
        let mut phone = world.browser();
        assert_eq!(start(&mut phone, MAIL).await.read::<OnboardingCode>().expires_in, 120);
        let code = world.code_to(MAIL).await;
        world.clock.advance(2 * MINUTE);
        assert_eq!(confirm(&mut phone, &code).await.problem().code, ProblemCode::CodeSpent);
        world.clock.advance(HOUR);
        let before = world.sent().await.len();
        assert_eq!(start(&mut phone, MAIL).await.status, 200);
        assert_eq!(world.sent().await.len(), before, "the invitation has expired: no code");
    });
}

#[test]
fn a_link_invitation_asks_for_a_code_and_sending_again_kills_no_earlier_link() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let invited = invite(&mut priya, by_phone(Channel::Causeway, "HK", PHONE), MAIL).await;
        let id = invited.contact.person.id;
        let first = invited.link.unwrap().split('#').nth(1).unwrap().to_owned();
        assert!(world.newest_to(PHONE).await.unwrap().body.contains(&first));
        let path = format!("/api/contacts/{id}/channels/causeway");
        let again = priya.post(&path, &json!({})).await;
        assert_eq!((again.status, again.read::<Invited>().contact.channels[0].sends_left), (200, 8));
        let mut phone = world.browser();
        let opened = phone.post("/api/onboarding-invitation", &forms::link(&first)).await;
        assert_eq!(opened.status, 200, "{}", opened.text);
        assert_eq!(opened.read::<OpenedInvitation>().address, "+852 •••• 4567");
        // A page that is loaded again and again sends nothing; asking for a code does, and it is kept over a reload.
        let before = world.sent().await.len();
        for _ in 0..6 {
            let again = phone.post("/api/onboarding-invitation", &forms::link(&first)).await;
            assert_eq!((again.status, again.read::<OpenedInvitation>().code), (200, None));
        }
        assert_eq!(world.sent().await.len(), before, "opening sends nothing");
        let sent = phone.put("/api/onboarding-invitation", &forms::link(&first)).await;
        assert_eq!(sent.status, 200, "{}", sent.text);
        let again = phone.post("/api/onboarding-invitation", &forms::link(&first)).await;
        let code = again.read::<OpenedInvitation>().code.unwrap();
        assert_eq!(code.address, "+852 •••• 4567", "{}", again.text);
        let waiting: OnboardingCode = phone.get("/api/onboarding-code").await.read();
        assert_eq!(waiting.resend_in, sent.read::<OnboardingCode>().resend_in);
        assert_eq!(phone.get("/api/client/session").await.status, 401, "not before the code");
        let code = world.code_to(PHONE).await;
        assert_eq!(confirm(&mut phone, &code).await.status, 200);
        assert_eq!(phone.get("/api/client/session").await.status, 200);
        let linked = phone.post("/api/onboarding-invitation", &forms::link(&first)).await;
        let is_linked = |answer: &Answer| answer.read::<OpenedInvitation>().is_linked;
        assert!(is_linked(&linked), "the same phone is led to its chat: {}", linked.text);
        let other = world.browser().post("/api/onboarding-invitation", &forms::link(&first)).await;
        assert!(!is_linked(&other));
        assert_eq!(priya.delete(&path).await.read::<Contact>().channels, []);
        assert_eq!(phone.get("/api/client/session").await.status, 401, "unlinked: the session has ended");
        assert_eq!(phone.post("/api/onboarding-invitation", &forms::link(&first)).await.status, 410);
    });
}

#[test]
fn an_invitation_that_was_taken_back_completes_no_more() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let invited = invite(&mut priya, by_email(Channel::Wechat, MAIL), "").await;
        let id = invited.contact.person.id;
        let mut phone = world.browser();
        start(&mut phone, MAIL).await;
        let code = world.code_to(MAIL).await;
        assert_eq!(priya.delete(&format!("/api/contacts/{id}/channels/wechat")).await.status, 200);
        assert_eq!(confirm(&mut phone, &code).await.problem().code, ProblemCode::CodeSpent);
    });
}

#[test]
fn invitations_are_refused_at_the_field_that_is_wrong() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        invite(&mut priya, by_phone(Channel::Causeway, "", PHONE), MAIL).await;
        let identity = by_phone(Channel::Causeway, "", PHONE);
        let checked: CheckedIdentity = priya.post("/api/invitations/identity", &identity).await.read();
        let known = checked.known.unwrap();
        assert_eq!(known.name, "Siu Ming Chan", "the profile that has the number is offered");
        for (identity, email, status, field) in [
            (by_phone(Channel::Causeway, "HK", "12"), "", 422, "phone"),
            (by_email(Channel::Wechat, "a@b"), "", 422, "email"),
            (by_phone(Channel::Whatsapp, "", PHONE), "", 422, "channel"),
            (by_phone(Channel::Causeway, "", PHONE), "", 409, "phone"),
            (by_phone(Channel::Causeway, "", "+85261234569"), MAIL, 409, "email"),
        ] {
            let answer = priya.post("/api/invitations", &forms::invitation(identity, profile(email))).await;
            assert_eq!(answer.fault(field).0, status, "{}", answer.text);
        }
        let path = format!("/api/contacts/{}/channels/causeway", known.id);
        for number in 0..9 {
            assert_eq!(priya.post(&path, &json!({})).await.status, 200, "{number}");
        }
        assert_eq!(priya.post(&path, &json!({})).await.status, 429);
        assert!(world.clock.now() < START + DAY);
    });
}

#[test]
fn a_form_that_asks_for_something_else_by_now_is_refused_and_reaches_no_one() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        let mut priya = world.signed_in("priya").await;
        for sms in [false, true, false] {
            mei.set_feature("wechat.client.onboarding.sms", FeatureValue::Boolean(sms)).await;
            let (other, field, right) = if sms {
                (by_email(Channel::Wechat, MAIL), "phone", PHONE)
            } else {
                (by_phone(Channel::Wechat, "", PHONE), "email", MAIL)
            };
            let checked = priya.post("/api/invitations/identity", &other).await;
            assert_eq!(checked.fault(field), (409, "fault-changed-meanwhile"), "sms: {sms}");
            let new = forms::invitation(other, profile(""));
            let invited = priya.post("/api/invitations", &new).await;
            assert_eq!(invited.fault(field), (409, "fault-changed-meanwhile"), "sms: {sms}");
            // The page of the mini program tells what it asked for.
            let typed = |by_email| StartOnboarding { by_email, ..forms::onboarding("HK", right) };
            let refused = world.browser().post("/api/onboarding/lanternbay", &typed(Some(sms))).await;
            assert_eq!(refused.fault("address"), (409, "fault-changed-meanwhile"), "sms: {sms}");
            for by_email in [Some(!sms), None] {
                let started = world.browser().post("/api/onboarding/lanternbay", &typed(by_email)).await;
                assert_eq!(started.status, 200, "sms: {sms}: {}", started.text);
            }
        }
        assert!(world.newest_to(MAIL).await.is_none() && world.newest_to(PHONE).await.is_none());
        let nothing = priya.post("/api/invitations/identity", &by_phone(Channel::Causeway, "HK", "")).await;
        assert_eq!(nothing.fault("phone"), (422, "fault-phone"), "the form asks for a number");
    });
}
