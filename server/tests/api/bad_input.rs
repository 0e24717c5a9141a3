//! What no route may fail over: thousands of requests that are wrong in every part, by people who are let in.

use crate::{
    common::{World, browser::Browser, on_every_database},
    matrix::{body, filled},
};
use axum::http::Method;
use causeway_api::ProblemCode;
use causeway_server::http::{Audience, SessionRule, Statement, Who, statements};
use serde_json::{Value, json};

/// Requests per route.
const PER_ROUTE: usize = 18;

/// JSON that takes the place of a value in a body that is right otherwise.
fn values() -> Vec<String> {
    let written = [
        r#""a\u0000b""#,
        r#""\u0000""#,
        r#""\ud800""#,
        r#""\udc00x""#,
        r#""\\u0000""#,
        "9223372036854775807",
        "-9223372036854775808",
        "18446744073709551615",
        "9007199254740992",
        "9007199254740991",
        "-9007199254740991",
        "-1",
        "0",
        "1e999",
        "1e18",
        "1.5",
        "-0.0",
        r#""""#,
        r#""   ""#,
        r#""\u200b\u202e""#,
        r#""' OR 1=1 --""#,
        r#""00000000-0000-0000-0000-000000000000""#,
        "null",
        "true",
        "[]",
        "[null]",
        "{}",
        r#"{"a":1,"a":2}"#,
    ];
    let mut values: Vec<String> = written.into_iter().map(str::to_owned).collect();
    values.push(format!("\"{}\"", "x".repeat(100_000)));
    values.push(format!("\"{}\"", "𠮷".repeat(5_000)));
    values.push(format!("{}{}", "[".repeat(200), "]".repeat(200)));
    values
}

/// Whole bodies.
fn bodies() -> Vec<Vec<u8>> {
    let mut bodies: Vec<Vec<u8>> =
        ["", "{", "null", "[]", "\"x\"", "0", "{}", "{\"a\":1,\"a\":2}", "\u{feff}{}"]
            .into_iter()
            .map(|text| text.as_bytes().to_vec())
            .collect();
    bodies.push(b"{\"name\":\"\xff\xfe\"}".to_vec());
    bodies.push(b"\0\0\0".to_vec());
    bodies.push("[".repeat(10_000).into_bytes());
    bodies.push(vec![b' '; 300_000]);
    bodies
}

/// What takes the place of a parameter in a path.
const SEGMENTS: [&str; 10] = [
    "%00",
    "a%00b",
    "%ED%A0%80",
    "%ff",
    "-1",
    "9223372036854775808",
    "00000000-0000-0000-0000-000000000000",
    "..%2f..%2fetc",
    "%F0%A0%AE%B7",
    "'%20OR%201=1",
];

/// Queries; most routes know none of the fields.
const FIELDS: [&str; 16] = [
    "from", "limit", "since", "until", "cursor", "search", "state", "role", "sort", "tab", "tag", "owner",
    "action", "actor", "archived", "group",
];
const WORDS: [&str; 16] = [
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-1",
    "0",
    "1e999",
    "1.5",
    "%00",
    "a%00",
    "%ff",
    "",
    "9007199254740992",
    "253402300800000",
    "%F0%A0%AE%B7",
    "0.0",
    "00000000-0000-0000-0000-000000000000",
];

/// Numbers that look random and are the same in every run (Marsaglia, Xorshift RNGs).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// The places of values in a body.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(key, value)| places(value, &format!("{at}/{key}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at_, value)| places(value, &format!("{at}/{at_}"), found));
        }
        _ => {}
    }
}

/// A right body in which one value is wrong.
fn spoilt(right: &str, dice: &mut Dice, values: &[String]) -> Vec<u8> {
    const HERE: &str = "\u{1}here";
    let mut body: Value = serde_json::from_str(right).unwrap();
    let mut found = Vec::new();
    places(&body, "", &mut found);
    *body.pointer_mut(dice.pick::<String>(&found)).unwrap() = json!(HERE);
    body.to_string().replace(&json!(HERE).to_string(), dice.pick::<String>(values)).into_bytes()
}

/// A path with wrong parameters or a wrong query, or as it should be.
fn path(world: &World, statement: &Statement, chat: &str, dice: &mut Dice) -> String {
    let mut route = statement.path.clone();
    if dice.below(3) == 0
        && let Some(begin) = route.find('{')
    {
        let end = route[begin..].find('}').unwrap() + begin;
        route.replace_range(begin..=end, dice.pick::<&str>(&SEGMENTS));
    }
    let mut path = filled(&route, chat, &world.id("lukas").to_string(), chat);
    if statement.method == "GET" || dice.below(4) == 0 {
        let glue = if path.contains('?') { "&" } else { "?" };
        path.extend([glue, *dice.pick::<&str>(&FIELDS), "=", *dice.pick::<&str>(&WORDS)]);
    }
    path
}

/// The browser of someone whom a route lets in.
fn actor<'a>(
    statement: &Statement,
    [mei, erin, lukas]: &'a mut [Browser; 3],
    number: usize,
) -> &'a mut Browser {
    match statement.guard.audience {
        Audience::Session(SessionRule { who: Who::Client, .. }) => lukas,
        Audience::Session(SessionRule { who: Who::Member, .. }) if number.is_multiple_of(2) => erin,
        _ => mei,
    }
}

#[test]
fn no_bad_input_is_a_fault_of_the_server() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        let chat = world.chat(&mut mei, "lukas").await.to_string();
        world.open_registration("priya").await;
        let erin = world.registered("erin@new.example").await.0;
        let mut actors = [mei, erin, world.client("lukas").await];
        let (mut dice, values, bodies) = (Dice(0x1234_5678_9abc_def1), values(), bodies());
        let mut routes = statements();
        // Signing out comes last: no one would be let in any more.
        routes.sort_by_key(|it| it.method == "DELETE" && it.path.ends_with("/session"));
        let (mut sent, mut let_in) = (0, 0);
        for statement in &routes {
            for number in 0..PER_ROUTE {
                let path = path(&world, statement, &chat, &mut dice);
                let body = match body(&world, statement.method, &statement.path).await {
                    Some(right) if number % 3 != 0 => Some(spoilt(&right, &mut dice, &values)),
                    _ if statement.method == "GET" => None,
                    _ => Some(dice.pick(&bodies).clone()),
                };
                let shown: String =
                    String::from_utf8_lossy(body.as_deref().unwrap_or_default()).chars().take(200).collect();
                let method = Method::from_bytes(statement.method.as_bytes()).unwrap();
                let answer = actor(statement, &mut actors, number).send_bytes(method, &path, body).await;
                assert!(
                    answer.status < 500,
                    "{} {path} {shown}: {} {}",
                    statement.method,
                    answer.status,
                    answer.text
                );
                assert!(answer.status < 400 || answer.json["code"].is_string(), "{path}: {}", answer.text);
                sent += 1;
                let_in += usize::from(![401, 403].contains(&answer.status));
            }
        }
        assert!(sent >= 2_000, "{sent} requests");
        assert!(let_in * 3 > sent * 2, "only {let_in} of {sent} came past the guards");
    });
}

#[test]
fn numbers_from_outside_are_bounded_where_they_enter() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        let chat = world.chat(&mut mei, "lukas").await;
        let messages = format!("/api/chats/{chat}/messages");
        for (path, field) in [
            ("/api/contacts?cursor=9223372036854775808", "cursor"),
            ("/api/contacts?limit=201", "limit"),
            ("/api/contacts?cursor=-1", "cursor"),
            ("/api/admin/users?limit=0", "limit"),
            ("/api/admin/clients?limit=101", "limit"),
            ("/api/admin/audit?from=-1", "from"),
            ("/api/admin/audit?until=253402300800000", "until"),
            (&format!("{messages}?from=0"), "from"),
            (&format!("{messages}?limit=101"), "limit"),
            (&format!("{messages}?from=9007199254740992"), "from"),
        ] {
            let answer = mei.get(path).await;
            assert_eq!(answer.fault(field), (422, "fault-range"), "{path}");
        }
        assert_eq!(mei.get("/api/contacts?cursor=many").await.status, 400);
        let most = "/api/events?since=9007199254740992&person=00000000-0000-0000-0000-000000000000";
        assert_eq!(mei.get(most).await.status, 422);
        for version in ["9223372036854775807", "9007199254740992"] {
            let body = format!(r#"{{"custom":300,"version":{version}}}"#);
            let answer = mei.send(Method::PUT, "/api/admin/features/message.text_limit", Some(body)).await;
            assert_eq!(answer.refusal(), (400, ProblemCode::Invalid), "{}", answer.text);
        }
        // The writer lives.
        let sent = mei.post(&messages, &crate::common::forms::message("still here")).await;
        assert_eq!(sent.status, 201, "{}", sent.text);
    });
}

#[test]
fn nul_is_refused_at_the_door() {
    on_every_database(|world| async move {
        let mut browser = world.browser();
        let answer = browser.log_in("lanternbay", "mei\0", "x").await;
        assert_eq!(answer.refusal(), (400, ProblemCode::Invalid));
        assert_eq!(browser.get("/api/onboarding/lantern%00bay").await.status, 404);
        let mut mei = world.signed_in("mei").await;
        assert_eq!(mei.get("/api/contacts?search=a%00").await.status, 400);
        assert_eq!(mei.get("/api/admin/features/a%00b/history").await.status, 404);
    });
}
