//! Public registration: who may open it, and what a registrant goes through.

use crate::common::{
    PASSWORD,
    answer::Answer,
    code_in,
    forms::{self, message},
    on_every_database,
};
use causeway_api::{
    ProblemCode,
    auth::{ChangePassword, Session},
    chats::{ChatList, MessagePage},
    contacts::ContactPage,
    features::FeatureValue,
    notifications::{Notice, NotificationPage},
    people::{Person, Role},
    registration::{
        Capacity, ChangeRegistration, ClosedReason, ConfirmRegistration, Registered, Registration,
        RegistrationCode, RegistrationForm,
    },
    users::Plan,
};
use causeway_server::clock::{HOUR, MINUTE};
use serde_json::json;

#[test]
fn opening_needs_a_plan_and_an_active_person_in_charge_and_makes_the_link() {
    on_every_database(|world| async move {
        let mut ana = world.signed_in("ana").await;
        assert_eq!(ana.get("/api/admin/registration").await.read::<Registration>().plan, Plan::Free);
        let body = ChangeRegistration {
            is_open: true,
            person_in_charge: Some(world.id("ana")),
            form_text: [].into(),
            welcome: String::new(),
            domains: Vec::new(),
            version: 0,
        };
        let refused = ana.put("/api/admin/registration", &body).await;
        assert_eq!(refused.fault("plan"), (409, "fault-plan"));
        assert_eq!(world.registration().await.link, None, "no link before the first opening");
        for nobody in [None, Some(world.id("tomas")), Some(world.id("lukas")), Some(world.id("ana"))] {
            let refused = world
                .change_registration(|new| {
                    new.is_open = true;
                    new.person_in_charge = nobody;
                })
                .await;
            assert_eq!(refused.fault("person_in_charge"), (422, "fault-person-in-charge"));
        }
        let link = world.open_registration("priya").await;
        let now = world.registration().await;
        assert_eq!((now.opened_by.as_deref(), now.closed), (Some("mei"), None));
        let closed: Registration = world.change_registration(|new| new.is_open = false).await.read();
        assert_eq!(closed.closed, Some(ClosedReason::ByAdmin));
        world.open_registration("priya").await;
        assert_eq!(world.db_registration_link().await, link, "it does not change");
        let renewed = world.admin().await.post("/api/admin/registration/link", &json!({})).await;
        assert_eq!(renewed.status, 200, "{}", renewed.text);
        assert_ne!(world.db_registration_link().await, link);
        assert_eq!(
            world.browser().get(&format!("/api/registration/{link}")).await.status,
            410,
            "dead at once"
        );
    });
}

#[test]
fn a_registrant_gives_name_and_mail_confirms_a_code_and_is_in() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        let mut phone = world.browser();
        let form: RegistrationForm = phone.get(&format!("/api/registration/{link}")).await.read();
        assert_eq!((form.company.as_str(), form.is_open), ("Lantern Bay Capital", true));
        assert_eq!(form.form_text["en"], "Leave your name.");
        let sent = phone.begin_registration(&link, " ChiMing@New.example ").await;
        assert_eq!(
            (sent.status, sent.read::<RegistrationCode>().email.as_str()),
            (200, "chiming@new.example")
        );
        assert_eq!(phone.get("/api/session").await.status, 401, "nothing before the proof");
        let mut priya = world.signed_in("priya").await;
        assert!(!priya.get("/api/people").await.text.contains("林志明"));
        let mail = world.newest_to("chiming@new.example").await.unwrap();
        assert!(mail.body.contains("驗證碼"), "in the language of the page: {}", mail.body);
        let answer = phone.confirm_registration(&code_in(&mail.body)).await;
        let done: Registered = answer.read();
        assert_eq!(
            (answer.status, done.host.name.as_str(), done.username.as_str()),
            (200, "priya", "chiming@new.example")
        );
        assert!(done.is_code_password);
        let session: Session = phone.get("/api/session").await.read();
        assert_eq!((session.me.role, session.has_initial_password), (Some(Role::ExternalUser), true));
        let chats = phone.get("/api/chats").await.read::<ChatList>().chats;
        assert_eq!(chats.len(), 1, "the direct contact is there");
        assert_eq!(done.chat, chats[0].id, "where the last step leads");
        let path = format!("/api/chats/{}/messages", chats[0].id);
        let first = phone.get(&path).await.read::<MessagePage>().messages.remove(0);
        assert_eq!((first.text.as_str(), first.sender), ("Welcome. Ask me anything.", world.id("priya")));
        let told: NotificationPage = priya.get("/api/notifications").await.read();
        let registered =
            Notice::Registered { person: session.me.id, name: "林志明 Lam Chi Ming".to_owned() };
        assert_eq!(told.page.items[0].notice, registered);
        assert_eq!(phone.post(&path, &message("你好")).await.status, 201);
        assert_eq!(priya.get(&path).await.read::<MessagePage>().messages[1].text, "你好");
        assert_eq!(priya.get("/api/contacts?search=chiming").await.read::<ContactPage>().page.total, Some(1));
        let now = world.registration().await;
        assert_eq!(now.capacity, Capacity { registered: 1, pending: 0, limit: None });
    });
}

#[test]
fn without_a_welcome_message_nothing_is_said() {
    on_every_database(|world| async move {
        world.open_registration("priya").await;
        world.change_registration(|new| " ".clone_into(&mut new.welcome)).await;
        let (mut phone, _) = world.registered("a@new.example").await;
        assert_eq!(phone.get("/api/chats").await.read::<ChatList>().chats[0].last_ordinal, 0);
    });
}

#[test]
fn an_external_user_sees_its_person_in_charge_and_own_chats_and_nothing_else() {
    on_every_database(|world| async move {
        world.open_registration("priya").await;
        let (mut erin, _) = world.registered("erin@new.example").await;
        let (mut other, _) = world.registered("other@new.example").await;
        let people: Vec<Person> = erin.get("/api/people").await.read();
        assert_eq!(people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["priya"]);
        for path in
            ["/api/contacts", "/api/lists", "/api/channels", "/api/admin/users", "/api/contacts?tab=team"]
        {
            assert_eq!(erin.get(path).await.status, 403, "{path}");
        }
        let other_id = other.get("/api/session").await.read::<Session>().me.id;
        for with in [world.id("daniel"), world.id("lukas"), other_id] {
            assert_eq!(erin.post("/api/chats", &forms::direct(with)).await.status, 404);
        }
        let group = forms::group("G", &[world.id("priya")]);
        assert_eq!(erin.post("/api/chats", &group).await.status, 403);
        // An employee who does not take care of the external user does not see it either.
        let mut daniel = world.signed_in("daniel").await;
        assert!(!daniel.get("/api/people").await.text.contains("Erin"));
        // Added to a group by the person in charge, it sees that group.
        let mut priya = world.signed_in("priya").await;
        let erin_id = erin.get("/api/session").await.read::<Session>().me.id;
        let group = forms::group("Onboarding", &[world.id("daniel"), erin_id]);
        assert_eq!(priya.post("/api/chats", &group).await.status, 201);
        assert_eq!(erin.get("/api/chats").await.read::<ChatList>().chats.len(), 2);
    });
}

#[test]
fn a_known_address_is_answered_alike_and_its_owner_gets_another_mail() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        world.registered("known@new.example").await;
        let (mut known, mut unknown) = (world.browser(), world.browser());
        let (one, other) = (
            known.begin_registration(&link, "KNOWN@new.example").await,
            unknown.begin_registration(&link, "other@new.example").await,
        );
        let without_email = |mut answer: Answer| {
            answer.json["email"].take();
            (answer.status, answer.json)
        };
        assert_eq!(without_email(one), without_email(other));
        let mail = world.newest_to("known@new.example").await.unwrap();
        assert!(mail.body.contains("已有帳戶") && !mail.body.contains("驗證碼"), "{}", mail.body);
        let code = world.code_to("other@new.example").await;
        let wrong = if code == "000000" { "111111" } else { "000000" };
        for guess in 0..6 {
            let (one, other) =
                (known.confirm_registration(wrong).await, unknown.confirm_registration(wrong).await);
            assert_eq!(one.refusal(), other.refusal(), "guess {guess}");
        }
        assert_eq!(world.registration().await.capacity.registered, 1, "no row of the known one was changed");
        for browser in [&mut known, &mut unknown] {
            assert_eq!(browser.post("/api/registration-code", &json!({})).await.status, 200);
        }
    });
}

#[test]
fn the_code_is_good_for_one_sign_in_and_then_a_password_comes_before_anything_else() {
    on_every_database(|world| async move {
        world.open_registration("priya").await;
        let (mut first, code) = world.registered("erin@new.example").await;
        world.clock.advance(MINUTE);
        let mut erin = world.sign_in_external("erin@new.example", &code).await;
        assert!(erin.get("/api/session").await.read::<Session>().must_choose_password);
        for path in ["/api/chats", "/api/people", "/api/notifications"] {
            let refused = erin.get(path).await;
            assert_eq!(refused.refusal(), (403, ProblemCode::PasswordNeeded), "{path}");
        }
        world.clock.advance(MINUTE);
        assert_eq!(world.browser().log_in("lanternbay", "erin@new.example", &code).await.status, 401, "once");
        let choose = |new: &str| ChangePassword { old: None, new: new.to_owned() };
        let short = erin.put("/api/profile/password", &choose(&code)).await;
        assert_eq!(short.problem().fields["new"], "fault-password-short");
        assert_eq!(erin.put("/api/profile/password", &choose(PASSWORD)).await.status, 204);
        assert_eq!(erin.get("/api/chats").await.status, 200);
        assert_eq!(first.get("/api/session").await.status, 401, "the others end");
        world.clock.advance(MINUTE);
        let mut again = world.sign_in_external("erin@new.example", PASSWORD).await;
        assert!(!again.get("/api/session").await.read::<Session>().must_choose_password);
    });
}

#[test]
fn the_code_as_password_is_dead_after_72_hours_and_never_stored_in_clear() {
    on_every_database(|world| async move {
        world.open_registration("priya").await;
        let (_, code) = world.registered("erin@new.example").await;
        let account =
            world.app.store.account_by_username(world.bay.id, "erin@new.example").await.unwrap().unwrap();
        assert!(account.password_hash.unwrap().starts_with("$argon2id$"));
        world.clock.advance(72 * HOUR);
        assert_eq!(world.browser().log_in("lanternbay", "erin@new.example", &code).await.status, 401);
    });
}

#[test]
fn where_the_code_is_no_password_one_is_chosen_in_the_form() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        let mut mei = world.admin().await;
        mei.set_feature("registration.initial_password", FeatureValue::Boolean(false)).await;
        let mut phone = world.browser();
        let form: RegistrationForm = phone.get(&format!("/api/registration/{link}")).await.read();
        assert!(form.asks_password);
        phone.begin_registration(&link, "erin@new.example").await;
        let code = world.code_to("erin@new.example").await;
        let without = phone.confirm_registration(&code).await;
        assert_eq!(without.fault("password"), (422, "fault-password-short"));
        let typed = ConfirmRegistration { code: code.clone(), password: Some(PASSWORD.to_owned()) };
        let done = phone.put("/api/registration-code", &typed).await;
        assert_eq!((done.status, done.read::<Registered>().is_code_password), (200, false));
        world.clock.advance(MINUTE);
        assert_eq!(world.browser().log_in("lanternbay", "erin@new.example", &code).await.status, 401);
        world.clock.advance(MINUTE);
        let mut erin = world.sign_in_external("erin@new.example", PASSWORD).await;
        assert!(!erin.get("/api/session").await.read::<Session>().must_choose_password);
    });
}
