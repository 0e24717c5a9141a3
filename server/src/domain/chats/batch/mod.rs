//! Messages and receipts are written together. What a company's people send while the database is busy waits here; one
//! job takes all of it, and writes it by as many statements as it needs for one of them.
//!
//! On SQLite a job takes what waits when its turn in the group comes. On PostgreSQL it waits first for the row of the
//! company, which the batch before it holds: so that row is locked once a batch.

mod plan;

use crate::{
    App, job,
    store::{JobError, Store, StoreError, Tx},
};
use causeway_api::{
    ChatId, CompanyId, FileId, MessageId, Millis, PersonId,
    chats::{Channel, MarkReceipts, Mention, Message, MessageContent},
};
use std::{
    collections::{HashMap, HashSet, VecDeque},
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::oneshot;

/// Most that is written together.
const BATCH_MAX: usize = 256;

/// What someone writes to a chat.
#[derive(Clone, Debug)]
pub(in crate::domain) struct Post {
    /// Who writes.
    pub(in crate::domain) author: PersonId,
    /// When.
    pub(in crate::domain) at: Millis,
    /// Where.
    pub(in crate::domain) chat: ChatId,
    /// What.
    pub(in crate::domain) content: Content,
}

/// What a post says.
#[derive(Clone, Debug)]
pub(in crate::domain) enum Content {
    /// A message.
    Message {
        /// Its id, made by who sends it.
        id: MessageId,
        /// Its text.
        text: String,
        /// The channel that a client writes on, or that an employee chose; `None` for that of the chat.
        channel: Option<Channel>,
        /// The message of the same chat that it replies to, which its author has been shown.
        reply_to: Option<MessageId>,
        /// Uploads of the author to this chat, which it carries.
        files: Vec<FileId>,
        /// Whom its text names.
        mentions: Vec<Mention>,
        /// The message that it forwards, and what that one carries.
        forwarded: Option<(MessageId, MessageContent)>,
    },
    /// How far the author has come.
    Marks(MarkReceipts),
}

/// What became of a post.
#[derive(Debug)]
pub(in crate::domain) enum Written {
    /// The message that was sent.
    Message(Box<Message>),
    /// The marks stand at least there.
    Marks,
}

/// Why a post was not written.
#[derive(Debug)]
pub(in crate::domain) enum Refused {
    /// The author is not in that chat, or there is none.
    NotMember,
    /// A message has that id already.
    IdTaken,
    /// One of the files is not there to be sent: another message took it, or it is none of the author for this chat.
    FileGone,
    /// The database refused, or the author writes too fast.
    Store(StoreError),
}

impl JobError for Refused {
    fn is_collision(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_collision())
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

type Outcome = Result<Written, Refused>;

/// A post whose author waits.
struct Waiting {
    post: Post,
    answer: oneshot::Sender<Outcome>,
}

impl Waiting {
    fn answer(self, outcome: Outcome) {
        // The caller may have gone; what was written stands all the same.
        let _ = self.answer.send(outcome);
    }
}

/// What waits, by company.
#[derive(Default)]
pub struct Batches(Mutex<HashMap<CompanyId, Queue>>);

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Waiting>,
    /// A job is on its way that will take what waits.
    is_called: bool,
}

/// What a job has taken. It keeps it when it collides and runs again.
#[derive(Default)]
struct Taken {
    posts: Vec<Waiting>,
    /// There was more than is written together.
    is_more: bool,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Batches {
    /// How many posts of a company wait.
    pub fn waiting(&self, company: CompanyId) -> usize {
        lock(&self.0).get(&company).map_or(0, |queue| queue.waiting.len())
    }

    /// Adds a post. Returns whether a job has to be called for it.
    fn add(&self, company: CompanyId, waiting: Waiting) -> bool {
        let mut queues = lock(&self.0);
        let queue = queues.entry(company).or_default();
        queue.waiting.push_back(waiting);
        !mem::replace(&mut queue.is_called, true)
    }

    /// Moves what waits to what was taken; returns all that was.
    fn take(&self, company: CompanyId, taken: &Mutex<Taken>) -> Vec<Post> {
        let (mut queues, mut taken) = (lock(&self.0), lock(taken));
        if let Some(queue) = queues.get_mut(&company) {
            let free = BATCH_MAX.saturating_sub(taken.posts.len());
            let count = queue.waiting.len().min(free);
            taken.posts.extend(queue.waiting.drain(..count));
            taken.is_more = !queue.waiting.is_empty();
            queue.is_called = taken.is_more;
        }
        taken.posts.iter().map(|waiting| waiting.post.clone()).collect()
    }
}

/// Writes a post together with others, and returns when it is known what became of it.
pub(in crate::domain) async fn write(app: &App, company: CompanyId, post: Post) -> Outcome {
    let (answer, answered) = oneshot::channel();
    if app.batches.add(company, Waiting { post, answer }) {
        tokio::spawn(run(app.store.clone(), app.batches.clone(), company));
    }
    answered.await.unwrap_or(Err(Refused::Store(StoreError::Panicked)))
}

/// Writes what waits, until nothing is left over.
async fn run(store: Store, batches: Arc<Batches>, company: CompanyId) {
    loop {
        let taken = Arc::new(Mutex::new(Taken::default()));
        let written = {
            let (batches, taken) = (batches.clone(), taken.clone());
            store.write(job!(|tx| {
                tx.leave_sessions();
                tx.next_seq(company).await?;
                let posts = batches.take(company, &taken);
                write_all(tx, company, posts).await
            }))
        };
        let written: Result<Vec<Outcome>, StoreError> = written.await;
        if written.is_err() && lock(&taken).posts.is_empty() {
            // The job never came to it.
            batches.take(company, &taken);
        }
        let Taken { posts, is_more } = mem::take(&mut *lock(&taken));
        match written {
            Ok(outcomes) => {
                posts.into_iter().zip(outcomes).for_each(|(waiting, outcome)| waiting.answer(outcome));
            }
            Err(error) if posts.len() > 1 && is_about_content(&error) => {
                one_by_one(&store, company, posts).await;
            }
            Err(error) => {
                posts.into_iter().for_each(|waiting| waiting.answer(Err(Refused::Store(again(&error)))));
            }
        }
        if !is_more {
            return;
        }
    }
}

/// Whether a batch may have failed because of one of its posts, which must not take the others with it.
fn is_about_content(error: &StoreError) -> bool {
    !matches!(
        error,
        StoreError::Busy | StoreError::NotStored(_) | StoreError::Stopped | StoreError::Collided(_)
    )
}

async fn one_by_one(store: &Store, company: CompanyId, posts: Vec<Waiting>) {
    for waiting in posts {
        let post = waiting.post.clone();
        let written = store
            .write(job!(|tx| {
                tx.leave_sessions();
                tx.next_seq(company).await?;
                write_all(tx, company, vec![post]).await
            }))
            .await;
        let outcome = written.map(|mut outcomes| outcomes.pop().unwrap_or(Err(Refused::NotMember)));
        waiting.answer(outcome.unwrap_or_else(|error: StoreError| Err(error.into())));
    }
}

/// The same refusal for each of those who share it.
fn again(error: &StoreError) -> StoreError {
    match error {
        StoreError::Busy => StoreError::Busy,
        StoreError::Stopped => StoreError::Stopped,
        StoreError::Panicked => StoreError::Panicked,
        other => StoreError::NotStored(other.to_string()),
    }
}

/// Writes posts of one company, whose row this transaction holds.
async fn write_all(tx: &mut Tx, company: CompanyId, posts: Vec<Post>) -> Result<Vec<Outcome>, StoreError> {
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let chats = tx.chats_in_batch(company, &plan::chats_of(&posts)).await?;
    let ids = plan::ids_of(&posts);
    let known = if ids.is_empty() { HashSet::new() } else { tx.known_messages(company, &ids).await? };
    let files = plan::files_of(&posts);
    let files = if files.is_empty() { HashMap::new() } else { tx.files_to_carry(company, &files).await? };
    let found = plan::Found { chats, known, files };
    let (outcomes, batch) = plan::plan(posts, found, |author, body, at| tx.take_turn_for(author, body, at));
    tx.write_batch(company, batch).await?;
    Ok(outcomes)
}

/// Writes a message inside another job.
pub(in crate::domain) async fn write_one(
    tx: &mut Tx,
    company: CompanyId,
    post: Post,
) -> Result<Written, Refused> {
    tx.next_seq(company).await?;
    write_all(tx, company, vec![post]).await?.pop().unwrap_or(Err(Refused::NotMember))
}
