//! Public registration: who may open it, and what a registrant goes through.

use crate::common::{PASSWORD, World, browser::Browser, code_in, message, on_every_database};
use causeway_server::clock::{HOUR, MINUTE};
use serde_json::{Value, json};

async fn begin(browser: &mut Browser, link: &str, email: &str) -> (u16, Value) {
    let form = json!({ "name": "林志明 Lam Chi Ming", "email": email, "language": "zh-Hant" });
    let answer = browser.post(&format!("/api/registration/{link}"), &form).await;
    (answer.status, answer.json)
}

async fn confirm(browser: &mut Browser, code: &str) -> (u16, Value) {
    let answer = browser.put("/api/registration-code", &json!({ "code": code })).await;
    (answer.status, answer.json)
}

async fn code_to(world: &World, email: &str) -> String {
    code_in(&world.newest_to(email).await.expect("a code").body)
}

async fn settings(world: &World) -> Value {
    world.admin().await.get("/api/admin/registration").await.json
}

/// Changes the settings as Mei, from what they are.
async fn change(world: &World, changes: Value) -> (u16, Value) {
    let mut mei = world.admin().await;
    let now = mei.get("/api/admin/registration").await.json;
    let mut body = json!({
        "is_open": now["closed"].is_null(), "person_in_charge": now["person_in_charge"]["id"],
        "form_text": now["form_text"], "welcome": now["welcome"], "domains": now["domains"], "version": now["version"],
    });
    body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    let answer = mei.put("/api/admin/registration", &body).await;
    (answer.status, answer.json)
}

#[test]
fn opening_needs_a_plan_and_an_active_person_in_charge_and_makes_the_link() {
    on_every_database(|world| async move {
        let mut ana = world.signed_in("ana").await;
        assert_eq!(ana.get("/api/admin/registration").await.json["plan"], "free");
        let body = json!({
            "is_open": true, "person_in_charge": world.id("ana").await, "form_text": {}, "welcome": "",
            "domains": [], "version": 0,
        });
        let refused = ana.put("/api/admin/registration", &body).await;
        assert_eq!((refused.status, &refused.json["fields"]["plan"]), (409, &json!("fault-plan")));
        assert_eq!(settings(&world).await["link"], Value::Null, "no link before the first opening");
        for nobody in [
            Value::Null,
            json!(world.id("tomas").await),
            json!(world.id("lukas").await),
            json!(world.id("ana").await),
        ] {
            let (status, refused) =
                change(&world, json!({ "is_open": true, "person_in_charge": nobody })).await;
            assert_eq!(
                (status, &refused["fields"]["person_in_charge"]),
                (422, &json!("fault-person-in-charge"))
            );
        }
        let link = world.open_registration("priya").await;
        let now = settings(&world).await;
        assert_eq!((&now["opened_by"], &now["closed"]), (&json!("mei"), &Value::Null));
        assert_eq!(change(&world, json!({ "is_open": false })).await.1["closed"], "by_admin");
        world.open_registration("priya").await;
        assert_eq!(world.registration_link().await, link, "it does not change");
        let renewed = world.admin().await.post("/api/admin/registration/link", &json!({})).await;
        assert_eq!(renewed.status, 200, "{}", renewed.text);
        assert_ne!(world.registration_link().await, link);
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
        let form = phone.get(&format!("/api/registration/{link}")).await.json;
        assert_eq!((&form["company"], &form["is_open"]), (&json!("Lantern Bay Capital"), &json!(true)));
        assert_eq!(form["form_text"]["en"], "Leave your name.");
        let (status, sent) = begin(&mut phone, &link, " ChiMing@New.example ").await;
        assert_eq!((status, &sent["email"]), (200, &json!("chiming@new.example")));
        assert_eq!(phone.get("/api/session").await.status, 401, "nothing before the proof");
        let mut priya = world.signed_in("priya").await;
        assert!(!priya.get("/api/people").await.text.contains("林志明"));
        let mail = world.newest_to("chiming@new.example").await.unwrap();
        assert!(mail.body.contains("驗證碼"), "in the language of the page: {}", mail.body);
        let (status, done) = confirm(&mut phone, &code_in(&mail.body)).await;
        assert_eq!(
            (status, &done["host"]["name"], &done["username"]),
            (200, &json!("priya"), &json!("chiming@new.example"))
        );
        assert_eq!(done["is_code_password"], true);
        let session = phone.get("/api/session").await.json;
        assert_eq!(
            (&session["me"]["role"], &session["has_initial_password"]),
            (&json!("external_user"), &json!(true))
        );
        let chats = phone.get("/api/chats").await.json;
        assert_eq!(chats["chats"].as_array().unwrap().len(), 1, "the direct contact is there");
        let chat = chats["chats"][0]["id"].as_str().unwrap();
        let first = phone.get(&format!("/api/chats/{chat}/messages")).await.json;
        assert_eq!(first["messages"][0]["text"], "Welcome. Ask me anything.");
        assert_eq!(first["messages"][0]["sender"], json!(world.id("priya").await));
        let told = priya.get("/api/notifications").await.json;
        assert_eq!(told["items"][0]["notice"]["name"], "林志明 Lam Chi Ming");
        assert_eq!(phone.post(&format!("/api/chats/{chat}/messages"), &message("你好")).await.status, 201);
        assert_eq!(
            priya.get(&format!("/api/chats/{chat}/messages")).await.json["messages"][1]["text"],
            "你好"
        );
        assert_eq!(priya.get("/api/contacts?search=chiming").await.json["total"], 1);
        let now = settings(&world).await;
        assert_eq!(now["capacity"], json!({ "registered": 1, "pending": 0, "limit": null }));
    });
}

#[test]
fn without_a_welcome_message_nothing_is_said() {
    on_every_database(|world| async move {
        world.open_registration("priya").await;
        change(&world, json!({ "welcome": " " })).await;
        let (mut phone, _) = world.registered("a@new.example").await;
        let chats = phone.get("/api/chats").await.json;
        assert_eq!(chats["chats"][0]["last_ordinal"], 0);
    });
}

#[test]
fn an_external_user_sees_its_person_in_charge_and_own_chats_and_nothing_else() {
    on_every_database(|world| async move {
        world.open_registration("priya").await;
        let (mut erin, _) = world.registered("erin@new.example").await;
        let (mut other, _) = world.registered("other@new.example").await;
        let people = erin.get("/api/people").await.json;
        let names: Vec<&Value> = people.as_array().unwrap().iter().map(|person| &person["name"]).collect();
        assert_eq!(names, [&json!("priya")]);
        for path in
            ["/api/contacts", "/api/lists", "/api/channels", "/api/admin/users", "/api/contacts?tab=team"]
        {
            assert_eq!(erin.get(path).await.status, 403, "{path}");
        }
        let other_id = other.get("/api/session").await.json["me"]["id"].clone();
        for with in [json!(world.id("daniel").await), json!(world.id("lukas").await), other_id] {
            let chat = json!({ "kind": "direct", "with": with });
            assert_eq!(erin.post("/api/chats", &chat).await.status, 404);
        }
        let group = json!({
            "kind": "group", "id": causeway_server::clock::random_id(), "name": "G", "members": [world.id("priya").await],
        });
        assert_eq!(erin.post("/api/chats", &group).await.status, 403);
        // An employee who does not take care of the external user does not see it either.
        let mut daniel = world.signed_in("daniel").await;
        assert!(!daniel.get("/api/people").await.text.contains("Erin"));
        // Added to a group by the person in charge, it sees that group.
        let mut priya = world.signed_in("priya").await;
        let erin_id = erin.get("/api/session").await.json["me"]["id"].clone();
        let group = json!({
            "kind": "group", "id": causeway_server::clock::random_id(), "name": "Onboarding",
            "members": [world.id("daniel").await, erin_id],
        });
        assert_eq!(priya.post("/api/chats", &group).await.status, 201);
        assert_eq!(erin.get("/api/chats").await.json["chats"].as_array().unwrap().len(), 2);
    });
}

#[test]
fn a_known_address_is_answered_alike_and_its_owner_gets_another_mail() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        world.registered("known@new.example").await;
        let (mut known, mut unknown) = (world.browser(), world.browser());
        let (one, other) = (
            begin(&mut known, &link, "KNOWN@new.example").await,
            begin(&mut unknown, &link, "other@new.example").await,
        );
        let without = |(status, mut json): (u16, Value)| {
            json["email"].take();
            (status, json)
        };
        assert_eq!(without(one), without(other));
        let mail = world.newest_to("known@new.example").await.unwrap();
        assert!(mail.body.contains("已有帳戶") && !mail.body.contains("驗證碼"), "{}", mail.body);
        let code = code_to(&world, "other@new.example").await;
        let wrong = if code == "000000" { "111111" } else { "000000" };
        for guess in 0..6 {
            let (one, other) = (confirm(&mut known, wrong).await, confirm(&mut unknown, wrong).await);
            assert_eq!((one.0, &one.1["code"]), (other.0, &other.1["code"]), "guess {guess}");
        }
        let now = settings(&world).await["capacity"].clone();
        assert_eq!(now["registered"], 1, "no row of the known one was changed");
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
        assert_eq!(erin.get("/api/session").await.json["must_choose_password"], true);
        for path in ["/api/chats", "/api/people", "/api/notifications"] {
            let refused = erin.get(path).await;
            assert_eq!((refused.status, &refused.json["code"]), (403, &json!("password_needed")), "{path}");
        }
        world.clock.advance(MINUTE);
        assert_eq!(world.browser().log_in("lanternbay", "erin@new.example", &code).await.status, 401, "once");
        let short = erin.put("/api/profile/password", &json!({ "new": code })).await;
        assert_eq!(short.json["fields"]["new"], "fault-password-short");
        assert_eq!(erin.put("/api/profile/password", &json!({ "new": PASSWORD })).await.status, 204);
        assert_eq!(erin.get("/api/chats").await.status, 200);
        assert_eq!(first.get("/api/session").await.status, 401, "the others end");
        world.clock.advance(MINUTE);
        let mut again = world.sign_in_external("erin@new.example", PASSWORD).await;
        assert_eq!(again.get("/api/session").await.json["must_choose_password"], false);
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
        let off = json!({ "custom": false, "version": 0 });
        assert_eq!(mei.put("/api/admin/features/registration.initial_password", &off).await.status, 200);
        let mut phone = world.browser();
        assert_eq!(phone.get(&format!("/api/registration/{link}")).await.json["asks_password"], true);
        begin(&mut phone, &link, "erin@new.example").await;
        let code = code_to(&world, "erin@new.example").await;
        let without = phone.put("/api/registration-code", &json!({ "code": code })).await;
        assert_eq!(
            (without.status, &without.json["fields"]["password"]),
            (422, &json!("fault-password-short"))
        );
        let body = json!({ "code": code, "password": PASSWORD });
        let done = phone.put("/api/registration-code", &body).await;
        assert_eq!((done.status, &done.json["is_code_password"]), (200, &json!(false)));
        world.clock.advance(MINUTE);
        assert_eq!(world.browser().log_in("lanternbay", "erin@new.example", &code).await.status, 401);
        world.clock.advance(MINUTE);
        let mut erin = world.sign_in_external("erin@new.example", PASSWORD).await;
        assert_eq!(erin.get("/api/session").await.json["must_choose_password"], false);
    });
}
