//! The limits of onboarding that an org admin configures, with every field and without the optional ones.

use crate::{
    common::{
        forms::{by_email, numbers},
        on_every_database,
    },
    onboarding::{MAIL, confirm, invite, start, wrong},
};
use causeway_api::{ProblemCode, chats::Channel, features::FeatureValue};
use causeway_server::clock::{HOUR, MINUTE, SECOND};

/// A configured limit: its values, how many times it is provoked, and after how long it lets go.
struct Limit {
    key: &'static str,
    value: FeatureValue,
    provocations: usize,
    provoke: &'static str,
    lets_go_after: i64,
}

#[test]
fn every_configured_limit_locks_and_lets_go() {
    let limits = [
        Limit {
            key: "wechat.onboarding.otp.wrong_phone_limit",
            value: numbers([("count", 3), ("seconds", 360), ("hours", 24)]),
            provocations: 3,
            provoke: "wrong address",
            lets_go_after: 24 * HOUR,
        },
        Limit {
            key: "wechat.onboarding.otp.resend_limit",
            value: numbers([("count", 2), ("seconds", 360), ("hours", 2), ("per_day", 24)]),
            provocations: 2,
            provoke: "start",
            lets_go_after: 2 * HOUR,
        },
        // Without "Within", what is counted is counted all day.
        Limit {
            key: "wechat.onboarding.otp.wrong_phone_limit",
            value: numbers([("count", 2), ("hours", 30)]),
            provocations: 2,
            provoke: "wrong address",
            lets_go_after: 30 * HOUR,
        },
        Limit {
            key: "wechat.onboarding.otp.resend_limit",
            value: numbers([("count", 2), ("hours", 30)]),
            provocations: 2,
            provoke: "start",
            lets_go_after: 30 * HOUR,
        },
        Limit {
            key: "wechat.onboarding.otp.resend_limit",
            value: numbers([("per_day", 3), ("hours", 24)]),
            provocations: 3,
            provoke: "start",
            lets_go_after: 24 * HOUR,
        },
        Limit {
            key: "wechat.onboarding.otp.invalid_limit",
            value: numbers([("count", 3), ("seconds", 360), ("per_day", 2), ("hours", 5)]),
            provocations: 2,
            provoke: "start",
            lets_go_after: 5 * HOUR,
        },
    ];
    for limit in &limits {
        on_every_database(|world| async move {
            world.configure(&[(limit.key, limit.value.clone())]).await;
            let mut priya = world.signed_in("priya").await;
            invite(&mut priya, by_email(Channel::Wechat, MAIL), "").await;
            let mut phone = world.browser();
            for number in 0..limit.provocations {
                let address = match limit.provoke {
                    "wrong address" => format!("nobody{number}@pearlriver.example"),
                    _ => MAIL.to_owned(),
                };
                assert_eq!(start(&mut phone, &address).await.status, 200, "{} {number}", limit.key);
            }
            let refused = start(&mut phone, MAIL).await;
            assert_eq!(refused.refusal(), (429, ProblemCode::TooMany), "{}", limit.key);
            let wait = i64::from(refused.problem().retry_after.unwrap()) * SECOND;
            assert!(wait > limit.lets_go_after - MINUTE && wait <= limit.lets_go_after, "{wait}");
            world.clock.advance(limit.lets_go_after - 2 * SECOND);
            assert_eq!(start(&mut phone, MAIL).await.status, 429);
            world.clock.advance(3 * SECOND);
            assert_eq!(start(&mut phone, MAIL).await.status, 200, "{} lets go", limit.key);
        });
    }
}

#[test]
fn wrong_codes_end_the_code_earlier_when_that_is_configured() {
    wrong_codes_end_the_code(&numbers([("count", 2), ("seconds", 360)]));
    // Without "Within" as well.
    wrong_codes_end_the_code(&numbers([("count", 2)]));
}

fn wrong_codes_end_the_code(limit: &FeatureValue) {
    on_every_database(|world| async move {
        world.configure(&[("wechat.onboarding.otp.invalid_limit", limit.clone())]).await;
        let mut priya = world.signed_in("priya").await;
        invite(&mut priya, by_email(Channel::Wechat, MAIL), "").await;
        let mut phone = world.browser();
        start(&mut phone, MAIL).await;
        let code = world.code_to(MAIL).await;
        assert_eq!(confirm(&mut phone, wrong(&code)).await.problem().code, ProblemCode::CodeRefused);
        assert_eq!(confirm(&mut phone, wrong(&code)).await.problem().code, ProblemCode::CodeSpent);
        assert_eq!(confirm(&mut phone, &code).await.status, 401);
    });
}
