//! The space that files take.

use super::uploaded;
use crate::common::{forms, on_every_database};
use causeway_server::{
    domain::company,
    limits::{UPLOAD_BURST, UPLOAD_INTERVAL},
};
use tokio::task::JoinSet;

#[test]
fn fifty_uploads_at_once_take_no_more_than_there_is() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let plan = company::GivenLimits { storage: Some(1), ..company::GivenLimits::default() };
        company::set_plan(&world.app, &world.bay, None, plan).await.unwrap();
        let limit = "SELECT storage_limit FROM company WHERE name = 'lanternbay'";
        assert_eq!(world.db_count(limit).await, 1024 * 1024 * 1024);
        world.db_execute("UPDATE company SET storage_limit = 1000").await.unwrap();
        let mut tasks = JoinSet::new();
        for number in 0..50 {
            let mut browser = priya.clone();
            let new = forms::upload(&format!("{number}.txt"), 90);
            tasks.spawn(async move { browser.post(&format!("/api/chats/{chat}/uploads"), &new).await });
        }
        let answers = tasks.join_all().await;
        let taken = answers.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(taken, 11, "{:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>());
        for answer in answers.iter().filter(|answer| answer.status != 201) {
            assert_eq!(answer.fault("size"), (409, "fault-storage-company"));
        }
        let used = "SELECT bytes FROM storage_use ORDER BY person_id LIMIT 1";
        assert_eq!(world.db_count(used).await, 990);
        assert_eq!(world.db_count("SELECT COUNT(*) FROM file").await, 11);
    });
}

#[test]
fn a_person_has_space_of_their_own_and_what_is_taken_back_is_free() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let file = uploaded(&mut priya, chat, "a.txt", b"hello").await;
        let own = world.db_id(world.id("priya").0);
        let use_up = format!("UPDATE storage_use SET files = 10000 WHERE person_id = {own}");
        world.db_execute(&use_up).await.unwrap();
        let full = priya.post(&format!("/api/chats/{chat}/uploads"), &forms::upload("b.txt", 1)).await;
        assert_eq!(full.fault("size"), (409, "fault-storage-person"));
        assert_eq!(priya.delete(&format!("/api/uploads/{}", file.id)).await.status, 204);
        assert_eq!(priya.delete(&format!("/api/uploads/{}", file.id)).await.status, 404);
        assert_eq!(
            priya.post(&format!("/api/chats/{chat}/uploads"), &forms::upload("b.txt", 1)).await.status,
            201
        );
        let whole = "SELECT bytes FROM storage_use ORDER BY person_id LIMIT 1";
        assert_eq!(world.db_count(whole).await, 1);
    });
}

#[test]
fn refused_uploads_do_not_flood_the_audit_log() {
    on_every_database(|world| async move {
        let mut lukas = world.client("lukas").await;
        let chat = world.chat(&mut world.signed_in("priya").await, "lukas").await;
        let path = format!("/api/client/chats/{chat}/uploads");
        let mut refused = 0;
        for _ in 0..250 {
            let answer = lukas.post(&path, &forms::upload("virus.exe", 1)).await;
            match answer.status {
                422 => refused += 1,
                429 => break,
                status => panic!("{status}: {}", answer.text),
            }
        }
        assert_eq!(refused, UPLOAD_BURST);
        let written = "SELECT COUNT(*) FROM audit WHERE action = 'file_refused'";
        assert_eq!(world.db_count(written).await, UPLOAD_BURST);
        world.clock.advance(UPLOAD_INTERVAL);
        assert_eq!(lukas.post(&path, &forms::upload("virus.exe", 1)).await.status, 422);
    });
}
