//! `causeway archive verify` reads only, and fails where there is nothing.

use super::{Served, causeway, run, said};
use causeway_server::store::{self, Archive, CannotRead};
use std::{collections::BTreeMap, path::Path};

/// The files of a folder with their sizes.
fn files(folder: &Path) -> BTreeMap<String, u64> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| (entry.file_name().into_string().unwrap(), entry.metadata().unwrap().len())).collect()
}

#[test]
fn where_there_is_no_database_verification_fails_and_makes_none() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("nowhere");
    let output = run(&nowhere, &["archive", "verify"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("there is no database that can be read"), "{}", said(&output));
    assert!(!nowhere.exists());
    let output = run(folder.path(), &["archive", "verify"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(files(folder.path()).is_empty());
    std::fs::write(folder.path().join("causeway.db"), b"").unwrap();
    let output = run(folder.path(), &["archive", "verify"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("holds no company"), "{}", said(&output));
    assert_eq!(files(folder.path()), BTreeMap::from([("causeway.db".to_owned(), 0)]));
}

#[test]
fn verification_leaves_the_folder_as_it_is() {
    let data = tempfile::tempdir().unwrap();
    assert!(run(data.path(), &["company", "create", "harbour"]).status.success());
    // The key is not needed to verify, and not made.
    std::fs::remove_file(data.path().join("server.key")).unwrap();
    let before = files(data.path());
    let output = run(data.path(), &["archive", "verify"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("harbour: 0 rows, all as recorded"), "{}", said(&output));
    assert!(said(&output).contains("audit log: 0 entries; they carry no hashes"), "{}", said(&output));
    assert_eq!(files(data.path()), before);
    let one = run(data.path(), &["archive", "verify", "--company", "HARBOUR"]);
    assert!(one.status.success() && said(&one).contains("harbour: 0 rows"), "{}", said(&one));
    let none = run(data.path(), &["archive", "verify", "--company", "pier"]);
    assert_eq!(none.status.code(), Some(1));
    assert!(said(&none).contains("there is no company pier"), "{}", said(&none));
}

#[test]
fn verification_runs_beside_a_server() {
    let data = tempfile::tempdir().unwrap();
    assert!(run(data.path(), &["company", "create", "harbour"]).status.success());
    let served = Served::start(causeway(data.path(), &["serve", "--listen", "127.0.0.1:0"]));
    let output = run(data.path(), &["archive", "verify"]);
    assert!(output.status.success(), "{}", said(&output));
    served.stop();
}

#[tokio::test]
async fn a_server_that_starts_while_a_file_at_rest_is_read_makes_the_result_void() {
    let data = tempfile::tempdir().unwrap();
    assert!(run(data.path(), &["company", "create", "harbour"]).status.success());
    assert!(!files(data.path()).contains_key("causeway.db-wal"), "a command closes what it opened");
    let database = store::Options { url: store::sqlite_url(data.path()), durable: true, schema: None };
    let archive = Archive::open(&database).await.unwrap();
    assert_eq!(archive.companies().await.unwrap().len(), 1);
    let served = Served::start(causeway(data.path(), &["serve", "--listen", "127.0.0.1:0"]));
    assert!(matches!(archive.close().await, Err(CannotRead::Disturbed)));
    served.stop();
    assert!(Archive::open(&database).await.unwrap().close().await.is_ok());
}
