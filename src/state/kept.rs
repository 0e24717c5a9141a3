//! What the installed app shows while the server is out of reach: who was signed in, and the list as it was last seen.
//!
//! Only the installed app keeps it, on a device that is someone's own; it goes when the session has ended.

pub mod files;

use super::{passcode, storage};
use causeway_api::{PersonId, auth::Session, chats::ChatList};
use leptos::prelude::window;
use serde::{Deserialize, Serialize};

/// Chats that are kept, the newest.
const CHATS: usize = 100;
const SESSION: &str = "causeway.session.last";

/// Whether this is the installed app, not a page in a browser.
pub fn is_installed() -> bool {
    window().match_media("(display-mode: standalone)").ok().flatten().is_some_and(|query| query.matches())
}

/// Keeps who is signed in. On a device of one's own nothing is left of anyone who was before.
pub fn keep_session(session: &Session) {
    storage::remove(ENDED);
    if is_installed() {
        storage::forget_others(Some(session.me.id));
        files::forget_others(Some(session.me.id));
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

/// Why no one is signed in on this device any more: kept for the page that asks to sign in again. It names no one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// The session has ended: by its age, or someone ended it.
    Session,
    /// The passcode was wrong too often.
    WrongPasscodes,
}

const ENDED: &str = "causeway.ended";

/// Why no one is signed in any more, where someone was.
pub fn ended() -> Option<Ended> {
    storage::read(ENDED)
}

/// Keeps why no one will be signed in any more.
pub fn note_end(why: Ended) {
    storage::write(ENDED, &why);
}

/// Keeps no longer who was signed in, nor their list.
pub fn forget() {
    if let Some(session) = session() {
        storage::remove(&storage::personal("chats", session.me.id));
    }
    storage::remove(SESSION);
}

/// The session has ended: the list of chats is kept no longer. Drafts and what was not sent wait for their writer, who is
/// told so on the page that asks to sign in again.
pub fn session_ended() {
    if session().is_some() {
        note_end(Ended::Session);
    }
    forget();
}

/// Erases everything that this device has kept of anyone: it is signed out, or no longer linked.
pub fn erase() {
    passcode::remove();
    storage::remove(SESSION);
    storage::forget_others(None);
    files::forget_others(None);
}
