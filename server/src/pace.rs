//! How fast one person may write: the generic cell rate algorithm (ITU-T I.371), in memory. It protects the
//! others from a runaway script; what protects accounts and codes is counted in the database.
//!
//! A turn is taken where events are appended and signals are given (`store/log/mod.rs`), so no door can forget it; for what
//! leaves no event, at the beginning of its rule.

use crate::clock::SECOND;
use crate::limits::{
    LOOKING_BURST, LOOKING_INTERVAL, MESSAGE_BURST, MESSAGE_INTERVAL, RECEIPT_BURST, RECEIPT_INTERVAL,
    SEARCH_BURST, SEARCH_INTERVAL, UPLOAD_BURST, UPLOAD_INTERVAL,
};
use causeway_api::{
    EventBody, Millis, PersonId,
    paths::seconds_until,
    signals::{Signal, TYPING_INTERVAL},
};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// What is written, as far as its pace goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// What a person writes or changes.
    Act,
    /// That something arrived or was read: pages tell it by themselves, for every chat.
    Receipt,
    /// A search.
    Search,
    /// An upload that is begun.
    Upload,
    /// That someone is writing.
    Typing,
    /// What a page looks at.
    Looking,
}

impl Kind {
    /// The kind of an event; `None` for what follows from something else.
    pub fn of(body: &EventBody) -> Option<Self> {
        match body {
            EventBody::ChatCreated { .. }
            | EventBody::MemberJoined { .. }
            | EventBody::MemberLeft { .. }
            | EventBody::MemberRemoved { .. }
            | EventBody::GroupRenamed { .. }
            | EventBody::MessagePinned { .. }
            | EventBody::MessageSent { .. }
            | EventBody::MessageEdited { .. }
            | EventBody::MessageDeleted { .. }
            | EventBody::MessageReacted { .. } => Some(Self::Act),
            EventBody::Delivered { .. } | EventBody::Read { .. } => Some(Self::Receipt),
            EventBody::HashFormChanged => None,
        }
    }

    /// The kind of a signal; `None` for what follows from something else.
    pub fn of_signal(signal: &Signal) -> Option<Self> {
        match signal {
            Signal::ContactChanged { .. } | Signal::DevicesChanged | Signal::ChatSettingsChanged { .. } => {
                Some(Self::Act)
            }
            Signal::FeatureChanged { .. }
            | Signal::RegistrationChanged
            | Signal::ImportChanged { .. }
            | Signal::NotificationsChanged
            | Signal::ScheduledChanged { .. }
            | Signal::Typing { .. }
            | Signal::Presence { .. }
            | Signal::DeviceLinkChanged { .. } => None,
        }
    }

    /// The average pause between two, and how many a burst may contain.
    fn limits(self) -> (Millis, i64) {
        match self {
            Self::Act => (MESSAGE_INTERVAL, MESSAGE_BURST),
            Self::Receipt => (RECEIPT_INTERVAL, RECEIPT_BURST),
            Self::Search => (SEARCH_INTERVAL, SEARCH_BURST),
            Self::Upload => (UPLOAD_INTERVAL, UPLOAD_BURST),
            // A page that keeps to the interval may come a little early.
            Self::Typing => (TYPING_INTERVAL - SECOND / 2, 1),
            Self::Looking => (LOOKING_INTERVAL, LOOKING_BURST),
        }
    }
}

/// The next theoretical arrival per person and kind.
#[derive(Default)]
pub struct Pace(Mutex<HashMap<(PersonId, Kind), Millis>>);

impl Pace {
    /// Takes one turn. Returns the seconds to wait when it is not there yet.
    pub fn take(&self, person: PersonId, kind: Kind, now: Millis) -> Result<(), u32> {
        let mut arrivals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if arrivals.len() > 10_000 {
            arrivals.retain(|_, arrival| *arrival > now);
        }
        let (interval, burst) = kind.limits();
        let arrival = arrivals.entry((person, kind)).or_insert(now);
        let earliest = *arrival - interval * (burst - 1);
        if now < earliest {
            return Err(seconds_until(now, earliest).max(1));
        }
        *arrival = (*arrival).max(now) + interval;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_then_only_the_rate() {
        let (pace, person) = (Pace::default(), PersonId(uuid::Uuid::nil()));
        let take = |now| pace.take(person, Kind::Act, now);
        for _ in 0..MESSAGE_BURST {
            assert_eq!(take(1_000), Ok(()));
        }
        assert_eq!(take(1_000), Err(1));
        assert_eq!(pace.take(person, Kind::Receipt, 1_000), Ok(()), "receipts have turns of their own");
        assert_eq!(take(1_000 + MESSAGE_INTERVAL), Ok(()));
        assert!(take(1_000 + MESSAGE_INTERVAL).is_err());
    }
}
