//! Public registration under attack and under load: places, races, floods, work.

use crate::common::{World, browser::Browser, code_in, on_every_database, times::assert_same_time};
use causeway_api::registration::Work;
use causeway_server::{
    clock::{HOUR, MINUTE, SECOND},
    domain::company,
};
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

async fn limit(world: &World, most: i64) {
    company::set_plan(&world.app, &world.bay, None, None, Some(most)).await.unwrap();
}

#[test]
fn ten_places_are_ten_accounts_under_two_hundred_parallel_registrations() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        limit(&world, 10).await;
        let mut begun = tokio::task::JoinSet::new();
        for number in 0..200_u8 {
            let (mut browser, link) = (world.browser(), link.clone());
            browser.address = std::net::Ipv4Addr::new(10, number, 0, 1).into();
            begun.spawn(async move {
                let email = format!("r{number}@new.example");
                let form = json!({ "name": "R", "email": email, "language": "en" });
                let answer = browser.post(&format!("/api/registration/{link}"), &form).await;
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
        assert_eq!(world.browser().get(&format!("/api/registration/{link}")).await.json["is_open"], false);
        let mut finished = tokio::task::JoinSet::new();
        for (browser, email) in held {
            let code = code_to(&world, &email).await;
            for _ in 0..4 {
                let (mut browser, code) = (browser.clone(), code.clone());
                finished.spawn(async move { confirm(&mut browser, &code).await.0 });
            }
        }
        let statuses = finished.join_all().await;
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 10, "{statuses:?}");
        let now = settings(&world).await;
        assert_eq!(now["capacity"], json!({ "registered": 10, "pending": 0, "limit": 10 }));
        assert_eq!(now["closed"], "full", "visibly, with the reason");
        let told = world.admin().await.get("/api/notifications").await.json;
        assert_eq!(told["items"][0]["notice"], json!({ "kind": "registration_closed", "reason": "full" }));
        let again = change(&world, json!({ "is_open": true })).await;
        assert_eq!((again.0, &again.1["fields"]["capacity"]), (409, &json!("fault-no-place")));
        limit(&world, 11).await;
        assert_eq!(settings(&world).await["closed"], "full", "it reopens only by a person");
        assert_eq!(change(&world, json!({ "is_open": true })).await.0, 200);
    });
}

#[test]
fn a_registration_under_way_expires_after_a_day_and_frees_its_place() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        limit(&world, 1).await;
        let mut slow = world.browser();
        assert_eq!(begin(&mut slow, &link, "slow@new.example").await.0, 200);
        assert_eq!(
            begin(&mut world.browser(), &link, "next@new.example").await.1["code"],
            "registration_closed"
        );
        // Another address in the same browser holds the same place.
        assert_eq!(begin(&mut slow, &link, "slower@new.example").await.0, 200);
        assert_eq!(settings(&world).await["capacity"]["pending"], 1);
        world.clock.advance(24 * HOUR);
        assert_eq!(begin(&mut world.browser(), &link, "next@new.example").await.0, 200);
        assert_eq!(confirm(&mut slow, "000000").await.1["code"], "code_spent");
    });
}

#[test]
fn it_closes_with_its_person_in_charge_in_the_same_transaction() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        let mut phone = world.browser();
        begin(&mut phone, &link, "a@new.example").await;
        let code = code_to(&world, "a@new.example").await;
        let mut mei = world.admin().await;
        let path = format!("/api/admin/users/{}/inactive", world.id("priya").await);
        assert_eq!(mei.put(&path, &json!({})).await.status, 200);
        let now = settings(&world).await;
        assert_eq!(
            (&now["closed"], &now["person_in_charge"]["name"]),
            (&json!("person_in_charge_gone"), &json!("priya"))
        );
        assert_eq!(world.browser().get(&format!("/api/registration/{link}")).await.json["is_open"], false);
        assert_eq!(
            begin(&mut world.browser(), &link, "b@new.example").await.1["code"],
            "registration_closed"
        );
        assert_eq!(
            confirm(&mut phone, &code).await.1["code"],
            "registration_closed",
            "also between form and code"
        );
        mei.delete(&path).await;
        assert_eq!(settings(&world).await["closed"], "person_in_charge_gone", "only a person opens it again");
        world.open_registration("priya").await;
        // The one who waited can finish now.
        assert_eq!(confirm(&mut phone, &code).await.0, 200);
    });
}

#[test]
fn no_account_is_without_its_person_in_charge_however_they_race() {
    on_every_database(|world| async move {
        for round in 0..8 {
            let link = world.open_registration("priya").await;
            let (email, mut phone) = (format!("r{round}@new.example"), world.browser());
            assert_eq!(begin(&mut phone, &link, &email).await.0, 200);
            let code = code_to(&world, &email).await;
            let (mut mei, path) =
                (world.admin().await, format!("/api/admin/users/{}/inactive", world.id("priya").await));
            let (mut admin, gone) = (mei.clone(), path.clone());
            let leaving = tokio::spawn(async move { admin.put(&gone, &json!({})).await.status });
            let (status, _) = confirm(&mut phone, &code).await;
            assert_eq!(leaving.await.unwrap(), 200);
            assert!([200, 409].contains(&status), "{status}");
            assert_eq!(settings(&world).await["closed"], "person_in_charge_gone");
            if status == 200 {
                let chats = phone.get("/api/chats").await.json;
                assert_eq!(
                    chats["chats"][0]["members"].as_array().unwrap().len(),
                    2,
                    "it was in before she left"
                );
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
        assert_eq!(change(&world, json!({ "domains": ["Pearl.example"] })).await.0, 200);
        let (status, refused) = begin(&mut world.browser(), &link, "a@evilpearl.example").await;
        assert_eq!((status, &refused["fields"]["email"]), (422, &json!("fault-domain")));
        assert_eq!(begin(&mut world.browser(), &link, "a@pearl.example").await.0, 200);
        let bad = change(&world, json!({ "domains": ["@pearl.example"] })).await;
        assert_eq!((bad.0, &bad.1["fields"]["domains"]), (422, &json!("fault-domains")));
    });
}

#[test]
fn a_high_rate_asks_for_work_which_is_good_once_for_one_address_and_for_a_while() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        let path = format!("/api/registration/{link}");
        let send = async |email: &str, work: Value| {
            let form = json!({ "name": "A", "email": email, "language": "en", "work": work });
            world.browser().post(&path, &form).await
        };
        for number in 0..3 {
            assert_eq!(send(&format!("free{number}@new.example"), Value::Null).await.status, 200);
        }
        let refused = send("a@new.example", Value::Null).await;
        assert_eq!((refused.status, &refused.json["code"]), (403, &json!("work_needed")));
        let form = world.browser().get(&path).await.json;
        let work: Work = serde_json::from_value(form["work"].clone()).unwrap();
        let number = work.solve("a@new.example", 0, 1 << 24).unwrap();
        let solved = json!([work.nonce, number]);
        assert_eq!(send("b@new.example", solved.clone()).await.status, 403, "for one address");
        let other = if work.nonce.ends_with('0') { "1" } else { "0" };
        let forged = json!([format!("{}{other}", &work.nonce[..work.nonce.len() - 1]), number]);
        assert_eq!(send("a@new.example", forged).await.status, 403);
        assert_eq!(send("a@new.example", solved.clone()).await.status, 200);
        assert_eq!(send("a@new.example", solved.clone()).await.status, 403, "once");
        world.clock.advance(2 * MINUTE);
        let form = world.browser().get(&path).await.json;
        let work: Work = serde_json::from_value(form["work"].clone()).unwrap();
        let number = work.solve("c@new.example", 0, 1 << 24).unwrap();
        world.clock.advance(10 * MINUTE + SECOND);
        // Twelve minutes on, the rate is low again and no one is asked; until then old work is no work.
        assert_eq!(send("c@new.example", json!([work.nonce, number])).await.status, 200);
        assert_eq!(world.browser().get(&path).await.json["work"], Value::Null);
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
            assert_eq!(begin(&mut from(113, number), &link, &email).await.0, 200, "{number}");
        }
        world.clock.advance(10 * MINUTE);
        let (status, refused) = begin(&mut from(113, 200), &link, "late@new.example").await;
        assert_eq!((status, &refused["code"]), (429, &json!("too_many")));
        assert_eq!(
            begin(&mut from(114, 200), &link, "late@new.example").await.0,
            200,
            "other networks go on"
        );
        world.clock.advance(10 * MINUTE);
        assert_eq!(begin(&mut from(113, 200), &link, "later@new.example").await.0, 200, "an hour is over");
    });
}

#[test]
fn a_mailbox_is_not_flooded_and_a_code_has_five_guesses() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        let mut phone = world.browser();
        begin(&mut phone, &link, "victim@new.example").await;
        for _ in 0..20 {
            world.clock.advance(SECOND);
            assert_eq!(phone.post("/api/registration-code", &json!({})).await.status, 200);
        }
        let mails = world.sent().await.iter().filter(|mail| mail.to == "victim@new.example").count();
        assert_eq!(mails, 1, "the pause is not over");
        let code = code_to(&world, "victim@new.example").await;
        let mut guesses = tokio::task::JoinSet::new();
        for number in 0..50 {
            let (mut phone, guess) = (phone.clone(), format!("{number:06}"));
            let guess = if guess == code { "999999".to_owned() } else { guess };
            guesses.spawn(async move { confirm(&mut phone, &guess).await.1["code"].clone() });
        }
        let refused = guesses.join_all().await.iter().filter(|code| **code == "code_refused").count();
        assert_eq!(refused, 5);
        assert_eq!(confirm(&mut phone, &code).await.0, 401);
    });
}

#[test]
fn one_right_code_in_parallel_lets_in_once() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        let mut phone = world.browser();
        begin(&mut phone, &link, "a@new.example").await;
        let code = code_to(&world, "a@new.example").await;
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..5 {
            let (mut phone, code) = (phone.clone(), code.clone());
            tries.spawn(async move { confirm(&mut phone, &code).await.0 });
        }
        let statuses = tries.join_all().await;
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert_eq!(settings(&world).await["capacity"]["registered"], 1);
    });
}

#[test]
fn two_admins_with_one_version_get_one_conflict() {
    on_every_database(|world| async move {
        world.open_registration("priya").await;
        let mut mei = world.admin().await;
        let version = mei.get("/api/admin/registration").await.json["version"].clone();
        let body = json!({
            "is_open": true, "person_in_charge": world.id("daniel").await, "form_text": {}, "welcome": "Hi",
            "domains": [], "version": version,
        });
        assert_eq!(mei.put("/api/admin/registration", &body).await.status, 200);
        let second = mei.put("/api/admin/registration", &body).await;
        assert_eq!(
            (second.status, &second.json["fields"]["version"]),
            (409, &json!("fault-changed-meanwhile"))
        );
        world.clock.advance(21 * MINUTE);
        assert_eq!(mei.put("/api/admin/registration", &body).await.json["code"], "confirm_again");
    });
}

#[test]
fn a_smaller_plan_closes_it_and_an_inactive_external_user_frees_its_place() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        limit(&world, 1).await;
        let (mut erin, _) = world.registered("erin@new.example").await;
        let id = erin.get("/api/session").await.json["me"]["id"].as_str().unwrap().to_owned();
        let mut mei = world.admin().await;
        let path = format!("/api/admin/users/{id}/inactive");
        assert_eq!(mei.put(&path, &json!({})).await.status, 200);
        assert_eq!(erin.get("/api/session").await.status, 401);
        assert_eq!(settings(&world).await["capacity"]["registered"], 0);
        assert_eq!(mei.delete(&path).await.status, 200);
        assert_eq!(settings(&world).await["capacity"]["registered"], 1);
        limit(&world, 5).await;
        world.open_registration("priya").await;
        let free = Some(causeway_api::users::Plan::Free);
        company::set_plan(&world.app, &world.bay, free, None, None).await.unwrap();
        assert_eq!(settings(&world).await["closed"], "plan");
        assert_eq!(
            begin(&mut world.browser(), &link, "z@new.example").await.1["code"],
            "registration_closed"
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
            assert_eq!(begin(&mut browser, &link, &email).await.0, 200);
            begun.elapsed()
        })
        .await;
    });
}
