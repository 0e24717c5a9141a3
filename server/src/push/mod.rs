//! Tells devices of messages while no page of ours is open on them (Web Push).
//!
//! A hint, not a delivery: the message itself is in the log, so what cannot be told in a few tries is dropped. It costs
//! who writes nothing: people without a subscription are found in memory, and the rest happens behind the answer.

use crate::{
    App,
    clock::{self, SECOND},
    domain::{chats::visibility, features, sign_in::sessions},
    error::AppError,
    job,
    push_services::Sent,
    store::{Committed, PushTarget, StoreError},
    texts,
};
use causeway_api::{
    CompanyId, EventBody, PersonId,
    chats::{Message, MessageContent, mentions_person},
    push::PushNotice,
};
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError, RwLock},
};
use tokio::sync::{Semaphore, mpsc};

/// Messages that wait to be told of; beyond it the newest are dropped.
const WAITING: usize = 1_000;
/// Notices that are handed over at the same time.
const AT_ONCE: usize = 32;
/// How often a push service is asked.
const TRIES: u32 = 3;
/// Characters of a message that are shown.
const PREVIEW: usize = 120;

struct Job {
    company: CompanyId,
    message: Message,
    people: Vec<PersonId>,
}

/// Who is told, and what waits.
pub struct Push {
    people: RwLock<HashSet<PersonId>>,
    queue: mpsc::Sender<Job>,
    inbox: Mutex<Option<mpsc::Receiver<Job>>>,
}

impl Default for Push {
    fn default() -> Self {
        let (queue, inbox) = mpsc::channel(WAITING);
        Self { people: RwLock::default(), queue, inbox: Mutex::new(Some(inbox)) }
    }
}

impl Push {
    /// These people are told somewhere.
    pub fn follow(&self, people: impl IntoIterator<Item = PersonId>) {
        self.people.write().unwrap_or_else(PoisonError::into_inner).extend(people);
    }

    /// An event was committed: a message for someone who is told somewhere waits from now on.
    pub fn committed(&self, event: &Committed) {
        let EventBody::MessageSent { message } = &event.entry.body else { return };
        let people: Vec<PersonId> = {
            let told = self.people.read().unwrap_or_else(PoisonError::into_inner);
            if told.is_empty() {
                return;
            }
            let is_told = |person: &&PersonId| **person != message.sender && told.contains(person);
            event.audience.iter().filter(is_told).copied().collect()
        };
        if people.is_empty() {
            return;
        }
        let job = Job { company: event.entry.company, message: message.clone(), people };
        if self.queue.try_send(job).is_err() {
            tracing::warn!(event = "push_dropped", "too many messages wait to be told of");
        }
    }
}

/// Tells what waits, for as long as the server runs.
pub async fn run(app: Arc<App>) {
    let inbox = app.push.inbox.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(mut inbox) = inbox else { return };
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    while let Some(job) = inbox.recv().await {
        if let Err(error) = tell(&app, &job, &turns).await {
            tracing::error!(%error, "a message could not be told of");
        }
    }
}

/// Decides who is told of what, in the order of the messages; a push service that does not answer holds no one else up.
async fn tell(app: &Arc<App>, job: &Job, turns: &Arc<Semaphore>) -> Result<(), AppError> {
    for person in &job.people {
        let now = app.clock.now();
        // What was written may have been changed or deleted since, or the person may have left.
        let seen = visibility::seen_by(app, job.company, *person, job.message.id).await?;
        let Some(message) = seen.filter(|message| message.deleted_at.is_none()) else { continue };
        let settings = app.store.chat_settings(job.company, *person, message.chat).await?;
        if settings.is_muted(now) && !mentions_person(&message.mentions, *person) {
            continue;
        }
        let job = &Job { company: job.company, message, people: Vec::new() };
        for target in app.store.push_targets(job.company, *person, now).await? {
            let open = app.hub.sessions_of(*person);
            if target.sessions.iter().any(|(hash, _)| open.contains(hash)) {
                continue;
            }
            if let Some(notice) = notice(app, job, &target, now).await? {
                let Ok(turn) = turns.clone().acquire_owned().await else { return Ok(()) };
                let app = app.clone();
                tokio::spawn(async move {
                    if let Err(error) = deliver(&app, &target, &notice).await {
                        tracing::error!(%error, "a subscription could not be forgotten");
                    }
                    drop(turn);
                });
            }
        }
    }
    Ok(())
}

/// What a device is told. One on which no one is signed in any more is told nothing, unless it is linked; then it shows
/// nothing of what was written.
async fn notice(
    app: &App,
    job: &Job,
    target: &PushTarget,
    now: i64,
) -> Result<Option<PushNotice>, StoreError> {
    let idle = match features::of(app, job.company).await {
        Ok(features) => sessions::idle_limit(&features),
        Err(error) => {
            // Then nothing is shown of the message.
            tracing::error!(%error, "the features could not be read");
            -1
        }
    };
    let is_signed_in = target.sessions.iter().any(|(_, seen_at)| now - seen_at <= idle);
    if !is_signed_in && !target.is_linked {
        return Ok(None);
    }
    let people = app.store.people_by_ids(job.company, vec![target.row.person, job.message.sender]).await?;
    let row = |id: PersonId| people.iter().find(|row| row.person.id == id);
    let language = row(target.row.person).and_then(|row| row.language.clone());
    let url = format!("/chats/{}", job.message.chat);
    let tag = job.message.chat.to_string();
    if !(is_signed_in && target.row.shows_content) {
        let body = texts::text(language.as_deref(), "push-new-message", &[]);
        return Ok(Some(PushNotice { title: "Causeway".to_owned(), body, url, tag }));
    }
    let title = row(job.message.sender).map_or_else(String::new, |row| row.person.name.clone());
    let body = preview(&job.message)
        .unwrap_or_else(|| texts::text(language.as_deref(), "push-new-message", &[]))
        .chars()
        .take(PREVIEW)
        .collect();
    Ok(Some(PushNotice { title, body, url, tag }))
}

/// What a message says, or the names of its files. Nothing for a voice note, whose name says nothing.
fn preview(message: &Message) -> Option<String> {
    let names =
        || message.content.files().iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ");
    match &message.content {
        _ if !message.text.is_empty() => Some(message.text.clone()),
        MessageContent::Files { .. } => Some(names()),
        _ => None,
    }
}

async fn deliver(app: &App, target: &PushTarget, notice: &PushNotice) -> Result<(), StoreError> {
    for attempt in 0..TRIES {
        match app.push_sender.send(&target.row, notice).await {
            Sent::Taken => return Ok(()),
            Sent::Gone => {
                let (company, device) = (target.row.company, target.row.device);
                return app.store.write(job!(|tx| tx.remove_push(company, device).await)).await;
            }
            Sent::Refused(why) => {
                tracing::warn!(event = "push_refused", why, "a push service refused");
                return Ok(());
            }
            Sent::Later(why) => tracing::info!(event = "push_later", why, "a push service did not answer"),
        }
        clock::pause(SECOND << attempt).await;
    }
    Ok(())
}
