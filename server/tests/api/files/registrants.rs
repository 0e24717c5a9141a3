//! People who registered: they are on the portal's side, and are clients of the firm all the same.

use super::{carrying, holds, messages, photo, uploaded};
use crate::common::{World, on_every_database};
use causeway_api::{
    auth::Session,
    chats::{ChatList, Message},
    features::FeatureValue,
};

async fn configured(world: &World) {
    world.open_registration("priya").await;
    world.configure(&[("message.document_prompt", FeatureValue::Boolean(true))]).await;
}

#[test]
fn a_registrant_is_not_told_where_a_picture_was_taken_and_not_asked_about_documents() {
    on_every_database(|world| async move {
        configured(&world).await;
        let mut priya = world.signed_in("priya").await;
        let (mut erin, _) = world.registered("erin@new.example").await;
        let chat = erin.get("/api/chats").await.read::<ChatList>().chats.remove(0).id;
        let taken = photo(1_200, 900);
        let picture = uploaded(&mut priya, chat, "Site.jpg", &taken).await.id;
        priya.post(&messages(chat), &carrying("", &[picture])).await.read::<Message>();
        let shown = erin.get(&format!("/api/files/{picture}")).await;
        assert_eq!(shown.status, 200);
        assert!(holds(&taken, b"114.1694E") && !holds(&shown.bytes, b"114.1694E"));
        let own = uploaded(&mut erin, chat, "Mine.jpg", &taken).await.id;
        assert!(erin.get(&format!("/api/files/{own}")).await.bytes == taken, "their own comes as it was");
        assert!(!erin.get("/api/session").await.read::<Session>().confirms_documents);
        assert!(priya.get("/api/session").await.read::<Session>().confirms_documents);
        let document = uploaded(&mut erin, chat, "Lease.rtf", b"{\\rtf1 text}").await;
        assert!(document.attachment.unwrap().group.is_document());
        let sent = erin.post(&messages(chat), &carrying("", &[document.id])).await;
        assert_eq!(sent.status, 201, "{}", sent.text);
    });
}
