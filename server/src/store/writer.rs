//! The one way to write.
//!
//! On SQLite a single task owns the writing connection and groups waiting jobs into one commit, each in a
//! savepoint of its own, so that one `fsync` serves many (`docs/adr/0001-one-code-path-for-two-databases.md`).
//! On PostgreSQL every job is a transaction; the row of the company serialises the jobs of one company.

use super::{Result, StoreError, events::Heads};
use crate::{
    clock,
    domain::{archive::Entry, sealing::Sealer},
};
use causeway_api::PersonId;
use sea_orm::{
    AccessMode, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use std::{future::Future, pin::Pin, sync::Arc, time::Duration};
use tokio::{
    sync::{mpsc, oneshot},
    time::Instant,
};

/// Most jobs that share one commit.
const GROUP_MAX: usize = 256;
/// Commits that wait for the disk begin at least this far apart: the first of a burst goes at once, what comes
/// meanwhile shares the next one. Under load this is most of the difference in `fsync`s per message.
const COMMIT_PAUSE: Duration = Duration::from_millis(8);

/// The future of a job.
pub(super) type JobFuture<'t, T, E> = Pin<Box<dyn Future<Output = std::result::Result<T, E>> + Send + 't>>;

/// An event that is now durable, and who is to learn of it.
#[derive(Clone, Debug)]
pub struct Committed {
    /// The event.
    pub entry: Entry,
    /// Every member of the chat at that moment.
    pub audience: Arc<[PersonId]>,
}

/// A transaction, and what it will announce when it has been committed.
pub struct Tx {
    pub(super) db: DatabaseTransaction,
    pub(super) heads: Heads,
    pub(super) announced: Vec<Committed>,
    pub(super) sealer: Sealer,
}

impl Tx {
    /// The transaction, for reading what it has written.
    pub fn read(&self) -> &impl sea_orm::ConnectionTrait {
        &self.db
    }
}

/// Tells the waiting caller how it ended.
type Finish = Box<dyn FnOnce(Result<()>) + Send>;

/// A job whose types were erased: it says whether its writes are to be kept, and how to answer.
trait Job: Send {
    fn run<'t>(self: Box<Self>, tx: &'t mut Tx) -> Pin<Box<dyn Future<Output = (bool, Finish)> + Send + 't>>;
}

struct TypedJob<F, T, E> {
    work: F,
    answer: oneshot::Sender<std::result::Result<T, E>>,
}

impl<F, T, E> Job for TypedJob<F, T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx) -> JobFuture<'t, T, E> + Send + 'static,
{
    fn run<'t>(self: Box<Self>, tx: &'t mut Tx) -> Pin<Box<dyn Future<Output = (bool, Finish)> + Send + 't>> {
        Box::pin(async move {
            let Self { work, answer } = *self;
            let outcome = work(tx).await;
            let keep = outcome.is_ok();
            let finish: Finish = Box::new(move |committed| {
                // Nobody waits any more when the caller has gone; the commit stands all the same.
                let _ = answer.send(committed.map_err(E::from).and(outcome));
            });
            (keep, finish)
        })
    }
}

type Announce = Arc<dyn Fn(Committed) + Send + Sync>;

#[derive(Clone)]
pub(super) struct Writer {
    jobs: mpsc::Sender<Box<dyn Job>>,
    done: Arc<tokio::sync::Mutex<Option<tokio::task::JoinHandle<()>>>>,
    stop: tokio::sync::watch::Sender<bool>,
}

impl Writer {
    /// Starts to write; `is_durable` when a commit waits for the disk.
    pub(super) fn start(
        db: DatabaseConnection,
        is_durable: bool,
        sealer: Sealer,
        announce: Announce,
    ) -> Self {
        let (jobs, inbox) = mpsc::channel(4 * GROUP_MAX);
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let task = if db.get_database_backend() == DbBackend::Sqlite {
            let pause = if is_durable { COMMIT_PAUSE } else { Duration::ZERO };
            tokio::spawn(group_commits((db, sealer), pause, inbox, stopped, announce))
        } else {
            tokio::spawn(commit_each((db, sealer), inbox, stopped, announce))
        };
        Self { jobs, done: Arc::new(tokio::sync::Mutex::new(Some(task))), stop }
    }

    pub(super) async fn run<T, E, F>(&self, work: F) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> JobFuture<'t, T, E> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        self.jobs.send(Box::new(TypedJob { work, answer })).await.map_err(|_| StoreError::Stopped)?;
        answered.await.map_err(|_| StoreError::Stopped)?
    }

    pub(super) async fn stop(&self) {
        self.stop.send_replace(true);
        if let Some(task) = self.done.lock().await.take()
            && let Err(error) = task.await
        {
            tracing::error!(%error, "the writer ended badly");
        }
    }
}

/// Waits for the next job; nothing once the writer was told to stop and the queue is empty.
async fn next_job(
    inbox: &mut mpsc::Receiver<Box<dyn Job>>,
    stopped: &mut tokio::sync::watch::Receiver<bool>,
) -> Option<Box<dyn Job>> {
    tokio::select! {
        biased;
        job = inbox.recv() => job,
        _ = stopped.wait_for(|stop| *stop) => None,
    }
}

async fn begin(db: &DatabaseConnection) -> Result<DatabaseTransaction> {
    if db.get_database_backend() == DbBackend::Sqlite {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        return Ok(db.begin_with_options(options).await?);
    }
    Ok(db.begin_with_config(Some(IsolationLevel::ReadCommitted), Some(AccessMode::ReadWrite)).await?)
}

async fn group_commits(
    (db, sealer): (DatabaseConnection, Sealer),
    pause: Duration,
    mut inbox: mpsc::Receiver<Box<dyn Job>>,
    mut stopped: tokio::sync::watch::Receiver<bool>,
    announce: Announce,
) {
    let mut not_before = Instant::now();
    while let Some(first) = next_job(&mut inbox, &mut stopped).await {
        clock::wait_until(not_before).await;
        not_before = Instant::now() + pause;
        let outer = match begin(&db).await {
            Ok(outer) => outer,
            Err(error) => {
                tracing::error!(%error, "no transaction could be begun");
                continue; // Dropping the job tells its caller that it was not done.
            }
        };
        let mut group = Group {
            heads: Heads::default(),
            finishes: Vec::new(),
            announced: Vec::new(),
            sealer: sealer.clone(),
        };
        let mut next = Some(first);
        while let Some(job) = next {
            if let Err(error) = group.run(&outer, job).await {
                tracing::error!(%error, "a savepoint failed");
                break;
            }
            next = if group.finishes.len() < GROUP_MAX { inbox.try_recv().ok() } else { None };
        }
        let committed = match group.heads.save(&outer).await {
            Ok(()) => outer.commit().await.map_err(StoreError::from),
            Err(error) => Err(error),
        };
        conclude(group.finishes, group.announced, committed, &announce);
    }
}

struct Group {
    heads: Heads,
    finishes: Vec<Finish>,
    announced: Vec<Committed>,
    sealer: Sealer,
}

impl Group {
    /// Runs one job in a savepoint; what it wrote is kept only when it succeeded.
    async fn run(&mut self, outer: &DatabaseTransaction, job: Box<dyn Job>) -> Result<()> {
        let before = self.heads.clone();
        let mut tx = Tx {
            db: outer.begin().await?,
            heads: std::mem::take(&mut self.heads),
            announced: Vec::new(),
            sealer: self.sealer.clone(),
        };
        let (keep, finish) = job.run(&mut tx).await;
        self.finishes.push(finish);
        if keep {
            tx.db.commit().await?;
            self.heads = tx.heads;
            self.announced.append(&mut tx.announced);
        } else {
            tx.db.rollback().await?;
            self.heads = before;
        }
        Ok(())
    }
}

async fn commit_each(
    (db, sealer): (DatabaseConnection, Sealer),
    mut inbox: mpsc::Receiver<Box<dyn Job>>,
    mut stopped: tokio::sync::watch::Receiver<bool>,
    announce: Announce,
) {
    let mut running = tokio::task::JoinSet::new();
    while let Some(job) = next_job(&mut inbox, &mut stopped).await {
        let (db, sealer, announce) = (db.clone(), sealer.clone(), announce.clone());
        running.spawn(async move {
            if let Err(error) = commit_one(&db, sealer, job, &announce).await {
                tracing::error!(%error, "a transaction failed");
            }
        });
        while running.try_join_next().is_some() {}
    }
    running.join_all().await;
}

async fn commit_one(
    db: &DatabaseConnection,
    sealer: Sealer,
    job: Box<dyn Job>,
    announce: &Announce,
) -> Result<()> {
    let mut tx = Tx { db: begin(db).await?, heads: Heads::default(), announced: Vec::new(), sealer };
    let (keep, finish) = job.run(&mut tx).await;
    let committed = if keep {
        match tx.heads.save(&tx.db).await {
            Ok(()) => tx.db.commit().await.map_err(StoreError::from),
            Err(error) => Err(error),
        }
    } else {
        tx.announced.clear();
        tx.db.rollback().await.map_err(StoreError::from)
    };
    conclude(vec![finish], tx.announced, committed, announce);
    Ok(())
}

/// Announces before it answers, so that an acknowledged message is on its way to every socket.
fn conclude(finishes: Vec<Finish>, announced: Vec<Committed>, committed: Result<()>, announce: &Announce) {
    match committed {
        Ok(()) => {
            for event in announced {
                announce(event);
            }
            for finish in finishes {
                finish(Ok(()));
            }
        }
        Err(error) => {
            tracing::error!(%error, "a commit failed");
            let reason = error.to_string();
            for finish in finishes {
                finish(Err(StoreError::Corrupt(reason.clone())));
            }
        }
    }
}
