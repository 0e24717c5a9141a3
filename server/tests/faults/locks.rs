//! A database that another process has locked.

use crate::{
    server::{PATIENCE, Server},
    writers::{Writers, Written, require_everything},
};
use sea_orm::{ConnectionTrait as _, Database};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn waiting_writers_have_one_common_deadline_while_another_process_holds_the_lock() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut server = Arc::new(Server::start(&data, &[], None).await);
    let other = Database::connect(format!("sqlite:{}", data.join("causeway.db").display())).await.unwrap();
    other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    let begun = Instant::now();
    let mut waiting = tokio::task::JoinSet::new();
    for (number, pair) in server.pairs.clone().into_iter().cycle().take(36).enumerate() {
        let (server, id) = (server.clone(), uuid::Uuid::from_u128(1_000 + number as u128).to_string());
        waiting.spawn(async move { (server.send(&pair, &id, "while locked").await, begun.elapsed()) });
    }
    for (status, after) in waiting.join_all().await {
        assert_eq!(status, 503);
        assert!(after < Duration::from_secs(12), "one deadline for all, not one after the other: {after:?}");
    }
    assert_eq!(server.readiness().await, 503);
    other.execute_unprepared("ROLLBACK").await.unwrap();
    other.close().await.unwrap();
    let written = Arc::new(Written::default());
    let writers = Writers::start(&server, written.clone());
    let back = writers.acknowledged(3, PATIENCE, &server).await;
    assert!(back < Duration::from_secs(5), "writes were back after {back:?}");
    assert_eq!(server.readiness().await, 200);
    writers.stop().await;
    Arc::get_mut(&mut server).unwrap().kill_and_restart().await;
    require_everything(&server, &written).await;
    let page =
        server.get(&format!("/api/chats/{}/messages", server.pairs[0].chat), &server.pairs[0].cookie).await;
    assert!(!page.to_string().contains("while locked"), "what was refused was not stored later");
}
