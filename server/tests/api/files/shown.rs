//! What stands for a file that is no picture, or one that the server does not read.

use super::{carrying, messages, uploaded};
use crate::common::{World, browser::Browser, on_every_database};
use axum::http::Method;
use causeway_api::{
    ChatId, FileId,
    chats::Message,
    files::{Attachment, Upload, UploadState},
};
use image::{DynamicImage, ImageFormat, RgbImage};
use std::{fmt::Write as _, io::Cursor};

/// A page of A4 with a black square on it.
fn pdf() -> Vec<u8> {
    let content = "100 500 200 200 re f";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>".to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
    ];
    let (mut file, mut offsets) = ("%PDF-1.4\n".to_owned(), Vec::new());
    for (number, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        writeln!(file, "{} 0 obj{object}endobj", number + 1).unwrap();
    }
    let start = file.len();
    file += "xref\n0 5\n0000000000 65535 f \n";
    file.extend(offsets.iter().map(|at| format!("{at:010} 00000 n \n")));
    write!(file, "trailer<</Size 5/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").unwrap();
    file.into_bytes()
}

fn jpeg() -> Vec<u8> {
    let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(640, 360, image::Rgb([9, 120, 200])));
    let mut jpeg = Vec::new();
    picture.write_to(&mut Cursor::new(&mut jpeg), ImageFormat::Jpeg).unwrap();
    jpeg
}

async fn poster(browser: &mut Browser, id: FileId, bytes: Vec<u8>) -> crate::common::answer::Answer {
    browser.send_bytes(Method::PUT, &format!("/api/uploads/{id}/poster"), Some(bytes)).await
}

async fn chat_with_lukas(world: &World) -> (Browser, Browser, ChatId) {
    let (mut priya, lukas) = (world.signed_in("priya").await, world.client("lukas").await);
    let chat = world.chat(&mut priya, "lukas").await;
    (priya, lukas, chat)
}

fn size(attachment: Option<Attachment>) -> Option<(u32, u32)> {
    attachment.and_then(|attachment| attachment.picture).map(|picture| (picture.width, picture.height))
}

#[test]
fn the_first_page_of_a_document_is_drawn() {
    on_every_database(|world| async move {
        let (mut priya, mut lukas, chat) = chat_with_lukas(&world).await;
        let upload = uploaded(&mut priya, chat, "fees.pdf", &pdf()).await;
        let (width, height) = size(upload.attachment).expect("a page");
        assert!(width < height && height <= 1_600, "{width} x {height}");
        let carrying = carrying("", &[upload.id]);
        let confirmed = causeway_api::chats::SendMessage { is_confirmed: true, ..carrying };
        assert_eq!(priya.post(&messages(chat), &confirmed).await.status, 201);
        let preview = lukas.get(&format!("/api/client/files/{}/previews/480", upload.id)).await;
        let page = image::load_from_memory(&preview.bytes).unwrap().to_luma8();
        assert_eq!(page.height(), 480);
        let dark = page.pixels().filter(|pixel| pixel.0[0] < 40).count();
        let part = dark * 100 / (page.width() * page.height()) as usize;
        assert!((5..12).contains(&part), "the square is a twelfth of the page: {part} %");
    });
}

#[test]
fn a_document_that_cannot_be_drawn_is_sent_without_a_page() {
    on_every_database(|world| async move {
        let (mut priya, _, chat) = chat_with_lukas(&world).await;
        let huge = String::from_utf8(pdf()).unwrap().replace("595 842", "1e30 2");
        let cut = pdf()[..60].to_vec();
        for (number, bytes) in [huge.into_bytes(), cut].into_iter().enumerate() {
            let upload = uploaded(&mut priya, chat, &format!("{number}.pdf"), &bytes).await;
            assert_eq!((upload.state, size(upload.attachment)), (UploadState::Ready, None), "{number}");
        }
    });
}

#[test]
fn a_video_has_the_picture_that_its_sender_drew() {
    on_every_database(|world| async move {
        let (mut priya, mut lukas, chat) = chat_with_lukas(&world).await;
        let film = b"\0\0\0\x18ftypisom\0\0\0\0".to_vec();
        let upload = uploaded(&mut priya, chat, "a.mp4", &film).await;
        assert_eq!(size(upload.attachment), None);
        assert_eq!(poster(&mut priya, upload.id, b"no picture".to_vec()).await.status, 422);
        assert_eq!(poster(&mut lukas, upload.id, jpeg()).await.status, 401);
        let mut daniel = world.signed_in("daniel").await;
        assert_eq!(poster(&mut daniel, upload.id, jpeg()).await.status, 404, "it is not his");
        let drawn: Upload = poster(&mut priya, upload.id, jpeg()).await.read();
        assert_eq!(size(drawn.attachment), Some((640, 360)));
        let sent = priya.post(&messages(chat), &carrying("", &[upload.id])).await;
        let sent = sent.read::<Message>();
        assert_eq!(size(sent.content.files().first().cloned()), Some((640, 360)));
        let preview = lukas.get(&format!("/api/client/files/{}/previews/480", upload.id)).await;
        assert_eq!((preview.status, &preview.headers["content-type"]), (200, &"image/jpeg".parse().unwrap()));
        // A message that was sent does not change.
        let late: Upload = poster(&mut priya, upload.id, jpeg()).await.read();
        assert_eq!(late.state, UploadState::Ready);
        assert!(world.db_findings().await.is_empty());
    });
}

#[test]
fn a_photo_whose_notes_cannot_be_taken_out_reaches_clients_as_it_was_drawn() {
    on_every_database(|world| async move {
        let (mut priya, mut lukas, chat) = chat_with_lukas(&world).await;
        let photo = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic22.3193N 114.1694E".to_vec();
        let (plain, drawn) = (
            uploaded(&mut priya, chat, "a.heic", &photo).await.id,
            uploaded(&mut priya, chat, "b.heic", &photo).await.id,
        );
        poster(&mut priya, drawn, jpeg()).await.read::<Upload>();
        for id in [plain, drawn] {
            assert_eq!(priya.post(&messages(chat), &carrying("", &[id])).await.status, 201);
            assert!(priya.get(&format!("/api/files/{id}")).await.bytes == photo, "the firm keeps it");
        }
        assert_eq!(lukas.get(&format!("/api/client/files/{plain}")).await.status, 404);
        let shown = lukas.get(&format!("/api/client/files/{drawn}")).await;
        assert_eq!(shown.headers["content-type"], "image/jpeg");
        assert!(image::load_from_memory(&shown.bytes).is_ok());
    });
}
