//! People who write all the time, and remember what was acknowledged.

use crate::server::Server;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// What was written so far.
#[derive(Default)]
pub(crate) struct Written {
    /// Texts that were acknowledged, by chat.
    pub(crate) acknowledged: Mutex<BTreeMap<String, BTreeSet<String>>>,
    pub(crate) refused: AtomicU64,
    /// Answers that blame neither the disk nor the database: there must be none.
    pub(crate) odd: Mutex<Vec<u16>>,
    number: AtomicU64,
}

impl Written {
    pub(crate) fn count(&self) -> usize {
        self.acknowledged.lock().unwrap().values().map(BTreeSet::len).sum()
    }

    pub(crate) fn refusals(&self) -> u64 {
        self.refused.load(Ordering::SeqCst)
    }
}

/// The writers; they stop when this value is dropped.
pub(crate) struct Writers {
    pub(crate) written: Arc<Written>,
    running: JoinSet<()>,
}

impl Writers {
    /// One writer per pair, each within the pace of a person.
    pub(crate) fn start(server: &Arc<Server>, written: Arc<Written>) -> Self {
        let mut running = JoinSet::new();
        for pair in server.pairs.clone() {
            let (server, written) = (server.clone(), written.clone());
            running.spawn(async move {
                let mut tick = tokio::time::interval(Duration::from_millis(210));
                tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
                loop {
                    tick.tick().await;
                    let number = written.number.fetch_add(1, Ordering::SeqCst);
                    let (id, text) = (uuid::Uuid::from_u128(number.into()).to_string(), format!("m{number}"));
                    match server.send(&pair, &id, &text).await {
                        201 => {
                            let mut acknowledged = written.acknowledged.lock().unwrap();
                            acknowledged.entry(pair.chat.clone()).or_default().insert(text);
                        }
                        // No answer: the server was killed meanwhile.
                        503 | 0 => {
                            written.refused.fetch_add(1, Ordering::SeqCst);
                        }
                        429 => {}
                        other => written.odd.lock().unwrap().push(other),
                    }
                }
            });
        }
        Self { written, running }
    }

    /// Waits until so many more were acknowledged; returns how long that took.
    pub(crate) async fn acknowledged(&self, more: usize, patience: Duration, server: &Server) -> Duration {
        let (begun, wanted) = (Instant::now(), self.written.count() + more);
        let mut tick = tokio::time::interval(Duration::from_millis(20));
        while self.written.count() < wanted {
            tick.tick().await;
            assert!(begun.elapsed() < patience, "nothing is stored after {patience:?}: {}", server.log());
        }
        begun.elapsed()
    }

    /// Waits until a write was refused.
    pub(crate) async fn refused(&self, patience: Duration) -> bool {
        let (begun, before) = (Instant::now(), self.written.refusals());
        let mut tick = tokio::time::interval(Duration::from_millis(10));
        while self.written.refusals() == before && begun.elapsed() < patience {
            tick.tick().await;
        }
        self.written.refusals() > before
    }

    pub(crate) async fn stop(mut self) -> Arc<Written> {
        self.running.shutdown().await;
        self.written.clone()
    }
}

/// Fails when a text that was acknowledged is missing, or stands there twice.
pub(crate) async fn require_everything(server: &Server, written: &Written) {
    let acknowledged = written.acknowledged.lock().unwrap().clone();
    for pair in &server.pairs {
        let (mut found, mut from) = (Vec::new(), 1);
        loop {
            let path = format!("/api/chats/{}/messages?from={from}&limit=100", pair.chat);
            let page = server.get(&path, &pair.cookie).await;
            let messages = page["messages"].as_array().unwrap();
            if messages.is_empty() {
                break;
            }
            from += messages.len();
            found.extend(messages.iter().map(|message| message["text"].as_str().unwrap().to_owned()));
        }
        let once: BTreeSet<String> = found.iter().cloned().collect();
        assert_eq!(once.len(), found.len(), "a message stands there twice");
        let missing: Vec<_> =
            acknowledged.get(&pair.chat).into_iter().flatten().filter(|text| !once.contains(*text)).collect();
        assert!(missing.is_empty(), "{} acknowledged messages are missing: {missing:?}", missing.len());
    }
    let odd = written.odd.lock().unwrap().clone();
    assert!(odd.is_empty(), "answers that are neither 201 nor 503: {odd:?}");
}
