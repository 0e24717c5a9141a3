//! Stronger sign-in: authenticator apps, recovery codes, passkeys, what a company asks for, and who is told.

use crate::common::{ORIGIN, PASSWORD, World, browser::Browser, on_every_database};
use causeway_server::clock::{HOUR, MINUTE, SECOND};
use serde_json::{Value, json};
use totp_rs::{Builder, Secret, Totp};

/// An authenticator app beside the server's clock.
struct Authenticator(Totp);

impl Authenticator {
    fn of(setup: &Value) -> Self {
        let secret: String = setup["secret"].as_str().unwrap().split(' ').collect();
        let address = setup["address"].as_str().unwrap();
        assert!(address.starts_with("otpauth://totp/Causeway%20Lantern%20Bay%20Capital:priya?"), "{address}");
        assert!(address.contains(&format!("secret={secret}")), "{address}");
        let secret = Secret::try_from_base32(secret).unwrap();
        assert_eq!(secret.as_bytes().len() * 8, 160);
        Self(Builder::new().with_secret(secret).with_account_name("priya").build().unwrap())
    }

    fn code(&self, world: &World) -> String {
        self.0.generate((world.clock.now() / SECOND).unsigned_abs()).to_string()
    }
}

/// Priya in a browser in which she has set up an authenticator app; her recovery codes.
async fn set_up(world: &World) -> (Browser, Authenticator, Vec<String>) {
    let mut portal = world.signed_in("priya").await;
    let begun = portal.post("/api/profile/authenticator", &json!({})).await;
    assert_eq!(begun.status, 201, "{}", begun.text);
    let app = Authenticator::of(&begun.json);
    let done = portal.put("/api/profile/authenticator", &json!({ "code": app.code(world) })).await;
    assert_eq!(done.status, 200, "{}", done.text);
    let codes: Vec<String> =
        done.json["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect();
    // The code that was just used is good for once.
    world.clock.advance(MINUTE);
    (portal, app, codes)
}

/// A browser in which Priya has typed her password; what it is asked for.
async fn asked(world: &World) -> (Browser, Value) {
    let mut browser = world.browser();
    let answer = browser.log_in("lanternbay", "priya", PASSWORD).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    (browser, answer.json)
}

async fn answer(browser: &mut Browser, way: &str, code: &str) -> (u16, Value) {
    let answer = browser.post("/api/login/code", &json!({ "way": way, "code": code })).await;
    (answer.status, answer.json["code"].clone())
}

async fn mails(world: &World, subject: &str) -> usize {
    world.sent().await.iter().filter(|mail| mail.subject == subject).count()
}

#[test]
fn an_authenticator_app_takes_the_place_of_codes_that_are_sent() {
    on_every_database(|world| async move {
        let (mut portal, app, codes) = set_up(&world).await;
        assert_eq!(codes.len(), 10);
        let list = portal.get("/api/profile/second-factors").await.json;
        assert_eq!((&list["recovery_codes_left"], &list["can_use_passkeys"]), (&json!(10), &json!(true)));
        assert!(list["authenticator_since"].is_number());
        assert_eq!(mails(&world, "An authenticator app was set up for your account").await, 1);
        let before = world.sent().await.len();
        let (mut browser, asked) = asked(&world).await;
        assert_eq!(asked["ways"], json!(["authenticator", "recovery_code"]));
        assert_eq!(
            (&asked["phone"], &asked["email"], &asked["resend_in"]),
            (&json!(""), &json!(""), &Value::Null)
        );
        assert_eq!(world.sent().await.len(), before, "nothing is sent");
        assert_eq!(browser.post("/api/login/resend", &json!({})).await.status, 401, "nor sent again");
        assert_eq!(answer(&mut browser, "sent", &app.code(&world)).await, (401, json!("code_refused")));
        assert_eq!(answer(&mut browser, "authenticator", &app.code(&world)).await.0, 200);
        assert_eq!(browser.get("/api/session").await.json["me"]["name"], "priya");
    });
}

#[test]
fn a_step_is_good_for_once_and_one_step_to_either_side() {
    on_every_database(|world| async move {
        let (_, app, _) = set_up(&world).await;
        let code = app.code(&world);
        world.clock.advance(30 * SECOND);
        let (mut first, _) = asked(&world).await;
        assert_eq!(answer(&mut first, "authenticator", &code).await.0, 200, "one step late");
        let (mut again, _) = asked(&world).await;
        assert_eq!(answer(&mut again, "authenticator", &code).await, (401, json!("code_refused")), "once");
        let code = app.code(&world);
        world.clock.advance(60 * SECOND);
        assert_eq!(
            answer(&mut again, "authenticator", &code).await,
            (401, json!("code_refused")),
            "too late"
        );
        assert_eq!(answer(&mut again, "authenticator", &app.code(&world)).await.0, 200);
    });
}

#[test]
fn two_hundred_browsers_with_one_step_are_one_sign_in() {
    on_every_database(|world| async move {
        let (_, app, codes) = set_up(&world).await;
        for (way, code) in [("authenticator", app.code(&world)), ("recovery_code", codes[0].clone())] {
            let (browser, _) = asked(&world).await;
            let mut tries = tokio::task::JoinSet::new();
            for _ in 0..200_u8 {
                let (mut browser, code) = (browser.clone(), code.clone());
                tries.spawn(async move { answer(&mut browser, way, &code).await.0 });
            }
            let statuses = tries.join_all().await;
            assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{way}");
        }
    });
}

#[test]
fn five_wrong_codes_end_a_sign_in() {
    on_every_database(|world| async move {
        let (_, app, _) = set_up(&world).await;
        let (mut browser, _) = asked(&world).await;
        let wrong = if app.code(&world) == "000000" { "111111" } else { "000000" };
        for _ in 0..5 {
            assert_eq!(answer(&mut browser, "authenticator", wrong).await, (401, json!("code_refused")));
        }
        assert_eq!(
            answer(&mut browser, "authenticator", &app.code(&world)).await,
            (401, json!("code_spent"))
        );
        let (mut browser, _) = asked(&world).await;
        for _ in 0..4 {
            answer(&mut browser, "authenticator", wrong).await;
        }
        assert_eq!(answer(&mut browser, "authenticator", &app.code(&world)).await.0, 200);
    });
}

#[test]
fn a_recovery_code_is_good_for_once_and_its_owner_is_told() {
    on_every_database(|world| async move {
        let (mut portal, _, codes) = set_up(&world).await;
        let (mut browser, _) = asked(&world).await;
        let typed = codes[3].to_lowercase().replace('-', " ");
        assert_eq!(answer(&mut browser, "recovery_code", &typed).await.0, 200);
        let mail = world.newest_to("priya@staff.example").await.unwrap();
        let told = world.sent().await;
        let told =
            told.iter().find(|mail| mail.subject == "A recovery code of your account was used").unwrap();
        assert!(told.body.contains("Codes left: 9"), "{}", told.body);
        assert_eq!(mail.to, told.to);
        let (mut again, _) = asked(&world).await;
        assert_eq!(answer(&mut again, "recovery_code", &codes[3]).await, (401, json!("code_refused")));
        assert_eq!(answer(&mut again, "recovery_code", "short").await.0, 422);
        let renewed = portal.post("/api/profile/recovery-codes", &json!({})).await;
        assert_eq!((renewed.status, renewed.json["codes"].as_array().unwrap().len()), (201, 10));
        assert_eq!(answer(&mut again, "recovery_code", &codes[4]).await, (401, json!("code_refused")), "old");
        let fresh = renewed.json["codes"][0].as_str().unwrap();
        assert_eq!(answer(&mut again, "recovery_code", fresh).await.0, 200);
    });
}

#[test]
fn neither_seed_nor_recovery_code_can_be_read_in_the_database() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let begun = portal.post("/api/profile/authenticator", &json!({})).await.json;
        let secret: String = begun["secret"].as_str().unwrap().split(' ').collect();
        let seed = Secret::try_from_base32(secret).unwrap();
        let row = world.app.store.enrolled(world.bay.id, world.id("priya").await).await.unwrap();
        let kept = row.authenticator.unwrap().sealed_seed;
        assert!(!kept.windows(8).any(|part| part == &seed.as_bytes()[..8]));
        // A row that was copied to someone else opens nothing.
        let mut daniel = world.signed_in("daniel").await;
        daniel.post("/api/profile/authenticator", &json!({})).await;
        world
            .db_execute(
                "UPDATE authenticator SET sealed_seed = (SELECT a.sealed_seed FROM authenticator a \
                 JOIN person p ON p.id = a.person_id WHERE p.name = 'priya')",
            )
            .await
            .unwrap();
        let app = Authenticator::of(&begun);
        let stolen = daniel.put("/api/profile/authenticator", &json!({ "code": app.code(&world) })).await;
        assert_eq!(stolen.status, 500, "{}", stolen.text);
    });
}

#[test]
fn setting_up_asks_for_a_recent_confirmation_with_the_same_methods() {
    on_every_database(|world| async move {
        let (mut portal, app, _) = set_up(&world).await;
        world.clock.advance(21 * MINUTE);
        for (method, path) in [
            ("POST", "/api/profile/authenticator"),
            ("DELETE", "/api/profile/authenticator"),
            ("POST", "/api/profile/recovery-codes"),
            ("POST", "/api/profile/passkeys"),
        ] {
            let refused = match method {
                "POST" => portal.post(path, &json!({})).await,
                _ => portal.delete(path).await,
            };
            assert_eq!((refused.status, &refused.json["code"]), (403, &json!("confirm_again")), "{path}");
        }
        let before = world.sent().await.len();
        let asked = portal.post("/api/session/code", &json!({})).await.json;
        assert_eq!(asked["ways"], json!(["authenticator", "recovery_code"]));
        assert_eq!(world.sent().await.len(), before);
        let confirm = json!({ "way": "authenticator", "code": app.code(&world) });
        assert_eq!(portal.put("/api/session/code", &confirm).await.status, 204);
        assert_eq!(portal.delete("/api/profile/authenticator").await.status, 204);
        assert_eq!(mails(&world, "The authenticator app was removed from your account").await, 1);
        let list = portal.get("/api/profile/second-factors").await.json;
        assert_eq!((&list["recovery_codes_left"], &list["authenticator_since"]), (&json!(0), &Value::Null));
        world.signed_in("priya").await;
    });
}

#[test]
fn an_app_that_was_never_confirmed_changes_nothing() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let first = portal.post("/api/profile/authenticator", &json!({})).await.json;
        let second = portal.post("/api/profile/authenticator", &json!({})).await.json;
        assert_ne!(first["secret"], second["secret"]);
        let stale = Authenticator::of(&first).code(&world);
        let refused = portal.put("/api/profile/authenticator", &json!({ "code": stale })).await;
        assert_eq!((refused.status, &refused.json["code"]), (401, &json!("code_refused")));
        world.signed_in("priya").await;
        let none = portal.post("/api/profile/recovery-codes", &json!({})).await;
        assert_eq!(
            (none.status, &none.json["fields"]["second_factor"]),
            (409, &json!("fault-second-factor-none"))
        );
        let code = Authenticator::of(&second).code(&world);
        assert_eq!(portal.put("/api/profile/authenticator", &json!({ "code": code })).await.status, 200);
        let twice = portal.post("/api/profile/authenticator", &json!({})).await;
        assert_eq!(twice.json["fields"]["authenticator"], "fault-authenticator-there");
    });
}

#[test]
fn a_company_can_ask_a_role_for_it_and_holds_at_once() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let mut other = world.signed_in("tomas").await;
        let mut admin = world.admin().await;
        let path = "/api/admin/features/login.second_factor_required";
        let custom = json!({
            "account_manager": 1, "org_admin": 0, "compliance_officer": 0, "owner": 0, "external_user": 0,
        });
        let changed = admin.put(path, &json!({ "custom": custom, "version": 0 })).await;
        assert_eq!(changed.status, 200, "{}", changed.text);
        let refused = portal.get("/api/chats").await;
        assert_eq!((refused.status, &refused.json["code"]), (403, &json!("second_factor_needed")));
        assert_eq!(other.get("/api/chats").await.status, 200, "another role");
        assert_eq!(portal.get("/api/session").await.json["must_set_up_second_factor"], true);
        assert_eq!(portal.get("/api/profile/second-factors").await.json["is_required"], true);
        let begun = portal.post("/api/profile/authenticator", &json!({})).await.json;
        let app = Authenticator::of(&begun);
        let code = json!({ "code": app.code(&world) });
        assert_eq!(portal.put("/api/profile/authenticator", &code).await.status, 200);
        assert_eq!(portal.get("/api/chats").await.status, 200);
        let last = portal.delete("/api/profile/authenticator").await;
        assert_eq!(last.json["fields"]["second_factor"], "fault-second-factor-required");
        assert!(portal.get("/api/profile/second-factors").await.json["authenticator_since"].is_number());
    });
}

#[test]
fn an_admin_takes_everything_away_from_somebody_who_lost_it() {
    on_every_database(|world| async move {
        let (mut portal, _, _) = set_up(&world).await;
        let mut admin = world.admin().await;
        let path = format!("/api/admin/users/{}/second-factors", world.id("priya").await);
        assert_eq!(portal.delete(&path).await.status, 403, "no admin");
        assert_eq!(admin.delete(&path).await.status, 204);
        assert_eq!(portal.get("/api/session").await.status, 401, "signed out everywhere");
        assert_eq!(mails(&world, "Your sign-in methods were reset").await, 1);
        assert_eq!(admin.delete(&path).await.status, 409, "nothing is left");
        world.signed_in("priya").await;
        let owner = format!("/api/admin/users/{}/second-factors", world.id("olga").await);
        assert_eq!(admin.delete(&owner).await.status, 403, "an owner's only by an owner");
    });
}

#[test]
fn a_sign_in_that_waits_for_a_sent_code_ends_when_something_stronger_is_set_up() {
    on_every_database(|world| async move {
        world.sent().await;
        let (mut waiting, asked) = asked(&world).await;
        assert_eq!(asked["ways"], json!(["sent"]));
        let code = world.newest_code("priya").await;
        set_up(&world).await;
        assert_eq!(answer(&mut waiting, "sent", &code).await, (401, json!("code_spent")));
    });
}

#[test]
fn a_passkey_is_asked_for_with_the_address_and_nonsense_is_refused() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let begun = portal.post("/api/profile/passkeys", &json!({})).await;
        assert_eq!(begun.status, 201, "{}", begun.text);
        let options = &begun.json["options"];
        assert_eq!(options["rp"]["id"], ORIGIN.trim_start_matches("https://"));
        assert_eq!(options["user"]["name"], "priya");
        let nonsense = json!({ "name": "Key", "credential": { "id": "x" } });
        let refused = portal.put("/api/profile/passkeys", &nonsense).await;
        assert_eq!((refused.status, &refused.json["fields"]["passkey"]), (422, &json!("fault-passkey")));
        portal.post("/api/profile/passkeys", &json!({})).await;
        world.clock.advance(5 * MINUTE);
        let late = portal.put("/api/profile/passkeys", &nonsense).await;
        assert_eq!((late.status, &late.json["code"]), (401, &json!("code_spent")), "five minutes");
        let gone = format!("/api/profile/passkeys/{}", causeway_server::clock::random_id());
        assert_eq!(portal.delete(&gone).await.status, 404);
        let (mut browser, _) = asked(&world).await;
        let answer = browser.post("/api/login/code", &json!({ "way": "passkey", "passkey": {} })).await;
        assert_eq!(answer.status, 422);
    });
}

#[test]
fn a_new_browser_and_many_wrong_tries_are_told_once_by_mail() {
    on_every_database(|world| async move {
        let new = "New sign-in to your account";
        world.signed_in("priya").await;
        assert_eq!(mails(&world, new).await, 0, "the first browser of an account");
        let mut known = world.signed_in("priya").await;
        assert_eq!(mails(&world, new).await, 1);
        assert_eq!(known.delete("/api/session").await.status, 204);
        for _ in 0..5 {
            world.clock.advance(MINUTE);
            assert_eq!(known.log_in("lanternbay", "priya", "wrong").await.status, 401);
        }
        world.clock.advance(HOUR);
        assert_eq!(known.log_in("lanternbay", "priya", PASSWORD).await.status, 200);
        let code = world.newest_code("priya").await;
        assert_eq!(answer(&mut known, "sent", &code).await.0, 200);
        assert_eq!(mails(&world, new).await, 1, "a known browser");
        assert_eq!(mails(&world, "Sign-in after many failed attempts").await, 1);
    });
}

#[test]
fn another_address_is_told_to_the_old_one() {
    on_every_database(|world| async move {
        let mut admin = world.admin().await;
        let path = format!("/api/admin/users/{}", world.id("priya").await);
        let mut form = json!({
            "name": "priya", "email": "priya@staff.example", "phone": "+12025550100", "role": "account_manager",
        });
        assert_eq!(admin.put(&path, &form).await.status, 200);
        let subject = "Your email address or phone number was changed";
        assert_eq!(mails(&world, subject).await, 0, "nothing that matters");
        form["email"] = json!("elsewhere@staff.example");
        assert_eq!(admin.put(&path, &form).await.status, 200);
        let sent = world.sent().await;
        let told: Vec<_> = sent.iter().filter(|mail| mail.subject == subject).collect();
        assert_eq!((told.len(), told[0].to.as_str()), (1, "priya@staff.example"));
    });
}

#[test]
fn a_role_that_a_choice_leaves_out_has_to_as_the_page_shows() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let mut other = world.signed_in("tomas").await;
        let path = "/api/admin/features/login.second_factor_required";
        let custom = json!({ "org_admin": 0, "compliance_officer": 0, "owner": 0, "external_user": 0 });
        let changed = world.admin().await.put(path, &json!({ "custom": custom, "version": 0 })).await;
        assert_eq!(changed.status, 200, "{}", changed.text);
        assert_eq!(portal.get("/api/chats").await.status, 403);
        assert_eq!(other.get("/api/chats").await.status, 200);
    });
}
