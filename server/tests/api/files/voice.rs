//! Voice notes: recorded by every browser, listened to, played by those who are shown the message.

use super::{carrying, finish, forms, messages, part, uploaded};
use crate::common::{browser::Browser, on_every_database};
use causeway_api::{
    ChatId,
    chats::{Message, MessageContent, MessagePage},
    features::FeatureValue,
    files::{BeginUpload, Upload, UploadState, VOICE_NOTE_BYTES, VOICE_PEAKS},
    search::FoundMessages,
};
use causeway_server::domain::search::indexer;
use std::collections::BTreeMap;

const WEBM: &[u8] = include_bytes!("../../data/voice/opus.weba");
const OGG: &[u8] = include_bytes!("../../data/voice/opus.ogg");
const AAC: &[u8] = include_bytes!("../../data/voice/aac.m4a");
const OPUS_IN_MP4: &[u8] = include_bytes!("../../data/voice/opus.m4a");

/// A voice note to be uploaded.
fn note(name: &str, bytes: &[u8]) -> BeginUpload {
    BeginUpload { is_voice: true, ..forms::upload(name, bytes.len()) }
}

async fn recorded(browser: &mut Browser, side: &str, chat: ChatId, name: &str, bytes: &[u8]) -> Upload {
    let new = note(name, bytes);
    let begun = browser.post(&format!("{side}/chats/{chat}/uploads"), &new).await;
    assert_eq!(begun.status, 201, "{}", begun.text);
    part(browser, side, new.id, 0, bytes).await.read::<Upload>();
    finish(browser, side, new.id).await.read()
}

#[test]
fn a_voice_note_of_every_browser_has_a_length_and_is_played_as_recorded_and_as_ogg() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = world.chat(&mut priya, "daniel").await;
        for (name, bytes) in [("a.weba", WEBM), ("b.ogg", OGG), ("c.m4a", AAC), ("d.m4a", OPUS_IN_MP4)] {
            let upload = recorded(&mut priya, "/api", chat, name, bytes).await;
            assert_eq!(upload.state, UploadState::Ready, "{name}: {:?}", upload.refused);
            let sent: Message = priya.post(&messages(chat), &carrying("", &[upload.id])).await.read();
            let MessageContent::Voice { file } = &sent.content else { panic!("{name}: {:?}", sent.content) };
            let voice = file.voice.as_ref().unwrap();
            assert!((2_900..=3_150).contains(&voice.duration), "{name}: {}", voice.duration);
            assert_eq!(voice.levels().len(), VOICE_PEAKS);
            let original = daniel.get(&format!("/api/files/{}", upload.id)).await;
            assert!(original.bytes == bytes, "{name} is kept as it was recorded");
            assert!(original.headers["content-disposition"].to_str().unwrap().starts_with("inline"));
            daniel.headers.push(("range", "bytes=0-3".to_owned()));
            let ogg = daniel.get(&format!("/api/files/{}/voice", upload.id)).await;
            daniel.headers.pop();
            assert_eq!((ogg.status, &ogg.bytes[..]), (206, &b"OggS"[..]), "{name}");
            assert_eq!(ogg.headers["content-type"], "audio/ogg");
            world.clock.advance(1_000);
        }
        let page: MessagePage = daniel.get(&messages(chat)).await.read();
        assert!(page.messages.iter().all(|message| matches!(message.content, MessageContent::Voice { .. })));
        let last = page.messages.last().unwrap();
        let address = format!("/api/files/{}/voice", last.content.files()[0].id);
        assert_eq!(world.signed_in("mei").await.get(&address).await.status, 404, "she is not in that chat");
        assert!(world.db_findings().await.is_empty());
        indexer::catch_up(&world.app).await.unwrap();
        let found: FoundMessages = daniel.get("/api/search?q=c.m4a&has_file=true").await.read();
        assert_eq!(found.hits.len(), 1, "a voice note is found by its name");
    });
}

#[test]
fn a_client_records_and_an_employee_listens() {
    on_every_database(|world| async move {
        let (mut priya, mut lukas) = (world.signed_in("priya").await, world.client("lukas").await);
        let chat = world.chat(&mut priya, "lukas").await;
        let upload = recorded(&mut lukas, "/api/client", chat, "note.m4a", AAC).await;
        let path = format!("/api/client/chats/{chat}/messages");
        let sent: Message = lukas.post(&path, &carrying("", &[upload.id])).await.read();
        assert!(matches!(sent.content, MessageContent::Voice { .. }));
        assert_eq!(priya.get(&format!("/api/files/{}/voice", upload.id)).await.status, 200);
        assert_eq!(lukas.get(&format!("/api/client/files/{}/voice", upload.id)).await.status, 200);
        let deleted = lukas.delete(&format!("{path}/{}", sent.id)).await;
        assert_eq!(deleted.status, 200);
        assert!(matches!(deleted.read::<Message>().content, MessageContent::Text));
    });
}

#[test]
fn what_is_no_voice_note_is_not_taken_for_one_and_a_note_goes_alone() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let uploads = format!("/api/chats/{chat}/uploads");
        for (new, field, fault) in [
            (note("note.pdf", WEBM), "name", "fault-file-type"),
            (BeginUpload { size: VOICE_NOTE_BYTES + 1, ..note("long.ogg", OGG) }, "size", "fault-file-large"),
        ] {
            let answer = priya.post(&uploads, &new).await;
            assert_eq!((answer.status, answer.problem().fields[field].as_str()), (422, fault));
        }
        let silent = b"OggS is how it begins, and nothing follows".as_slice();
        let refused = recorded(&mut priya, "/api", chat, "silent.ogg", silent).await;
        assert_eq!(refused.refused.as_deref(), Some("fault-file-content"));
        world.clock.advance(1_000);
        let voice = recorded(&mut priya, "/api", chat, "note.weba", WEBM).await;
        world.clock.advance(1_000);
        let other = uploaded(&mut priya, chat, "notes.txt", b"notes").await;
        for new in [carrying("listen", &[voice.id]), carrying("", &[voice.id, other.id])] {
            let answer = priya.post(&messages(chat), &new).await;
            assert_eq!(
                (answer.status, answer.problem().fields["files"].as_str()),
                (422, "fault-voice-alone")
            );
        }
        let sent: Message = priya.post(&messages(chat), &carrying("", &[voice.id])).await.read();
        let edited = priya.put(&format!("{}/{}", messages(chat), sent.id), &forms::edit("a caption")).await;
        assert_eq!(edited.status, 422, "there is nothing to edit in a voice note");
        let plain = uploaded(&mut priya, chat, "song.weba", WEBM).await;
        let song: Message = priya.post(&messages(chat), &carrying("A song", &[plain.id])).await.read();
        assert!(matches!(song.content, MessageContent::Files { .. }), "sound that was chosen is a file");
        assert_eq!(priya.get(&format!("/api/files/{}/voice", plain.id)).await.status, 404);
        let no_audio = FeatureValue::Map(BTreeMap::from([("audio".to_owned(), Some(0))]));
        world.configure(&[("file.groups", no_audio)]).await;
        assert_eq!(priya.post(&uploads, &note("note.weba", WEBM)).await.status, 422);
    });
}
