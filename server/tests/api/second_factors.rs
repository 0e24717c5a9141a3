//! Stronger sign-in: authenticator apps, recovery codes, passkeys, what a company asks for, and who is told.

use crate::common::{
    ORIGIN, PASSWORD, World,
    answer::Answer,
    browser::Browser,
    forms::{self, numbers},
    on_every_database,
};
use causeway_api::{
    ProblemCode,
    auth::{CodeSent, ConfirmCode, Session},
    people::Role,
    second_factors::{AuthenticatorSetup, PasskeyOptions, RecoveryCodes, SecondFactors, Way},
    users::UserForm,
};
use causeway_server::clock::{HOUR, MINUTE, SECOND};
use serde_json::{Value, json};
use totp_rs::{Builder, Secret, Totp};

const REFUSED: (u16, ProblemCode) = (401, ProblemCode::CodeRefused);
const SPENT: (u16, ProblemCode) = (401, ProblemCode::CodeSpent);

/// An authenticator app beside the server's clock.
struct Authenticator(Totp);

impl Authenticator {
    fn of(setup: &AuthenticatorSetup) -> Self {
        let (secret, address) = (setup.secret.replace(' ', ""), &setup.address);
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

/// Begins to set up an authenticator app.
async fn begin(portal: &mut Browser) -> AuthenticatorSetup {
    let begun = portal.post("/api/profile/authenticator", &json!({})).await;
    assert_eq!(begun.status, 201, "{}", begun.text);
    begun.read()
}

/// Confirms the first code of an authenticator app.
async fn confirm(portal: &mut Browser, code: String) -> Answer {
    portal.put("/api/profile/authenticator", &forms::authenticator(code)).await
}

async fn second_factors(portal: &mut Browser) -> SecondFactors {
    portal.get("/api/profile/second-factors").await.read()
}

/// Priya in a browser in which she has set up an authenticator app; her recovery codes.
async fn set_up(world: &World) -> (Browser, Authenticator, Vec<String>) {
    let mut portal = world.signed_in("priya").await;
    let app = Authenticator::of(&begin(&mut portal).await);
    let done = confirm(&mut portal, app.code(world)).await;
    assert_eq!(done.status, 200, "{}", done.text);
    let codes = done.read::<RecoveryCodes>().codes;
    // The code that was just used is good for once.
    world.clock.advance(MINUTE);
    (portal, app, codes)
}

/// A browser in which Priya has typed her password; what it is asked for.
async fn asked(world: &World) -> (Browser, CodeSent) {
    let mut browser = world.browser();
    let answer = browser.log_in("lanternbay", "priya", PASSWORD).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let sent = answer.read();
    (browser, sent)
}

async fn answer(browser: &mut Browser, way: Way, code: &str) -> Answer {
    browser.post("/api/login/code", &ConfirmCode { way, ..forms::code(code) }).await
}

async fn mails(world: &World, subject: &str) -> usize {
    world.sent().await.iter().filter(|mail| mail.subject == subject).count()
}

#[test]
fn an_authenticator_app_takes_the_place_of_codes_that_are_sent() {
    on_every_database(|world| async move {
        let (mut portal, app, codes) = set_up(&world).await;
        assert_eq!(codes.len(), 10);
        let list = second_factors(&mut portal).await;
        assert_eq!((list.recovery_codes_left, list.can_use_passkeys), (10, true));
        assert!(list.authenticator_since.is_some());
        assert_eq!(mails(&world, "An authenticator app was set up for your account").await, 1);
        let before = world.sent().await.len();
        let (mut browser, asked) = asked(&world).await;
        assert_eq!(asked.ways, [Way::Authenticator, Way::RecoveryCode]);
        assert_eq!((asked.phone.as_str(), asked.email.as_str(), asked.resend_in), ("", "", None));
        assert_eq!(world.sent().await.len(), before, "nothing is sent");
        assert_eq!(browser.post("/api/login/resend", &json!({})).await.status, 401, "nor sent again");
        assert_eq!(answer(&mut browser, Way::Sent, &app.code(&world)).await.refusal(), REFUSED);
        assert_eq!(answer(&mut browser, Way::Authenticator, &app.code(&world)).await.status, 200);
        assert_eq!(browser.get("/api/session").await.read::<Session>().me.name, "priya");
    });
}

#[test]
fn a_step_is_good_for_once_and_one_step_to_either_side() {
    on_every_database(|world| async move {
        let (_, app, _) = set_up(&world).await;
        let code = app.code(&world);
        world.clock.advance(30 * SECOND);
        let (mut first, _) = asked(&world).await;
        assert_eq!(answer(&mut first, Way::Authenticator, &code).await.status, 200, "one step late");
        let (mut again, _) = asked(&world).await;
        assert_eq!(answer(&mut again, Way::Authenticator, &code).await.refusal(), REFUSED, "once");
        let code = app.code(&world);
        world.clock.advance(60 * SECOND);
        assert_eq!(answer(&mut again, Way::Authenticator, &code).await.refusal(), REFUSED, "too late");
        assert_eq!(answer(&mut again, Way::Authenticator, &app.code(&world)).await.status, 200);
    });
}

#[test]
fn two_hundred_browsers_with_one_step_are_one_sign_in() {
    on_every_database(|world| async move {
        let (_, app, codes) = set_up(&world).await;
        for (way, code) in [(Way::Authenticator, app.code(&world)), (Way::RecoveryCode, codes[0].clone())] {
            let (browser, _) = asked(&world).await;
            let mut tries = tokio::task::JoinSet::new();
            for _ in 0..200_u8 {
                let (mut browser, code) = (browser.clone(), code.clone());
                tries.spawn(async move { answer(&mut browser, way, &code).await.status });
            }
            let statuses = tries.join_all().await;
            assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{way:?}");
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
            assert_eq!(answer(&mut browser, Way::Authenticator, wrong).await.refusal(), REFUSED);
        }
        assert_eq!(answer(&mut browser, Way::Authenticator, &app.code(&world)).await.refusal(), SPENT);
        let (mut browser, _) = asked(&world).await;
        for _ in 0..4 {
            answer(&mut browser, Way::Authenticator, wrong).await;
        }
        assert_eq!(answer(&mut browser, Way::Authenticator, &app.code(&world)).await.status, 200);
    });
}

#[test]
fn a_recovery_code_is_good_for_once_and_its_owner_is_told() {
    on_every_database(|world| async move {
        let (mut portal, _, codes) = set_up(&world).await;
        let (mut browser, _) = asked(&world).await;
        let typed = codes[3].to_lowercase().replace('-', " ");
        assert_eq!(answer(&mut browser, Way::RecoveryCode, &typed).await.status, 200);
        let mail = world.newest_to("priya@staff.example").await.unwrap();
        let told = world.sent().await;
        let told =
            told.iter().find(|mail| mail.subject == "A recovery code of your account was used").unwrap();
        assert!(told.body.contains("Codes left: 9"), "{}", told.body);
        assert_eq!(mail.to, told.to);
        let (mut again, _) = asked(&world).await;
        assert_eq!(answer(&mut again, Way::RecoveryCode, &codes[3]).await.refusal(), REFUSED);
        assert_eq!(answer(&mut again, Way::RecoveryCode, "short").await.status, 422);
        let renewed = portal.post("/api/profile/recovery-codes", &json!({})).await;
        assert_eq!((renewed.status, renewed.read::<RecoveryCodes>().codes.len()), (201, 10));
        assert_eq!(answer(&mut again, Way::RecoveryCode, &codes[4]).await.refusal(), REFUSED, "old");
        let fresh = &renewed.read::<RecoveryCodes>().codes[0];
        assert_eq!(answer(&mut again, Way::RecoveryCode, fresh).await.status, 200);
    });
}

#[test]
fn neither_seed_nor_recovery_code_can_be_read_in_the_database() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let begun = begin(&mut portal).await;
        let seed = Secret::try_from_base32(begun.secret.replace(' ', "")).unwrap();
        let row = world.app.store.enrolled(world.bay.id, world.id("priya")).await.unwrap();
        let kept = row.authenticator.unwrap().sealed_seed;
        assert!(!kept.windows(8).any(|part| part == &seed.as_bytes()[..8]));
        // A row that was copied to someone else opens nothing.
        let mut daniel = world.signed_in("daniel").await;
        begin(&mut daniel).await;
        world
            .db_execute(
                "UPDATE authenticator SET sealed_seed = (SELECT a.sealed_seed FROM authenticator a \
                 JOIN person p ON p.id = a.person_id WHERE p.name = 'priya')",
            )
            .await
            .unwrap();
        let app = Authenticator::of(&begun);
        let stolen = confirm(&mut daniel, app.code(&world)).await;
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
            assert_eq!(refused.refusal(), (403, ProblemCode::ConfirmAgain), "{path}");
        }
        let before = world.sent().await.len();
        let asked: CodeSent = portal.post("/api/session/code", &json!({})).await.read();
        assert_eq!(asked.ways, [Way::Authenticator, Way::RecoveryCode]);
        assert_eq!(world.sent().await.len(), before);
        let confirmed = ConfirmCode { way: Way::Authenticator, ..ConfirmCode::of(app.code(&world)) };
        assert_eq!(portal.put("/api/session/code", &confirmed).await.status, 204);
        assert_eq!(portal.delete("/api/profile/authenticator").await.status, 204);
        assert_eq!(mails(&world, "The authenticator app was removed from your account").await, 1);
        let list = second_factors(&mut portal).await;
        assert_eq!((list.recovery_codes_left, list.authenticator_since), (0, None));
        world.signed_in("priya").await;
    });
}

#[test]
fn an_app_that_was_never_confirmed_changes_nothing() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let first = begin(&mut portal).await;
        let second = begin(&mut portal).await;
        assert_ne!(first.secret, second.secret);
        let stale = Authenticator::of(&first).code(&world);
        let refused = confirm(&mut portal, stale).await;
        assert_eq!(refused.refusal(), REFUSED);
        world.signed_in("priya").await;
        let none = portal.post("/api/profile/recovery-codes", &json!({})).await;
        assert_eq!(none.fault("second_factor"), (409, "fault-second-factor-none"));
        let code = Authenticator::of(&second).code(&world);
        assert_eq!(confirm(&mut portal, code).await.status, 200);
        let twice = portal.post("/api/profile/authenticator", &json!({})).await;
        assert_eq!(twice.problem().fields["authenticator"], "fault-authenticator-there");
    });
}

#[test]
fn a_company_can_ask_a_role_for_it_and_holds_at_once() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let mut other = world.signed_in("tomas").await;
        let mut admin = world.admin().await;
        let key = "login.second_factor_required";
        let custom = numbers([
            ("account_manager", 1),
            ("org_admin", 0),
            ("compliance_officer", 0),
            ("owner", 0),
            ("external_user", 0),
        ]);
        let changed = admin.change_feature(key, custom, 0).await;
        assert_eq!(changed.status, 200, "{}", changed.text);
        let refused = portal.get("/api/chats").await;
        assert_eq!(refused.refusal(), (403, ProblemCode::SecondFactorNeeded));
        assert_eq!(other.get("/api/chats").await.status, 200, "another role");
        assert!(portal.get("/api/session").await.read::<Session>().must_set_up_second_factor);
        assert!(second_factors(&mut portal).await.is_required);
        let app = Authenticator::of(&begin(&mut portal).await);
        assert_eq!(confirm(&mut portal, app.code(&world)).await.status, 200);
        assert_eq!(portal.get("/api/chats").await.status, 200);
        let last = portal.delete("/api/profile/authenticator").await;
        assert_eq!(last.problem().fields["second_factor"], "fault-second-factor-required");
        assert!(second_factors(&mut portal).await.authenticator_since.is_some());
    });
}

#[test]
fn an_admin_takes_everything_away_from_somebody_who_lost_it() {
    on_every_database(|world| async move {
        let (mut portal, _, _) = set_up(&world).await;
        let mut admin = world.admin().await;
        let path = format!("/api/admin/users/{}/second-factors", world.id("priya"));
        assert_eq!(portal.delete(&path).await.status, 403, "no admin");
        assert_eq!(admin.delete(&path).await.status, 204);
        assert_eq!(portal.get("/api/session").await.status, 401, "signed out everywhere");
        assert_eq!(mails(&world, "Your sign-in methods were reset").await, 1);
        assert_eq!(admin.delete(&path).await.status, 409, "nothing is left");
        world.signed_in("priya").await;
        let owner = format!("/api/admin/users/{}/second-factors", world.id("olga"));
        assert_eq!(admin.delete(&owner).await.status, 403, "an owner's only by an owner");
    });
}

#[test]
fn a_sign_in_that_waits_for_a_sent_code_ends_when_something_stronger_is_set_up() {
    on_every_database(|world| async move {
        world.sent().await;
        let (mut waiting, asked) = asked(&world).await;
        assert_eq!(asked.ways, [Way::Sent]);
        let code = world.newest_code("priya").await;
        set_up(&world).await;
        assert_eq!(answer(&mut waiting, Way::Sent, &code).await.refusal(), SPENT);
    });
}

#[test]
fn a_passkey_is_asked_for_with_the_address_and_nonsense_is_refused() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let begun = portal.post("/api/profile/passkeys", &json!({})).await;
        assert_eq!(begun.status, 201, "{}", begun.text);
        let options: Value = serde_json::from_str(begun.read::<PasskeyOptions>().options.text()).unwrap();
        assert_eq!(options["rp"]["id"], ORIGIN.trim_start_matches("https://"));
        assert_eq!(options["user"]["name"], "priya");
        let nonsense = json!({ "name": "Key", "credential": { "id": "x" } });
        let refused = portal.put("/api/profile/passkeys", &nonsense).await;
        assert_eq!(refused.fault("passkey"), (422, "fault-passkey"));
        portal.post("/api/profile/passkeys", &json!({})).await;
        world.clock.advance(5 * MINUTE);
        let late = portal.put("/api/profile/passkeys", &nonsense).await;
        assert_eq!(late.refusal(), SPENT, "five minutes");
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
        assert_eq!(answer(&mut known, Way::Sent, &code).await.status, 200);
        assert_eq!(mails(&world, new).await, 1, "a known browser");
        assert_eq!(mails(&world, "Sign-in after many failed attempts").await, 1);
    });
}

#[test]
fn another_address_is_told_to_the_old_one() {
    on_every_database(|world| async move {
        let mut admin = world.admin().await;
        let path = format!("/api/admin/users/{}", world.id("priya"));
        let mut form =
            UserForm { phone: "+12025550100".to_owned(), ..forms::user("priya", Role::AccountManager) };
        assert_eq!(admin.put(&path, &form).await.status, 200);
        let subject = "Your email address or phone number was changed";
        assert_eq!(mails(&world, subject).await, 0, "nothing that matters");
        "elsewhere@staff.example".clone_into(&mut form.email);
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
        let key = "login.second_factor_required";
        let custom =
            numbers([("org_admin", 0), ("compliance_officer", 0), ("owner", 0), ("external_user", 0)]);
        let changed = world.admin().await.change_feature(key, custom, 0).await;
        assert_eq!(changed.status, 200, "{}", changed.text);
        assert_eq!(portal.get("/api/chats").await.status, 403);
        assert_eq!(other.get("/api/chats").await.status, 200);
    });
}
