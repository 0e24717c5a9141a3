//! Folding contacts into one another, and taking that back; notifications that admins get.

use crate::common::{World, browser::Browser, message, on_every_database};
use serde_json::{Value, json};

fn profile(first: &str, email: &str, phone: &str) -> Value {
    json!({
        "first_name": first, "last_name": "Chan", "email": email, "phone": phone, "country": "", "language": "",
        "external_company": null, "tags": [],
    })
}

async fn configure(world: &World, values: &[(&str, Value)]) {
    let mut mei = world.signed_in("mei").await;
    for (key, custom) in values {
        let path = format!("/api/admin/features/{key}");
        let answer = mei.put(&path, &json!({ "custom": custom, "version": 0 })).await;
        assert_eq!(answer.status, 200, "{key}: {}", answer.text);
    }
}

async fn invite(browser: &mut Browser, first: &str, email: &str, phone: &str) -> String {
    let body = json!({
        "identity": { "channel": "causeway", "phone": phone, "email": email },
        "profile": { "kind": "new", "profile": profile(first, email, "") },
    });
    let answer = browser.post("/api/invitations", &body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json["contact"]["person"]["id"].as_str().unwrap().to_owned()
}

/// Two contacts of Priya with one mail address; the second has a number, too, and a note.
async fn twins(world: &World, priya: &mut Browser) -> (String, String) {
    configure(world, &[("profile.client.email.unique", json!(false))]).await;
    let kept = invite(priya, "Siu Ming", "siu@pearl.example", "").await;
    let other = invite(priya, "S M", "siu@pearl.example", "+85261234567").await;
    priya.post(&format!("/api/contacts/{other}/notes"), &message("calls on Mondays")).await;
    (kept, other)
}

#[test]
fn a_duplicate_is_folded_in_and_comes_back_as_it_was() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let (kept, other) = twins(&world, &mut priya).await;
        let path = format!("/api/contacts/{kept}");
        let before = priya.get(&path).await.json;
        assert_eq!(before["duplicates"][0]["id"], other.as_str(), "offered");
        let merged = priya.post(&format!("{path}/merges"), &json!({ "other": other })).await;
        assert_eq!(merged.status, 200, "{}", merged.text);
        let contact = merged.json;
        assert_eq!(contact["person"]["name"], "Siu Ming Chan", "the direction is the path's");
        assert_eq!(contact["profile"]["phone"], "+85261234567", "what was missing is filled in");
        assert_eq!(contact["notes"][0]["text"], "calls on Mondays");
        assert_eq!(contact["channels"].as_array().unwrap().len(), 2, "the channels of both");
        assert_eq!(contact["aliases"], json!([kept, other]));
        assert_eq!(contact["duplicates"], json!([]));
        let list = priya.get("/api/contacts?search=chan").await.json;
        assert_eq!((list["total"].as_u64(), &list["items"][0]["person"]["id"]), (Some(1), &json!(kept)));
        assert!(!priya.get("/api/people").await.text.contains(&other));
        let by_old_address = priya.get(&format!("/api/contacts/{other}")).await.json;
        assert_eq!(by_old_address["person"]["id"], kept.as_str());
        let merge = contact["merged"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(contact["merged"][0]["name"], "S M Chan");
        let undo = format!("{path}/merges/{merge}");
        let back = priya.delete(&undo).await;
        assert_eq!(back.status, 200, "{}", back.text);
        assert_eq!((&back.json["profile"], &back.json["merged"]), (&before["profile"], &json!([])));
        assert_eq!(priya.delete(&undo).await.status, 404, "once");
        let other = priya.get(&format!("/api/contacts/{other}")).await.json;
        assert_eq!(
            (&other["person"]["name"], &other["notes"][0]["text"]),
            (&json!("S M Chan"), &json!("calls on Mondays"))
        );
    });
}

#[test]
fn the_folded_client_goes_on_writing_under_the_kept_name() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let (kept, other) = twins(&world, &mut priya).await;
        let link = priya.post(&format!("/api/people/{other}/links"), &json!({})).await.json["link"].clone();
        let token = link.as_str().unwrap().split('#').nth(1).unwrap().to_owned();
        let chat = priya.post("/api/chats", &json!({ "kind": "direct", "with": other })).await.json;
        let chat = chat["id"].as_str().unwrap();
        let mut client = world.browser();
        assert_eq!(client.post("/api/client/open", &json!({ "token": token })).await.status, 204);
        let merged = priya.post(&format!("/api/contacts/{kept}/merges"), &json!({ "other": other })).await;
        assert_eq!(merged.status, 200, "{}", merged.text);
        let sent = client.post(&format!("/api/client/chats/{chat}/messages"), &message("still here")).await;
        assert_eq!(sent.status, 201, "{}", sent.text);
        let seen = priya.get(&format!("/api/chats/{chat}")).await.json;
        let names: Vec<&Value> =
            seen["members"].as_array().unwrap().iter().map(|it| &it["person"]["name"]).collect();
        assert!(names.contains(&&json!("Siu Ming Chan")), "{names:?}");
        // A pending channel of the folded one is cancelled through it, by whoever sees the kept one.
        let path = format!("/api/contacts/{other}/channels/causeway");
        let left = priya.delete(&path).await;
        assert_eq!(
            (left.status, left.json["channels"].as_array().map(Vec::len)),
            (200, Some(1)),
            "{}",
            left.text
        );
    });
}

#[test]
fn a_merge_needs_both_contacts_once_and_two_different_ones() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let (kept, other) = twins(&world, &mut priya).await;
        let path = format!("/api/contacts/{kept}/merges");
        assert_eq!(daniel.post(&path, &json!({ "other": other })).await.status, 404, "not shared");
        let lukas = world.id("lukas").await;
        assert_eq!(
            daniel.post(&format!("/api/contacts/{lukas}/merges"), &json!({ "other": other })).await.status,
            404
        );
        let same = priya.post(&path, &json!({ "other": kept })).await;
        assert_eq!((same.status, &same.json["fields"]["other"]), (422, &json!("fault-same-contact")));
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (mut priya, path, body) = (priya.clone(), path.clone(), json!({ "other": other }));
            tries.spawn(async move { priya.post(&path, &body).await.status });
        }
        let done = tries.join_all().await;
        assert_eq!(done.iter().filter(|status| **status == 200).count(), 1, "{done:?}");
        // What has been folded into has to be taken apart before it disappears itself.
        let other = priya.post(&format!("/api/contacts/{lukas}/merges"), &json!({ "other": kept })).await;
        assert_eq!((other.status, &other.json["fields"]["other"]), (409, &json!("fault-merged-already")));
    });
}

#[test]
fn whoever_saw_either_sees_the_merged_contact_until_it_is_taken_back() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let (kept, other) = twins(&world, &mut priya).await;
        let share = json!({ "colleague": world.id("daniel").await });
        priya.post(&format!("/api/contacts/{other}/shares"), &share).await;
        assert_eq!(daniel.get(&format!("/api/contacts/{kept}")).await.status, 404);
        let merged =
            priya.post(&format!("/api/contacts/{kept}/merges"), &json!({ "other": other })).await.json;
        assert_eq!(daniel.get(&format!("/api/contacts/{kept}")).await.status, 200);
        let merge = merged["merged"][0]["id"].as_str().unwrap();
        priya.delete(&format!("/api/contacts/{kept}/merges/{merge}")).await;
        assert_eq!(daniel.get(&format!("/api/contacts/{kept}")).await.status, 404);
        assert_eq!(daniel.get(&format!("/api/contacts/{other}")).await.status, 200);
    });
}

#[test]
fn admins_are_told_once_a_day_when_a_code_has_to_take_the_other_way() {
    on_every_database(|world| async move {
        configure(&world, &[("wechat.client.onboarding.sms", json!(true))]).await;
        let (mut mei, mut priya) = (world.signed_in("mei").await, world.signed_in("priya").await);
        let body = json!({
            "identity": { "channel": "wechat", "phone": "+85261234567" },
            "profile": { "kind": "new", "profile": profile("Siu Ming", "", "") },
        });
        assert_eq!(priya.post("/api/invitations", &body).await.status, 201);
        for _ in 0..2 {
            let start = json!({ "country": "HK", "address": "61234567" });
            assert_eq!(world.browser().post("/api/onboarding/lanternbay", &start).await.status, 200);
        }
        world.sent().await;
        let told = mei.get("/api/notifications").await.json;
        assert_eq!(told["unread"], 1, "{told}");
        let notice = &told["items"][0]["notice"];
        assert_eq!((&notice["kind"], &notice["missing"]), (&json!("otp_route_missing"), &json!("email")));
        assert_eq!(priya.get("/api/notifications").await.json["unread"], 0, "only admins");
        let up_to = &told["items"][0]["at"];
        assert_eq!(mei.put("/api/notifications", &json!({ "up_to": up_to })).await.status, 204);
        let seen = mei.get("/api/notifications").await.json;
        assert_eq!((&seen["unread"], &seen["items"][0]["is_read"]), (&json!(0), &json!(true)));
    });
}
