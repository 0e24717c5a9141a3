//! A job of the writer: what it writes, by when, and how its caller learns what became of it.

use super::Tx;
use crate::store::{Result, StoreError};
use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU8, Ordering},
    },
};
use tokio::{sync::oneshot, time::Instant};

/// The future of a job.
pub type JobFuture<'t, T, E> = Pin<Box<dyn Future<Output = std::result::Result<T, E>> + Send + 't>>;

/// An error that a job returns.
pub trait JobError: From<StoreError> + Send + 'static {
    /// Whether the job collided with another transaction, so that running it again may succeed.
    fn is_collision(&self) -> bool;
}

impl JobError for StoreError {
    fn is_collision(&self) -> bool {
        matches!(self, Self::Collided(_))
    }
}

/// Tells the waiting caller how it ended.
pub(super) type Finish = Box<dyn FnOnce(Result<()>) + Send>;

/// What came out of a run whose transaction is still open.
pub(super) struct Ran {
    /// Whether its writes are to be kept.
    pub(super) keep: bool,
    /// Whether another run may succeed where this one collided.
    pub(super) collided: bool,
    /// Tells its caller, once it is known whether the commit succeeded.
    pub(super) finish: Finish,
}

/// A job whose types were erased.
pub(super) trait Job: Send {
    fn run<'t>(self: Box<Self>, tx: &'t mut Tx) -> Pin<Box<dyn Future<Output = Ran> + Send + 't>>;

    /// The same job once more, for the case that this run collides.
    fn again(&self) -> Box<dyn Job>;

    /// Tells its caller that it will not be run.
    fn refuse(self: Box<Self>, error: StoreError);
}

type Answer<T, E> = Arc<Mutex<Option<oneshot::Sender<std::result::Result<T, E>>>>>;

pub(super) struct TypedJob<F, T, E> {
    work: F,
    answer: Answer<T, E>,
}

impl<F, T, E> TypedJob<F, T, E> {
    pub(super) fn new(work: F) -> (Self, oneshot::Receiver<std::result::Result<T, E>>) {
        let (answer, answered) = oneshot::channel();
        (Self { work, answer: Arc::new(Mutex::new(Some(answer))) }, answered)
    }
}

fn answer_with<T, E>(answer: &Answer<T, E>, outcome: std::result::Result<T, E>) {
    let waiting = answer.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(waiting) = waiting {
        // The caller may have gone; a commit stands all the same.
        let _ = waiting.send(outcome);
    }
}

impl<F, T, E> Job for TypedJob<F, T, E>
where
    T: Send + 'static,
    E: JobError,
    F: for<'t> FnOnce(&'t mut Tx) -> JobFuture<'t, T, E> + Clone + Send + 'static,
{
    fn run<'t>(self: Box<Self>, tx: &'t mut Tx) -> Pin<Box<dyn Future<Output = Ran> + Send + 't>> {
        Box::pin(async move {
            let Self { work, answer } = *self;
            let outcome = work(tx).await;
            let keep = outcome.is_ok();
            let collided = outcome.as_ref().err().is_some_and(JobError::is_collision);
            let finish: Finish = Box::new(move |committed| {
                answer_with(&answer, committed.map_err(E::from).and(outcome));
            });
            Ran { keep, collided, finish }
        })
    }

    fn again(&self) -> Box<dyn Job> {
        Box::new(Self { work: self.work.clone(), answer: self.answer.clone() })
    }

    fn refuse(self: Box<Self>, error: StoreError) {
        answer_with(&self.answer, Err(error.into()));
    }
}

/// A job in the queue.
pub(super) struct Queued {
    pub(super) job: Box<dyn Job>,
    /// By when it must have run. The commit has a deadline of its own.
    pub(super) deadline: Instant,
    pub(super) claim: Arc<Claim>,
}

/// Who has a job: its caller, until the writer takes it. One of the two wins, so a caller who gives up knows that the job
/// will never be run.
#[derive(Default)]
pub(super) struct Claim(AtomicU8);

const WAITING: u8 = 0;
const TAKEN: u8 = 1;
const GIVEN_UP: u8 = 2;
const TOO_SLOW: u8 = 3;

impl Claim {
    fn move_on(&self, from: u8, to: u8) -> bool {
        self.0.compare_exchange(from, to, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }

    /// The writer takes the job; returns `false` when its caller has given up.
    pub(super) fn take(&self) -> bool {
        self.move_on(WAITING, TAKEN)
    }

    /// The caller gives up; returns `false` when the writer has taken the job.
    pub(super) fn give_up(&self) -> bool {
        self.move_on(WAITING, GIVEN_UP)
    }

    pub(super) fn is_given_up(&self) -> bool {
        self.0.load(Ordering::SeqCst) == GIVEN_UP
    }

    /// Notes that the job was ended at its deadline, and nothing of it kept.
    pub(super) fn note_too_slow(&self) {
        self.move_on(TAKEN, TOO_SLOW);
    }

    /// Why the caller of a job was never told how it ended.
    pub(super) fn silence(&self) -> StoreError {
        match self.0.load(Ordering::SeqCst) {
            TAKEN => StoreError::Panicked,
            TOO_SLOW => StoreError::Busy,
            _ => StoreError::Stopped,
        }
    }
}
