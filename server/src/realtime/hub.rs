//! Who has a socket open, and what waits to be written to it.

use crate::{
    limits::{SOCKET_QUEUE, SOCKETS_PER_PERSON},
    store::{Committed, Signalled},
};
use axum::extract::ws::Utf8Bytes;
use causeway_api::{
    PersonId, ServerFrame,
    events::{CLOSE_SIGNED_OUT, CLOSE_TRY_AGAIN},
};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit, mpsc, watch};

/// An event or a signal for a socket, and the frame to write.
#[derive(Clone, Debug)]
pub struct QueuedFrame {
    /// The number in the company's log; `None` for a signal.
    pub seq: Option<i64>,
    /// The frame.
    pub frame: Utf8Bytes,
}

/// What a socket is told.
#[derive(Debug)]
pub enum News {
    /// Something happened.
    Event(QueuedFrame),
    /// To close, with this code.
    End(u16),
}

struct Handle {
    id: u64,
    session: Vec<u8>,
    queue: mpsc::Sender<QueuedFrame>,
    /// Why the socket ends. It passes what waits in the queue, and reaches a socket that does not read as well.
    end: watch::Sender<Option<u16>>,
    /// Shared by the sockets of a person: replays of one person come one after the other.
    replays: Arc<Semaphore>,
}

impl Handle {
    fn end(self, code: u16) {
        self.end.send_replace(Some(code));
    }
}

/// The open sockets, by person.
#[derive(Default)]
pub struct Hub {
    sockets: Mutex<HashMap<PersonId, Vec<Handle>>>,
    next: AtomicU64,
}

/// A socket's place in the hub; given up when it is dropped.
pub struct Subscription {
    hub: Arc<Hub>,
    person: PersonId,
    id: u64,
    inbox: mpsc::Receiver<QueuedFrame>,
    end: watch::Receiver<Option<u16>>,
    replays: Arc<Semaphore>,
}

/// The turn of a page that is replayed; over when it is dropped.
pub type ReplayTurn<'a> = (Option<OwnedSemaphorePermit>, Option<SemaphorePermit<'a>>);

impl Subscription {
    /// Waits for the next event, or for the end.
    pub async fn news(&mut self) -> News {
        tokio::select! {
            biased;
            code = told(&mut self.end) => News::End(code),
            event = self.inbox.recv() => match event {
                Some(event) => News::Event(event),
                // More came than may wait: the socket resumes from the last event that it saw.
                None => News::End(CLOSE_TRY_AGAIN),
            },
        }
    }

    /// The next event, if one waits.
    pub fn waiting(&mut self) -> Option<QueuedFrame> {
        self.inbox.try_recv().ok()
    }

    /// Waits for the turn to replay a page: one of the person's at a time, and few of `all`. Fails with the code to close
    /// with when the hub ends the socket first.
    pub async fn replay_turn<'a>(&mut self, all: &'a Semaphore) -> Result<ReplayTurn<'a>, u16> {
        let own = self.replays.clone();
        let turn = async { (own.acquire_owned().await.ok(), all.acquire().await.ok()) };
        tokio::select! {
            biased;
            code = told(&mut self.end) => Err(code),
            turn = turn => Ok(turn),
        }
    }

    /// Waits until the hub ends the socket; returns the code to close with.
    pub async fn ended(&mut self) -> u16 {
        told(&mut self.end).await
    }
}

async fn told(end: &mut watch::Receiver<Option<u16>>) -> u16 {
    let code = end.wait_for(Option::is_some).await.ok().and_then(|code| *code);
    match code {
        Some(code) => code,
        // The handle is gone without a word, because more came than may wait: what waits is written first.
        None => std::future::pending().await,
    }
}

impl Subscription {
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

impl Drop for Subscription {
    fn drop(&mut self) {
        self.hub.forget(self.person, self.id);
    }
}

/// A frame that is not an event.
pub(crate) fn text(frame: &ServerFrame) -> Utf8Bytes {
    serde_json::to_string(frame).unwrap_or_default().into()
}

/// The frame of an event; its body was serialised once, when it was recorded.
pub(crate) fn frame(seq: i64, at: i64, body: &str) -> Utf8Bytes {
    format!(r#"{{"frame":"event","event":{{"seq":{seq},"at":{at},"body":{body}}}}}"#).into()
}

impl Hub {
    /// Opens a place for a socket. Beyond the limit per person the oldest is closed.
    pub fn register(self: &Arc<Self>, person: PersonId, session: Vec<u8>) -> Subscription {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (queue, inbox) = mpsc::channel(SOCKET_QUEUE);
        let (ending, end) = watch::channel(None);
        let mut sockets = self.lock();
        let mine = sockets.entry(person).or_default();
        if mine.len() >= SOCKETS_PER_PERSON {
            mine.remove(0).end(CLOSE_TRY_AGAIN);
        }
        let replays =
            mine.first().map_or_else(|| Arc::new(Semaphore::new(1)), |handle| handle.replays.clone());
        mine.push(Handle { id, session, queue, end: ending, replays: replays.clone() });
        Subscription { hub: self.clone(), person, id, inbox, end, replays }
    }

    /// Hands an event to every socket of its audience. A socket that does not keep up loses its place and
    /// has to resume from the last event it saw.
    pub fn publish(&self, event: &Committed) {
        let seq = event.entry.seq;
        self.hand_out(&event.audience, Some(seq), || frame(seq, event.entry.at, &event.entry.json));
    }

    /// Hands a signal to every socket of its audience.
    pub fn signal(&self, Signalled { signal, audience }: Signalled) {
        self.hand_out(&audience, None, || text(&ServerFrame::Signal { signal: signal.clone() }));
    }

    fn hand_out(&self, audience: &[PersonId], seq: Option<i64>, write: impl Fn() -> Utf8Bytes) {
        let mut sockets = self.lock();
        let mut written: Option<Utf8Bytes> = None;
        for person in audience {
            let Some(mine) = sockets.get_mut(person) else { continue };
            let frame = written.get_or_insert_with(&write).clone();
            mine.retain(|handle| handle.queue.try_send(QueuedFrame { seq, frame: frame.clone() }).is_ok());
        }
    }

    /// Closes every socket of these sessions.
    pub fn end_sessions(&self, sessions: &[Vec<u8>]) {
        if sessions.is_empty() {
            return;
        }
        for mine in self.lock().values_mut() {
            let of_session = |handle: &mut Handle| sessions.contains(&handle.session);
            mine.extract_if(.., of_session).for_each(|handle| handle.end(CLOSE_SIGNED_OUT));
        }
    }

    /// Closes every socket: the server stops, and each will resume elsewhere or later.
    pub fn close_all(&self) {
        for (_, mine) in self.lock().drain() {
            mine.into_iter().for_each(|handle| handle.end(CLOSE_TRY_AGAIN));
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
