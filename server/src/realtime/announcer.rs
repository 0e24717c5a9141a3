//! Puts committed events back into the order of their company's log.
//!
//! Transactions of one company commit in order, but their tasks may come to announce them in another. As the
//! sequence has no gaps, an event waits here until the one before it has passed; one that does not come, because another
//! process took its number, is read from the log (`catch_up.rs`).

use super::Hub;
use crate::store::Committed;
use causeway_api::CompanyId;
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::Notify;

/// Most events of a company that wait for an earlier one. What is beyond is read from the log in its turn.
const WAITING_MAX: usize = 1_000;

/// The order of announcements.
#[derive(Clone)]
pub struct Announcer(Arc<Inner>);

struct Inner {
    hub: Arc<Hub>,
    logs: Mutex<HashMap<CompanyId, Log>>,
    gap: Notify,
}

#[derive(Default)]
struct Log {
    passed: i64,
    waiting: BTreeMap<i64, Committed>,
}

impl Announcer {
    /// An announcer to the sockets of `hub`.
    pub fn start(hub: Arc<Hub>) -> Self {
        Self(Arc::new(Inner { hub, logs: Mutex::default(), gap: Notify::new() }))
    }

    fn logs(&self) -> std::sync::MutexGuard<'_, HashMap<CompanyId, Log>> {
        self.0.logs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells where each company's log stands; a company made later begins at 0.
    pub fn begin(&self, logs: Vec<(CompanyId, i64)>) {
        let mut known = self.logs();
        for (company, passed) in logs {
            let log = known.entry(company).or_default();
            log.passed = passed;
            // What was committed before is not announced to anyone.
            log.waiting = log.waiting.split_off(&(passed + 1));
        }
    }

    /// Takes an event that was committed. One that has passed already is not announced again.
    pub fn committed(&self, event: Committed) {
        let mut logs = self.logs();
        let log = logs.entry(event.entry.company).or_default();
        if event.entry.seq <= log.passed {
            return;
        }
        log.waiting.insert(event.entry.seq, event);
        while let Some(event) = log.waiting.remove(&(log.passed + 1)) {
            log.passed += 1;
            self.0.hub.publish(&event);
        }
        if log.waiting.len() > WAITING_MAX {
            log.waiting.pop_last();
        }
        if !log.waiting.is_empty() {
            self.0.gap.notify_one();
        }
    }

    /// The number up to which a company's events have been announced.
    pub(super) fn passed(&self, company: CompanyId) -> i64 {
        self.logs().get(&company).map_or(0, |log| log.passed)
    }

    /// Returns when an event waits for an earlier one.
    pub(super) async fn gap(&self) {
        self.0.gap.notified().await;
    }
}
