//! What the installed app shows while the server is out of reach: who was signed in, and the list as it was last seen.
//!
//! Only the installed app keeps it, on a device that is someone's own; it goes when the session has ended.

use super::storage;
use causeway_api::{PersonId, auth::Session, chats::ChatList};
use leptos::prelude::window;

/// Chats that are kept, the newest.
const CHATS: usize = 100;
const SESSION: &str = "causeway.session.last";

/// Whether this is the installed app, not a page in a browser.
pub fn is_installed() -> bool {
    window().match_media("(display-mode: standalone)").ok().flatten().is_some_and(|query| query.matches())
}

/// Keeps who is signed in.
pub fn keep_session(session: &Session) {
    if is_installed() {
        storage::write(SESSION, session);
    }
}

/// Who was signed in when the server was last heard of.
pub fn session() -> Option<Session> {
    storage::read(SESSION)
}

/// Keeps the list of a person.
pub fn keep_list(me: PersonId, list: &ChatList) {
    if is_installed() {
        let chats = list.chats.iter().take(CHATS).cloned().collect();
        storage::write(&storage::personal("chats", me), &ChatList { chats, cursor: list.cursor });
    }
}

/// The list as it was last seen.
pub fn list(me: PersonId) -> Option<ChatList> {
    storage::read(&storage::personal("chats", me))
}

/// Keeps nothing of it any more: the session has ended.
pub fn forget() {
    if let Some(session) = session() {
        storage::remove(&storage::personal("chats", session.me.id));
    }
    storage::remove(SESSION);
}
