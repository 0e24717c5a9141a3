//! The matrix against what the routes state: a refusal that a guard promises is in every row, and an act that asks for a
//! recent code changes nothing without one.

use super::{ACTORS, body, filled, rows};
use crate::common::on_every_database;
use axum::http::Method;
use causeway_api::ProblemCode;
use causeway_server::http::{Audience, Guard, Right, SessionRule, Statement, Who, statements};
use std::collections::{BTreeMap, BTreeSet};

/// Why an actor of the matrix is refused by a guard: nothing is known of the object or the body yet.
fn refusal(actor: &str, guard: Guard) -> Option<u16> {
    let Audience::Session(SessionRule { who, right, .. }) = guard.audience else { return None };
    let (is_client, is_external) = (["lukas", "ines"].contains(&actor), ["erin", "fred"].contains(&actor));
    if ["nobody", "half"].contains(&actor) || is_client != (who == Who::Client) {
        return Some(401);
    }
    // Fred has to choose a password before anything else.
    let is_early = actor == "fred" && who != Who::AnySession;
    let lacks_right = match right {
        Right::None => false,
        Right::Write => actor == "tomas",
        Right::Govern => !["ana", "mei", "olga"].contains(&actor),
        Right::Audit => !["ana", "mei", "olga", "tomas"].contains(&actor),
    };
    (is_early || (is_external && who == Who::Employee) || lacks_right).then_some(403)
}

#[test]
fn the_matrix_has_every_route_and_every_refusal_that_its_guard_states() {
    let stated: BTreeMap<String, Guard> =
        statements().into_iter().map(|it| (format!("{} {}", it.method, it.path), it.guard)).collect();
    let listed: BTreeSet<String> = rows().map(|(method, path, _)| format!("{method} {path}")).collect();
    assert_eq!(stated.keys().cloned().collect::<BTreeSet<_>>(), listed);
    assert_eq!(rows().count(), listed.len(), "a route is listed twice");
    for (method, path, statuses) in rows() {
        let route = format!("{method} {path}");
        for (actor, status) in ACTORS.into_iter().zip(statuses) {
            let refused = refusal(actor, stated[&route]);
            assert!(
                refused.is_none_or(|refused| refused == status),
                "{actor}: {route}: {refused:?}, not {status}"
            );
        }
    }
}

#[test]
fn the_openapi_document_describes_every_route() {
    let document = serde_json::to_value(causeway_server::http::openapi()).unwrap();
    let described: BTreeSet<String> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().unwrap().keys();
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let stated = statements().into_iter().map(|it| format!("{} {}", it.method, it.path)).collect();
    assert_eq!(described, stated);
}

fn asks_for_a_code(statement: &Statement) -> bool {
    matches!(statement.guard.audience, Audience::Session(SessionRule { step_up: true, .. }))
}

#[test]
fn what_governs_asks_for_a_recent_code() {
    let exempt = ["/api/admin/user-import/preview"];
    for statement in statements().iter().filter(|it| it.path.starts_with("/api/admin/") && it.method != "GET")
    {
        let is_exempt = exempt.contains(&statement.path.as_str());
        assert!(is_exempt || asks_for_a_code(statement), "{} {}", statement.method, statement.path);
    }
}

#[test]
fn without_a_recent_code_nothing_that_asks_for_one_happens() {
    on_every_database(|world| async move {
        let priya = &mut world.signed_in("priya").await;
        let chat = world.chat(priya, "lukas").await.to_string();
        let colleague = world.id("daniel").to_string();
        let client = world.id("lukas").to_string();
        world.open_registration("priya").await;
        let mut mei = world.signed_in("mei").await;
        world.clock.advance(21 * 60_000);
        // What this request notes of the session is noted before the comparison.
        assert_eq!(mei.get("/api/admin/users").await.status, 200);
        let before = world.db_snapshot().await;
        for statement in statements().iter().filter(|it| asks_for_a_code(it)) {
            let person = if statement.path.contains("/users/") { &colleague } else { &client };
            let path = filled(&statement.path, &chat, person, &chat);
            let body = body(&world, statement.method, &statement.path).await;
            let method = Method::from_bytes(statement.method.as_bytes()).unwrap();
            let answer = mei.send(method, &path, body).await;
            assert_eq!(
                answer.refusal(),
                (403, ProblemCode::ConfirmAgain),
                "{} {path}: {}",
                statement.method,
                answer.text
            );
        }
        assert_eq!(world.db_snapshot().await, before);
    });
}

/// The paths of `api/src/paths.rs` and its folder, which the application asks for: every constant of one.
fn asked_for() -> BTreeSet<String> {
    let read = |file: &str| {
        std::fs::read_to_string(format!("{}/../api/src/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    };
    let source = read("paths.rs") + &read("paths/files.rs") + &read("paths/messages.rs");
    let literals = source.split('"').skip(1).step_by(2);
    literals.filter(|text| text.starts_with("/api/")).map(str::to_owned).collect()
}

#[test]
fn the_application_asks_for_the_paths_that_the_server_has() {
    let served: BTreeSet<String> = causeway_server::http::openapi().paths.paths.into_keys().collect();
    let asked = asked_for();
    let differing: Vec<&String> = asked.symmetric_difference(&served).collect();
    assert!(differing.is_empty(), "on one side only: {differing:?}");
}
