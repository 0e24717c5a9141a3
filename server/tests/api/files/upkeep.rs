//! The nightly round.

use super::{carrying, messages, uploaded};
use crate::common::{World, forms, on_every_database};
use causeway_api::{FileId, chats::Message, files::Upload};
use causeway_server::{
    clock,
    domain::files::upkeep::{Round, go_round},
    storage::Object,
};
use std::path::{Path, PathBuf};

const DAY: i64 = 24 * 60 * 60_000;

/// The files in a folder, at any depth.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files_in(&path) } else { vec![path] }).collect()
}

fn folder(world: &World) -> PathBuf {
    world.app.config.data.join("files")
}

#[test]
fn what_nobody_sent_goes_and_what_a_message_carries_stays() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let kept = uploaded(&mut priya, chat, "kept.txt", b"kept").await.id;
        priya.post(&messages(chat), &carrying("", &[kept])).await.read::<Message>();
        uploaded(&mut priya, chat, "copy.txt", b"kept").await;
        uploaded(&mut priya, chat, "left.txt", b"left").await;
        let begun = forms::upload("begun.txt", 10);
        priya.post(&format!("/api/chats/{chat}/uploads"), &begun).await.read::<Upload>();
        super::part(&mut priya, "/api", begun.id, 0, b"half").await.read::<Upload>();
        assert_eq!(files_in(&folder(&world)).len(), 3, "one content is stored once");
        assert_eq!(go_round(&world.app).await.unwrap(), Round::default(), "nothing is old yet");
        // The files were written by the clock of the machine.
        world.clock.advance(4_000 * DAY);
        let round = go_round(&world.app).await.unwrap();
        assert_eq!(round, Round { uploads: 3, orphans: 1, ..Round::default() });
        assert_eq!(files_in(&folder(&world)).len(), 1);
        let mut priya = world.signed_in("priya").await;
        assert_eq!(priya.get(&format!("/api/files/{kept}")).await.text, "kept");
        let whole = "SELECT bytes FROM storage_use ORDER BY person_id LIMIT 1";
        assert_eq!(world.db_count(whole).await, 4);
    });
}

#[test]
fn what_a_stopped_server_left_of_an_upload_goes() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let begun = forms::upload("begun.txt", 10);
        priya.post(&format!("/api/chats/{chat}/uploads"), &begun).await.read::<Upload>();
        super::part(&mut priya, "/api", begun.id, 0, b"half").await.read::<Upload>();
        let gone = FileId(clock::random_id());
        let company = world.bay.id;
        let (part, preview) = (Object::part(company, gone, 0), Object::plain_picture(company, gone));
        world.app.storage.put(&part, b"part".to_vec()).await.unwrap();
        world.app.storage.put(&preview, b"picture".to_vec()).await.unwrap();
        let round = go_round(&world.app).await.unwrap();
        assert_eq!(round, Round { leftovers: 2, ..Round::default() });
        assert_eq!(files_in(&folder(&world)).len(), 1, "what is still arriving stays");
        let rest = super::part(&mut priya, "/api", begun.id, 4, b"a whole").await;
        assert_eq!(rest.status, 413);
        let rest = super::part(&mut priya, "/api", begun.id, 4, b"others").await.read::<Upload>();
        assert_eq!(rest.offset, 10);
    });
}

#[test]
fn a_file_of_the_record_without_its_bytes_is_an_alarm_and_stays_in_the_record() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let file = uploaded(&mut priya, chat, "a.txt", b"gone").await.id;
        priya.post(&messages(chat), &carrying("", &[file])).await.read::<Message>();
        for path in files_in(&folder(&world)) {
            std::fs::remove_file(path).unwrap();
        }
        let round = go_round(&world.app).await.unwrap();
        assert_eq!(round, Round { missing: 1, ..Round::default() });
        assert_eq!(priya.get(&format!("/api/files/{file}")).await.status, 500);
        assert_eq!(world.db_count("SELECT COUNT(*) FROM message_file").await, 1);
    });
}
