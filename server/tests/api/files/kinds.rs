//! What can be sent, and how anything else is refused.

use super::{finish, part, photo, uploaded, uploaded_to};
use crate::common::{World, browser::Browser, forms, on_every_database};
use causeway_api::{
    ChatId,
    features::FeatureValue,
    files::{FileGroup, Upload, UploadState},
};
use std::{
    collections::BTreeMap,
    io::{Cursor, Write as _},
};

/// A zip file with these entries, stored as they are.
fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    let short = |number: usize| u16::try_from(number).unwrap().to_le_bytes();
    let long = |number: usize| u32::try_from(number).unwrap().to_le_bytes();
    for (name, content) in entries {
        let at = file.len();
        let common = |into: &mut Vec<u8>| {
            into.extend([20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            into.extend(long(content.len()));
            into.extend(long(content.len()));
            into.extend(short(name.len()));
            into.extend([0, 0]);
        };
        file.extend(b"PK\x03\x04");
        common(&mut file);
        file.extend(name.as_bytes());
        file.extend(content.as_bytes());
        directory.extend(b"PK\x01\x02\x14\0");
        common(&mut directory);
        directory.extend([0; 10]);
        directory.extend(long(at));
        directory.extend(name.as_bytes());
    }
    let at = file.len();
    file.extend(&directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(short(entries.len()));
    file.extend(short(entries.len()));
    file.extend(long(directory.len()));
    file.extend(long(at));
    file.extend([0, 0]);
    file
}

/// A compound file with a stream, as programs write it that name no class.
fn compound(stream: &str) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream(stream).unwrap().write_all(b"x").unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

const TYPES: &str = "[Content_Types].xml";

/// A small file of every kind of look.
fn samples() -> Vec<(&'static str, Vec<u8>, FileGroup)> {
    use FileGroup::{Archive, Audio, Mail, Office, Picture, Signature, Text, Video};
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    let document = |folder: &str| zip(&[(TYPES, "<x/>"), (&format!("{folder}/a.xml"), "<x/>")]);
    vec![
        ("a.jpg", photo(8, 8), Picture),
        ("a.png", b"\x89PNG\r\n\x1a\nbroken".to_vec(), Picture),
        ("a.heic", heic, Picture),
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\n".to_vec(), Office),
        ("a.docx", document("word"), Office),
        ("a.xlsx", document("xl"), Office),
        ("a.pptx", document("ppt"), Office),
        ("a.odt", zip(&[("mimetype", "application/vnd.oasis.opendocument.text")]), Office),
        ("a.epub", zip(&[("mimetype", "application/epub+zip")]), Office),
        ("a.key", zip(&[("Index/Document.iwa", "x")]), Office),
        ("a.wps", compound("CONTENTS"), Office),
        ("a.doc", compound("WordDocument"), Office),
        ("a.xls", compound("Workbook"), Office),
        ("b.xls", compound("Book"), Office),
        ("a.ppt", compound("PowerPoint Document"), Office),
        ("a.msg", compound("__properties_version1.0"), Mail),
        ("a.rtf", br"{\rtf1 x}".to_vec(), Office),
        ("a.txt", "計畫書\n".as_bytes().to_vec(), Text),
        ("a.csv", vec![0x8e, 0x81, 0x96, 0xbc, b',', b'x', b'\n'], Text),
        ("a.md", "\u{feff}# Plan".as_bytes().to_vec(), Text),
        ("a.eml", b"From: a@b.example\r\nSubject: x\r\n\r\nx".to_vec(), Mail),
        ("a.ics", b"BEGIN:VCALENDAR\r\n".to_vec(), Mail),
        ("a.vcf", b"begin:vcard\r\n".to_vec(), Mail),
        ("a.mp3", b"ID3\x04\0".to_vec(), Audio),
        ("a.ogg", b"OggS\0\x02".to_vec(), Audio),
        ("a.wav", b"RIFF\0\0\0\0WAVEfmt ".to_vec(), Audio),
        ("a.mp4", b"\0\0\0\x18ftypisom\0\0\0\0".to_vec(), Video),
        ("a.webm", b"\x1a\x45\xdf\xa3\x01".to_vec(), Video),
        ("a.p7s", vec![0x30, 0x82, 1, 2], Signature),
        ("a.asc", b"-----BEGIN PGP SIGNATURE-----\n".to_vec(), Signature),
        ("a.zip", zip(&[("a.txt", "x")]), Archive),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0".to_vec(), Archive),
    ]
}

#[test]
fn files_are_known_by_their_content_and_their_name_together() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        for (name, bytes, group) in samples() {
            let upload = uploaded(&mut priya, chat, name, &bytes).await;
            let found = upload.attachment.map(|attachment| attachment.group);
            assert_eq!(found, Some(group), "{name}: {:?}", upload.refused);
            world.clock.advance(1_000);
        }
    });
}

/// What became of a file whose name was taken: the word of the fault.
async fn refused(priya: &mut Browser, chat: ChatId, name: &str, bytes: &[u8]) -> String {
    let upload = uploaded(priya, chat, name, bytes).await;
    assert_eq!(upload.state, UploadState::Refused, "{name}");
    upload.refused.unwrap()
}

#[test]
fn a_file_that_is_not_what_its_name_says_is_refused_and_recorded() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let program = b"MZ\x90\0\x03\0\0\0PE\0\0".as_slice();
        let macros = zip(&[(TYPES, "<x/>"), ("word/document.xml", "<x/>"), ("word/vbaProject.bin", "x")]);
        for (name, bytes, fault) in [
            ("report.pdf", program, "fault-file-content"),
            ("photo.jpg", b"<svg onload='alert(1)'/>", "fault-file-content"),
            ("notes.txt", program, "fault-file-content"),
            ("sheet.xlsx", &zip(&[(TYPES, "<x/>"), ("word/a.xml", "<x/>")]), "fault-file-content"),
            ("text.odt", &zip(&[("mimetype", "application/epub+zip")]), "fault-file-content"),
            ("old.doc", &zip(&[("a", "b")]), "fault-file-content"),
            ("sheet.doc", &compound("Workbook"), "fault-file-content"),
            ("cut.xls", &compound("Workbook")[..600], "fault-file-content"),
            ("cut.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "fault-file-content"),
            ("a.key", b"-----BEGIN PRIVATE KEY-----", "fault-file-content"),
            ("letter.docx", &macros, "fault-file-macros"),
        ] {
            assert_eq!(refused(&mut priya, chat, name, bytes).await, fault, "{name}");
            world.clock.advance(1_000);
        }
        let names = world.db_texts("SELECT subject FROM audit WHERE action = 'file_refused'").await;
        assert!(names.contains(&"report.pdf".to_owned()) && names.len() == 11, "{names:?}");
        let used = world.db_count("SELECT COUNT(*) FROM storage_use WHERE bytes + files > 0").await;
        assert_eq!(used, 0, "what was refused takes no space");
    });
}

#[test]
fn what_can_be_known_before_is_refused_before_anything_is_sent() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let (chat, client) = (world.chat(&mut priya, "daniel").await, world.chat(&mut priya, "lukas").await);
        let limit = 25 * 1024 * 1024;
        for (name, size, field, fault) in [
            ("setup.exe", 10, "name", "fault-file-type"),
            ("report.pdf.exe", 10, "name", "fault-file-type"),
            ("page.html", 10, "name", "fault-file-type"),
            ("drawing.svg", 10, "name", "fault-file-type"),
            ("none", 10, "name", "fault-file-type"),
            ("annex\u{202e}fdp.exe", 10, "name", "fault-file-type"),
            (" . ", 10, "name", "fault-file-name"),
            ("macros.docm", 10, "name", "fault-file-macros"),
            ("empty.pdf", 0, "size", "fault-file-empty"),
            ("large.pdf", limit + 1, "size", "fault-file-large"),
        ] {
            let answer = priya.post(&format!("/api/chats/{chat}/uploads"), &forms::upload(name, size)).await;
            assert_eq!(answer.fault(field), (422, fault), "{name}");
        }
        let archive = forms::upload("a.zip", 10);
        let to_client = priya.post(&format!("/api/chats/{client}/uploads"), &archive).await;
        assert_eq!(to_client.fault("name"), (422, "fault-file-archive"));
        assert_eq!(priya.post(&format!("/api/chats/{chat}/uploads"), &archive).await.status, 201);
    });
}

#[test]
fn a_company_narrows_what_can_be_sent_and_it_holds_for_what_was_uploaded_before() {
    on_every_database(|world: World| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "lukas").await;
        let file = uploaded(&mut priya, chat, "a.mp3", b"ID3\x04\0").await.id;
        let none = FeatureValue::Map(BTreeMap::from([("audio".to_owned(), Some(0))]));
        world
            .configure(&[
                ("file.groups", none),
                ("file.size_limit", FeatureValue::Number(1)),
                ("file.macros", FeatureValue::Boolean(true)),
                ("file.archives_to_clients", FeatureValue::Boolean(true)),
            ])
            .await;
        let late = priya.post(&super::messages(chat), &super::carrying("", &[file])).await;
        assert_eq!(late.fault("files"), (422, "fault-file-type"));
        let other = priya.post(&format!("/api/chats/{chat}/uploads"), &forms::upload("b.mp3", 5)).await;
        assert_eq!(other.fault("name"), (422, "fault-file-type"));
        let large = forms::upload("a.txt", 1024 * 1024 + 1);
        let large = priya.post(&format!("/api/chats/{chat}/uploads"), &large).await;
        assert_eq!(large.fault("size"), (422, "fault-file-large"));
        let macros = zip(&[(TYPES, "<x/>"), ("word/document.xml", "<x/>"), ("word/vbaProject.bin", "x")]);
        assert_eq!(uploaded(&mut priya, chat, "a.docm", &macros).await.state, UploadState::Ready);
        assert_eq!(uploaded(&mut priya, chat, "a.zip", &zip(&[("a", "b")])).await.state, UploadState::Ready);
    });
}

#[test]
fn a_part_that_is_too_large_or_breaks_off_moves_nothing() {
    on_every_database(|world| async move {
        let mut lukas = world.client("lukas").await;
        let chat = world.chat(&mut world.signed_in("priya").await, "lukas").await;
        let new = forms::upload("a.txt", 3);
        lukas.post(&format!("/api/client/chats/{chat}/uploads"), &new).await.read::<Upload>();
        let long = part(&mut lukas, "/api/client", new.id, 0, b"four").await;
        assert_eq!(long.status, 413, "more than the file has");
        let huge = part(&mut lukas, "/api/client", new.id, 0, &vec![b'x'; 4 * 1024 * 1024 + 1]).await;
        assert_eq!(huge.status, 413, "more than one part may have");
        let still: Upload = lukas.get(&format!("/api/client/uploads/{}", new.id)).await.read();
        assert_eq!(still.offset, 0);
        part(&mut lukas, "/api/client", new.id, 0, b"yes").await.read::<Upload>();
        assert_eq!(
            finish(&mut lukas, "/api/client", new.id).await.read::<Upload>().state,
            UploadState::Ready
        );
        assert_eq!(
            uploaded_to(&mut lukas, "/api/client", chat, "b.txt", b"too").await.state,
            UploadState::Ready
        );
    });
}
