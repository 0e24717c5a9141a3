//! Folding contacts into one another, and taking that back; notifications that admins get.

use crate::common::{
    World,
    browser::Browser,
    forms::{self, message, note},
    on_every_database,
};
use causeway_api::{
    PersonId,
    chats::{Channel, Chat, ClientLink},
    contacts::{Contact, ContactPage, Identity, Invited, MergeContact, Profile},
    features::FeatureValue,
    notifications::{Notice, NotificationPage, SeeNotifications},
};
use serde_json::json;

async fn invite(browser: &mut Browser, first: &str, email: &str, phone: &str) -> PersonId {
    let identity = Identity { phone: phone.to_owned(), ..forms::by_email(Channel::Causeway, email) };
    let profile = Profile { email: email.to_owned(), ..forms::profile(first, "Chan") };
    let answer = browser.post("/api/invitations", &forms::invitation(identity, profile)).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.read::<Invited>().contact.person.id
}

/// Two contacts of Priya with one mail address; the second has a number, too, and a note.
async fn twins(world: &World, priya: &mut Browser) -> (PersonId, PersonId) {
    world.configure(&[("profile.client.email.unique", FeatureValue::Boolean(false))]).await;
    let kept = invite(priya, "Siu Ming", "siu@pearl.example", "").await;
    let other = invite(priya, "S M", "siu@pearl.example", "+85261234567").await;
    priya.post(&format!("/api/contacts/{other}/notes"), &note("calls on Mondays")).await;
    (kept, other)
}

#[test]
fn a_duplicate_is_folded_in_and_comes_back_as_it_was() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let (kept, other) = twins(&world, &mut priya).await;
        let path = format!("/api/contacts/{kept}");
        let before: Contact = priya.get(&path).await.read();
        assert_eq!(before.duplicates[0].id, other, "offered");
        let merged = priya.post(&format!("{path}/merges"), &MergeContact { other }).await;
        assert_eq!(merged.status, 200, "{}", merged.text);
        let contact: Contact = merged.read();
        assert_eq!(contact.person.name, "Siu Ming Chan", "the direction is the path's");
        assert_eq!(contact.profile.phone, "+85261234567", "what was missing is filled in");
        assert_eq!(contact.notes[0].text, "calls on Mondays");
        assert_eq!(contact.channels.len(), 2, "the channels of both");
        assert_eq!(contact.aliases, [kept, other]);
        assert_eq!(contact.duplicates, []);
        let list = priya.get("/api/contacts?search=chan").await.read::<ContactPage>().page;
        assert_eq!((list.total, list.items[0].person.id), (Some(1), kept));
        assert!(!priya.get("/api/people").await.text.contains(&other.to_string()));
        let by_old_address: Contact = priya.get(&format!("/api/contacts/{other}")).await.read();
        assert_eq!(by_old_address.person.id, kept);
        assert_eq!(contact.merged[0].name, "S M Chan");
        let undo = format!("{path}/merges/{}", contact.merged[0].id);
        let answer = priya.delete(&undo).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let back: Contact = answer.read();
        assert_eq!((back.profile, back.merged), (before.profile, vec![]));
        assert_eq!(priya.delete(&undo).await.status, 404, "once");
        let other: Contact = priya.get(&format!("/api/contacts/{other}")).await.read();
        assert_eq!(
            (other.person.name.as_str(), other.notes[0].text.as_str()),
            ("S M Chan", "calls on Mondays")
        );
    });
}

#[test]
fn the_folded_client_goes_on_writing_under_the_kept_name() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let (kept, other) = twins(&world, &mut priya).await;
        let made: ClientLink = priya.post(&format!("/api/people/{other}/links"), &json!({})).await.read();
        let token = made.link.split('#').nth(1).unwrap();
        let chat = priya.post("/api/chats", &forms::direct(other)).await.read::<Chat>().id;
        let mut client = world.browser();
        assert_eq!(client.post("/api/client/open", &forms::link(token)).await.status, 204);
        let merged = priya.post(&format!("/api/contacts/{kept}/merges"), &MergeContact { other }).await;
        assert_eq!(merged.status, 200, "{}", merged.text);
        let sent = client.post(&format!("/api/client/chats/{chat}/messages"), &message("still here")).await;
        assert_eq!(sent.status, 201, "{}", sent.text);
        let seen: Chat = priya.get(&format!("/api/chats/{chat}")).await.read();
        assert!(seen.members.iter().any(|it| it.person.name == "Siu Ming Chan"), "{:?}", seen.members);
        // A pending channel of the folded one is cancelled through it, by whoever sees the kept one.
        let path = format!("/api/contacts/{other}/channels/causeway");
        let left = priya.delete(&path).await;
        assert_eq!((left.status, left.read::<Contact>().channels.len()), (200, 1), "{}", left.text);
    });
}

#[test]
fn a_merge_needs_both_contacts_once_and_two_different_ones() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let (kept, other) = twins(&world, &mut priya).await;
        let path = format!("/api/contacts/{kept}/merges");
        assert_eq!(daniel.post(&path, &MergeContact { other }).await.status, 404, "not shared");
        let lukas = world.id("lukas");
        assert_eq!(
            daniel.post(&format!("/api/contacts/{lukas}/merges"), &MergeContact { other }).await.status,
            404
        );
        let same = priya.post(&path, &MergeContact { other: kept }).await;
        assert_eq!(same.fault("other"), (422, "fault-same-contact"));
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (mut priya, path, body) = (priya.clone(), path.clone(), MergeContact { other });
            tries.spawn(async move { priya.post(&path, &body).await.status });
        }
        let done = tries.join_all().await;
        assert_eq!(done.iter().filter(|status| **status == 200).count(), 1, "{done:?}");
        // What has been folded into has to be taken apart before it disappears itself.
        let other = priya.post(&format!("/api/contacts/{lukas}/merges"), &MergeContact { other: kept }).await;
        assert_eq!(other.fault("other"), (409, "fault-merged-already"));
    });
}

#[test]
fn whoever_saw_either_sees_the_merged_contact_until_it_is_taken_back() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let (kept, other) = twins(&world, &mut priya).await;
        let share = forms::share(world.id("daniel"));
        priya.post(&format!("/api/contacts/{other}/shares"), &share).await;
        assert_eq!(daniel.get(&format!("/api/contacts/{kept}")).await.status, 404);
        let merged: Contact =
            priya.post(&format!("/api/contacts/{kept}/merges"), &MergeContact { other }).await.read();
        assert_eq!(daniel.get(&format!("/api/contacts/{kept}")).await.status, 200);
        let merge = merged.merged[0].id;
        priya.delete(&format!("/api/contacts/{kept}/merges/{merge}")).await;
        assert_eq!(daniel.get(&format!("/api/contacts/{kept}")).await.status, 404);
        assert_eq!(daniel.get(&format!("/api/contacts/{other}")).await.status, 200);
    });
}

#[test]
fn admins_are_told_once_a_day_when_a_code_has_to_take_the_other_way() {
    on_every_database(|world| async move {
        world.configure(&[("wechat.client.onboarding.sms", FeatureValue::Boolean(true))]).await;
        let (mut mei, mut priya) = (world.signed_in("mei").await, world.signed_in("priya").await);
        let identity = forms::by_phone(Channel::Wechat, "", "+85261234567");
        let new = forms::invitation(identity, forms::profile("Siu Ming", "Chan"));
        assert_eq!(priya.post("/api/invitations", &new).await.status, 201);
        for _ in 0..2 {
            let start = forms::onboarding("HK", "61234567");
            assert_eq!(world.browser().post("/api/onboarding/lanternbay", &start).await.status, 200);
        }
        world.sent().await;
        let list = async |browser: &mut Browser| -> NotificationPage {
            browser.get("/api/notifications").await.read()
        };
        let told = list(&mut mei).await;
        assert_eq!(told.unread, 1, "{told:?}");
        let newest = &told.page.items[0];
        assert!(
            matches!(&newest.notice, Notice::OtpRouteMissing { missing, .. } if missing == "email"),
            "{newest:?}"
        );
        assert_eq!(list(&mut priya).await.unread, 0, "only admins");
        let seen = SeeNotifications { up_to: newest.at };
        assert_eq!(mei.put("/api/notifications", &seen).await.status, 204);
        let seen = list(&mut mei).await;
        assert_eq!((seen.unread, seen.page.items[0].is_read), (0, true));
    });
}
