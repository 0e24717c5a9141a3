//! PostgreSQL: connections that are dropped in the middle of it, and a second server on the same database.

use crate::{
    rounds,
    server::{PATIENCE, Server},
    writers::{Writers, Written, require_everything},
};
use sea_orm::{ConnectionTrait as _, Database};
use std::{process::Command, sync::Arc, time::Duration};

/// A database of its own in the cluster of the tests, if there is one: its address, and that of the cluster.
async fn db_create(name: &str) -> Option<(String, String)> {
    let cluster = std::env::var("CAUSEWAY_TEST_POSTGRES").ok()?;
    let admin = Database::connect(&cluster).await.unwrap();
    let name = format!("{name}_{}", std::process::id());
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    admin.close().await.unwrap();
    let base = cluster.rsplit_once('/').unwrap().0;
    Some((format!("{base}/{name}"), cluster))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_are_dropped_lose_nothing_that_was_acknowledged() {
    let Some((url, cluster)) = db_create("faults").await else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut server = Arc::new(Server::start(&folder.path().join("data"), &[], Some(url)).await);
    let admin = Database::connect(&cluster).await.unwrap();
    let written = Arc::new(Written::default());
    let drop_all = format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'faults_{}'",
        std::process::id()
    );
    for round in 0..rounds() {
        let writers = Writers::start(&server, written.clone());
        writers.acknowledged(3, PATIENCE, &server).await;
        for _ in 0..3 {
            admin.execute_unprepared(&drop_all).await.unwrap();
        }
        let back = writers.acknowledged(3, PATIENCE, &server).await;
        assert!(back < Duration::from_secs(5), "round {round}: writes were back after {back:?}");
        writers.stop().await;
    }
    server = {
        let mut server = server;
        Arc::get_mut(&mut server).unwrap().kill_and_restart().await;
        server
    };
    require_everything(&server, &written).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_server_on_one_database_is_refused_wherever_its_folder_is() {
    let Some((url, _)) = db_create("single").await else { return };
    let folder = tempfile::tempdir().unwrap();
    let _first = Server::start(&folder.path().join("first"), &[], Some(url.clone())).await;
    let second = Command::new(env!("CARGO_BIN_EXE_causeway"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path().join("second"))
        .env("DATABASE_URL", url)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert_eq!(second.status.code(), Some(1), "{said}");
    assert!(said.contains("another server already works on this database"), "{said}");
}
