//! Devices: the list, signing one out, and linking a phone step by step.

use crate::common::{World, answer::Answer, browser::Browser, forms, on_every_database};
use causeway_api::{
    ProblemCode,
    auth::Session,
    devices::{
        Activation, ActivationLogIn, Device, DeviceLink, DeviceList, LinkCode, LinkStep, OpenActivation,
        RenameDevice, ThisDevice,
    },
    features::FeatureValue,
    notifications::{Notice, NotificationPage},
};
use causeway_server::clock::{DAY, MINUTE};
use serde_json::json;

async fn link(portal: &mut Browser) -> LinkCode {
    let answer = portal.post("/api/device-links", &json!({})).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.read()
}

/// Shows the code of a link on a phone.
async fn show(phone: &mut Browser, link: &LinkCode) -> Answer {
    phone.post("/api/activation", &forms::activation(&link.code)).await
}

/// A phone that has shown the code of a link.
async fn opened(world: &World, link: &LinkCode) -> Browser {
    let mut phone = world.browser();
    let answer = show(&mut phone, link).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    phone
}

async fn log_in(phone: &mut Browser, username: &str) -> u16 {
    phone.post("/api/activation/login", &forms::activation_log_in(username)).await.status
}

/// A phone on which Priya has signed in, and the number it shows.
async fn compared(world: &World, link: &LinkCode) -> (Browser, String) {
    world.sent().await;
    let mut phone = opened(world, link).await;
    assert_eq!(log_in(&mut phone, "priya").await, 200);
    let sign_in_code = world.newest_code("priya").await;
    let answer = phone.put("/api/activation/code", &forms::code(&sign_in_code)).await;
    let activation: Activation = answer.read();
    assert_eq!((answer.status, activation.step), (200, LinkStep::Confirm), "{}", answer.text);
    (phone, activation.number.unwrap())
}

fn path(link: &LinkCode) -> String {
    format!("/api/device-links/{}", link.id)
}

async fn finish(phone: &mut Browser) -> Answer {
    phone.post("/api/activation/session", &json!({})).await
}

/// A phone that is linked to Priya's account.
async fn linked(world: &World, portal: &mut Browser) -> Browser {
    let link = link(portal).await;
    let (mut phone, number) = compared(world, &link).await;
    assert_eq!(portal.put(&path(&link), &forms::number(&number)).await.status, 204);
    assert_eq!(finish(&mut phone).await.status, 200);
    phone
}

async fn step(portal: &mut Browser, link: &LinkCode) -> LinkStep {
    portal.get(&path(link)).await.read::<DeviceLink>().step
}

async fn devices(portal: &mut Browser) -> Vec<Device> {
    portal.get("/api/devices").await.read::<DeviceList>().devices
}

#[test]
fn a_phone_is_linked_step_by_step_and_the_owner_is_told() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let link = link(&mut portal).await;
        assert_eq!(step(&mut portal, &link).await, LinkStep::Waiting);
        let (mut phone, number) = compared(&world, &link).await;
        assert_eq!(step(&mut portal, &link).await, LinkStep::Confirm);
        assert_eq!(phone.get("/api/session").await.status, 401, "not before the number is compared");
        assert_eq!(finish(&mut phone).await.refusal(), (401, ProblemCode::CodeSpent));
        assert_eq!(portal.put(&path(&link), &forms::number(&number)).await.status, 204);
        assert_eq!(phone.get("/api/activation").await.read::<Activation>().step, LinkStep::Approved);
        assert_eq!(finish(&mut phone).await.status, 200);
        assert_eq!(finish(&mut phone).await.status, 401, "once");
        let is_linked = async |browser: &mut Browser| {
            browser.get("/api/activation/device").await.read::<ThisDevice>().is_linked
        };
        assert!(is_linked(&mut phone).await);
        assert!(!is_linked(&mut portal).await, "somebody just signed in here");
        assert_eq!(phone.get("/api/session").await.read::<Session>().me.name, "priya");
        assert_eq!(step(&mut portal, &link).await, LinkStep::Linked);
        let DeviceList { devices, link_limit } = portal.get("/api/devices").await.read();
        assert_eq!((devices.len(), link_limit), (2, 5));
        assert_eq!((devices[0].is_current, devices[0].linked_at), (true, None));
        assert_eq!(devices[1].linked_at, Some(world.clock.now()));
        let told: NotificationPage = portal.get("/api/notifications").await.read();
        assert!(matches!(told.page.items[0].notice, Notice::DeviceLinked { .. }), "{told:?}");
        let mails =
            async |subject: &str| world.sent().await.iter().filter(|mail| mail.subject == subject).count();
        assert_eq!(mails("A device was linked to your account").await, 1);
        assert_eq!(mails("A device was linked to your account yesterday").await, 0);
        world.clock.advance(DAY);
        assert_eq!(mails("A device was linked to your account yesterday").await, 1);
    });
}

#[test]
fn the_secret_of_the_qr_code_opens_the_same_link() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let link = link(&mut portal).await;
        let (page, secret) = link.address.split_once('#').unwrap();
        assert_eq!((page, secret.len()), ("https://chat.test.example/activate", 22), "128 bits");
        let mut phone = world.browser();
        let answer = phone.post("/api/activation", &OpenActivation::Secret(secret.to_owned())).await;
        assert_eq!(answer.read::<Activation>().company, "Lantern Bay Capital");
        let other = show(&mut world.browser(), &link).await;
        assert_eq!(other.refusal(), (401, ProblemCode::CodeSpent), "one phone only");
    });
}

#[test]
fn a_code_lives_ten_minutes_and_an_earlier_one_ends_with_the_next() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let first = link(&mut portal).await;
        let second = link(&mut portal).await;
        assert_eq!(show(&mut world.browser(), &first).await.status, 401);
        world.clock.advance(10 * MINUTE - 1);
        opened(&world, &second).await;
        let third = link(&mut portal).await;
        world.clock.advance(10 * MINUTE);
        assert_eq!(show(&mut world.browser(), &third).await.status, 401);
        assert_eq!(step(&mut portal, &third).await, LinkStep::Expired);
        world.clock.advance(MINUTE);
        let again = portal.post("/api/device-links", &json!({})).await;
        assert_eq!(again.refusal(), (403, ProblemCode::ConfirmAgain), "a recent sign-in");
    });
}

#[test]
fn two_hundred_phones_with_one_code_are_one_phone() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let link = link(&mut portal).await;
        let mut tries = tokio::task::JoinSet::new();
        for number in 0..200_u8 {
            let (mut phone, body) = (world.browser(), forms::activation(&link.code));
            phone.address = std::net::Ipv4Addr::new(10, 0, number, 1).into();
            tries.spawn(async move { phone.post("/api/activation", &body).await.status });
        }
        let statuses = tries.join_all().await;
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| [200, 401].contains(status)));
    });
}

#[test]
fn one_approved_phone_comes_in_once_however_often_it_tries() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let link = link(&mut portal).await;
        let (phone, number) = compared(&world, &link).await;
        assert_eq!(portal.put(&path(&link), &forms::number(&number)).await.status, 204);
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let mut phone = phone.clone();
            tries.spawn(async move { finish(&mut phone).await.status });
        }
        let statuses = tries.join_all().await;
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    });
}

#[test]
fn a_code_is_of_no_use_to_anybody_else() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let link = link(&mut portal).await;
        let mut phone = opened(&world, &link).await;
        for stranger in ["daniel", "ana", "nobody"] {
            assert_eq!(log_in(&mut phone, stranger).await, 401, "{stranger}");
        }
        assert_eq!(log_in(&mut world.browser(), "priya").await, 401, "without the phone that opened it");
        // A refused try costs a pause, also of someone whose password was right.
        world.clock.advance(11_000);
        let mut daniel = world.signed_in("daniel").await;
        assert_eq!(daniel.get(&path(&link)).await.status, 404);
        assert_eq!(daniel.put(&path(&link), &forms::number("00")).await.status, 404);
        assert_eq!(daniel.delete(&path(&link)).await.status, 404);
        let mut ana = world.signed_in("ana").await;
        assert_eq!(ana.get(&path(&link)).await.status, 404);
    });
}

#[test]
fn five_wrong_passwords_end_a_link() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let link = link(&mut portal).await;
        let mut phone = opened(&world, &link).await;
        let wrong =
            ActivationLogIn { password: "wrong password 12".to_owned(), ..forms::activation_log_in("priya") };
        for _ in 0..5 {
            world.clock.advance(11_000);
            assert_eq!(
                phone.post("/api/activation/login", &wrong).await.problem().code,
                ProblemCode::LoginRefused
            );
        }
        world.clock.advance(11_000);
        assert_eq!(phone.post("/api/activation/login", &wrong).await.problem().code, ProblemCode::CodeSpent);
        assert_eq!(log_in(&mut phone, "priya").await, 401);
        assert_eq!(step(&mut portal, &link).await, LinkStep::Refused);
    });
}

#[test]
fn a_wrong_number_refuses_the_phone_for_good() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let link = link(&mut portal).await;
        let (mut phone, number) = compared(&world, &link).await;
        let short = portal.put(&path(&link), &forms::number("7")).await;
        assert_eq!(short.fault("number"), (422, "fault-two-digits"));
        let wrong = if number == "17" { "71" } else { "17" };
        let refused = portal.put(&path(&link), &forms::number(wrong)).await;
        assert_eq!(refused.refusal(), (401, ProblemCode::CodeRefused));
        let late = portal.put(&path(&link), &forms::number(&number)).await;
        assert_eq!(late.problem().code, ProblemCode::CodeSpent, "one guess");
        assert_eq!(phone.get("/api/activation").await.read::<Activation>().step, LinkStep::Refused);
        assert_eq!(finish(&mut phone).await.status, 401);
    });
}

#[test]
fn the_owner_can_say_no_at_every_step() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let waiting = link(&mut portal).await;
        assert_eq!(portal.delete(&path(&waiting)).await.status, 204);
        assert_eq!(show(&mut world.browser(), &waiting).await.status, 401);
        let link = link(&mut portal).await;
        let (mut phone, number) = compared(&world, &link).await;
        assert_eq!(portal.put(&path(&link), &forms::number(&number)).await.status, 204);
        assert_eq!(portal.delete(&path(&link)).await.status, 204, "also after the number");
        assert_eq!(finish(&mut phone).await.status, 401);
    });
}

#[test]
fn as_many_devices_are_linked_as_the_company_allows() {
    on_every_database(|world| async move {
        let mut mei = world.admin().await;
        mei.set_feature("device.link_limit", FeatureValue::Number(1)).await;
        let mut portal = world.signed_in("priya").await;
        let mut phone = linked(&world, &mut portal).await;
        let full = portal.post("/api/device-links", &json!({})).await;
        assert_eq!(full.fault("device"), (409, "fault-no-device-place"));
        let id = devices(&mut portal).await[1].id;
        assert_eq!(portal.delete(&format!("/api/devices/{id}")).await.status, 204);
        assert_eq!(phone.get("/api/session").await.status, 401, "signed out at once");
        link(&mut portal).await;
        let mails = world.sent().await;
        assert!(mails.iter().any(|mail| mail.subject == "A device was signed out of your account"));
    });
}

#[test]
fn devices_are_renamed_and_signed_out_by_their_owner_only() {
    on_every_database(|world| async move {
        let (mut portal, mut other) = (world.signed_in("priya").await, world.signed_in("priya").await);
        let mut phone = linked(&world, &mut portal).await;
        let mut daniel = world.signed_in("daniel").await;
        let all = devices(&mut portal).await;
        assert_eq!(all.len(), 3);
        let path = format!("/api/devices/{}", all.iter().find(|it| it.linked_at.is_some()).unwrap().id);
        let rename = |name: &str| RenameDevice { name: name.to_owned() };
        for (name, status) in [("Phone of Priya", 204), ("  ", 422), (&"x".repeat(500), 422)] {
            assert_eq!(portal.put(&path, &rename(name)).await.status, status, "{name}");
        }
        assert_eq!(daniel.put(&path, &rename("Mine")).await.status, 404);
        assert_eq!(daniel.delete(&path).await.status, 404);
        assert!(devices(&mut portal).await.iter().any(|it| it.name == "Phone of Priya"));
        assert_eq!(portal.delete("/api/devices").await.status, 204);
        for browser in [&mut phone, &mut other] {
            assert_eq!(browser.get("/api/session").await.status, 401);
        }
        assert_eq!(portal.get("/api/session").await.status, 200, "this one stays");
        assert_eq!(daniel.get("/api/session").await.status, 200);
        assert_eq!(devices(&mut portal).await.len(), 1);
    });
}

#[test]
fn deactivating_a_user_ends_links_that_are_under_way() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let link = link(&mut portal).await;
        let mut mei = world.admin().await;
        let gone = format!("/api/admin/users/{}/inactive", world.id("priya"));
        assert_eq!(mei.put(&gone, &json!({})).await.status, 200);
        assert_eq!(show(&mut world.browser(), &link).await.status, 401);
    });
}

#[test]
fn codes_cannot_be_tried_at_large() {
    on_every_database(|world| async move {
        let mut phone = world.browser();
        let mut statuses = Vec::new();
        for number in 0..12 {
            let guess = forms::activation(&format!("ABCD-EF{number:02}"));
            statuses.push(phone.post("/api/activation", &guess).await.status);
        }
        assert_eq!(statuses, [[401; 10].as_slice(), &[429; 2]].concat());
        let odd = phone.post("/api/activation", &forms::activation("12")).await;
        assert_eq!(odd.fault("code"), (422, "fault-activation-code"));
    });
}

#[test]
fn nobody_is_reminded_of_a_device_that_is_gone() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        linked(&world, &mut portal).await;
        let all = devices(&mut portal).await;
        let phone = all.iter().find(|it| it.linked_at.is_some()).unwrap();
        let gone = portal.delete(&format!("/api/devices/{}", phone.id)).await;
        assert_eq!(gone.status, 204);
        world.clock.advance(DAY);
        let reminded = |subject: &str| subject == "A device was linked to your account yesterday";
        assert!(!world.sent().await.iter().any(|mail| reminded(&mail.subject)));
    });
}
