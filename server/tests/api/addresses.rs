//! Mail addresses and phone numbers: one rule for every door.

use crate::common::{World, browser::Browser, forms, on_every_database};
use causeway_api::{
    chats::Channel,
    contacts::{CheckedIdentity, Contact, Invited, Profile},
    people::Role,
    users::{User, UserForm},
};
use serde_json::json;

fn user(name: &str, email: &str, phone: &str) -> UserForm {
    UserForm { email: email.to_owned(), phone: phone.to_owned(), ..forms::user(name, Role::AccountManager) }
}

/// What is wrong with a field of a new user.
async fn fault(admin: &mut Browser, form: &UserForm, field: &str) -> String {
    let answer = admin.post("/api/admin/users", form).await;
    assert!([409, 422].contains(&answer.status), "{form:?}: {}", answer.text);
    answer.fault(field).1.to_owned()
}

fn profile(email: &str, phone: &str, country: &str) -> Profile {
    Profile {
        email: email.to_owned(),
        phone: phone.to_owned(),
        country: country.to_owned(),
        ..forms::profile("Siu Ming", "Chan")
    }
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
            assert_eq!(answer.status, 201, "{typed:?}: {}", answer.text);
            assert_eq!(answer.read::<User>().phone, kept, "{typed:?}");
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
        let path = format!("/api/contacts/{}", world.id("lukas"));
        for (typed, country, kept) in [
            ("+852 6123 4598", "HK", "+85261234598"),
            ("6123 4598", "HK", "+85261234598"),
            ("0086 138 1234 5678", "HK", "+8613812345678"),
            ("+52 1 55 1234 5678", "MX", "+525512345678"),
        ] {
            let answer = priya.put(&path, &profile("", typed, country)).await;
            assert_eq!(answer.read::<Contact>().profile.phone, kept, "{typed}");
            let identity = forms::by_phone(Channel::Causeway, country, typed);
            let answer = priya.post("/api/invitations/identity", &identity).await;
            assert_eq!(
                (answer.status, answer.read::<CheckedIdentity>().address.as_str()),
                (200, kept),
                "{typed}"
            );
        }
        for typed in ["+870 773 111 632", "+881 6514 12345", "+979 123 456 789", "+1 800 234 5678"] {
            let answer = priya.put(&path, &profile("", typed, "HK")).await;
            assert_eq!(answer.status, 422, "{typed}");
            let identity = forms::by_phone(Channel::Causeway, "HK", typed);
            assert_eq!(priya.post("/api/invitations/identity", &identity).await.status, 422, "{typed}");
        }
    });
}

#[test]
fn addresses_that_the_mailer_refuses_are_refused_at_every_door() {
    on_every_database(|world| async move {
        let (mut mei, mut priya) = (world.admin().await, world.signed_in("priya").await);
        let link = world.open_registration("priya").await;
        let path = format!("/api/contacts/{}", world.id("lukas"));
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
            assert_eq!(answer.fault("email"), (422, wrong), "{typed}");
            let identity = forms::by_email(Channel::Causeway, typed);
            let answer = priya.post("/api/invitations/identity", &identity).await;
            assert_eq!(answer.fault("email"), (422, wrong), "{typed}");
            let path = format!("/api/registration/{link}");
            let answer = world.browser().post(&path, &forms::register(typed)).await;
            assert_eq!(answer.fault("email"), (422, wrong), "{typed}");
            let start = forms::onboarding("", typed);
            let answer = world.browser().post("/api/onboarding/lanternbay", &start).await;
            assert_eq!(answer.fault("address"), (422, wrong), "{typed}");
        }
        let pasted = mei.post("/api/admin/users", &user("Nora", "\u{200b}nora@x.example", "")).await;
        assert_eq!((pasted.status, pasted.read::<User>().email.as_str()), (201, "nora@x.example"));
        let umlaut = mei.post("/api/admin/users", &user("Cy", "cy@bücher.example", "")).await;
        assert_eq!((umlaut.status, umlaut.read::<User>().email.as_str()), (201, "cy@bücher.example"));
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
        let form = |name: &str, email: &str| UserForm { username: name.to_owned(), ..user(name, email, "") };
        let first = mei.post("/api/admin/users", &form("twin", "Twin@bücher.example")).await;
        assert_eq!(first.status, 201, "{}", first.text);
        for same in ["twin@bücher.example", "TWIN@xn--bcher-kva.example", "\u{200b}twin@BÜCHER.example"] {
            assert_eq!(fault(&mut mei, &form("other", same), "email").await, "fault-email-used", "{same:?}");
        }
        let other: User = mei.post("/api/admin/users", &form("other", "other@x.example")).await.read();
        let path = format!("/api/admin/users/{}", other.person.id);
        let refused = mei.put(&path, &form("other", "twin@bücher.example")).await;
        assert_eq!(refused.fault("email"), (409, "fault-email-used"));
        assert_eq!(mei.put(&path, &form("Other", "OTHER@x.example")).await.status, 200, "its own address");
        // Who has left keeps no address from others, and comes back with another one.
        let gone = format!("/api/admin/users/{}/inactive", first.read::<User>().person.id);
        assert_eq!(mei.put(&gone, &json!({})).await.status, 200);
        assert_eq!(mei.put(&path, &form("other", "twin@bücher.example")).await.status, 200);
        let refused = mei.delete(&gone).await;
        assert_eq!(refused.fault("email"), (409, "fault-email-used"));
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
                let name = format!("n{number}");
                let form = UserForm { username: name.clone(), ..user(&name, "same@x.example", "") };
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
    let new = forms::invitation(forms::by_email(Channel::Wechat, invited), profile("", "", ""));
    let answer = priya.post("/api/invitations", &new).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    assert_eq!(answer.read::<Invited>().contact.channels[0].address, invited, "shown as it was given");
    let mut phone = world.browser();
    let answer = phone.post("/api/onboarding/lanternbay", &forms::onboarding("", typed)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let (local, domain) = invited.split_once('@').unwrap();
    let domain = if domain.is_ascii() { domain.to_lowercase() } else { "xn--bcher-kva.example".to_owned() };
    let code = world.code_to(&format!("{local}@{domain}")).await;
    let answer = phone.put("/api/onboarding-code", &forms::code(&code)).await;
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
        let link = world.db_registration_link().await;
        world.registered("erin@xn--bcher-kva.example").await;
        let form = forms::register("Erin@bücher.example");
        let mut again = world.browser();
        assert_eq!(again.post(&format!("/api/registration/{link}"), &form).await.status, 200);
        let mail = world.newest_to("erin@xn--bcher-kva.example").await.unwrap();
        assert_eq!(mail.subject, "You already have an account at Lantern Bay Capital");
    });
}
