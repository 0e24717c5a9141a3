//! SQLite: one task owns the writing connection and groups waiting jobs into one commit, each in a savepoint of its own,
//! so that one `fsync` serves many.

use super::{
    COMMIT_DEADLINE, Consequences, GROUP_MAX, Inbox, Known, Tools, Tx, conclude,
    job::{Queued, Ran},
    link::Link,
    pulse::Pulse,
    rhythm::Rhythm,
};
use crate::{
    clock,
    store::{Result, StoreError, log::Heads, raw},
};
use futures_util::FutureExt as _;
use sea_orm::{DatabaseTransaction, TransactionTrait};
use std::{panic::AssertUnwindSafe, sync::Arc};
use tokio::time::{Instant, timeout, timeout_at};

/// Pause before a database that could not be written is tried again.
const RETRY_PAUSE: i64 = 50;

pub(super) struct Groups {
    pub(super) link: Link,
    /// Whether commits wait for the disk.
    pub(super) is_durable: bool,
    pub(super) inbox: Inbox,
    pub(super) known: Known,
    pub(super) pulse: Arc<Pulse>,
    pub(super) tools: Tools,
}

impl Groups {
    /// Runs jobs until the writer is told to stop and the queue is empty. A group that panics is lost, the next goes on.
    pub(super) async fn run(mut self) {
        let (mut rhythm, mut not_before) = (Rhythm::default(), Instant::now());
        let mut waiting: Option<Queued> = None;
        loop {
            let first = match waiting.take() {
                Some(job) => job,
                None => match self.inbox.next().await {
                    Some(job) => job,
                    None => break,
                },
            };
            clock::wait_until(not_before).await;
            let begun = Instant::now();
            match AssertUnwindSafe(self.commit_group(first)).catch_unwind().await {
                Ok(Done { events, unrun }) => {
                    rhythm.count(events, begun);
                    waiting = unrun;
                }
                Err(_) => {
                    tracing::error!(
                        event = "writer_panicked",
                        "a group of jobs was lost; the writer goes on"
                    );
                    self.pulse.fail();
                    self.give_up_connection().await;
                }
            }
            if self.is_durable {
                not_before = begun + rhythm.pause();
            }
        }
        self.link.close().await;
    }

    async fn give_up_connection(&self) {
        if let Ok((_, number)) = self.link.connected().await {
            self.link.give_up(number).await;
        }
    }

    /// Runs the first job and what waits behind it in one transaction.
    async fn commit_group(&mut self, first: Queued) -> Done {
        let (outer, db, number) = match self.link.begin().await {
            Ok(begun) => begun,
            Err(error) => {
                tracing::error!(%error, "no transaction could be begun");
                self.pulse.fail();
                clock::pause(RETRY_PAUSE).await;
                return Done { events: 0, unrun: (!first.claim.is_given_up()).then_some(first) };
            }
        };
        let mut group = Group::default();
        let committed = match self.run_jobs(&mut group, outer, first).await {
            Ok(Some(outer)) => commit(&mut group, outer, &db, self.is_durable).await,
            Ok(None) => {
                // The only job keeps nothing. That says nothing about whether commits succeed.
                conclude(group.consequences, Ok(()), &self.known);
                return Done { events: 0, unrun: None };
            }
            Err(error) => Err(error),
        };
        drop(db);
        match &committed {
            Ok(()) => self.pulse.confirm(),
            Err(_) => {
                self.pulse.fail();
                self.link.give_up(number).await;
            }
        }
        let events = group.consequences.announced.len();
        conclude(group.consequences, committed, &self.known);
        Done { events, unrun: None }
    }

    /// Runs the first job and what waits behind it; returns the transaction that holds what they keep. A job that is alone
    /// needs no savepoint: what fails with it is all there is.
    async fn run_jobs(
        &mut self,
        group: &mut Group,
        outer: DatabaseTransaction,
        first: Queued,
    ) -> Result<Option<DatabaseTransaction>> {
        let (is_alone, mut next) = (self.inbox.is_empty(), Some(first));
        while let Some(queued) = next {
            if queued.claim.take() {
                if is_alone {
                    return group.run(outer, queued, &self.tools).await;
                }
                group.run_in_savepoint(&outer, queued, &self.tools).await?;
            }
            next = if group.consequences.finishes.len() < GROUP_MAX { self.inbox.try_next() } else { None };
        }
        Ok(Some(outer))
    }
}

/// Commits, and returns only when the connection is in no transaction any more.
async fn commit(
    group: &mut Group,
    outer: DatabaseTransaction,
    db: &sea_orm::DatabaseConnection,
    is_durable: bool,
) -> Result<()> {
    group.heads.save(&outer).await?;
    let confirmed = async {
        outer.commit().await?;
        raw::require_autocommit(db, is_durable).await
    };
    timeout(COMMIT_DEADLINE, confirmed)
        .await
        .unwrap_or_else(|_| Err(StoreError::NotStored("the commit took too long".to_owned())))
}

/// What a group came to.
struct Done {
    /// How many events it announced.
    events: usize,
    /// The first job, when no transaction could be begun and its caller still waits.
    unrun: Option<Queued>,
}

#[derive(Default)]
struct Group {
    heads: Heads,
    consequences: Consequences,
}

impl Group {
    /// Runs one job in a savepoint. An error ends the whole group.
    async fn run_in_savepoint(
        &mut self,
        outer: &DatabaseTransaction,
        queued: Queued,
        tools: &Tools,
    ) -> Result<()> {
        let savepoint = match outer.begin().await {
            Ok(savepoint) => savepoint,
            Err(error) => {
                queued.job.refuse(StoreError::NotStored(error.to_string()));
                return Err(error.into());
            }
        };
        if let Some(savepoint) = self.run(savepoint, queued, tools).await? {
            savepoint.commit().await?;
        }
        Ok(())
    }

    /// Runs one job in a transaction of its own. Returns that transaction when the job keeps what it wrote, which is rolled
    /// back otherwise. Its caller is told when the group has ended.
    async fn run(
        &mut self,
        own: DatabaseTransaction,
        queued: Queued,
        tools: &Tools,
    ) -> Result<Option<DatabaseTransaction>> {
        let Queued { job, deadline, claim } = queued;
        let mut tx = Tx::new(own, self.heads.clone(), tools.clone());
        match timeout_at(deadline, AssertUnwindSafe(job.run(&mut tx)).catch_unwind()).await {
            Ok(Ok(Ran { keep: true, finish, .. })) => {
                self.heads = tx.heads;
                self.consequences.announced.append(&mut tx.announced);
                self.consequences.changes_sessions |= tx.changes_sessions;
                self.consequences.finishes.push(finish);
                return Ok(Some(tx.db));
            }
            Ok(Ok(Ran { keep: false, finish, .. })) => self.consequences.finishes.push(finish),
            Ok(Err(_)) => {
                tracing::error!(
                    event = "job_panicked",
                    "a job of the writer panicked; nothing of it is kept"
                );
            }
            Err(_) => {
                tracing::warn!(event = "job_too_slow", "a job of the writer was ended at its deadline");
                claim.note_too_slow();
            }
        }
        tx.db.rollback().await?;
        Ok(None)
    }
}
