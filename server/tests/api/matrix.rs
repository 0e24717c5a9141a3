//! The permission matrix: every route for every kind of actor. A route that is not in it fails the test.

mod account_rows;
mod client_rows;
mod file_rows;
mod guards;

use crate::common::{World, browser::Browser, on_every_database};
use account_rows::{DEVICES, SECOND_FACTORS};
use axum::http::Method;
use client_rows::CLIENT_WRITES;
use file_rows::{FILES, saved_reply};
use serde_json::json;

/// Who asks: no one, someone between password and code, an employee who is a member, another employee, a
/// compliance officer, an org admin of another company, the client who is a member, another company's client, an org
/// admin and an owner of this company, an external user, and one who has to choose a password before anything else.
const ACTORS: [&str; 12] =
    ["nobody", "half", "priya", "daniel", "tomas", "ana", "lukas", "ines", "mei", "olga", "erin", "fred"];

/// A route and the status that each actor gets.
type Row = (&'static str, &'static str, [u16; 12]);

const MATRIX: [Row; 38] = [
    // no one half priya daniel tomas ana lukas ines mei olga erin fred
    ("POST", "/api/login", [401; 12]),
    ("GET", "/api/login/code", [401, 200, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("POST", "/api/login/code", [401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("POST", "/api/login/resend", [401, 200, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("GET", "/api/session", [401, 401, 200, 200, 200, 200, 401, 401, 200, 200, 200, 200]),
    ("DELETE", "/api/session", [401, 401, 204, 204, 204, 204, 401, 401, 204, 204, 204, 204]),
    ("GET", "/api/admin/features", [401, 401, 403, 403, 403, 200, 401, 401, 200, 200, 403, 403]),
    // Mei was first with that version.
    ("PUT", "/api/admin/features/{key}", [401, 401, 403, 403, 403, 200, 401, 401, 200, 409, 403, 403]),
    (
        "GET",
        "/api/admin/features/{key}/history",
        [401, 401, 403, 403, 403, 200, 401, 401, 200, 200, 403, 403],
    ),
    ("POST", "/api/session/code", [401, 401, 200, 200, 200, 200, 401, 401, 200, 200, 200, 403]),
    // External users govern nothing.
    ("PUT", "/api/session/code", [401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 403]),
    ("POST", "/api/welcome", [410; 12]),
    ("POST", "/api/welcome/password", [410; 12]),
    ("GET", "/api/people", [401, 401, 200, 200, 200, 200, 401, 401, 200, 200, 200, 403]),
    ("PUT", "/api/profile", [401, 401, 204, 204, 204, 204, 401, 401, 204, 204, 204, 403]),
    ("POST", "/api/people/{person}/links", [401, 401, 201, 201, 403, 404, 401, 401, 201, 201, 403, 403]),
    ("DELETE", "/api/people/{person}/links", [401, 401, 204, 204, 403, 404, 401, 401, 204, 204, 403, 403]),
    ("GET", "/api/chats", [401, 401, 200, 200, 200, 200, 401, 401, 200, 200, 200, 403]),
    ("POST", "/api/chats", [401, 401, 201, 201, 403, 404, 401, 401, 201, 201, 404, 403]),
    ("GET", "/api/chats/{chat}", [401, 401, 200, 404, 404, 404, 401, 401, 404, 404, 404, 403]),
    ("GET", "/api/chat-settings", [401, 401, 200, 200, 200, 200, 401, 401, 200, 200, 200, 403]),
    ("GET", "/api/chats/{chat}/pins", [401, 401, 200, 404, 404, 404, 401, 401, 404, 404, 404, 403]),
    ("PUT", "/api/chats/{chat}/settings", [401, 401, 200, 404, 404, 404, 401, 401, 404, 404, 404, 403]),
    ("POST", "/api/chats/{chat}/members", [401, 401, 422, 404, 403, 404, 401, 401, 404, 404, 403, 403]),
    ("PUT", "/api/chats/{chat}/name", [401, 401, 422, 404, 403, 404, 401, 401, 404, 404, 403, 403]),
    (
        "DELETE",
        "/api/chats/{chat}/members/{person}",
        [401, 401, 422, 404, 403, 404, 401, 401, 404, 404, 403, 403],
    ),
    ("DELETE", "/api/chats/{chat}/membership", [401, 401, 422, 404, 404, 404, 401, 401, 404, 404, 404, 403]),
    ("GET", "/api/chats/{chat}/messages", [401, 401, 200, 404, 404, 404, 401, 401, 404, 404, 404, 403]),
    ("POST", "/api/chats/{chat}/messages", [401, 401, 201, 404, 403, 404, 401, 401, 404, 404, 404, 403]),
    // The message is Priya's.
    (
        "PUT",
        "/api/chats/{chat}/messages/{message}",
        [401, 401, 200, 404, 403, 404, 401, 401, 404, 404, 404, 403],
    ),
    (
        "DELETE",
        "/api/chats/{chat}/messages/{message}",
        [401, 401, 200, 404, 403, 404, 401, 401, 404, 404, 404, 403],
    ),
    ("POST", "/api/chats/{chat}/receipts", [401, 401, 204, 404, 404, 404, 401, 401, 404, 404, 404, 403]),
    // 400: this in-process router has no connection to upgrade; the session was accepted.
    ("GET", "/api/events", [401, 401, 400, 400, 400, 400, 401, 401, 400, 400, 400, 403]),
    ("POST", "/api/client/open", [410; 12]),
    ("GET", "/api/client/session", [401, 401, 401, 401, 401, 401, 200, 200, 401, 401, 401, 401]),
    ("GET", "/api/client/chats", [401, 401, 401, 401, 401, 401, 200, 200, 401, 401, 401, 401]),
    ("GET", "/api/client/chats/{chat}", [401, 401, 401, 401, 401, 401, 200, 404, 401, 401, 401, 401]),
    ("GET", "/api/client/events", [401, 401, 401, 401, 401, 401, 400, 400, 401, 401, 401, 401]),
];

/// Contacts and invitations; the contact is Lukas, who is shared with everyone of the company but Tomás.
const CONTACTS: [Row; 24] = [
    ("GET", "/api/contacts", [401, 401, 200, 200, 200, 200, 401, 401, 200, 200, 403, 403]),
    ("GET", "/api/contacts/{person}", [401, 401, 200, 200, 404, 404, 401, 401, 200, 200, 403, 403]),
    ("PUT", "/api/contacts/{person}", [401, 401, 200, 200, 403, 404, 401, 401, 200, 200, 403, 403]),
    ("PUT", "/api/contacts/{person}/archive", [401, 401, 200, 200, 403, 404, 401, 401, 200, 200, 403, 403]),
    (
        "DELETE",
        "/api/contacts/{person}/archive",
        [401, 401, 200, 200, 403, 404, 401, 401, 200, 200, 403, 403],
    ),
    ("POST", "/api/contacts/{person}/shares", [401, 401, 200, 200, 403, 404, 401, 401, 200, 200, 403, 403]),
    // Lukas cannot be folded into himself.
    ("POST", "/api/contacts/{person}/merges", [401, 401, 422, 422, 403, 422, 401, 401, 422, 422, 403, 403]),
    (
        "DELETE",
        "/api/contacts/{person}/merges/{merge}",
        [401, 401, 404, 404, 403, 404, 401, 401, 404, 404, 403, 403],
    ),
    ("POST", "/api/contacts/{person}/notes", [401, 401, 201, 201, 403, 404, 401, 401, 201, 201, 403, 403]),
    // Nothing is pending.
    (
        "POST",
        "/api/contacts/{person}/channels/{channel}",
        [401, 401, 404, 404, 403, 404, 401, 401, 404, 404, 403, 403],
    ),
    (
        "DELETE",
        "/api/contacts/{person}/channels/{channel}",
        [401, 401, 404, 404, 403, 404, 401, 401, 404, 404, 403, 403],
    ),
    ("GET", "/api/channels", [401, 401, 200, 200, 200, 200, 401, 401, 200, 200, 403, 403]),
    ("POST", "/api/invitations/identity", [401, 401, 200, 200, 403, 200, 401, 401, 200, 200, 403, 403]),
    ("POST", "/api/invitations", [401, 401, 201, 201, 403, 201, 401, 401, 201, 201, 403, 403]),
    ("GET", "/api/lists", [401, 401, 200, 200, 200, 200, 401, 401, 200, 200, 403, 403]),
    ("POST", "/api/admin/lists/{list}", [401, 401, 403, 403, 403, 201, 401, 401, 201, 201, 403, 403]),
    ("GET", "/api/countries", [200; 12]),
    ("GET", "/api/onboarding/{company}", [200; 12]),
    ("POST", "/api/onboarding/{company}", [200; 12]),
    ("POST", "/api/onboarding-invitation", [410; 12]),
    ("PUT", "/api/onboarding-invitation", [410; 12]),
    ("GET", "/api/onboarding-code", [401; 12]),
    ("POST", "/api/onboarding-code", [401; 12]),
    ("PUT", "/api/onboarding-code", [401; 12]),
];

/// Users, registration, passwords and the audit log. The person in the path is Lukas, who has no account.
const ADMIN: [Row; 32] = [
    ("POST", "/api/password-reset", [204; 12]),
    ("POST", "/api/password-reset/link", [410; 12]),
    ("PUT", "/api/password-reset/link", [410; 12]),
    ("GET", "/api/admin/users", [401, 401, 403, 403, 403, 200, 401, 401, 200, 200, 403, 403]),
    ("POST", "/api/admin/users", [401, 401, 403, 403, 403, 201, 401, 401, 201, 201, 403, 403]),
    ("PUT", "/api/admin/users/{person}", [401, 401, 403, 403, 403, 404, 401, 401, 404, 404, 403, 403]),
    (
        "PUT",
        "/api/admin/users/{person}/inactive",
        [401, 401, 403, 403, 403, 404, 401, 401, 404, 404, 403, 403],
    ),
    (
        "DELETE",
        "/api/admin/users/{person}/inactive",
        [401, 401, 403, 403, 403, 404, 401, 401, 404, 404, 403, 403],
    ),
    (
        "POST",
        "/api/admin/users/{person}/password-link",
        [401, 401, 403, 403, 403, 404, 401, 401, 404, 404, 403, 403],
    ),
    ("POST", "/api/admin/user-import/preview", [401, 401, 403, 403, 403, 200, 401, 401, 200, 200, 403, 403]),
    ("POST", "/api/admin/user-import", [401, 401, 403, 403, 403, 202, 401, 401, 202, 202, 403, 403]),
    ("GET", "/api/admin/user-import", [401, 401, 403, 403, 403, 200, 401, 401, 200, 200, 403, 403]),
    ("GET", "/api/admin/user-import/{import}", [401, 401, 403, 403, 403, 404, 401, 401, 404, 404, 403, 403]),
    (
        "DELETE",
        "/api/admin/user-import/{import}",
        [401, 401, 403, 403, 403, 404, 401, 401, 404, 404, 403, 403],
    ),
    ("GET", "/api/admin/clients", [401, 401, 403, 403, 403, 200, 401, 401, 200, 200, 403, 403]),
    // A compliance officer takes care of no one.
    (
        "POST",
        "/api/admin/clients/{person}/transfer",
        [401, 401, 403, 403, 403, 404, 401, 401, 422, 422, 403, 403],
    ),
    (
        "PUT",
        "/api/admin/clients/{person}/archive",
        [401, 401, 403, 403, 403, 404, 401, 401, 204, 204, 403, 403],
    ),
    (
        "DELETE",
        "/api/admin/clients/{person}/archive",
        [401, 401, 403, 403, 403, 404, 401, 401, 204, 204, 403, 403],
    ),
    ("GET", "/api/admin/license", [401, 401, 403, 403, 403, 200, 401, 401, 200, 200, 403, 403]),
    ("GET", "/api/admin/registration", [401, 401, 403, 403, 403, 200, 401, 401, 200, 200, 403, 403]),
    // Another version than the newest; the plan of Ana's company has no registration.
    ("PUT", "/api/admin/registration", [401, 401, 403, 403, 403, 409, 401, 401, 409, 409, 403, 403]),
    ("POST", "/api/admin/registration/link", [401, 401, 403, 403, 403, 409, 401, 401, 200, 200, 403, 403]),
    ("GET", "/api/registration/{token}", [410; 12]),
    ("POST", "/api/registration/{token}", [410; 12]),
    ("GET", "/api/registration-code", [401; 12]),
    ("POST", "/api/registration-code", [401; 12]),
    ("PUT", "/api/registration-code", [401; 12]),
    ("GET", "/api/admin/audit", [401, 401, 403, 403, 200, 200, 401, 401, 200, 200, 403, 403]),
    ("POST", "/api/admin/audit/export", [401, 401, 403, 403, 200, 200, 401, 401, 200, 200, 403, 403]),
    ("GET", "/api/notifications", [401, 401, 200, 200, 200, 200, 401, 401, 200, 200, 200, 403]),
    ("PUT", "/api/notifications", [401, 401, 204, 204, 204, 204, 401, 401, 204, 204, 204, 403]),
    // The old password is wrong; a first one needs none, and frees who had to choose one.
    ("PUT", "/api/profile/password", [401, 401, 422, 422, 422, 422, 401, 401, 422, 422, 204, 204]),
];

fn rows() -> impl Iterator<Item = Row> {
    MATRIX
        .into_iter()
        .chain(CONTACTS)
        .chain(DEVICES)
        .chain(SECOND_FACTORS)
        .chain(FILES)
        .chain(ADMIN)
        .chain(CLIENT_WRITES)
}

async fn browser(world: &World, actor: &str) -> Browser {
    match actor {
        "nobody" => world.browser(),
        "half" => {
            let mut browser = world.browser();
            browser.log_in("lanternbay", "mei", crate::common::PASSWORD).await;
            browser
        }
        "lukas" | "ines" => world.client(actor).await,
        "erin" => world.registered(&format!("{}@new.example", causeway_server::clock::random_id())).await.0,
        "fred" => {
            let email = format!("{}@new.example", causeway_server::clock::random_id());
            let (_, code) = world.registered(&email).await;
            world.sign_in_external(&email, &code).await
        }
        name => world.signed_in(name).await,
    }
}

/// A body that is right as far as anyone can know without looking behind the door.
pub(crate) async fn body(world: &World, method: &str, route: &str) -> Option<String> {
    let id = causeway_server::clock::random_id();
    let body = match (method, route) {
        ("GET" | "DELETE", _) => return None,
        (_, "/api/login") => json!({ "company": "lanternbay", "username": "nobody", "password": "x" }),
        (_, "/api/admin/features/{key}") => json!({ "custom": 300, "version": 0 }),
        (
            _,
            "/api/login/code"
            | "/api/session/code"
            | "/api/profile/authenticator"
            | "/api/onboarding-code"
            | "/api/registration-code"
            | "/api/activation/code",
        ) => json!({ "code": "000000" }),
        (_, "/api/push") => json!({
            "endpoint": "https://inside.example/", "p256dh": "x", "auth": "x", "shows_content": false,
        }),
        ("PUT", "/api/profile/passkeys") => json!({ "name": "Key", "credential": {} }),
        (_, "/api/activation") => json!({ "code": "ABCD-EFGH" }),
        (_, "/api/activation/login") => json!({ "username": "nobody", "password": "x" }),
        (_, "/api/devices/{device}") => json!({ "name": "Phone" }),
        (_, "/api/device-links/{link}") => json!({ "number": "17" }),
        (_, "/api/contacts/{person}") => json!({
            "first_name": "Lukas", "last_name": "Brandt", "email": "", "phone": "", "country": "", "language": "",
            "external_company": null, "tags": [],
        }),
        (_, "/api/contacts/{person}/shares") => json!({ "colleague": world.id("mei") }),
        (_, "/api/contacts/{person}/merges") => json!({ "other": world.id("lukas") }),
        (_, "/api/notifications") => json!({ "up_to": 0 }),
        (_, "/api/contacts/{person}/notes") => {
            json!({ "id": causeway_server::clock::random_id(), "text": "x" })
        }
        (_, "/api/invitations/identity") => json!({ "channel": "causeway", "phone": "+852 6123 4567" }),
        (_, "/api/invitations") => json!({
            "identity": { "channel": "causeway", "email": format!("{id}@client.example") },
            "profile": { "kind": "new", "profile": {
                "first_name": "New", "last_name": "Client", "email": "", "phone": "", "country": "", "language": "",
                "external_company": null, "tags": [],
            } },
        }),
        (_, "/api/admin/lists/{list}") => json!({ "name": id }),
        (_, "/api/onboarding/{company}") => json!({ "address": "nobody@client.example" }),
        (_, "/api/password-reset") => json!({ "company": "lanternbay", "username": "nobody" }),
        (_, "/api/profile/password") => json!({ "old": "wrong", "new": "kelp orbit nine 9" }),
        (_, "/api/admin/users") => {
            json!({ "name": "New", "email": format!("{id}@staff.example"), "role": "account_manager" })
        }
        (_, "/api/admin/users/{person}") => {
            json!({ "name": "New", "email": "new@staff.example", "role": "account_manager" })
        }
        (_, "/api/admin/user-import" | "/api/admin/user-import/preview") => {
            json!({ "csv": format!("name,email\nNew,{id}@import.example") })
        }
        (_, "/api/admin/clients/{person}/transfer") => json!({ "to": world.id("tomas") }),
        (_, "/api/admin/registration") => json!({
            "is_open": false, "person_in_charge": null, "form_text": {}, "welcome": "", "domains": [], "version": 99,
        }),
        (_, "/api/registration/{token}") => {
            json!({ "name": "New", "email": "new@new.example", "language": "en" })
        }
        ("PUT", "/api/password-reset/link") | ("POST", "/api/welcome/password") => {
            json!({ "token": "x", "password": "kelp orbit nine 9" })
        }
        (
            _,
            "/api/welcome" | "/api/client/open" | "/api/onboarding-invitation" | "/api/password-reset/link",
        ) => json!({ "token": "x" }),
        (_, "/api/profile") => json!({ "language": "ja" }),
        (_, "/api/chats") => json!({ "kind": "direct", "with": world.id("amara") }),
        (_, route) if route.ends_with("/uploads") => json!({ "id": id, "name": "a.txt", "size": 3 }),
        (_, route) if route.ends_with("/members") => json!({ "person": world.id("mei") }),
        ("PUT", route) if route.ends_with("/name") => json!({ "name": "Harbour" }),
        (_, route) if route.ends_with("/settings") => json!({ "change": "pin", "is_on": true }),
        ("POST", route) if route.ends_with("/scheduled") => {
            json!({ "message": { "id": id, "text": "x" }, "at": 1 })
        }
        ("PUT", "/api/status") => json!({ "status": null }),
        ("PUT", route) if route.contains("saved-replies") => saved_reply(),
        ("PUT", "/api/scheduled/{message}") => json!({ "at": 1 }),
        (_, route) if route.ends_with("/pin") => json!({ "is_on": true }),
        (_, route) if route.ends_with("/reactions") => json!({ "emoji": "👍", "is_on": true }),
        (_, route) if route.ends_with("/{message}") => json!({ "text": "y" }),
        (_, route) if route.ends_with("/messages") => json!({ "id": id, "text": "x" }),
        (_, route) if route.ends_with("/receipts") => json!({ "delivered": 0, "read": 0 }),
        _ => json!({}),
    };
    Some(body.to_string())
}

/// The path of a route with everything filled in. What the other parameters name does not exist.
pub(crate) fn filled(route: &str, chat: &str, person: &str, message: &str) -> String {
    let mut path = route
        .replace("{chat}", chat)
        .replace("{person}", person)
        .replace("{message}", message)
        .replace("{reply}", person)
        .replace("{key}", "message.text_limit")
        .replace("{channel}", "wechat")
        .replace("{list}", "tags")
        .replace("{token}", "no-such-link")
        .replace("{company}", "lanternbay");
    for id in ["{passkey}", "{device}", "{link}", "{merge}", "{import}", "{file}"] {
        path = path.replace(id, &causeway_server::clock::random_id().to_string());
    }
    path = path.replace("{size}", "480");
    if route.ends_with("/uploads/{file}") {
        path.push_str("?offset=0");
    }
    if path.ends_with("/events") {
        path.push_str("?since=0");
    }
    if path.ends_with("/export") {
        path.push_str("?format=csv");
    }
    path
}

#[test]
fn every_route_answers_every_actor_as_the_matrix_says() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "lukas").await.to_string();
        world.open_registration("priya").await;
        let lukas = world.id("lukas").to_string();
        let mut faults = Vec::new();
        for (number, actor) in ACTORS.into_iter().enumerate() {
            // No one gets more than twenty codes in a day.
            world.clock.advance(25 * 60 * 60_000);
            let mut session = browser(&world, actor).await;
            // The page knows whom it is for before anything is asked.
            session.person("/api/session").await;
            session.person("/api/client/session").await;
            let new = crate::common::forms::message("Good morning");
            let sent =
                world.signed_in("priya").await.post(&format!("/api/chats/{chat}/messages"), &new).await;
            assert_eq!(sent.status, 201, "{}", sent.text);
            let message = new.id.to_string();
            for (method, route, statuses) in rows() {
                // Each row gets the session as it was: a row that signs out must not decide the next.
                if method == "DELETE" && route.ends_with("session") || route.ends_with("/links") {
                    continue;
                }
                let path = filled(route, &chat, &lukas, &message);
                let body = body(&world, method, route).await;
                let method = Method::from_bytes(method.as_bytes()).unwrap();
                let status = session.clone().send(method.clone(), &path, body).await.status;
                if status != statuses[number] {
                    faults.push(format!("{actor}: {method} {route}: {status}, not {}", statuses[number]));
                }
            }
            for (method, route, statuses) in rows()
                .filter(|row| row.1.ends_with("/links") || (row.0 == "DELETE" && row.1.ends_with("session")))
            {
                let path = route.replace("{person}", &lukas);
                let body = body(&world, method, route).await;
                let status = browser(&world, actor)
                    .await
                    .send(Method::from_bytes(method.as_bytes()).unwrap(), &path, body)
                    .await
                    .status;
                if status != statuses[number] {
                    faults.push(format!("{actor}: {method} {route}: {status}, not {}", statuses[number]));
                }
                world.clock.advance(11 * 60_000);
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    });
}
