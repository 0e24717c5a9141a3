//! The open sockets, by person, and what their pages look at.

use super::attention::{Attention, Place};
use crate::{actor::PersonKey, domain::presence::Looks};
use axum::extract::ws::Utf8Bytes;
use causeway_api::PersonId;
use std::{collections::HashMap, sync::Arc};
use tokio::sync::{Semaphore, mpsc, watch};

/// An event or a signal for a socket, and the frame to write.
#[derive(Clone, Debug)]
pub struct QueuedFrame {
    /// The number in the company's log; `None` for a signal.
    pub seq: Option<i64>,
    /// The frame.
    pub frame: Utf8Bytes,
}

/// An open socket.
pub(super) struct Handle {
    /// Its number.
    pub(super) id: u64,
    /// Whose it is.
    pub(super) person: PersonKey,
    /// What its page looks at.
    pub(super) looks: Looks,
    /// The session that it is of.
    pub(super) session: Vec<u8>,
    /// What waits for it.
    pub(super) queue: mpsc::Sender<QueuedFrame>,
    /// Why the socket ends. It passes what waits in the queue, and reaches a socket that does not read as well.
    pub(super) end: watch::Sender<Option<u16>>,
    /// Shared by the sockets of a person: replays of one person come one after the other.
    pub(super) replays: Arc<Semaphore>,
}

impl Handle {
    /// Where it is found.
    pub(super) fn place(&self) -> Place {
        (self.person.person, self.id)
    }

    /// Hands a frame on; false when more came than may wait.
    pub(super) fn hand(&self, frame: QueuedFrame) -> bool {
        self.queue.try_send(frame).is_ok()
    }
}

/// The open sockets, by person, and what they look at.
#[derive(Default)]
pub(super) struct Sockets {
    /// By person.
    pub(super) of: HashMap<PersonId, Vec<Handle>>,
    /// What they look at.
    pub(super) attention: Attention,
}

impl Sockets {
    /// Takes the handles of a person out that are such; what they looked at is forgotten.
    pub(super) fn take(&mut self, person: PersonId, is_such: impl Fn(&Handle) -> bool) -> Vec<Handle> {
        let Some(mine) = self.of.get_mut(&person) else { return Vec::new() };
        let gone: Vec<Handle> = mine.extract_if(.., |handle| is_such(handle)).collect();
        if mine.is_empty() {
            self.of.remove(&person);
        }
        for handle in &gone {
            self.attention.turn(handle.place(), &handle.looks, &Looks::default());
            if handle.looks.usage.is_some() {
                self.attention.changed(handle.person);
            }
        }
        gone
    }

    /// Ends those of a person that are such.
    pub(super) fn end(&mut self, person: PersonId, code: u16, is_such: impl Fn(&Handle) -> bool) {
        for handle in self.take(person, is_such) {
            handle.end.send_replace(Some(code));
        }
    }

    /// Hands a frame to sockets. One that does not keep up loses its place.
    pub(super) fn hand_to(&mut self, places: &[Place], frame: &Utf8Bytes) {
        for &(person, id) in places {
            let is_full = |handle: &Handle| {
                handle.id == id && !handle.hand(QueuedFrame { seq: None, frame: frame.clone() })
            };
            self.take(person, is_full);
        }
    }
}
