//! Who has a socket open, and what waits to be written to it.

use super::sockets::{Handle, QueuedFrame, Sockets};
use crate::{
    actor::PersonKey,
    domain::presence::{Looks, Use},
    limits::{SOCKET_QUEUE, SOCKETS_PER_PERSON},
    store::{Committed, Signalled},
};
use axum::extract::ws::Utf8Bytes;
use causeway_api::{
    ChatId, PersonId, ServerFrame,
    events::{CLOSE_SIGNED_OUT, CLOSE_TRY_AGAIN},
    presence::Presence,
    signals::Signal,
};
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit, mpsc, watch};

/// What a socket is told.
#[derive(Debug)]
pub enum News {
    /// Something happened.
    Event(QueuedFrame),
    /// To close, with this code.
    End(u16),
}

/// The open sockets.
#[derive(Default)]
pub struct Hub {
    sockets: Mutex<Sockets>,
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
            .of
            .get(&self.person)?
            .iter()
            .find(|handle| handle.id == self.id)
            .map(|handle| handle.session.clone())
    }

    /// The page looks at something else. Returns the people who are new on its screen.
    pub fn look(&self, looks: Looks) -> Vec<PersonId> {
        let mut sockets = self.hub.lock();
        let Sockets { of, attention } = &mut *sockets;
        let handle = of.get_mut(&self.person).into_iter().flatten().find(|handle| handle.id == self.id);
        // The socket has lost its place: it will be opened anew.
        let Some(handle) = handle else { return Vec::new() };
        attention.turn(handle.place(), &handle.looks, &looks);
        if handle.looks.usage != looks.usage {
            attention.changed(handle.person);
        }
        let before = std::mem::replace(&mut handle.looks, looks);
        handle.looks.people.iter().copied().filter(|person| !before.people.contains(person)).collect()
    }

    /// Tells this socket alone.
    pub fn tell(&self, signal: Signal) {
        let frame = text(&ServerFrame::Signal { signal });
        self.hub.lock().hand_to(&[(self.person, self.id)], &frame);
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
    pub fn register(self: &Arc<Self>, key: PersonKey, session: Vec<u8>) -> Subscription {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (queue, inbox) = mpsc::channel(SOCKET_QUEUE);
        let (ending, end) = watch::channel(None);
        let (mut sockets, person) = (self.lock(), key.person);
        let mine = sockets.of.entry(person).or_default();
        let oldest = mine.first().filter(|_| mine.len() >= SOCKETS_PER_PERSON).map(|handle| handle.id);
        let replays =
            mine.first().map_or_else(|| Arc::new(Semaphore::new(1)), |handle| handle.replays.clone());
        if let Some(oldest) = oldest {
            sockets.end(person, CLOSE_TRY_AGAIN, |handle| handle.id == oldest);
        }
        let (looks, replays_too) = (Looks::default(), replays.clone());
        let handle = Handle { id, person: key, looks, session, queue, end: ending, replays };
        sockets.of.entry(person).or_default().push(handle);
        Subscription { hub: self.clone(), person, id, inbox, end, replays: replays_too }
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

    /// Hands a signal to those sockets of its audience that have a conversation open.
    pub fn signal_at(&self, chat: ChatId, Signalled { signal, audience }: Signalled) {
        let mut sockets = self.lock();
        let mut places = sockets.attention.at_chat(chat);
        places.retain(|(person, _)| audience.contains(person));
        if !places.is_empty() {
            sockets.hand_to(&places, &text(&ServerFrame::Signal { signal }));
        }
    }

    /// Tells those who have a person on the screen.
    pub fn tell_viewers(&self, presence: Presence) {
        let mut sockets = self.lock();
        let places = sockets.attention.at_person(presence.person);
        if !places.is_empty() {
            sockets.hand_to(&places, &text(&ServerFrame::Signal { signal: Signal::Presence { presence } }));
        }
    }

    /// Whether a page of a person is used; `None` if none is open.
    pub fn usage_of(&self, person: PersonId) -> Option<Use> {
        let sockets = self.lock();
        let mine = sockets.of.get(&person).into_iter().flatten();
        mine.filter_map(|handle| handle.looks.usage).max()
    }

    /// Someone's presence may have changed.
    pub fn presence_changed(&self, person: PersonKey) {
        self.lock().attention.changed(person);
    }

    /// Whose presence may have changed since this was asked last.
    pub fn take_presence_changed(&self) -> Vec<PersonKey> {
        self.lock().attention.take_changed()
    }

    fn hand_out(&self, audience: &[PersonId], seq: Option<i64>, write: impl Fn() -> Utf8Bytes) {
        let mut sockets = self.lock();
        let mut written: Option<Utf8Bytes> = None;
        for person in audience {
            if !sockets.of.contains_key(person) {
                continue;
            }
            let frame = written.get_or_insert_with(&write).clone();
            sockets.take(*person, |handle| !handle.hand(QueuedFrame { seq, frame: frame.clone() }));
        }
    }

    /// Closes every socket of these sessions.
    pub fn end_sessions(&self, sessions: &[Vec<u8>]) {
        if sessions.is_empty() {
            return;
        }
        let mut sockets = self.lock();
        let people: Vec<PersonId> = sockets.of.keys().copied().collect();
        for person in people {
            sockets.end(person, CLOSE_SIGNED_OUT, |handle| sessions.contains(&handle.session));
        }
    }

    /// Closes every socket: the server stops, and each will resume elsewhere or later.
    pub fn close_all(&self) {
        let mut sockets = self.lock();
        let people: Vec<PersonId> = sockets.of.keys().copied().collect();
        for person in people {
            sockets.end(person, CLOSE_TRY_AGAIN, |_| true);
        }
    }

    /// The sessions of a person that have a socket open.
    pub fn sessions_of(&self, person: PersonId) -> Vec<Vec<u8>> {
        self.lock()
            .of
            .get(&person)
            .map_or_else(Vec::new, |mine| mine.iter().map(|handle| handle.session.clone()).collect())
    }

    /// The sockets of a session go on under its new token.
    pub fn renew_session(&self, person: PersonId, old: &[u8], new: Vec<u8>) {
        for handle in
            self.lock().of.get_mut(&person).into_iter().flatten().filter(|handle| handle.session == old)
        {
            handle.session.clone_from(&new);
        }
    }

    /// How many sockets are open.
    pub fn count(&self) -> usize {
        self.lock().of.values().map(Vec::len).sum()
    }

    fn forget(&self, person: PersonId, id: u64) {
        self.lock().take(person, |handle| handle.id == id);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Sockets> {
        self.sockets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
