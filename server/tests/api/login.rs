//! Signing in.

use crate::common::{PASSWORD, code_in, forms, on_every_database};
use causeway_api::{
    ProblemCode,
    auth::{CodeSent, Session},
    deliveries::Medium,
};
use causeway_server::{domain::company, job, store::Counter};
use serde_json::json;

const MINUTE: i64 = 60_000;

#[test]
fn company_password_and_code_open_a_session() {
    on_every_database(|world| async move {
        let mut browser = world.browser();
        assert_eq!(browser.get("/api/session").await.status, 401);
        let answer = browser.log_in(" LanternBay ", "PRIYA", PASSWORD).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let asked: CodeSent = answer.read();
        assert_eq!(asked.phone, "+1 •••• 0100");
        assert_eq!((asked.expires_in, asked.resend_in), (300, Some(30)));
        assert_eq!(browser.get("/api/session").await.status, 401, "the password alone opens nothing");
        let sent = world.sent().await;
        assert_eq!(sent.len(), 2);
        assert!([Medium::Sms, Medium::Email].iter().all(|medium| sent.iter().any(|it| it.medium == *medium)));
        let code = code_in(&sent[0].body);
        assert_eq!(code, code_in(&sent[1].body));
        assert!(!answer.text.contains(&code));
        let answer = browser.post("/api/login/code", &forms::code(&code)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert_eq!(answer.read::<Session>().me.name, "priya");
        assert_eq!(browser.get("/api/session").await.read::<Session>().company, "Lantern Bay Capital");
    });
}

#[test]
fn a_company_is_known_by_its_displayed_name_too_unless_another_has_the_same() {
    on_every_database(|world| async move {
        for typed in
            ["Lantern Bay Capital", "lantern bay capital", "ＬａｎｔｅｒｎＢａｙＣａｐｉｔａｌ", "lanternbay"]
        {
            assert_eq!(world.browser().log_in(typed, "priya", PASSWORD).await.status, 200, "{typed}");
        }
        // Whichever name is typed, wrong passwords are counted together.
        for typed in ["lanternbay", "Lantern Bay Capital"].into_iter().cycle().take(3) {
            world.browser().log_in(typed, "daniel", "wrong password 12").await;
        }
        for typed in ["lanternbay", "Lantern Bay Capital"] {
            assert_eq!(world.browser().log_in(typed, "daniel", PASSWORD).await.status, 401, "{typed}");
        }
        company::create(&world.app, "lantern", "Lantern Bay Capital", "free").await.unwrap();
        assert_eq!(world.browser().log_in("Lantern Bay Capital", "priya", PASSWORD).await.status, 401);
        assert_eq!(world.browser().log_in("lanternbay", "priya", PASSWORD).await.status, 200);
    });
}

#[test]
fn every_refused_sign_in_answers_the_same() {
    on_every_database(|world| async move {
        let mut answers = Vec::new();
        for (company, username, password) in [
            ("nowhere", "priya", PASSWORD),
            ("lanternbay", "nobody", PASSWORD),
            ("lanternbay", "priya", "wrong password 12"),
            ("peaklegal", "priya", PASSWORD),
        ] {
            let mut answer = world.browser().log_in(company, username, password).await;
            answer.json.as_object_mut().unwrap().remove("request_id");
            let mut headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
            headers.sort();
            answers.push((answer.status, answer.json, headers));
        }
        // Now priya is locked for a moment: the right password is refused in the same words.
        let mut locked = world.browser().log_in("lanternbay", "priya", PASSWORD).await;
        locked.json.as_object_mut().unwrap().remove("request_id");
        assert_eq!((locked.status, &locked.json), (answers[0].0, &answers[0].1));
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        assert_eq!(answers[0].0, 401);
        assert!(world.sent().await.is_empty());
    });
}

#[test]
fn wrong_passwords_cost_growing_pauses_and_a_known_browser_has_its_own() {
    on_every_database(|world| async move {
        let mut owner = world.signed_in("priya").await;
        let mut stranger = world.browser();
        for pause in [1_000, 3_000, 5_000, 10_000] {
            stranger.log_in("lanternbay", "priya", "wrong password 12").await;
            world.clock.advance(pause - 1);
            assert_eq!(stranger.log_in("lanternbay", "priya", PASSWORD).await.status, 401, "{pause}");
            world.clock.advance(1);
        }
        stranger.log_in("lanternbay", "priya", "wrong password 12").await;
        assert_eq!(world.browser().log_in("lanternbay", "priya", PASSWORD).await.status, 401);
        assert_eq!(
            owner.log_in("lanternbay", "priya", PASSWORD).await.status,
            200,
            "the owner is not locked out"
        );
        world.clock.advance(10_000);
        assert_eq!(world.browser().log_in("lanternbay", "priya", PASSWORD).await.status, 200);
    });
}

#[test]
fn a_code_lives_five_minutes() {
    on_every_database(|world| async move {
        for (age, status) in [(5 * MINUTE - 1_000, 200), (5 * MINUTE + 1_000, 401)] {
            let mut browser = world.browser();
            browser.log_in("lanternbay", "daniel", PASSWORD).await;
            let code = world.newest_code("daniel").await;
            world.clock.advance(age);
            assert_eq!(browser.post("/api/login/code", &forms::code(&code)).await.status, status);
            world.clock.advance(60 * MINUTE);
        }
    });
}

#[test]
fn five_guesses_are_evaluated_under_any_parallelism() {
    on_every_database(|world| async move {
        let mut browser = world.browser();
        browser.log_in("lanternbay", "daniel", PASSWORD).await;
        let code = world.newest_code("daniel").await;
        let mut guesses = tokio::task::JoinSet::new();
        for guess in 0..200 {
            let mut browser = browser.clone();
            let wrong = format!("{:06}", (code.parse::<u32>().unwrap() + 1 + guess) % 1_000_000);
            guesses.spawn(async move {
                browser.post("/api/login/code", &forms::code(&wrong)).await.problem().code
            });
        }
        let answers = guesses.join_all().await;
        let evaluated = answers.iter().filter(|code| **code == ProblemCode::CodeRefused).count();
        assert_eq!(evaluated, 5);
        let answer = browser.post("/api/login/code", &forms::code(&code)).await;
        assert_eq!(answer.refusal(), (401, ProblemCode::CodeSpent));
    });
}

#[test]
fn the_right_code_opens_exactly_one_session() {
    on_every_database(|world| async move {
        let mut browser = world.browser();
        browser.log_in("lanternbay", "daniel", PASSWORD).await;
        let code = world.newest_code("daniel").await;
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..100 {
            let (mut browser, code) = (browser.clone(), code.clone());
            tries.spawn(async move { browser.post("/api/login/code", &forms::code(&code)).await.status });
        }
        let opened = tries.join_all().await.into_iter().filter(|status| *status == 200).count();
        assert_eq!(opened, 1);
    });
}

#[test]
fn a_code_is_bound_to_the_browser_that_asked() {
    on_every_database(|world| async move {
        let (mut first, mut second) = (world.browser(), world.browser());
        first.log_in("lanternbay", "daniel", PASSWORD).await;
        let code = world.newest_code("daniel").await;
        second.log_in("lanternbay", "priya", PASSWORD).await;
        assert_eq!(second.post("/api/login/code", &forms::code(&code)).await.status, 401);
        assert_eq!(world.browser().post("/api/login/code", &forms::code(&code)).await.status, 401);
        assert_eq!(first.post("/api/login/code", &forms::code(&code)).await.status, 200);
    });
}

#[test]
fn another_code_comes_after_a_pause_and_ends_the_first() {
    on_every_database(|world| async move {
        let mut browser = world.browser();
        browser.log_in("lanternbay", "daniel", PASSWORD).await;
        let first = world.newest_code("daniel").await;
        let early = browser.post("/api/login/resend", &json!({})).await;
        assert_eq!((early.status, early.read::<CodeSent>().resend_in), (200, Some(30)));
        assert_eq!(world.sent().await.len(), 2, "nothing is sent before the pause is over");
        world.clock.advance(30_000);
        let again = browser.post("/api/login/resend", &json!({})).await;
        assert_eq!(again.read::<CodeSent>().resend_in, Some(60));
        let second = world.newest_code("daniel").await;
        if first != second {
            assert_eq!(browser.post("/api/login/code", &forms::code(&first)).await.status, 401);
        }
        world.clock.advance(60_000);
        let last = browser.post("/api/login/resend", &json!({})).await;
        assert_eq!(last.read::<CodeSent>().resend_in, None, "three codes are all there are");
        let third = world.newest_code("daniel").await;
        world.clock.advance(120_000);
        browser.post("/api/login/resend", &json!({})).await;
        assert_eq!(world.sent().await.len(), 6);
        assert_eq!(browser.post("/api/login/code", &forms::code(&third)).await.status, 200);
    });
}

#[test]
fn a_number_gets_five_codes_in_ten_minutes_and_the_screen_stays_the_same() {
    on_every_database(|world| async move {
        for _ in 0..8 {
            let answer = world.browser().log_in("lanternbay", "daniel", PASSWORD).await;
            assert_eq!(answer.status, 200);
        }
        let sent = world.sent().await;
        let sms = sent.iter().filter(|message| message.medium == Medium::Sms).count();
        assert_eq!((sms, sent.len()), (5, 10));
    });
}

#[test]
fn an_address_is_slowed_down_before_passwords_are_tried() {
    on_every_database(|world| async move {
        let mut last = 0;
        for _ in 0..=1_000 {
            let key = Counter::SignInAddress.of("127.0.0.1");
            let now = world.clock.now();
            last = world
                .app
                .store
                .write(job!(|tx| tx.count(&key, MINUTE, now).await))
                .await
                .map_err(|error: causeway_server::store::StoreError| error)
                .unwrap();
        }
        assert!(last > 1_000);
        let answer = world.browser().log_in("lanternbay", "priya", PASSWORD).await;
        assert_eq!(answer.status, 429, "{}", answer.text);
        assert!(answer.headers.contains_key("retry-after"));
        world.clock.advance(MINUTE);
        assert_eq!(world.browser().log_in("lanternbay", "priya", PASSWORD).await.status, 200);
    });
}

#[test]
fn codes_come_in_the_language_their_receiver_reads() {
    on_every_database(|world| async move {
        let mut browser = world.signed_in("priya").await;
        let answer = browser.put("/api/profile", &forms::language("ja")).await;
        assert_eq!(answer.status, 204, "{}", answer.text);
        world.clock.advance(60 * MINUTE);
        world.browser().log_in("lanternbay", "priya", PASSWORD).await;
        let sent = world.sent().await;
        let mail = sent.iter().rev().find(|message| message.medium == Medium::Email).unwrap();
        assert!(mail.body.contains("サインインコード"), "{}", mail.body);
    });
}
