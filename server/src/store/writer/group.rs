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
        let ran = self.run_jobs(&mut group, &outer, first).await;
        let committed = match ran {
            Ok(()) => commit(&mut group, outer, &db, self.is_durable).await,
            Err(error) => {
                drop(outer);
                Err(error)
            }
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

    async fn run_jobs(
        &mut self,
        group: &mut Group,
        outer: &DatabaseTransaction,
        first: Queued,
    ) -> Result<()> {
        let mut next = Some(first);
        while let Some(queued) = next {
            if queued.claim.take() {
                group.run(outer, queued, &self.tools).await?;
            }
            next = if group.consequences.finishes.len() < GROUP_MAX { self.inbox.try_next() } else { None };
        }
        Ok(())
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
    /// Runs one job in a savepoint; what it wrote is kept only when it succeeded. Its acknowledgement is queued once its
    /// savepoint is released. An error ends the whole group.
    async fn run(&mut self, outer: &DatabaseTransaction, queued: Queued, tools: &Tools) -> Result<()> {
        let Queued { job, deadline, claim } = queued;
        let savepoint = match outer.begin().await {
            Ok(savepoint) => savepoint,
            Err(error) => {
                job.refuse(StoreError::NotStored(error.to_string()));
                return Err(error.into());
            }
        };
        let mut tx = Tx::new(savepoint, self.heads.clone(), tools.clone());
        let ran = timeout_at(deadline, AssertUnwindSafe(job.run(&mut tx)).catch_unwind()).await;
        match ran {
            Ok(Ok(Ran { keep: true, finish, .. })) => {
                if let Err(error) = tx.db.commit().await {
                    finish(Err(StoreError::NotStored(error.to_string())));
                    return Err(error.into());
                }
                self.heads = tx.heads;
                self.consequences.announced.append(&mut tx.announced);
                self.consequences.changes_sessions |= tx.changes_sessions;
                self.consequences.finishes.push(finish);
            }
            Ok(Ok(Ran { keep: false, finish, .. })) => {
                if let Err(error) = tx.db.rollback().await {
                    finish(Err(StoreError::NotStored(error.to_string())));
                    return Err(error.into());
                }
                self.consequences.finishes.push(finish);
            }
            Ok(Err(_)) => {
                tracing::error!(
                    event = "job_panicked",
                    "a job of the writer panicked; nothing of it is kept"
                );
                tx.db.rollback().await?;
            }
            Err(_) => {
                tracing::warn!(event = "job_too_slow", "a job of the writer was ended at its deadline");
                claim.note_too_slow();
                tx.db.rollback().await?;
            }
        }
        Ok(())
    }
}
