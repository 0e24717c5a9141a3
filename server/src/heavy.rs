//! Heavy work, on few threads of its own: hashing a password takes 19 MiB and tens of milliseconds, judging one takes
//! long as well. On the threads that serve requests it would stop everyone; on threads without a bound it would take all
//! memory. The memory of a worker is kept and used again.

use crate::{error::AppError, limits};
use argon2::Block;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError},
    thread,
};
use tokio::sync::{mpsc, oneshot};

/// The memory of one worker.
#[derive(Default)]
pub struct Memory(Vec<Block>);

impl Memory {
    /// So many blocks, with what the job before left in them.
    pub fn blocks(&mut self, count: usize) -> &mut [Block] {
        if self.0.len() < count {
            self.0.resize(count, Block::default());
        }
        &mut self.0[..count]
    }
}

type Job = Box<dyn FnOnce(&mut Memory) + Send>;

/// The workers and their queue. They end when the pool is dropped.
pub struct Pool(mpsc::Sender<Job>);

impl Pool {
    /// Starts the workers.
    pub fn start() -> std::io::Result<Self> {
        let (queue, jobs) = mpsc::channel(limits::HEAVY_WAITING);
        let jobs = Arc::new(Mutex::new(jobs));
        for number in 1..=limits::HEAVY_AT_ONCE {
            let jobs = jobs.clone();
            thread::Builder::new().name(format!("heavy-{number}")).spawn(move || work(&jobs))?;
        }
        Ok(Self(queue))
    }

    /// Runs a job on one of the workers. Refuses with `Busy` when too many wait already; a job whose request is gone by
    /// the time of its turn is left out.
    pub async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Memory) -> T + Send + 'static,
    ) -> Result<T, AppError> {
        let (answer, done) = oneshot::channel();
        let job: Job = Box::new(move |memory| {
            if !answer.is_closed() {
                // Who asked may be gone meanwhile.
                let _ = answer.send(job(memory));
            }
        });
        self.0.try_send(job).map_err(|_| AppError::Busy)?;
        done.await.map_err(|_| AppError::Internal(anyhow::anyhow!("a heavy job panicked")))
    }
}

fn work(jobs: &Mutex<mpsc::Receiver<Job>>) {
    let mut memory = Memory::default();
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
        let Some(job) = next else { return };
        // A job that panics fails alone: its request is answered, and the worker goes on.
        if catch_unwind(AssertUnwindSafe(|| job(&mut memory))).is_err() {
            tracing::error!("a heavy job panicked");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;

    #[tokio::test]
    async fn beyond_the_queue_the_answer_is_busy() {
        let pool = Arc::new(Pool::start().unwrap());
        let gate = Arc::new(Barrier::new(limits::HEAVY_AT_ONCE + 1));
        let (tell, mut told) = mpsc::channel(8);
        let mut jobs = tokio::task::JoinSet::new();
        for _ in 0..limits::HEAVY_AT_ONCE {
            let (pool, gate, tell) = (pool.clone(), gate.clone(), tell.clone());
            jobs.spawn(async move {
                pool.run(move |_| {
                    tell.blocking_send(()).unwrap();
                    gate.wait();
                })
                .await
            });
        }
        for _ in 0..limits::HEAVY_AT_ONCE {
            told.recv().await.unwrap();
        }
        // Both workers are held; the queue fills.
        let mut waiting: Vec<_> = (0..limits::HEAVY_WAITING).map(|_| Box::pin(pool.run(|_| ()))).collect();
        for job in &mut waiting {
            assert!(futures_util::poll!(job.as_mut()).is_pending());
        }
        assert!(matches!(pool.run(|_| ()).await, Err(AppError::Busy)));
        gate.wait();
        for job in waiting {
            job.await.unwrap();
        }
        assert!(jobs.join_all().await.into_iter().all(|done| done.is_ok()));
    }

    #[tokio::test]
    async fn a_panic_fails_its_job_alone() {
        let pool = Pool::start().unwrap();
        for _ in 0..=limits::HEAVY_AT_ONCE {
            assert!(matches!(pool.run(|_| panic!("of the test")).await, Err::<(), _>(AppError::Internal(_))));
        }
        assert_eq!(pool.run(|_| 7).await.unwrap(), 7);
    }
}
