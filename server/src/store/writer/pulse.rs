//! The writer's pulse: when the database last confirmed a commit, and whether the last try succeeded.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// A commit older than this says nothing about now; a probe may be written at most this often.
const FRESH: Duration = Duration::from_secs(5);
/// A probe that has not been confirmed after this long counts as failed.
const PROBE_PATIENCE: Duration = Duration::from_secs(2);

#[derive(Default)]
pub(super) struct Pulse(Mutex<Beats>);

#[derive(Clone, Copy, Default)]
struct Beats {
    confirmed: Option<Instant>,
    failed: Option<Instant>,
    probed: Option<Instant>,
}

/// Whether the database takes writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Readiness {
    /// Whether it does, by the newest commit or probe.
    pub is_ready: bool,
    /// The age of the newest confirmed commit.
    pub last_commit: Option<Duration>,
}

impl Pulse {
    fn beats(&self) -> std::sync::MutexGuard<'_, Beats> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The database has confirmed a commit.
    pub(super) fn confirm(&self) {
        self.beats().confirm(Instant::now());
    }

    /// A transaction could not be begun or committed.
    pub(super) fn fail(&self) {
        self.beats().fail(Instant::now());
    }

    /// Whether writes succeed, and whether a probe is due. Asking for a probe counts as making it, so that however often
    /// it is asked, one is made at most every five seconds.
    pub(super) fn feel(&self) -> (Readiness, bool) {
        self.beats().feel(Instant::now())
    }
}

impl Beats {
    fn confirm(&mut self, now: Instant) {
        self.confirmed = Some(now);
    }

    fn fail(&mut self, now: Instant) {
        self.failed = Some(now);
    }

    fn feel(&mut self, now: Instant) -> (Readiness, bool) {
        let is_fresh = |at: Option<Instant>| at.is_some_and(|at| now.duration_since(at) < FRESH);
        let probe = !is_fresh(self.confirmed) && !is_fresh(self.probed);
        // None < Some: without any failure, or with a commit after it, writes succeed.
        let has_failed = self.failed > self.confirmed;
        let hangs = self.probed > self.confirmed
            && self.probed.is_some_and(|at| now.duration_since(at) > PROBE_PATIENCE);
        let last_commit = self.confirmed.map(|at| now.duration_since(at));
        if probe {
            self.probed = Some(now);
        }
        (Readiness { is_ready: !has_failed && !hangs, last_commit }, probe)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(count: u64) -> Duration {
        Duration::from_secs(count)
    }

    #[test]
    fn a_probe_is_due_when_nothing_was_confirmed_for_five_seconds_and_then_only_once() {
        let (mut beats, start) = (Beats::default(), Instant::now());
        assert_eq!(beats.feel(start), (Readiness { is_ready: true, last_commit: None }, true));
        assert!(!beats.feel(start).1, "asked twice at once, it is made once");
        beats.confirm(start);
        let (readiness, probe) = beats.feel(start + seconds(4));
        assert_eq!((readiness.last_commit, probe), (Some(seconds(4)), false));
        assert!(beats.feel(start + seconds(5)).1);
        assert!(!beats.feel(start + seconds(6)).1);
    }

    #[test]
    fn a_failure_or_a_probe_that_hangs_says_no_until_a_commit_succeeds() {
        let (mut beats, start) = (Beats::default(), Instant::now());
        beats.confirm(start);
        beats.fail(start + seconds(1));
        assert!(!beats.feel(start + seconds(1)).0.is_ready);
        beats.confirm(start + seconds(2));
        assert!(beats.feel(start + seconds(2)).0.is_ready);
        assert!(beats.feel(start + seconds(8)).0.is_ready, "the probe has only begun");
        assert!(!beats.feel(start + seconds(11)).0.is_ready, "it hangs");
        beats.confirm(start + seconds(12));
        assert!(beats.feel(start + seconds(12)).0.is_ready);
    }
}
