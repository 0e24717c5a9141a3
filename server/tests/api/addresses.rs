//! Mail addresses and phone numbers: one rule for every door.

use crate::common::{World, browser::Browser, code_in, on_every_database};
use serde_json::{Value, json};

fn user(name: &str, email: &str, phone: &str) -> Value {
    json!({ "name": name, "email": email, "phone": phone, "role": "account_manager" })
}

/// What is wrong with a field of a new user.
async fn fault(admin: &mut Browser, form: &Value, field: &str) -> Value {
    let answer = admin.post("/api/admin/users", form).await;
    assert!([409, 422].contains(&answer.status), "{form}: {}", answer.text);
    answer.json["fields"][field].clone()
}

fn profile(email: &str, phone: &str, country: &str) -> Value {
    json!({
        "first_name": "Siu Ming", "last_name": "Chan", "email": email, "phone": phone, "country": country,
        "language": "", "external_company": null, "tags": [],
    })
}

#[test]
fn users_have_numbers_as_people_paste_them() {
    on_every_database(|world| async move {
        let mut mei = world.admin().await;
        for (number, (typed, kept)) in [
            ("\u{202a}+852 6123 4567\u{202c}", "+85261234567"),
            ("＋８５２６１２３４５６７", "+85261234567"),
            ("+49 (0)30/901820", "+4930901820"),
            ("'+85261234567", "+85261234567"),
            ("85261234567", "+85261234567"),
            ("0085261234567", "+85261234567"),
            ("+52 1 55 1234 5678", "+525512345678"),
            ("", ""),
        ]
        .into_iter()
        .enumerate()
        {
            let form = user("Nora", &format!("nora{number}@x.example"), typed);
            let answer = mei.post("/api/admin/users", &form).await;
            assert_eq!(
                (answer.status, &answer.json["phone"]),
                (201, &json!(kept)),
                "{typed:?}: {}",
                answer.text
            );
        }
        for (typed, wrong) in [
            ("12", "fault-phone"),
            ("6123 4567", "fault-phone"),
            ("+1 900 234 5678", "fault-phone-special"),
            ("+870 773 111 632", "fault-phone-special"),
            ("+44 70 1234 5678", "fault-phone-special"),
        ] {
            assert_eq!(
                fault(&mut mei, &user("Nora", "no@x.example", typed), "phone").await,
                wrong,
                "{typed}"
            );
        }
    });
}

#[test]
fn a_profile_and_an_invitation_read_numbers_alike() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let path = format!("/api/contacts/{}", world.id("lukas").await);
        for (typed, country, kept) in [
            ("+852 6123 4598", "HK", "+85261234598"),
            ("6123 4598", "HK", "+85261234598"),
            ("0086 138 1234 5678", "HK", "+8613812345678"),
            ("+52 1 55 1234 5678", "MX", "+525512345678"),
        ] {
            let answer = priya.put(&path, &profile("", typed, country)).await;
            assert_eq!((answer.status, &answer.json["profile"]["phone"]), (200, &json!(kept)), "{typed}");
            let identity = json!({ "channel": "causeway", "country": country, "phone": typed });
            let answer = priya.post("/api/invitations/identity", &identity).await;
            assert_eq!((answer.status, &answer.json["address"]), (200, &json!(kept)), "{typed}");
        }
        for typed in ["+870 773 111 632", "+881 6514 12345", "+979 123 456 789", "+1 800 234 5678"] {
            let answer = priya.put(&path, &profile("", typed, "HK")).await;
            assert_eq!(answer.status, 422, "{typed}");
            let identity = json!({ "channel": "causeway", "country": "HK", "phone": typed });
            assert_eq!(priya.post("/api/invitations/identity", &identity).await.status, 422, "{typed}");
        }
    });
}

#[test]
fn addresses_that_the_mailer_refuses_are_refused_at_every_door() {
    on_every_database(|world| async move {
        let (mut mei, mut priya) = (world.admin().await, world.signed_in("priya").await);
        let link = world.open_registration("priya").await;
        let path = format!("/api/contacts/{}", world.id("lukas").await);
        let long = format!("field@{}.example", "a".repeat(64));
        for (typed, wrong) in [
            ("field..4177487c@docomo.example", "fault-email-dots"),
            ("field.@docomo.example", "fault-email-dots"),
            ("field@docomo", "fault-email-domain"),
            ("field@-docomo.example", "fault-email-domain"),
            (long.as_str(), "fault-email-domain"),
            ("fie ld@docomo.example", "fault-email"),
            ("<field>@docomo.example", "fault-email"),
        ] {
            assert_eq!(fault(&mut mei, &user("Nora", typed, ""), "email").await, wrong, "{typed}");
            let answer = priya.put(&path, &profile(typed, "", "")).await;
            assert_eq!((answer.status, &answer.json["fields"]["email"]), (422, &json!(wrong)), "{typed}");
            let identity = json!({ "channel": "causeway", "email": typed });
            let answer = priya.post("/api/invitations/identity", &identity).await;
            assert_eq!((answer.status, &answer.json["fields"]["email"]), (422, &json!(wrong)), "{typed}");
            let form = json!({ "name": "Erin", "email": typed, "language": "en" });
            let answer = world.browser().post(&format!("/api/registration/{link}"), &form).await;
            assert_eq!((answer.status, &answer.json["fields"]["email"]), (422, &json!(wrong)), "{typed}");
            let start = json!({ "country": "", "address": typed });
            let answer = world.browser().post("/api/onboarding/lanternbay", &start).await;
            assert_eq!((answer.status, &answer.json["fields"]["address"]), (422, &json!(wrong)), "{typed}");
        }
        let pasted = mei.post("/api/admin/users", &user("Nora", "\u{200b}nora@x.example", "")).await;
        assert_eq!((pasted.status, &pasted.json["email"]), (201, &json!("nora@x.example")));
        let umlaut = mei.post("/api/admin/users", &user("Cy", "cy@bücher.example", "")).await;
        assert_eq!((umlaut.status, &umlaut.json["email"]), (201, &json!("cy@bücher.example")));
        assert!(
            world.newest_to("cy@xn--bcher-kva.example").await.is_some(),
            "mail goes to the domain in ASCII"
        );
    });
}

#[test]
fn no_two_active_users_have_one_address() {
    on_every_database(|world| async move {
        let mut mei = world.admin().await;
        let form = |name: &str, email: &str| json!({ "name": name, "username": name, "email": email, "role": "account_manager" });
        let first = mei.post("/api/admin/users", &form("twin", "Twin@bücher.example")).await;
        assert_eq!(first.status, 201, "{}", first.text);
        for same in ["twin@bücher.example", "TWIN@xn--bcher-kva.example", "\u{200b}twin@BÜCHER.example"] {
            assert_eq!(fault(&mut mei, &form("other", same), "email").await, "fault-email-used", "{same:?}");
        }
        let other = mei.post("/api/admin/users", &form("other", "other@x.example")).await.json;
        let path = format!("/api/admin/users/{}", other["person"]["id"].as_str().unwrap());
        let refused = mei.put(&path, &form("other", "twin@bücher.example")).await;
        assert_eq!((refused.status, &refused.json["fields"]["email"]), (409, &json!("fault-email-used")));
        assert_eq!(mei.put(&path, &form("Other", "OTHER@x.example")).await.status, 200, "its own address");
        // Who has left keeps no address from others, and comes back with another one.
        let gone = format!("/api/admin/users/{}/inactive", first.json["person"]["id"].as_str().unwrap());
        assert_eq!(mei.put(&gone, &json!({})).await.status, 200);
        assert_eq!(mei.put(&path, &form("other", "twin@bücher.example")).await.status, 200);
        let refused = mei.delete(&gone).await;
        assert_eq!((refused.status, &refused.json["fields"]["email"]), (409, &json!("fault-email-used")));
    });
}

#[test]
fn of_many_who_take_one_address_at_once_one_gets_it() {
    on_every_database(|world| async move {
        let mei = world.admin().await;
        let mut tries = tokio::task::JoinSet::new();
        for number in 0..6 {
            let mut mei = mei.clone();
            tries.spawn(async move {
                let form = json!({
                    "name": format!("n{number}"), "username": format!("n{number}"), "email": "same@x.example",
                    "role": "account_manager",
                });
                mei.post("/api/admin/users", &form).await.status
            });
        }
        let mut done = tries.join_all().await;
        done.sort_unstable();
        assert_eq!(done, [201, 409, 409, 409, 409, 409]);
    });
}

/// Invited by mail with one spelling; the client types another; the code comes.
async fn comes(world: &World, invited: &str, typed: &str) {
    let mut priya = world.signed_in("priya").await;
    let body = json!({
        "identity": { "channel": "wechat", "email": invited },
        "profile": { "kind": "new", "profile": profile("", "", "") },
    });
    let answer = priya.post("/api/invitations", &body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    assert_eq!(answer.json["contact"]["channels"][0]["address"], invited, "shown as it was given");
    let mut phone = world.browser();
    let answer = phone.post("/api/onboarding/lanternbay", &json!({ "country": "", "address": typed })).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let (local, domain) = invited.split_once('@').unwrap();
    let domain = if domain.is_ascii() { domain.to_lowercase() } else { "xn--bcher-kva.example".to_owned() };
    let mail = world.newest_to(&format!("{local}@{domain}")).await.expect("a mail");
    let answer = phone.put("/api/onboarding-code", &json!({ "code": code_in(&mail.body) })).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

#[test]
fn a_client_gets_the_code_in_whatever_spelling_the_address_was_invited() {
    on_every_database(|world| async move {
        comes(&world, "Ana.Field@Example.example", "ana.field@example.example").await;
        comes(&world, "cy.field@bücher.example", "cy.field@xn--bcher-kva.example").await;
        comes(&world, "dee@xn--bcher-kva.example", "Dee@BÜCHER.example").await;
        comes(&world, "eve@example.example", "\u{200b}ＥＶＥ@example。example").await;
    });
}

#[test]
fn one_address_registers_once_however_it_is_spelt() {
    on_every_database(|world| async move {
        world.open_registration("priya").await;
        let link = world.registration_link().await;
        world.registered("erin@xn--bcher-kva.example").await;
        let form = json!({ "name": "Erin", "email": "Erin@bücher.example", "language": "en" });
        let mut again = world.browser();
        assert_eq!(again.post(&format!("/api/registration/{link}"), &form).await.status, 200);
        let mail = world.newest_to("erin@xn--bcher-kva.example").await.unwrap();
        assert_eq!(mail.subject, "You already have an account at Lantern Bay Capital");
    });
}
