//! Who has a socket open, and what waits to be written to it.

use crate::{
    limits::{SOCKET_QUEUE, SOCKETS_PER_PERSON},
    store::Committed,
};
use axum::extract::ws::Utf8Bytes;
use causeway_api::{PersonId, events::CLOSE_SIGNED_OUT};
use std::{
    collections::HashMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::sync::mpsc;

/// What a socket is told.
#[derive(Clone, Debug)]
pub enum Outgoing {
    /// An event, by its number and as the frame to write.
    Event(i64, Utf8Bytes),
    /// To close, and why.
    Close(u16),
}

struct Handle {
    id: u64,
    session: Vec<u8>,
    queue: mpsc::Sender<Outgoing>,
}

/// The open sockets, by person.
#[derive(Default)]
pub struct Hub {
    sockets: Mutex<HashMap<PersonId, Vec<Handle>>>,
    next: AtomicU64,
}

/// A socket's place in the hub; given up when it is dropped.
pub struct Registration {
    hub: std::sync::Arc<Hub>,
    person: PersonId,
    id: u64,
    /// What waits to be written.
    pub inbox: mpsc::Receiver<Outgoing>,
}

impl Registration {
    /// The session of the socket: its token may have been renewed since. `None` when the socket has lost its place.
    pub fn session(&self) -> Option<Vec<u8>> {
        let sockets = self.hub.lock();
        sockets
            .get(&self.person)?
            .iter()
            .find(|handle| handle.id == self.id)
            .map(|handle| handle.session.clone())
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.hub.forget(self.person, self.id);
    }
}

/// The frame of an event; its body was serialised once, when it was recorded.
pub(crate) fn frame(seq: i64, at: i64, body: &str) -> Utf8Bytes {
    format!(r#"{{"frame":"event","event":{{"seq":{seq},"at":{at},"body":{body}}}}}"#).into()
}

impl Hub {
    /// Opens a place for a socket. Beyond the limit per person the oldest is closed.
    pub fn register(self: &std::sync::Arc<Self>, person: PersonId, session: Vec<u8>) -> Registration {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (queue, inbox) = mpsc::channel(SOCKET_QUEUE);
        let mut sockets = self.lock();
        let mine = sockets.entry(person).or_default();
        if mine.len() >= SOCKETS_PER_PERSON {
            let oldest = mine.remove(0);
            // A full queue ends the socket as well: its sender is dropped here.
            let _ = oldest.queue.try_send(Outgoing::Close(causeway_api::events::CLOSE_TRY_AGAIN));
        }
        mine.push(Handle { id, session, queue });
        Registration { hub: self.clone(), person, id, inbox }
    }

    /// Hands an event to every socket of its audience. A socket that does not keep up loses its place and
    /// has to resume from the last event it saw.
    pub fn publish(&self, event: &Committed) {
        let mut sockets = self.lock();
        let mut written: Option<Utf8Bytes> = None;
        for person in event.audience.iter() {
            let Some(mine) = sockets.get_mut(person) else { continue };
            let text = written
                .get_or_insert_with(|| frame(event.entry.seq, event.entry.at, &event.entry.json))
                .clone();
            mine.retain(|handle| {
                handle.queue.try_send(Outgoing::Event(event.entry.seq, text.clone())).is_ok()
            });
        }
    }

    /// Closes every socket of these sessions.
    pub fn end_sessions(&self, sessions: &[Vec<u8>]) {
        if sessions.is_empty() {
            return;
        }
        for mine in self.lock().values_mut() {
            mine.retain(|handle| {
                let ended = sessions.contains(&handle.session);
                if ended {
                    let _ = handle.queue.try_send(Outgoing::Close(CLOSE_SIGNED_OUT));
                }
                !ended
            });
        }
    }

    /// Closes every socket: the server stops, and each will resume elsewhere or later.
    pub fn close_all(&self) {
        for (_, mine) in self.lock().drain() {
            for handle in mine {
                // A full queue ends the socket as well: its sender is dropped here.
                let _ = handle.queue.try_send(Outgoing::Close(causeway_api::events::CLOSE_TRY_AGAIN));
            }
        }
    }

    /// The sessions of a person that have a socket open.
    pub fn sessions_of(&self, person: PersonId) -> Vec<Vec<u8>> {
        self.lock()
            .get(&person)
            .map_or_else(Vec::new, |mine| mine.iter().map(|handle| handle.session.clone()).collect())
    }

    /// The sockets of a session go on under its new token.
    pub fn renew_session(&self, person: PersonId, old: &[u8], new: Vec<u8>) {
        for handle in
            self.lock().get_mut(&person).into_iter().flatten().filter(|handle| handle.session == old)
        {
            handle.session.clone_from(&new);
        }
    }

    /// How many sockets are open.
    pub fn count(&self) -> usize {
        self.lock().values().map(Vec::len).sum()
    }

    fn forget(&self, person: PersonId, id: u64) {
        let mut sockets = self.lock();
        if let Some(mine) = sockets.get_mut(&person) {
            mine.retain(|handle| handle.id != id);
            if mine.is_empty() {
                sockets.remove(&person);
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<PersonId, Vec<Handle>>> {
        self.sockets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
