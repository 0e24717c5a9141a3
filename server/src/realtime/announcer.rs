//! Puts committed events back into the order of their company's log.
//!
//! Transactions of one company commit in order, but their tasks may come to announce them in another. As the
//! sequence has no gaps, an event waits here until the one before it has passed.

use super::Hub;
use crate::store::Committed;
use causeway_api::CompanyId;
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

/// The order of announcements.
#[derive(Clone)]
pub struct Announcer(Arc<Inner>);

struct Inner {
    hub: Arc<Hub>,
    logs: Mutex<HashMap<CompanyId, Log>>,
}

#[derive(Default)]
struct Log {
    passed: i64,
    waiting: BTreeMap<i64, Committed>,
}

impl Announcer {
    /// An announcer to the sockets of `hub`.
    pub fn start(hub: Arc<Hub>) -> Self {
        Self(Arc::new(Inner { hub, logs: Mutex::default() }))
    }

    /// Tells where each company's log stands; a company made later begins at 0.
    pub fn begin(&self, logs: Vec<(CompanyId, i64)>) {
        let mut known = self.0.logs.lock().unwrap_or_else(PoisonError::into_inner);
        for (company, passed) in logs {
            known.entry(company).or_default().passed = passed;
        }
    }

    /// Takes an event that was committed.
    pub fn committed(&self, event: Committed) {
        let mut logs = self.0.logs.lock().unwrap_or_else(PoisonError::into_inner);
        let log = logs.entry(event.entry.company).or_default();
        log.waiting.insert(event.entry.seq, event);
        while let Some(event) = log.waiting.remove(&(log.passed + 1)) {
            log.passed += 1;
            self.0.hub.publish(&event);
        }
    }
}
