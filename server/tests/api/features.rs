//! Feature configurations: who may change them, how, and that each one governs the next request.

use crate::common::{
    forms::{self, message, numbers},
    on_every_database, signals,
};
use causeway_api::{
    ProblemCode,
    auth::{CodeSent, ConfirmCode, Session},
    chats::Chat,
    features::{Feature, FeatureChange, FeatureValue},
    people::Role,
    signals::Signal,
    users::UserForm,
};
use causeway_server::{
    clock::{DAY, MINUTE},
    domain::{features::FeatureKey, users::add::add_employee},
};
use serde_json::json;

const TEXT_LIMIT: &str = "message.text_limit";

#[test]
fn every_feature_is_listed_with_its_default() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        let all: Vec<Feature> = mei.get("/api/admin/features").await.read();
        assert_eq!(all.len(), FeatureKey::ALL.len());
        let sms = mei.feature("wechat.client.onboarding.sms").await;
        assert_eq!(
            (sms.default, sms.custom, sms.section.as_str()),
            (FeatureValue::Boolean(false), None, "wechat")
        );
    });
}

#[test]
fn a_value_out_of_its_bounds_is_refused_at_its_field() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        for (key, custom, field) in [
            ("session.idle_timeout", json!(1), ""),
            ("session.idle_timeout", json!("soon"), ""),
            ("wechat.onboarding.otp.delivery_method", json!("pigeon"), ""),
            ("wechat.onboarding.otp.invalid_limit", json!({ "hours": 900 }), "hours"),
        ] {
            let path = format!("/api/admin/features/{key}");
            let answer = mei.put(&path, &json!({ "custom": custom, "version": 0 })).await;
            assert_eq!(answer.fault(field).0, 422, "{key}: {}", answer.text);
        }
        assert_eq!(
            mei.put("/api/admin/features/no.such", &json!({ "custom": 1, "version": 0 })).await.status,
            404
        );
    });
}

#[test]
fn limits_that_restrict_nothing_are_refused_at_the_field_that_is_missing() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        for (key, custom, missing) in [
            ("wrong_phone_limit", json!({}), Some("count")),
            ("wrong_phone_limit", json!({ "seconds": 360 }), Some("count")),
            ("wrong_phone_limit", json!({ "hours": 24 }), Some("count")),
            ("wrong_phone_limit", json!({ "seconds": 360, "hours": 24 }), Some("count")),
            ("wrong_phone_limit", json!({ "count": 3 }), None),
            ("invalid_limit", json!({}), Some("count")),
            ("invalid_limit", json!({ "seconds": 360, "hours": 24 }), Some("count")),
            ("invalid_limit", json!({ "count": 3, "hours": 24 }), Some("per_day")),
            ("invalid_limit", json!({ "per_day": 3, "seconds": 360 }), Some("count")),
            ("invalid_limit", json!({ "count": 3, "seconds": 360 }), None),
            ("invalid_limit", json!({ "per_day": 3, "hours": 24 }), None),
            ("resend_limit", json!({}), Some("count")),
            ("resend_limit", json!({ "seconds": 360, "hours": 24, "per_day": null }), Some("count")),
            ("resend_limit", json!({ "per_day": 3, "seconds": 360 }), Some("count")),
            ("resend_limit", json!({ "count": 3, "hours": 24 }), None),
            ("resend_limit", json!({ "per_day": 3, "hours": 24 }), None),
        ] {
            let path = format!("/api/admin/features/wechat.onboarding.otp.{key}");
            let version = mei.feature(&format!("wechat.onboarding.otp.{key}")).await.version;
            let answer = mei.put(&path, &json!({ "custom": custom, "version": version })).await;
            match missing {
                Some(field) => {
                    let expected = (422, "fault-restricts-nothing");
                    assert_eq!(answer.fault(field), expected, "{key} {custom}: {}", answer.text);
                }
                None => assert_eq!(answer.status, 200, "{key} {custom}: {}", answer.text),
            }
        }
    });
}

#[test]
fn the_second_of_two_admins_gets_a_conflict_and_overwrites_nothing() {
    on_every_database(|world| async move {
        let (mut one, mut other) = (world.signed_in("mei").await, world.signed_in("mei").await);
        for version in 0..2 {
            let first = one.change_feature(TEXT_LIMIT, FeatureValue::Number(200 + version), version).await;
            assert_eq!((first.status, first.read::<Feature>().version), (200, version + 1));
            let second = other.change_feature(TEXT_LIMIT, FeatureValue::Number(300), version).await;
            assert_eq!(second.fault("version"), (409, "fault-changed-meanwhile"));
        }
        let path = format!("/api/admin/features/{TEXT_LIMIT}/history");
        let history: Vec<FeatureChange> = one.get(&path).await.read();
        assert_eq!(history[0].by, "mei");
        let values: Vec<_> = history.into_iter().map(|row| (row.before, row.after)).collect();
        let number = |number| Some(FeatureValue::Number(number));
        assert_eq!(values, [(number(200), number(201)), (None, number(200))]);
    });
}

#[test]
fn parallel_changes_of_one_version_leave_one() {
    on_every_database(|world| async move {
        let mei = world.signed_in("mei").await;
        let mut changes = tokio::task::JoinSet::new();
        for number in 0..10 {
            let mut mei = mei.clone();
            let custom = FeatureValue::Number(200 + number);
            changes.spawn(async move { mei.change_feature(TEXT_LIMIT, custom, 0).await.status });
        }
        let statuses = changes.join_all().await;
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 9);
    });
}

#[test]
fn changing_asks_for_a_code_when_the_last_one_is_old() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        world.clock.advance(21 * MINUTE);
        let custom = FeatureValue::Number(500);
        let refused = mei.change_feature(TEXT_LIMIT, custom.clone(), 0).await;
        assert_eq!(refused.refusal(), (403, ProblemCode::ConfirmAgain));
        assert_eq!(mei.post("/api/session/code", &json!({})).await.status, 200);
        let code = world.newest_code("mei").await;
        let wrong = if code == "000000" { "111111" } else { "000000" };
        assert_eq!(mei.put("/api/session/code", &forms::code(wrong)).await.status, 401);
        // The code of one session is nothing in another.
        let mut elsewhere = world.signed_in("mei").await;
        assert_eq!(elsewhere.put("/api/session/code", &forms::code(&code)).await.status, 401);
        assert_eq!(mei.put("/api/session/code", &forms::code(&code)).await.status, 204);
        assert_eq!(mei.put("/api/session/code", &forms::code(&code)).await.status, 401);
        assert_eq!(mei.change_feature(TEXT_LIMIT, custom, 0).await.status, 200);
    });
}

#[test]
fn a_step_up_code_has_five_guesses_under_any_parallelism() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        world.clock.advance(21 * MINUTE);
        mei.post("/api/session/code", &json!({})).await;
        let code = world.newest_code("mei").await;
        let mut guesses = tokio::task::JoinSet::new();
        for number in 0..40 {
            let (mut mei, guess) = (mei.clone(), format!("{number:06}"));
            let guess = if guess == code { "999999".to_owned() } else { guess };
            guesses.spawn(
                async move { mei.put("/api/session/code", &forms::code(&guess)).await.problem().code },
            );
        }
        let answers = guesses.join_all().await;
        let refused = answers.iter().filter(|code| **code == ProblemCode::CodeRefused).count();
        assert_eq!(refused, 5);
        assert_eq!(mei.put("/api/session/code", &forms::code(&code)).await.status, 401);
    });
}

#[test]
fn the_idle_time_out_holds_for_sessions_that_are_open() {
    on_every_database(|world| async move {
        let (mut mei, mut priya) = (world.signed_in("mei").await, world.signed_in("priya").await);
        mei.set_feature("session.idle_timeout", FeatureValue::Number(5)).await;
        world.clock.advance(6 * MINUTE);
        assert_eq!(priya.get("/api/session").await.status, 401);
        let mut ana = world.signed_in("ana").await;
        world.clock.advance(6 * MINUTE);
        assert_eq!(ana.get("/api/session").await.status, 200, "another company has its own");
    });
}

#[test]
fn the_absolute_time_out_holds_for_new_sessions() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        mei.set_feature("session.absolute_timeout", FeatureValue::Number(1)).await;
        let mut priya = world.signed_in("priya").await;
        for _ in 0..5 {
            world.clock.advance(11 * MINUTE);
            assert_eq!(priya.get("/api/people").await.status, 200);
        }
        world.clock.advance(11 * MINUTE);
        assert_eq!(priya.get("/api/people").await.status, 401);
    });
}

#[test]
fn terms_of_use_are_accepted_with_the_code_or_there_is_no_session() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        mei.set_feature("login.terms_of_use", FeatureValue::Text("Be kind.".to_owned())).await;
        let mut priya = world.browser();
        let sent = priya.log_in("lanternbay", "priya", crate::common::PASSWORD).await;
        assert_eq!(sent.read::<CodeSent>().terms, "Be kind.");
        let code = world.newest_code("priya").await;
        let refused = priya.post("/api/login/code", &forms::code(&code)).await;
        assert_eq!(refused.fault("accepts_terms"), (422, "fault-terms"));
        let accepting = ConfirmCode { accepts_terms: true, ..ConfirmCode::of(code) };
        let accepted = priya.post("/api/login/code", &accepting).await;
        assert_eq!(accepted.status, 200, "{}", accepted.text);
    });
}

#[test]
fn the_text_limit_holds_for_the_next_message() {
    on_every_database(|world| async move {
        let (mut mei, mut priya) = (world.signed_in("mei").await, world.signed_in("priya").await);
        let path = format!("/api/chats/{}/messages", world.chat(&mut priya, "lukas").await);
        let long = "x".repeat(101);
        assert_eq!(priya.post(&path, &message(&long)).await.status, 201);
        mei.set_feature(TEXT_LIMIT, FeatureValue::Number(100)).await;
        assert_eq!(priya.post(&path, &message(&long)).await.status, 422);
        assert_eq!(priya.post(&path, &message(&"漢".repeat(100))).await.status, 201);
        assert_eq!(priya.get("/api/session").await.read::<Session>().text_limit, 100);
    });
}

#[test]
fn retained_messages_are_shown_and_older_ones_only_archived() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "lukas").await;
        let path = format!("/api/chats/{chat}/messages");
        priya.post(&path, &message("old words")).await;
        world.clock.advance(3 * DAY);
        let (mut mei, mut priya) = (world.signed_in("mei").await, world.signed_in("priya").await);
        priya.post(&path, &message("new words")).await;
        mei.set_feature("message.retention", numbers([("days", 2)])).await;
        let page = priya.get(&path).await;
        assert!(page.text.contains("new words") && !page.text.contains("old words"), "{}", page.text);
        let chat: Chat = priya.get(&format!("/api/chats/{chat}")).await.read();
        assert_eq!(chat.members[0].from, 2, "the page is told where the shown messages begin");
        assert!(world.db_archived(&["message_sent"]).await[0].contains("old words"));
        mei.set_feature("message.retention", None).await;
        assert!(priya.get(&path).await.text.contains("old words"));
    });
}

#[test]
fn without_onboarding_mail_a_new_user_gets_none() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        let import = async |name: &str| {
            let new = UserForm { username: name.to_owned(), ..forms::user(name, Role::AccountManager) };
            add_employee(&world.app, &world.bay, &new).await.unwrap();
            world.sent().await.iter().filter(|message| message.to == format!("{name}@staff.example")).count()
        };
        assert_eq!(import("nora").await, 1);
        mei.set_feature("user.onboarding_mail", FeatureValue::Boolean(false)).await;
        assert_eq!(import("omar").await, 0);
    });
}

#[test]
fn only_the_own_company_is_governed_and_its_people_are_told() {
    on_every_database(|world| async move {
        let (mut mei, mut ana) = (world.signed_in("mei").await, world.signed_in("ana").await);
        let (mut priya, mut stranger) = (world.listener("priya"), world.listener("ana"));
        mei.set_feature(TEXT_LIMIT, FeatureValue::Number(100)).await;
        assert_eq!(ana.get("/api/session").await.read::<Session>().text_limit, 4_000);
        assert_eq!(signals(&mut priya), [Signal::FeatureChanged { key: TEXT_LIMIT.to_owned() }]);
        assert!(signals(&mut stranger).is_empty());
    });
}
