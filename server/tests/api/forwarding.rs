//! Forwarding messages, and what has been said in one before.

use super::files::uploaded;
use crate::common::{
    forms::{self, message},
    on_every_database,
};
use causeway_api::{
    ChatId,
    chats::{Message, MessageVersions, SendMessage},
    features::FeatureValue,
};
use std::collections::BTreeMap;

fn messages(chat: ChatId) -> String {
    format!("/api/chats/{chat}/messages")
}

fn forward(message: &Message) -> SendMessage {
    SendMessage { forwarded_from: Some(message.id), ..forms::message("") }
}

#[test]
fn a_forwarded_message_says_and_carries_the_same_and_is_read_where_it_went() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let mut lukas = world.client("lukas").await;
        let from = world.chat(&mut priya, "lukas").await;
        let to = world.chat(&mut priya, "daniel").await;
        let upload = uploaded(&mut priya, from, "notes.txt", b"the notes").await;
        let new = SendMessage { files: vec![upload.id], ..message("See the notes") };
        let first: Message = priya.post(&messages(from), &new).await.read();
        let path = format!("/api/files/{}", upload.id);
        assert_eq!(daniel.get(&path).await.status, 404, "he is not in that chat");
        let new = forward(&first);
        let sent: Message = priya.post(&messages(to), &new).await.read();
        assert_eq!((&sent.text, &sent.content), (&first.text, &first.content));
        assert_eq!(sent.forwarded_from, Some(first.id));
        let again: Message = priya.post(&messages(to), &new).await.read();
        assert_eq!(again, sent, "the same id is the same message");
        assert!(daniel.get(&path).await.bytes == b"the notes", "the right came with the message");
        // The first one going takes nothing from where it was forwarded to.
        assert_eq!(priya.delete(&format!("{}/{}", messages(from), first.id)).await.status, 200);
        assert_eq!(lukas.get(&format!("/api/client/files/{}", upload.id)).await.status, 404);
        assert!(daniel.get(&path).await.bytes == b"the notes");
        let late: Message = priya.post(&messages(to), &new).await.read();
        assert_eq!(late, sent, "its answer was lost, and what it forwarded is gone by now");
        assert_eq!(priya.post(&messages(to), &forward(&first)).await.status, 422);
        assert!(world.db_findings().await.is_empty());
    });
}

#[test]
fn what_is_forwarded_is_checked_for_where_it_goes() {
    on_every_database(|world| async move {
        world.configure(&[("message.document_prompt", FeatureValue::Boolean(true))]).await;
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let inside = world.chat(&mut priya, "daniel").await;
        let outside = world.chat(&mut priya, "lukas").await;
        let upload = uploaded(&mut priya, inside, "plan.pdf", b"%PDF-1.7 plan").await;
        let new = SendMessage { files: vec![upload.id], ..message("") };
        let first: Message = priya.post(&messages(inside), &new).await.read();
        let asked = priya.post(&messages(outside), &forward(&first)).await;
        assert_eq!(asked.fault("is_confirmed"), (422, "fault-confirm-document"));
        let sure = SendMessage { is_confirmed: true, ..forward(&first) };
        assert_eq!(priya.post(&messages(outside), &sure).await.status, 201);
        let no_office = FeatureValue::Map(BTreeMap::from([("office".to_owned(), Some(0))]));
        world.configure(&[("file.groups", no_office)]).await;
        let refused =
            priya.post(&messages(outside), &SendMessage { is_confirmed: true, ..forward(&first) }).await;
        assert_eq!(refused.fault("files"), (422, "fault-file-type"));
        let with_text = SendMessage { text: "and this".to_owned(), ..forward(&first) };
        assert_eq!(priya.post(&messages(inside), &with_text).await.fault("forwarded_from").0, 422);
        // What someone is not shown cannot be forwarded by its id.
        let mut mei = world.signed_in("mei").await;
        let hers = world.chat(&mut mei, "daniel").await;
        let stolen = mei.post(&messages(hers), &forward(&first)).await;
        assert_eq!(stolen.fault("forwarded_from"), (422, "fault-not-shown"));
        assert_eq!(priya.delete(&format!("{}/{}", messages(inside), first.id)).await.status, 200);
        let gone = daniel.post(&messages(hers), &forward(&first)).await;
        assert_eq!(gone.fault("forwarded_from"), (422, "fault-not-shown"), "it was deleted");
        let mut lukas = world.client("lukas").await;
        let path = format!("/api/client/chats/{outside}/messages");
        assert_eq!(lukas.post(&path, &forward(&first)).await.status, 403, "clients do not forward");
    });
}

#[test]
fn employees_see_what_a_message_said_before_and_clients_do_not() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "lukas").await;
        let first: Message = priya.post(&messages(chat), &message("one")).await.read();
        let other: Message = priya.post(&messages(chat), &message("another")).await.read();
        for text in ["two", "three"] {
            world.clock.advance(60_000);
            let path = format!("{}/{}", messages(chat), first.id);
            assert_eq!(priya.put(&path, &forms::edit(text)).await.status, 200);
        }
        let path = |message: &Message| format!("{}/{}/versions", messages(chat), message.id);
        let texts = |versions: MessageVersions| {
            versions.versions.into_iter().map(|version| version.text).collect::<Vec<_>>()
        };
        assert_eq!(texts(priya.get(&path(&first)).await.read()), ["one", "two", "three"]);
        assert_eq!(texts(priya.get(&path(&other)).await.read()), ["another"]);
        assert_eq!(world.signed_in("mei").await.get(&path(&first)).await.status, 404);
        assert_eq!(world.client("lukas").await.get(&path(&first)).await.status, 401);
        assert_eq!(priya.delete(&format!("{}/{}", messages(chat), first.id)).await.status, 200);
        assert_eq!(priya.get(&path(&first)).await.status, 404, "what was deleted is for the record alone");
    });
}

#[test]
fn a_message_can_be_changed_for_as_long_as_the_company_allows() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let sent: Message = priya.post(&messages(chat), &message("one")).await.read();
        let path = format!("{}/{}", messages(chat), sent.id);
        world.clock.advance(16 * 60_000);
        assert_eq!(priya.put(&path, &forms::edit("two")).await.fault("message"), (409, "fault-too-late"));
        world.configure(&[("message.change_window", FeatureValue::Number(20))]).await;
        assert_eq!(priya.put(&path, &forms::edit("two")).await.status, 200);
    });
}

#[test]
fn where_the_company_allows_no_changes_there_are_none() {
    on_every_database(|world| async move {
        world.configure(&[("message.change_window", FeatureValue::Number(0))]).await;
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let sent: Message = priya.post(&messages(chat), &message("one")).await.read();
        let path = format!("{}/{}", messages(chat), sent.id);
        assert_eq!(priya.delete(&path).await.fault("message"), (409, "fault-too-late"));
    });
}
