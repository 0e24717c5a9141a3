//! Files: uploaded in parts, looked at, carried by messages, and read by those who are shown such a message.

mod kinds;
mod registrants;
mod scanning;
mod shown;
mod space;
mod upkeep;
mod voice;

use crate::common::{World, answer::Answer, browser::Browser, forms, on_every_database};
use axum::http::Method;
use causeway_api::{
    ChatId, FileId,
    chats::{Message, MessageContent, MessagePage, SendMessage},
    features::FeatureValue,
    files::{CHUNK_BYTES, FileGroup, Upload, UploadState},
};
use image::{DynamicImage, ImageFormat, RgbImage};
use std::io::Cursor;

/// A message that carries files.
fn carrying(text: &str, files: &[FileId]) -> SendMessage {
    SendMessage { files: files.to_vec(), ..forms::message(text) }
}

fn messages(chat: ChatId) -> String {
    format!("/api/chats/{chat}/messages")
}

/// Sends a part of an upload.
async fn part(browser: &mut Browser, side: &str, id: FileId, offset: usize, bytes: &[u8]) -> Answer {
    let path = format!("{side}/uploads/{id}?offset={offset}");
    browser.send_bytes(Method::PUT, &path, Some(bytes.to_vec())).await
}

async fn finish(browser: &mut Browser, side: &str, id: FileId) -> Answer {
    browser.send(Method::POST, &format!("{side}/uploads/{id}/finish"), None).await
}

/// Uploads a whole file. Returns what became of it.
async fn uploaded_to(browser: &mut Browser, side: &str, chat: ChatId, name: &str, bytes: &[u8]) -> Upload {
    let new = forms::upload(name, bytes.len());
    let begun = browser.post(&format!("{side}/chats/{chat}/uploads"), &new).await;
    assert_eq!(begun.status, 201, "{}", begun.text);
    let chunk = usize::try_from(CHUNK_BYTES).unwrap();
    for (number, bytes) in bytes.chunks(chunk).enumerate() {
        part(browser, side, new.id, number * chunk, bytes).await.read::<Upload>();
    }
    finish(browser, side, new.id).await.read()
}

pub(super) async fn uploaded(browser: &mut Browser, chat: ChatId, name: &str, bytes: &[u8]) -> Upload {
    uploaded_to(browser, "/api", chat, name, bytes).await
}

/// A picture as a phone takes it: lying on its side, with the place in it.
fn photo(width: u32, height: u32) -> Vec<u8> {
    let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, image::Rgb([9, 120, 200])));
    let mut jpeg = Vec::new();
    picture.write_to(&mut Cursor::new(&mut jpeg), ImageFormat::Jpeg).unwrap();
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend(b"22.3193N 114.1694E");
    let mut segment = vec![0xff, 0xe1];
    segment.extend(u16::try_from(exif.len() + 8).unwrap().to_be_bytes());
    segment.extend(b"Exif\0\0");
    segment.extend(exif);
    jpeg.splice(2..2, segment);
    jpeg
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

#[test]
fn a_file_goes_in_parts_from_where_it_broke_off_to_those_who_see_the_message() {
    on_every_database(|world| async move {
        world.configure(&[("file.size_limit", FeatureValue::Number(100))]).await;
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = world.chat(&mut priya, "daniel").await;
        let bytes: Vec<u8> = (0..9_000_000_u32).map(|number| b'a' + (number % 23) as u8).collect();
        let new = forms::upload("log of the day.txt", bytes.len());
        let begun: Upload = priya.post(&format!("/api/chats/{chat}/uploads"), &new).await.read();
        assert_eq!((begun.offset, begun.state), (0, UploadState::Receiving));
        let first: Upload = part(&mut priya, "/api", new.id, 0, &bytes[..4_000_000]).await.read();
        assert_eq!(first.offset, 4_000_000);
        // The answer was lost, so the part is sent again; then one from too far on.
        let again: Upload = part(&mut priya, "/api", new.id, 0, &bytes[..4_000_000]).await.read();
        let ahead: Upload = part(&mut priya, "/api", new.id, 8_000_000, &bytes[8_000_000..]).await.read();
        assert_eq!((again.offset, ahead.offset), (4_000_000, 4_000_000), "each is told where it goes on");
        let early: Upload = finish(&mut priya, "/api", new.id).await.read();
        assert_eq!(early.state, UploadState::Receiving, "what has not arrived cannot be finished");
        let again: Upload = priya.post(&format!("/api/chats/{chat}/uploads"), &new).await.read();
        assert_eq!(again.offset, 4_000_000, "after a reload it goes on");
        part(&mut priya, "/api", new.id, 4_000_000, &bytes[4_000_000..8_000_000]).await.read::<Upload>();
        part(&mut priya, "/api", new.id, 8_000_000, &bytes[8_000_000..]).await.read::<Upload>();
        let ready: Upload = finish(&mut priya, "/api", new.id).await.read();
        let attachment = ready.attachment.expect("it is ready");
        assert_eq!((attachment.size, attachment.group), (9_000_000, FileGroup::Text));

        let path = format!("/api/files/{}", new.id);
        assert_eq!(daniel.get(&path).await.status, 404, "nothing has been sent yet");
        let sent: Message = priya.post(&messages(chat), &carrying("", &[new.id])).await.read();
        assert_eq!(sent.content, MessageContent::Files { files: vec![attachment.clone()] });
        let page: MessagePage = daniel.get(&messages(chat)).await.read();
        assert_eq!(page.messages.last().unwrap().content, sent.content);
        let whole = daniel.get(&path).await;
        assert!(whole.bytes == bytes, "{} bytes", whole.bytes.len());
        let header = |name: &str| whole.headers[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-security-policy"), "sandbox; default-src 'none'");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("cache-control"), "private, no-cache");
        assert!(header("content-disposition").starts_with("attachment; filename=\"log of the day.txt\""));
        assert_eq!(header("etag"), format!("\"{}\"", attachment.sha256));
        daniel.headers.push(("range", "bytes=4000000-4000009".to_owned()));
        let stretch = daniel.get(&path).await;
        assert_eq!((stretch.status, &stretch.bytes[..]), (206, &bytes[4_000_000..4_000_010]));
        assert_eq!(stretch.headers["content-range"], "bytes 4000000-4000009/9000000");
        daniel.headers.pop();
        daniel.headers.push(("if-none-match", header("etag")));
        assert_eq!(daniel.get(&path).await.status, 304);
        assert_eq!(world.signed_in("mei").await.get(&path).await.status, 404, "she is not in that chat");
        let files: MessagePage = priya.get(&format!("/api/chats/{chat}/files")).await.read();
        assert_eq!(files.messages, [sent]);
        assert!(world.db_findings().await.is_empty());
        let recorded = world.db_archived(&["message_sent"]).await;
        assert!(recorded.last().unwrap().contains(&attachment.sha256), "the record covers the bytes");
    });
}

#[test]
fn a_picture_has_previews_and_a_client_is_not_told_where_it_was_taken() {
    on_every_database(|world| async move {
        let (mut priya, mut lukas) = (world.signed_in("priya").await, world.client("lukas").await);
        let chat = world.chat(&mut priya, "lukas").await;
        let taken = photo(1_200, 900);
        let upload = uploaded(&mut priya, chat, "Site.JPG", &taken).await;
        let size = upload.attachment.unwrap().picture.unwrap();
        assert_eq!((size.width, size.height), (900, 1_200), "it stands upright");
        priya.post(&messages(chat), &carrying("The site", &[upload.id])).await.read::<Message>();
        for side in [480_u32, 1600] {
            let preview = lukas.get(&format!("/api/client/files/{}/previews/{side}", upload.id)).await;
            assert_eq!(
                (preview.status, &preview.headers["content-type"]),
                (200, &"image/jpeg".parse().unwrap())
            );
            let shown = image::load_from_memory(&preview.bytes).unwrap();
            assert_eq!(shown.height(), side.min(1_200));
        }
        let original = priya.get(&format!("/api/files/{}", upload.id)).await;
        assert!(original.bytes == taken, "the firm keeps it as it came");
        let plain = lukas.get(&format!("/api/client/files/{}", upload.id)).await;
        assert!(!holds(&plain.bytes, b"114.1694E") && holds(&taken, b"114.1694E"));
        let mut preview = priya.get(&format!("/api/files/{}/previews/999", upload.id)).await;
        assert_eq!(preview.status, 404);
        preview = priya.get(&format!("/api/client/files/{}", upload.id)).await;
        assert_eq!(preview.status, 401, "each side has its own paths");
    });
}

#[test]
fn two_who_finish_one_upload_make_one_file() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let new = forms::upload("a.txt", 5);
        priya.post(&format!("/api/chats/{chat}/uploads"), &new).await.read::<Upload>();
        part(&mut priya, "/api", new.id, 0, b"hello").await.read::<Upload>();
        let (mut one, mut other) = (priya.clone(), priya.clone());
        let (one, other) = tokio::join!(finish(&mut one, "/api", new.id), finish(&mut other, "/api", new.id));
        for answer in [one, other] {
            let state = answer.read::<Upload>().state;
            assert!(matches!(state, UploadState::Ready | UploadState::Checking), "{state:?}");
        }
        let after: Upload = priya.get(&format!("/api/uploads/{}", new.id)).await.read();
        assert_eq!(after.state, UploadState::Ready);
        assert_eq!(world.db_count("SELECT COUNT(*) FROM file").await, 1);
    });
}

#[test]
fn a_message_carries_only_what_its_sender_uploaded_to_this_chat_and_once() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let (chat, elsewhere) =
            (world.chat(&mut priya, "daniel").await, world.chat(&mut priya, "lukas").await);
        let own = uploaded(&mut priya, chat, "a.txt", b"own").await.id;
        let far = uploaded(&mut priya, elsewhere, "b.txt", b"far").await.id;
        let others = uploaded(&mut daniel, chat, "c.txt", b"others").await.id;
        for wrong in [
            vec![far],
            vec![others],
            vec![own, far],
            vec![own, own],
            vec![FileId(causeway_server::clock::new_id())],
        ] {
            let answer = priya.post(&messages(chat), &carrying("x", &wrong)).await;
            assert_eq!(answer.fault("files"), (422, "fault-file-gone"), "{wrong:?}");
        }
        let new = carrying("x", &[own]);
        let sent: Message = priya.post(&messages(chat), &new).await.read();
        let again: Message = priya.post(&messages(chat), &new).await.read();
        assert_eq!(again, sent, "the same send twice is one message");
        let second = priya.post(&messages(chat), &carrying("y", &[own])).await;
        assert_eq!(second.fault("files"), (422, "fault-file-gone"));
        assert_eq!(priya.delete(&format!("/api/uploads/{own}")).await.status, 409, "it is sent");
        assert_eq!(priya.get(&format!("/api/uploads/{others}")).await.status, 404, "uploads are one's own");
        assert_eq!(priya.post(&messages(chat), &forms::message("")).await.status, 422, "no text and no file");
    });
}

#[test]
fn a_file_goes_with_its_message_and_the_record_keeps_it() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = world.chat(&mut priya, "daniel").await;
        let file = uploaded(&mut priya, chat, "a.txt", b"not for him").await.id;
        let new = carrying("see", &[file]);
        priya.post(&messages(chat), &new).await.read::<Message>();
        let own = format!("{}/{}", messages(chat), new.id);
        let edited: Message = priya.put(&own, &forms::edit("")).await.read();
        assert_eq!((edited.text.as_str(), edited.content.files().len()), ("", 1), "a caption can be emptied");
        let gone: Message = priya.delete(&own).await.read();
        assert_eq!(gone.content, MessageContent::Text);
        for browser in [&mut priya, &mut daniel] {
            assert_eq!(browser.get(&format!("/api/files/{file}")).await.status, 404);
            let page: MessagePage = browser.get(&messages(chat)).await.read();
            assert!(page.messages.last().unwrap().content.is_text());
        }
        let listed: MessagePage = priya.get(&format!("/api/chats/{chat}/files")).await.read();
        assert!(listed.messages.is_empty());
        assert!(world.db_findings().await.is_empty());
        let recorded = world.db_archived(&["message_sent"]).await;
        assert!(recorded.last().unwrap().contains("a.txt"));
        let forged =
            world.db_execute("UPDATE message SET content = '{\"kind\":\"files\",\"files\":[]}'").await;
        assert!(forged.is_err(), "what a message carries never becomes another thing");
    });
}

#[test]
fn a_document_for_a_client_is_confirmed_where_the_company_wants_that() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let (client, colleague) =
            (world.chat(&mut priya, "lukas").await, world.chat(&mut priya, "daniel").await);
        world.configure(&[("message.document_prompt", FeatureValue::Boolean(true))]).await;
        let file = uploaded(&mut priya, client, "a.txt", b"for Lukas").await.id;
        let new = carrying("", &[file]);
        let asked = priya.post(&messages(client), &new).await;
        assert_eq!(asked.fault("is_confirmed"), (422, "fault-confirm-document"));
        let confirmed = SendMessage { is_confirmed: true, ..new };
        priya.post(&messages(client), &confirmed).await.read::<Message>();
        let picture = uploaded(&mut priya, client, "a.jpg", &photo(20, 10)).await.id;
        priya.post(&messages(client), &carrying("", &[picture])).await.read::<Message>();
        let inside = uploaded(&mut priya, colleague, "b.txt", b"for Daniel").await.id;
        priya.post(&messages(colleague), &carrying("", &[inside])).await.read::<Message>();
        let mut lukas = world.client("lukas").await;
        let own = uploaded_to(&mut lukas, "/api/client", client, "c.txt", b"from Lukas").await.id;
        lukas
            .post(&format!("/api/client/chats/{client}/messages"), &carrying("", &[own]))
            .await
            .read::<Message>();
    });
}

#[test]
fn an_upload_outlives_the_server() {
    on_every_database(|world: World| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let new = forms::upload("a.txt", 10);
        priya.post(&format!("/api/chats/{chat}/uploads"), &new).await.read::<Upload>();
        part(&mut priya, "/api", new.id, 0, b"hello").await.read::<Upload>();
        let world = {
            let config = world.app.config.clone();
            world.with_config(config).await
        };
        priya.router = causeway_server::router(world.app.clone());
        let known: Upload = priya.get(&format!("/api/uploads/{}", new.id)).await.read();
        assert_eq!(known.offset, 5);
        part(&mut priya, "/api", new.id, 5, b"world").await.read::<Upload>();
        // The server was killed while it looked at the file.
        let id = world.db_id(new.id.0);
        world
            .db_execute(&format!(
                "UPDATE file SET state = 'checking', checked_at = {} WHERE id = {id}",
                world.clock.now()
            ))
            .await
            .unwrap();
        assert_eq!(finish(&mut priya, "/api", new.id).await.read::<Upload>().state, UploadState::Ready);
    });
}
