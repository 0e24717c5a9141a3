//! What this browser keeps: preferences, and what someone typed and has not sent yet.
//!
//! Keys that hold words of a person carry the person's id and are removed when that person signs out.

use causeway_api::PersonId;
use leptos::prelude::window;
use serde::{Serialize, de::DeserializeOwned};

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// What was kept under a key. A browser that keeps nothing, or something unreadable, has nothing.
pub fn read<T: DeserializeOwned>(key: &str) -> Option<T> {
    serde_json::from_str(&storage()?.get_item(key).ok()??).ok()
}

/// Keeps something. Where the browser refuses (private mode, full), it lasts as long as the page.
pub fn write(key: &str, value: &impl Serialize) {
    if let (Some(storage), Ok(json)) = (storage(), serde_json::to_string(value)) {
        // See above: a refusal costs durability, not function.
        let _ = storage.set_item(key, &json);
    }
}

/// Keeps something no longer.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        // A key that is gone already is as good as removed.
        let _ = storage.remove_item(key);
    }
}

/// What was kept under a key for this tab.
pub fn read_for_tab<T: DeserializeOwned>(key: &str) -> Option<T> {
    let storage = window().session_storage().ok().flatten()?;
    serde_json::from_str(&storage.get_item(key).ok()??).ok()
}

/// Keeps something until this tab is closed.
pub fn write_for_tab(key: &str, value: &impl Serialize) {
    if let (Ok(Some(storage)), Ok(json)) = (window().session_storage(), serde_json::to_string(value)) {
        // A browser that refuses keeps it as long as the page.
        let _ = storage.set_item(key, &json);
    }
}

/// What is kept of the words of a person.
const PERSONAL: [&str; 6] = ["drafts", "replying", "outgoing", "uploads", "invitation", "chats"];

/// A key for words of a person.
pub fn personal(what: &str, person: PersonId) -> String {
    format!("causeway.{what}.{person}")
}

/// Removes every key that holds words of anyone, but for one person.
pub fn forget_others(but: Option<PersonId>) {
    let Some(storage) = storage() else { return };
    let own = but.map(|person| format!(".{person}"));
    let is_of_others = |key: &String| {
        let is_personal = PERSONAL.iter().any(|what| key.starts_with(&format!("causeway.{what}.")));
        is_personal && own.as_ref().is_none_or(|own| !key.ends_with(own.as_str()))
    };
    let keys = (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok().flatten());
    for key in keys.filter(is_of_others).collect::<Vec<_>>() {
        remove(&key);
    }
}

/// Removes every key that holds words of a person. Someone else who used the same browser and has not signed out keeps
/// what was not sent yet.
pub fn forget_personal(person: PersonId) {
    for what in PERSONAL {
        personal_keys(what, person).iter().for_each(|key| remove(key));
    }
}

/// The keys of one sort for words of a person: one for the person, or one for each tab.
pub fn personal_keys(what: &str, person: PersonId) -> Vec<String> {
    let (begin, end) = (format!("causeway.{what}."), person.to_string());
    let storage = storage();
    let keys = storage.iter().flat_map(|storage| {
        (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok().flatten())
    });
    keys.filter(|key| key.starts_with(&begin) && key.ends_with(&end)).collect()
}
