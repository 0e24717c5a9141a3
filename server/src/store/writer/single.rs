//! PostgreSQL: every job is a transaction. The row of the company, which every job that appends to a log takes first,
//! serialises the jobs of one company.

use super::{
    COMMIT_DEADLINE, Consequences, Inbox, Known, Tools, Tx, conclude,
    job::{Queued, Ran},
    link::Link,
    pulse::Pulse,
};
use crate::{
    clock,
    store::{Result, StoreError, log::Heads, raw},
};
use futures_util::FutureExt as _;
use std::{panic::AssertUnwindSafe, sync::Arc};
use tokio::{
    task::JoinSet,
    time::{Instant, timeout, timeout_at},
};

/// How often a job is run again that collided with another.
const RETRIES: u32 = 4;
/// Pause before a job is run again, and before it is asked again what became of a commit; with jitter.
const RETRY_PAUSE: i64 = 20;

#[derive(Clone)]
pub(super) struct Singles {
    pub(super) link: Arc<Link>,
    pub(super) known: Known,
    pub(super) pulse: Arc<Pulse>,
    pub(super) tools: Tools,
}

/// What a run came to.
enum Outcome {
    Concluded,
    /// It collided and is worth another run.
    Collided,
}

impl Singles {
    /// Runs jobs beside each other until the writer is told to stop and the queue is empty.
    pub(super) async fn run(self, mut inbox: Inbox) {
        let mut running = JoinSet::new();
        while let Some(queued) = inbox.next().await {
            let own = self.clone();
            running.spawn(async move { own.run_one(queued).await });
            while running.try_join_next().is_some() {}
        }
        while running.join_next().await.is_some() {}
        self.link.close().await;
    }

    async fn run_one(&self, queued: Queued) {
        if !queued.claim.take() {
            return;
        }
        let Queued { mut job, deadline, claim } = queued;
        for attempt in 0..=RETRIES {
            let spare = (attempt < RETRIES).then(|| job.again());
            let (transaction, number) = match self.link.begin().await {
                Ok((transaction, _, number)) => (transaction, number),
                Err(error) => {
                    tracing::error!(%error, "no transaction could be begun");
                    self.pulse.fail();
                    return job.refuse(StoreError::Busy);
                }
            };
            let mut tx = Tx::new(transaction, Heads::default(), self.tools.clone());
            let ran = timeout_at(deadline, AssertUnwindSafe(job.run(&mut tx)).catch_unwind()).await;
            let ran = match ran {
                Ok(Ok(ran)) => ran,
                Ok(Err(_)) => {
                    tracing::error!(
                        event = "job_panicked",
                        "a job of the writer panicked; nothing of it is kept"
                    );
                    return self.roll_back(tx, number).await;
                }
                Err(_) => {
                    tracing::warn!(event = "job_too_slow", "a job of the writer was ended at its deadline");
                    claim.note_too_slow();
                    return self.roll_back(tx, number).await;
                }
            };
            match (self.conclude_one(tx, ran, number, spare.is_some()).await, spare) {
                (Outcome::Collided, Some(again)) => job = again,
                _ => return,
            }
            clock::pause(RETRY_PAUSE + clock::jitter(RETRY_PAUSE << attempt)).await;
        }
    }

    async fn roll_back(&self, tx: Tx, number: u64) {
        if let Err(error) = tx.db.rollback().await {
            tracing::error!(%error, "a transaction could not be rolled back");
            self.link.give_up(number).await;
        }
    }

    async fn conclude_one(&self, mut tx: Tx, ran: Ran, number: u64, may_retry: bool) -> Outcome {
        let Ran { keep, collided, finish } = ran;
        if !keep {
            tx.announced.clear();
            self.roll_back(tx, number).await;
            if collided && may_retry {
                return Outcome::Collided;
            }
            finish(Ok(()));
            return Outcome::Concluded;
        }
        let consequences = Consequences {
            announced: std::mem::take(&mut tx.announced),
            finishes: vec![finish],
            changes_sessions: tx.changes_sessions,
        };
        match self.commit(tx, number).await {
            Err(StoreError::Collided(_)) if may_retry => Outcome::Collided,
            committed => {
                self.finish(consequences, committed);
                Outcome::Concluded
            }
        }
    }

    fn finish(&self, consequences: Consequences, committed: Result<()>) {
        match &committed {
            Ok(()) => self.pulse.confirm(),
            Err(_) => self.pulse.fail(),
        }
        conclude(consequences, committed, &self.known);
    }

    /// Commits. The number of the transaction is asked for first: that fails when an earlier statement has failed, where a
    /// COMMIT would roll back and report success; and it tells later what became of a commit whose answer was lost.
    async fn commit(&self, tx: Tx, number: u64) -> Result<()> {
        tx.heads.save(&tx.db).await?;
        let transaction = raw::transaction_number(&tx.db).await?;
        match timeout(COMMIT_DEADLINE, tx.db.commit()).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => {
                self.link.give_up(number).await;
                match (StoreError::from(error), transaction) {
                    (collided @ StoreError::Collided(_), _) => Err(collided),
                    (_, Some(transaction)) => self.ask_what_became_of(transaction).await,
                    (error, None) => Err(error),
                }
            }
            Err(_) => {
                self.link.give_up(number).await;
                match transaction {
                    Some(transaction) => self.ask_what_became_of(transaction).await,
                    None => Err(StoreError::NotStored("the commit took too long".to_owned())),
                }
            }
        }
    }

    /// Asks on another connection whether a transaction was committed whose answer was lost.
    async fn ask_what_became_of(&self, transaction: i64) -> Result<()> {
        let deadline = Instant::now() + COMMIT_DEADLINE;
        let asked = async {
            loop {
                if let Ok((db, _)) = self.link.connected().await
                    && let Ok(Some(word)) = raw::transaction_status(&db, transaction).await
                    && word != "in progress"
                {
                    return word == "committed";
                }
                clock::pause(RETRY_PAUSE).await;
            }
        };
        match timeout_at(deadline, asked).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(StoreError::NotStored("the transaction was rolled back".to_owned())),
            Err(_) => Err(StoreError::NotStored("what became of the commit is not known".to_owned())),
        }
    }
}
