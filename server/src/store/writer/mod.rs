//! The one way to write.
//!
//! On SQLite one task groups waiting jobs into commits (`group.rs`), on PostgreSQL every job is a transaction
//! (`single.rs`; `docs/adr/0001-one-code-path-for-two-databases.md`). On both, a caller is told that a job succeeded only
//! after the database has confirmed the commit of the very transaction that held its writes; a connection on which that
//! went wrong is replaced (`link.rs`); every job has a deadline; a job that panics fails alone.
//!
//! **One lock order.** A job that appends to a company's log takes the company's row first ([`Tx::next_seq`]), then
//! chats, then people and what belongs to them. What collides all the same on PostgreSQL is run again.

mod group;
mod job;
mod link;
mod pulse;
mod rhythm;
mod single;

pub use job::JobError;
pub use job::JobFuture;
pub(super) use link::Link;
pub use pulse::Readiness;

use super::{Options, Result, StoreError, log::Heads, sign_in::kept_sessions::KeptSessions};
use crate::{
    pace::{Kind, Pace},
    sealing::Sealer,
};
use causeway_api::{PersonId, signals::Signal};
use causeway_ledger::Entry;
use job::{Claim, Finish, Queued, TypedJob};
use pulse::Pulse;
use sea_orm::DatabaseTransaction;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{Mutex, mpsc, watch},
    task::JoinHandle,
    time::{Instant, timeout_at},
};

/// Most jobs that share one commit.
const GROUP_MAX: usize = 256;
/// A job must have run within this time from when it was queued.
const JOB_DEADLINE: Duration = Duration::from_secs(8);
/// A commit must be confirmed within this time.
const COMMIT_DEADLINE: Duration = Duration::from_secs(8);

/// An event that is now durable, and who is to learn of it.
#[derive(Clone, Debug)]
pub struct Committed {
    /// The event.
    pub entry: Entry,
    /// Everyone who learns of it.
    pub audience: Arc<[PersonId]>,
}

/// A signal that may now be given.
#[derive(Clone, Debug)]
pub struct Signalled {
    /// The signal.
    pub signal: Signal,
    /// Everyone who learns of it.
    pub audience: Arc<[PersonId]>,
}

/// What a commit makes known.
#[derive(Clone, Debug)]
pub enum Announcement {
    /// An event of a log.
    Event(Box<Committed>),
    /// A signal.
    Signal(Signalled),
}

/// A transaction, and what it will announce when it has been committed.
pub struct Tx {
    pub(super) db: DatabaseTransaction,
    pub(super) heads: Heads,
    pub(super) announced: Vec<Announcement>,
    pub(super) sealer: Sealer,
    pub(super) pace: Arc<Pace>,
    /// Whether authors take turns, and who has taken one.
    pub(super) is_paced: bool,
    pub(super) paced: Vec<(PersonId, Kind)>,
    /// Whether sessions may have changed.
    changes_sessions: bool,
}

impl Tx {
    fn new(db: DatabaseTransaction, heads: Heads, tools: Tools) -> Self {
        let Tools { sealer, pace } = tools;
        Self {
            db,
            heads,
            announced: Vec::new(),
            sealer,
            pace,
            is_paced: true,
            paced: Vec::new(),
            changes_sessions: true,
        }
    }

    /// This transaction changes no session, nor who its person is: what is kept of them in memory stays good.
    pub fn leave_sessions(&mut self) {
        self.changes_sessions = false;
    }

    /// The transaction, for reading what it has written.
    pub fn read(&self) -> &impl sea_orm::ConnectionTrait {
        &self.db
    }
}

/// What every transaction is given.
#[derive(Clone)]
struct Tools {
    sealer: Sealer,
    pace: Arc<Pace>,
}

type Announce = Arc<dyn Fn(Announcement) + Send + Sync>;

/// What learns of a commit before its callers do.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) announce: Announce,
    pub(super) sessions: KeptSessions,
}

/// What a commit leads to.
#[derive(Default)]
struct Consequences {
    announced: Vec<Announcement>,
    finishes: Vec<Finish>,
    changes_sessions: bool,
}

/// Where jobs wait, until the writer is told to stop.
struct Inbox {
    jobs: mpsc::Receiver<Queued>,
    stopped: watch::Receiver<bool>,
}

impl Inbox {
    /// Waits for the next job; `None` once the writer was told to stop and the queue is empty.
    async fn next(&mut self) -> Option<Queued> {
        tokio::select! {
            biased;
            job = self.jobs.recv() => job,
            _ = self.stopped.wait_for(|stop| *stop) => None,
        }
    }

    /// Whether no job waits.
    fn is_empty(&self) -> bool {
        self.jobs.is_empty()
    }

    /// The next job if one waits.
    fn try_next(&mut self) -> Option<Queued> {
        self.jobs.try_recv().ok()
    }
}

#[derive(Clone)]
pub(super) struct Writer {
    jobs: mpsc::Sender<Queued>,
    task: Arc<Mutex<Option<JoinHandle<()>>>>,
    stop: watch::Sender<bool>,
    pulse: Arc<Pulse>,
}

impl Writer {
    /// Starts to write.
    pub(super) fn start(options: &Options, link: Link, sealer: Sealer, known: Known) -> Self {
        let (jobs, waiting) = mpsc::channel(4 * GROUP_MAX);
        let (stop, stopped) = watch::channel(false);
        let inbox = Inbox { jobs: waiting, stopped };
        let (pulse, tools) = (Arc::new(Pulse::default()), Tools { sealer, pace: Arc::new(Pace::default()) });
        let task = if options.is_sqlite() {
            let is_durable = options.durable;
            let groups = group::Groups { link, is_durable, inbox, known, pulse: pulse.clone(), tools };
            tokio::spawn(groups.run())
        } else {
            let singles = single::Singles { link: Arc::new(link), known, pulse: pulse.clone(), tools };
            tokio::spawn(singles.run(inbox))
        };
        Self { jobs, task: Arc::new(Mutex::new(Some(task))), stop, pulse }
    }

    /// Runs a job, and returns when it is known what became of it: at the latest when its deadlines have passed.
    pub(super) async fn run<T, E, F>(&self, work: F) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: JobError,
        F: for<'t> FnOnce(&'t mut Tx) -> JobFuture<'t, T, E> + Clone + Send + 'static,
    {
        let (job, mut answered) = TypedJob::new(work);
        let (deadline, claim) = (Instant::now() + JOB_DEADLINE, Arc::new(Claim::default()));
        let queued = Queued { job: Box::new(job), deadline, claim: claim.clone() };
        match timeout_at(deadline, self.jobs.send(queued)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return Err(StoreError::Stopped.into()),
            Err(_) => return Err(StoreError::Busy.into()),
        }
        let outcome = match timeout_at(deadline, &mut answered).await {
            Ok(outcome) => outcome,
            Err(_) if claim.give_up() => return Err(StoreError::Busy.into()),
            // It runs, or waits for its commit. Both have deadlines of their own.
            Err(_) => answered.await,
        };
        outcome.unwrap_or_else(|_| Err(claim.silence().into()))
    }

    /// Whether writes succeed, and whether a probe is due.
    pub(super) fn feel(&self) -> (Readiness, bool) {
        let (readiness, is_probe_due) = self.pulse.feel();
        // A writer that has ended writes nothing more, whatever it wrote before.
        let is_ready = readiness.is_ready && !self.jobs.is_closed();
        (Readiness { is_ready, ..readiness }, is_probe_due)
    }

    pub(super) async fn stop(&self) {
        self.stop.send_replace(true);
        if let Some(task) = self.task.lock().await.take()
            && let Err(error) = task.await
        {
            tracing::error!(%error, "the writer ended badly");
        }
    }
}

/// Announces before it tells the callers, so that an acknowledged message is on its way to every socket, and who was shut
/// out is out.
fn conclude(consequences: Consequences, committed: Result<()>, known: &Known) {
    let Consequences { announced, finishes, changes_sessions } = consequences;
    // What became of a commit that failed is not always known.
    if changes_sessions || committed.is_err() {
        known.sessions.forget();
    }
    match committed {
        Ok(()) => {
            for news in announced {
                (known.announce)(news);
            }
            for finish in finishes {
                finish(Ok(()));
            }
        }
        Err(error) => {
            tracing::error!(event = "commit_failed", %error, "a commit failed");
            let reason = error.to_string();
            for finish in finishes {
                finish(Err(StoreError::NotStored(reason.clone())));
            }
        }
    }
}
