//! Editing and deleting messages: the screens change, the archive does not.

use crate::common::{
    World,
    browser::Browser,
    forms::{self, message},
    on_every_database,
};
use causeway_api::chats::{ChatList, Message, MessagePage};

/// Priya has written "first words" to Lukas: her browser, the client's, the chat's path and the message's.
async fn written(world: &World) -> (Browser, Browser, String, String) {
    let mut priya = world.signed_in("priya").await;
    let chat = world.chat(&mut priya, "lukas").await;
    let new = message("first words");
    let path = format!("/chats/{chat}/messages");
    assert_eq!(priya.post(&format!("/api{path}"), &new).await.status, 201);
    let client = world.client("lukas").await;
    (priya, client, path.clone(), format!("{path}/{}", new.id))
}

#[test]
fn an_edited_message_is_new_on_every_screen_and_both_texts_are_in_the_archive() {
    on_every_database(|world| async move {
        let (mut priya, mut client, list, one) = written(&world).await;
        world.clock.advance(60_000);
        let edited = priya.put(&format!("/api{one}"), &forms::edit("better words")).await;
        assert_eq!(edited.status, 200, "{}", edited.text);
        assert_eq!(edited.read::<Message>().text, "better words");
        let seen = client.get(&format!("/api/client{list}")).await.read::<MessagePage>().messages.remove(0);
        assert_eq!(seen.text, "better words");
        assert!(seen.edited_at.is_some());
        let archive = world.db_archived(&["message_sent", "message_edited"]).await;
        assert!(archive[0].contains("first words") && archive[1].contains("better words"), "{archive:?}");
        assert!(world.db_findings().await.is_empty());
    });
}

#[test]
fn a_deleted_message_leaves_its_place_but_no_text_on_any_screen() {
    on_every_database(|world| async move {
        let (mut priya, mut client, list, one) = written(&world).await;
        assert_eq!(priya.delete(&format!("/api{one}")).await.status, 200);
        let seen = client.get(&format!("/api/client{list}")).await;
        assert!(seen.read::<MessagePage>().messages[0].deleted_at.is_some());
        assert!(!seen.text.contains("first words"));
        let again = priya.put(&format!("/api{one}"), &forms::edit("back")).await;
        assert_eq!(again.fault("message"), (409, "fault-deleted"));
        let archive = world.db_archived(&["message_sent", "message_deleted"]).await;
        assert!(archive.len() == 2 && archive[0].contains("first words"), "{archive:?}");
    });
}

#[test]
fn a_message_that_was_deleted_unread_is_named_to_those_who_count_until_they_have_read_further() {
    on_every_database(|world| async move {
        let (mut priya, mut client, list, one) = written(&world).await;
        assert_eq!(priya.post(&format!("/api{list}"), &message("second words")).await.status, 201);
        let deleted = async |browser: &mut Browser, path: &str| {
            browser.get(path).await.read::<ChatList>().chats.remove(0).deleted_unread
        };
        assert_eq!(deleted(&mut client, "/api/client/chats").await, [0; 0]);
        assert_eq!(priya.delete(&format!("/api{one}")).await.status, 200);
        assert_eq!(deleted(&mut client, "/api/client/chats").await, [1]);
        assert_eq!(deleted(&mut priya, "/api/chats").await, [0; 0], "its sender has read it");
        let receipts = format!("/api/client{}", list.replace("messages", "receipts"));
        let read = forms::receipts(2, 1);
        assert!(client.post(&receipts, &read).await.status < 300);
        assert_eq!(deleted(&mut client, "/api/client/chats").await, [0; 0]);
    });
}

#[test]
fn only_the_sender_changes_a_message_and_only_for_a_quarter_of_an_hour() {
    on_every_database(|world| async move {
        let (mut priya, mut client, _, one) = written(&world).await;
        let text = forms::edit("other");
        assert_eq!(client.put(&format!("/api/client{one}"), &text).await.status, 404);
        assert_eq!(client.delete(&format!("/api/client{one}")).await.status, 404);
        assert_eq!(priya.put(&format!("/api{one}"), &forms::edit(" ")).await.status, 422);
        world.clock.advance(15 * 60_000);
        let late = priya.put(&format!("/api{one}"), &text).await;
        assert_eq!(late.fault("message"), (409, "fault-too-late"));
        assert_eq!(priya.delete(&format!("/api{one}")).await.status, 409);
    });
}

#[test]
fn a_repeated_send_of_an_edited_message_answers_the_message() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let (path, new) = (format!("/api/chats/{chat}/messages"), message("one"));
        priya.post(&path, &new).await;
        let one = format!("{path}/{}", new.id);
        assert_eq!(priya.put(&one, &forms::edit("two")).await.status, 200);
        let again = priya.post(&path, &new).await;
        assert_eq!((again.status, again.read::<Message>().text.as_str()), (201, "two"));
    });
}
