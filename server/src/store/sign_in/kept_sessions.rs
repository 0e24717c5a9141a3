//! Sessions in memory: most requests find theirs here, and ask the database nothing.
//!
//! Whatever a job of the writer changes counts as a change of sessions, unless the job says that it leaves them alone
//! ([`Tx::leave_sessions`](crate::store::Tx::leave_sessions)): so a new way to shut someone out cannot be forgotten here.
//! What was kept before such a commit is worth nothing from the moment its caller is told, and what was read before it is
//! not kept. What another process changed arrives with its operator command.

use super::sessions::{SessionOwner, SessionRow};
use causeway_api::Millis;
use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

/// Most sessions that are kept.
const KEPT_MAX: usize = 50_000;

/// The state of all sessions, as far as it is known to have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct Version(u64);

struct Kept {
    version: Version,
    session: SessionRow,
    owner: SessionOwner,
}

/// What is kept, by the hash of the token.
#[derive(Clone, Default)]
pub(in crate::store) struct KeptSessions(Arc<Inner>);

#[derive(Default)]
struct Inner {
    version: AtomicU64,
    kept: RwLock<HashMap<Vec<u8>, Kept>>,
}

impl KeptSessions {
    /// To be asked for before a session is read that is to be kept.
    pub(in crate::store) fn version(&self) -> Version {
        Version(self.0.version.load(Ordering::SeqCst))
    }

    /// Sessions may have changed.
    pub(in crate::store) fn forget(&self) {
        self.0.version.fetch_add(1, Ordering::SeqCst);
    }

    /// The session of a token, if it is kept and nothing has changed since.
    pub(in crate::store) fn get(&self, hash: &[u8]) -> Option<(SessionRow, SessionOwner)> {
        let kept = self.0.kept.read().unwrap_or_else(PoisonError::into_inner);
        let found = kept.get(hash).filter(|found| found.version == self.version())?;
        Some((found.session.clone(), found.owner))
    }

    /// Keeps a session that was read at `version`.
    pub(in crate::store) fn keep(&self, version: Version, session: SessionRow, owner: SessionOwner) {
        let mut kept = self.0.kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        kept.insert(session.hash.clone(), Kept { version, session, owner });
    }

    /// The person of a session did something.
    pub(in crate::store) fn touch(&self, hash: &[u8], now: Millis) {
        let mut kept = self.0.kept.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept.get_mut(hash) {
            found.session.seen_at = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use causeway_api::{CompanyId, PersonId, paths::Side};
    use uuid::Uuid;

    fn session(hash: u8) -> SessionRow {
        SessionRow {
            hash: vec![hash; 32],
            company: CompanyId(Uuid::nil()),
            person: PersonId(Uuid::nil()),
            side: Side::Portal,
            seen_at: 1,
            ends_at: 10,
            confirmed_at: 1,
            channel: None,
            must_set_password: false,
            device: None,
        }
    }

    const OWNER: SessionOwner = SessionOwner { role: None, has_second_factor: false };

    #[test]
    fn what_is_kept_is_worth_nothing_after_a_change() {
        let kept = KeptSessions::default();
        kept.keep(kept.version(), session(1), OWNER);
        assert_eq!(kept.get(&[1; 32]).map(|(session, _)| session.seen_at), Some(1));
        kept.touch(&[1; 32], 5);
        assert_eq!(kept.get(&[1; 32]).map(|(session, _)| session.seen_at), Some(5));
        kept.forget();
        assert!(kept.get(&[1; 32]).is_none());
    }

    #[test]
    fn what_was_read_before_a_change_is_not_kept_after_it() {
        let kept = KeptSessions::default();
        let before = kept.version();
        kept.forget();
        kept.keep(before, session(1), OWNER);
        assert!(kept.get(&[1; 32]).is_none());
    }
}
