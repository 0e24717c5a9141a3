//! Public registration under attack and under load: places, races, floods, work.

use crate::common::{World, browser::Browser, forms, on_every_database, times::assert_same_time};
use causeway_api::{
    ProblemCode,
    auth::Session,
    chats::ChatList,
    notifications::{Notice, NotificationPage},
    registration::{Capacity, ChangeRegistration, ClosedReason, Register, RegistrationForm},
    users::Plan,
};
use causeway_server::{
    clock::{HOUR, MINUTE, SECOND},
    domain::company,
};
use serde_json::json;

/// The form as a stranger sees it.
async fn form(world: &World, link: &str) -> RegistrationForm {
    world.browser().get(&format!("/api/registration/{link}")).await.read()
}

/// Sets how many places there are, as the operator does.
async fn db_limit(world: &World, most: i64) {
    company::set_plan(
        &world.app,
        &world.bay,
        None,
        company::GivenLimits { external: Some(most), ..company::GivenLimits::default() },
    )
    .await
    .unwrap();
}

#[test]
fn ten_places_are_ten_accounts_under_two_hundred_parallel_registrations() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        db_limit(&world, 10).await;
        let mut begun = tokio::task::JoinSet::new();
        for number in 0..200_u8 {
            let (mut browser, link) = (world.browser(), link.clone());
            browser.address = std::net::Ipv4Addr::new(10, number, 0, 1).into();
            begun.spawn(async move {
                let email = format!("r{number}@new.example");
                let path = format!("/api/registration/{link}");
                let answer = browser.post(&path, &forms::register(&email)).await;
                (answer.status, browser, email)
            });
        }
        let begun = begun.join_all().await;
        let held: Vec<(Browser, String)> = begun
            .into_iter()
            .filter(|(status, ..)| *status == 200)
            .map(|(_, browser, email)| (browser, email))
            .collect();
        assert_eq!(held.len(), 10);
        assert!(!form(&world, &link).await.is_open);
        let mut finished = tokio::task::JoinSet::new();
        for (browser, email) in held {
            let code = world.code_to(&email).await;
            for _ in 0..4 {
                let (mut browser, code) = (browser.clone(), code.clone());
                finished.spawn(async move { browser.confirm_registration(&code).await.status });
            }
        }
        let statuses = finished.join_all().await;
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 10, "{statuses:?}");
        let now = world.registration().await;
        assert_eq!(now.capacity, Capacity { registered: 10, pending: 0, limit: Some(10) });
        assert_eq!(now.closed, Some(ClosedReason::Full), "visibly, with the reason");
        let told: NotificationPage = world.admin().await.get("/api/notifications").await.read();
        assert_eq!(told.page.items[0].notice, Notice::RegistrationClosed { reason: ClosedReason::Full });
        let again = world.change_registration(|new| new.is_open = true).await;
        assert_eq!(again.fault("capacity"), (409, "fault-no-place"));
        db_limit(&world, 11).await;
        assert_eq!(
            world.registration().await.closed,
            Some(ClosedReason::Full),
            "it reopens only by a person"
        );
        assert_eq!(world.change_registration(|new| new.is_open = true).await.status, 200);
    });
}

#[test]
fn a_registration_under_way_expires_after_a_day_and_frees_its_place() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        db_limit(&world, 1).await;
        let mut slow = world.browser();
        assert_eq!(slow.begin_registration(&link, "slow@new.example").await.status, 200);
        assert_eq!(
            world.browser().begin_registration(&link, "next@new.example").await.problem().code,
            ProblemCode::RegistrationClosed
        );
        // Another address in the same browser holds the same place.
        assert_eq!(slow.begin_registration(&link, "slower@new.example").await.status, 200);
        assert_eq!(world.registration().await.capacity.pending, 1);
        world.clock.advance(24 * HOUR);
        assert_eq!(world.browser().begin_registration(&link, "next@new.example").await.status, 200);
        assert_eq!(slow.confirm_registration("000000").await.problem().code, ProblemCode::CodeSpent);
    });
}

#[test]
fn it_closes_with_its_person_in_charge_in_the_same_transaction() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        let mut phone = world.browser();
        phone.begin_registration(&link, "a@new.example").await;
        let code = world.code_to("a@new.example").await;
        let mut mei = world.admin().await;
        let path = format!("/api/admin/users/{}/inactive", world.id("priya"));
        assert_eq!(mei.put(&path, &json!({})).await.status, 200);
        let now = world.registration().await;
        assert_eq!(now.closed, Some(ClosedReason::PersonInChargeGone));
        assert_eq!(now.person_in_charge.unwrap().name, "priya");
        assert!(!form(&world, &link).await.is_open);
        assert_eq!(
            world.browser().begin_registration(&link, "b@new.example").await.problem().code,
            ProblemCode::RegistrationClosed
        );
        assert_eq!(
            phone.confirm_registration(&code).await.problem().code,
            ProblemCode::RegistrationClosed,
            "also between form and code"
        );
        mei.delete(&path).await;
        assert_eq!(
            world.registration().await.closed,
            Some(ClosedReason::PersonInChargeGone),
            "only a person opens it again"
        );
        world.open_registration("priya").await;
        // The one who waited can finish now.
        assert_eq!(phone.confirm_registration(&code).await.status, 200);
    });
}

#[test]
fn no_account_is_without_its_person_in_charge_however_they_race() {
    on_every_database(|world| async move {
        for round in 0..8 {
            let link = world.open_registration("priya").await;
            let (email, mut phone) = (format!("r{round}@new.example"), world.browser());
            assert_eq!(phone.begin_registration(&link, &email).await.status, 200);
            let code = world.code_to(&email).await;
            let (mut mei, path) =
                (world.admin().await, format!("/api/admin/users/{}/inactive", world.id("priya")));
            let (mut admin, gone) = (mei.clone(), path.clone());
            let leaving = tokio::spawn(async move { admin.put(&gone, &json!({})).await.status });
            let status = phone.confirm_registration(&code).await.status;
            assert_eq!(leaving.await.unwrap(), 200);
            assert!([200, 409].contains(&status), "{status}");
            assert_eq!(world.registration().await.closed, Some(ClosedReason::PersonInChargeGone));
            if status == 200 {
                let chats = phone.get("/api/chats").await.read::<ChatList>().chats;
                assert_eq!(chats[0].members.len(), 2, "it was in before she left");
            }
            assert_eq!(mei.delete(&path).await.status, 200);
            world.clock.advance(25 * HOUR);
        }
    });
}

#[test]
fn allowed_domains_hold_and_are_the_whole_domain() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        let only =
            async |domain: &str| world.change_registration(|new| new.domains = vec![domain.to_owned()]).await;
        assert_eq!(only("Pearl.example").await.status, 200);
        let refused = world.browser().begin_registration(&link, "a@evilpearl.example").await;
        assert_eq!(refused.fault("email"), (422, "fault-domain"));
        assert_eq!(world.browser().begin_registration(&link, "a@pearl.example").await.status, 200);
        assert_eq!(only("@pearl.example").await.fault("domains"), (422, "fault-domains"));
    });
}

#[test]
fn a_high_rate_asks_for_work_which_is_good_once_for_one_address_and_for_a_while() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        let path = format!("/api/registration/{link}");
        let send = async |email: &str, work: Option<(String, u64)>| {
            world.browser().post(&path, &Register { work, ..forms::register(email) }).await
        };
        for number in 0..3 {
            assert_eq!(send(&format!("free{number}@new.example"), None).await.status, 200);
        }
        let refused = send("a@new.example", None).await;
        assert_eq!(refused.refusal(), (403, ProblemCode::WorkNeeded));
        let work = form(&world, &link).await.work.unwrap();
        let number = work.solve("a@new.example", 0, 1 << 24).unwrap();
        let solved = Some((work.nonce.clone(), number));
        assert_eq!(send("b@new.example", solved.clone()).await.status, 403, "for one address");
        let other = if work.nonce.ends_with('0') { "1" } else { "0" };
        let forged = Some((format!("{}{other}", &work.nonce[..work.nonce.len() - 1]), number));
        assert_eq!(send("a@new.example", forged).await.status, 403);
        assert_eq!(send("a@new.example", solved.clone()).await.status, 200);
        assert_eq!(send("a@new.example", solved).await.status, 403, "once");
        world.clock.advance(2 * MINUTE);
        let work = form(&world, &link).await.work.unwrap();
        let number = work.solve("c@new.example", 0, 1 << 24).unwrap();
        world.clock.advance(10 * MINUTE + SECOND);
        // Twelve minutes on, the rate is low again and no one is asked; until then old work is no work.
        assert_eq!(send("c@new.example", Some((work.nonce, number))).await.status, 200);
        assert_eq!(form(&world, &link).await.work, None);
    });
}

#[test]
fn a_network_registers_a_hundred_an_hour_however_many_addresses_it_has() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        let from = |network: u8, address: u8| {
            let mut browser = world.browser();
            browser.address = std::net::Ipv4Addr::new(203, 0, network, address).into();
            browser
        };
        // Twenty every ten minutes and three from one address: as many as are asked for no work.
        for number in 0..100_u8 {
            if number > 0 && number % 20 == 0 {
                world.clock.advance(10 * MINUTE);
            }
            let email = format!("n{number}@new.example");
            assert_eq!(from(113, number).begin_registration(&link, &email).await.status, 200, "{number}");
        }
        world.clock.advance(10 * MINUTE);
        let refused = from(113, 200).begin_registration(&link, "late@new.example").await;
        assert_eq!(refused.refusal(), (429, ProblemCode::TooMany));
        assert_eq!(
            from(114, 200).begin_registration(&link, "late@new.example").await.status,
            200,
            "other networks go on"
        );
        world.clock.advance(10 * MINUTE);
        assert_eq!(
            from(113, 200).begin_registration(&link, "later@new.example").await.status,
            200,
            "an hour is over"
        );
    });
}

#[test]
fn a_mailbox_is_not_flooded_and_a_code_has_five_guesses() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        let mut phone = world.browser();
        phone.begin_registration(&link, "victim@new.example").await;
        for _ in 0..20 {
            world.clock.advance(SECOND);
            assert_eq!(phone.post("/api/registration-code", &json!({})).await.status, 200);
        }
        let mails = world.sent().await.iter().filter(|mail| mail.to == "victim@new.example").count();
        assert_eq!(mails, 1, "the pause is not over");
        let code = world.code_to("victim@new.example").await;
        let mut guesses = tokio::task::JoinSet::new();
        for number in 0..50 {
            let (mut phone, guess) = (phone.clone(), format!("{number:06}"));
            let guess = if guess == code { "999999".to_owned() } else { guess };
            guesses.spawn(async move { phone.confirm_registration(&guess).await.problem().code });
        }
        let answers = guesses.join_all().await;
        let refused = answers.iter().filter(|code| **code == ProblemCode::CodeRefused).count();
        assert_eq!(refused, 5);
        assert_eq!(phone.confirm_registration(&code).await.status, 401);
    });
}

#[test]
fn one_right_code_in_parallel_lets_in_once() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        let mut phone = world.browser();
        phone.begin_registration(&link, "a@new.example").await;
        let code = world.code_to("a@new.example").await;
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..5 {
            let (mut phone, code) = (phone.clone(), code.clone());
            tries.spawn(async move { phone.confirm_registration(&code).await.status });
        }
        let statuses = tries.join_all().await;
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert_eq!(world.registration().await.capacity.registered, 1);
    });
}

#[test]
fn two_admins_with_one_version_get_one_conflict() {
    on_every_database(|world| async move {
        world.open_registration("priya").await;
        let mut mei = world.admin().await;
        let body = ChangeRegistration {
            is_open: true,
            person_in_charge: Some(world.id("daniel")),
            form_text: [].into(),
            welcome: "Hi".to_owned(),
            domains: Vec::new(),
            version: world.registration().await.version,
        };
        assert_eq!(mei.put("/api/admin/registration", &body).await.status, 200);
        let second = mei.put("/api/admin/registration", &body).await;
        assert_eq!(second.fault("version"), (409, "fault-changed-meanwhile"));
        world.clock.advance(21 * MINUTE);
        assert_eq!(mei.put("/api/admin/registration", &body).await.problem().code, ProblemCode::ConfirmAgain);
    });
}

#[test]
fn a_smaller_plan_closes_it_and_an_inactive_external_user_frees_its_place() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        db_limit(&world, 1).await;
        let (mut erin, _) = world.registered("erin@new.example").await;
        let id = erin.get("/api/session").await.read::<Session>().me.id;
        let mut mei = world.admin().await;
        let path = format!("/api/admin/users/{id}/inactive");
        assert_eq!(mei.put(&path, &json!({})).await.status, 200);
        assert_eq!(erin.get("/api/session").await.status, 401);
        assert_eq!(world.registration().await.capacity.registered, 0);
        assert_eq!(mei.delete(&path).await.status, 200);
        assert_eq!(world.registration().await.capacity.registered, 1);
        db_limit(&world, 5).await;
        world.open_registration("priya").await;
        company::set_plan(&world.app, &world.bay, Some(Plan::Free), company::GivenLimits::default())
            .await
            .unwrap();
        assert_eq!(world.registration().await.closed, Some(ClosedReason::Plan));
        assert_eq!(
            world.browser().begin_registration(&link, "z@new.example").await.problem().code,
            ProblemCode::RegistrationClosed
        );
    });
}

#[test]
fn a_known_address_is_not_told_by_the_time_of_the_answer() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        world.registered("known@new.example").await;
        assert_same_time(async |pair, is_known| {
            world.clock.advance(61 * MINUTE);
            let email = if is_known { "known".to_owned() } else { format!("unknown{pair}") };
            let (mut browser, email) = (world.browser(), format!("{email}@new.example"));
            let begun = std::time::Instant::now();
            assert_eq!(browser.begin_registration(&link, &email).await.status, 200);
            begun.elapsed()
        })
        .await;
    });
}
