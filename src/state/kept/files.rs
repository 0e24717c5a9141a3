//! Files that this browser keeps until they have been sent: what was attached, and what is being recorded. They are in the
//! browser's database (IndexedDB), under keys that begin with the person, and go when that person signs out.
//!
//! A browser may refuse to keep anything (a private window, a full disk). Then a file lasts as long as the page, and the
//! tray asks for it after a reload.

use causeway_api::PersonId;
use idb::{
    Database, DatabaseEvent as _, Error, Factory, KeyRange, ObjectStore, ObjectStoreParams, Query,
    TransactionMode,
};
use leptos::task::spawn_local;
use std::future::Future;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Blob;

/// Bytes that are kept of everyone together.
const BYTES_MAX: f64 = 200.0 * 1024.0 * 1024.0;
const DATABASE: &str = "causeway";
const STORE: &str = "files";
/// Behind every letter that a key has.
const LAST: char = '\u{ffff}';

/// The key of a file of a person; `what` says what it is for.
pub fn key(person: PersonId, what: &str) -> String {
    format!("{person}/{what}")
}

async fn open() -> Result<Database, Error> {
    let mut request = Factory::new()?.open(DATABASE, Some(1))?;
    request.on_upgrade_needed(|event| {
        let made = event.database().and_then(|it| it.create_object_store(STORE, ObjectStoreParams::new()));
        if let Err(error) = made {
            web_sys::console::warn_2(&"kept files".into(), &error.to_string().into());
        }
    });
    request.await
}

async fn with<T, F: Future<Output = Result<T, Error>>>(
    mode: TransactionMode,
    work: impl FnOnce(ObjectStore) -> F,
) -> Result<T, Error> {
    let database = open().await?;
    let transaction = database.transaction(&[STORE], mode)?;
    let done = work(transaction.object_store(STORE)?).await;
    if mode == TransactionMode::ReadWrite && done.is_ok() {
        transaction.commit()?.await?;
    }
    database.close();
    done
}

/// What a browser that keeps nothing answers.
fn or_nothing<T>(done: Result<T, Error>) -> Option<T> {
    done.inspect_err(|error| web_sys::console::warn_2(&"kept files".into(), &error.to_string().into())).ok()
}

fn all_of(prefix: &str) -> Result<Query, Error> {
    let (first, last) = (JsValue::from_str(prefix), JsValue::from_str(&format!("{prefix}{LAST}")));
    Ok(Query::KeyRange(KeyRange::bound(&first, &last, Some(false), Some(false))?))
}

fn blobs(found: Vec<JsValue>) -> Vec<Blob> {
    found.into_iter().filter_map(|value| value.dyn_into().ok()).collect()
}

/// Keeps a file, unless that would be more than this browser is to keep. Whether it is kept.
pub async fn put(key: &str, file: &Blob) -> bool {
    let kept = with(TransactionMode::ReadWrite, async |store| {
        let there = blobs(store.get_all(None, None)?.await?);
        if there.iter().map(Blob::size).sum::<f64>() + file.size() > BYTES_MAX {
            return Ok(false);
        }
        store.put(file.as_ref(), Some(&JsValue::from_str(key)))?.await?;
        Ok(true)
    });
    or_nothing(kept.await).unwrap_or_default()
}

/// The files whose keys begin so, in the order of their keys.
pub async fn get_all(prefix: &str) -> Vec<Blob> {
    let found = with(TransactionMode::ReadOnly, async |store| {
        Ok(blobs(store.get_all(Some(all_of(prefix)?), None)?.await?))
    });
    or_nothing(found.await).unwrap_or_default()
}

/// Keeps files no longer whose keys begin so.
pub fn remove_all(prefix: &str) {
    let prefix = prefix.to_owned();
    spawn_local(async move { remove(&prefix).await });
}

async fn remove(prefix: &str) {
    let removed = with(TransactionMode::ReadWrite, async |store| store.delete(all_of(prefix)?)?.await);
    or_nothing(removed.await);
}

/// Removes what was kept of a person.
pub async fn forget(person: PersonId) {
    remove(&key(person, "")).await;
}

/// Removes what was kept of anyone, but for one person.
pub fn forget_others(but: Option<PersonId>) {
    spawn_local(async move {
        let removed = with(TransactionMode::ReadWrite, async |store| {
            for key in store.get_all_keys(None, None)?.await? {
                let is_own = but
                    .is_some_and(|but| key.as_string().is_some_and(|key| key.starts_with(&but.to_string())));
                if !is_own {
                    store.delete(Query::Key(key))?.await?;
                }
            }
            Ok(())
        });
        or_nothing(removed.await);
    });
}
