//! Mail and SMS. What is to be sent is a row first, written in the transaction that decided it; this worker
//! sends what is due, tries again with growing pauses, and gives up visibly.

mod dead_letters;
mod email;
mod html;
mod limits;
mod sms;
mod template;

use crate::{
    App, clock,
    input::emails,
    job, limits as bounds,
    store::{About, NewOutboxMessage, OutboxMessage, PersonRow, Store, StoreError, Tx},
    texts,
};
use causeway_api::{
    Millis,
    deliveries::{DeliveryFault, Medium},
};
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{sync::Notify, task::JoinSet};
use uuid::Uuid;

/// Messages that are begun in one go.
const AT_ONCE: u64 = 50;

pub use email::Mailer;
pub use limits::{Queued, count};
pub use sms::Gateway;
pub use template::Template;

/// Writes a text in the language its receiver reads and queues it.
pub async fn queue(
    tx: &mut Tx,
    to: &PersonRow,
    template: Template,
    args: &[(&str, &str)],
    now: Millis,
) -> Result<Queued, StoreError> {
    queue_as(tx, clock::new_id(), to, template, args, now).await
}

/// The same under an id by which it can be taken back while it waits.
pub async fn queue_as(
    tx: &mut Tx,
    id: Uuid,
    to: &PersonRow,
    template: Template,
    args: &[(&str, &str)],
    now: Millis,
) -> Result<Queued, StoreError> {
    if !limits::allow(tx, to, template, now).await? {
        tracing::warn!(
            event = "sends_over_limit",
            template = template.as_str(),
            "the address has had its share"
        );
        return Ok(Queued::TooMany);
    }
    let (language, text_id) = (to.language.as_deref(), template.as_str());
    let (address, subject) = match template.medium() {
        Medium::Sms => (to.phone.clone(), String::new()),
        Medium::Email => {
            (emails::sendable(&to.email), texts::text(language, &format!("{text_id}-subject"), args))
        }
    };
    let body = texts::text(language, text_id, args);
    let new = NewOutboxMessage { medium: template.medium(), to: address, subject, body };
    let person = to.person.id;
    let about = About { person: (!person.0.is_nil()).then_some(person), template: text_id };
    tx.queue(id, to.company, new, about, now).await?;
    Ok(Queued::Waits)
}

/// Why something could not be sent.
#[derive(Debug)]
pub enum SendError {
    /// It may work later; what the provider said.
    Temporary(String),
    /// It will never work: why, and what the provider said.
    Permanent(DeliveryFault, String),
}

/// The way out.
pub enum Transport {
    /// To providers; a road that is not configured refuses.
    Providers {
        /// Mail.
        mail: Option<Box<Mailer>>,
        /// SMS.
        sms: Option<Box<Gateway>>,
    },
    /// Into memory, for tests.
    Captured(Arc<Mutex<Vec<NewOutboxMessage>>>),
}

/// The worker's doorbell, its way out, and what is on it.
pub struct Outbox {
    transport: Transport,
    bell: Notify,
    under_way: Mutex<HashSet<Uuid>>,
}

impl Outbox {
    pub(crate) fn new(transport: Transport) -> Self {
        Self { transport, bell: Notify::new(), under_way: Mutex::default() }
    }

    /// Something was queued.
    pub fn ring(&self) {
        self.bell.notify_one();
    }

    fn under_way(&self) -> std::sync::MutexGuard<'_, HashSet<Uuid>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn send(&self, message: &NewOutboxMessage) -> Result<(), SendError> {
        let not_configured = |what: &str| {
            SendError::Permanent(DeliveryFault::NotConfigured, format!("no {what} is configured"))
        };
        if message.medium == Medium::Email {
            email::check_address(&message.to)?;
        }
        match (&self.transport, message.medium) {
            (Transport::Captured(kept), _) => {
                kept.lock().unwrap_or_else(PoisonError::into_inner).push(message.clone());
                Ok(())
            }
            (Transport::Providers { mail, .. }, Medium::Email) => {
                mail.as_ref().ok_or_else(|| not_configured("mail server"))?.send(message).await
            }
            (Transport::Providers { sms, .. }, Medium::Sms) => {
                sms.as_ref().ok_or_else(|| not_configured("SMS gateway"))?.send(message).await
            }
        }
    }
}

/// Sends what is due, for as long as the server runs.
pub async fn run(app: Arc<App>) {
    let mut sending = JoinSet::new();
    loop {
        if let Err(error) = begin(&app, &mut sending).await {
            tracing::error!(%error, "the outbox could not be read");
        }
        while let Some(done) = sending.try_join_next() {
            log_failure(done);
        }
        let pause = match app.store.next_due().await {
            Ok(Some(due)) => (due - app.clock.now()).clamp(100, clock::MINUTE),
            Ok(None) => clock::MINUTE,
            Err(_) => bounds::OUTBOX_PAUSE,
        };
        tokio::select! {
            () = app.outbox.bell.notified() => {}
            () = clock::pause(pause) => {}
        }
    }
}

/// Sends everything that is due now, one after the other, and waits until it is through.
pub async fn flush(app: &Arc<App>) -> Result<(), StoreError> {
    loop {
        let due = app.store.due(app.clock.now(), AT_ONCE).await?;
        if due.is_empty() {
            return Ok(());
        }
        for message in due {
            send_one(app, message).await?;
        }
    }
}

/// Begins to send what is due and not under way, each message on its own, so that a provider that hangs
/// delays no other message; returns how many were begun.
async fn begin(app: &Arc<App>, sending: &mut JoinSet<Result<(), StoreError>>) -> Result<usize, StoreError> {
    let busy = app.outbox.under_way().len() as u64;
    let due = app.store.due(app.clock.now(), busy + AT_ONCE).await?;
    let mut begun = 0;
    for message in due {
        if app.outbox.under_way().insert(message.id) {
            let app = app.clone();
            sending.spawn(async move {
                let id = message.id;
                let sent = send_one(&app, message).await;
                app.outbox.under_way().remove(&id);
                sent
            });
            begun += 1;
        }
    }
    Ok(begun)
}

fn log_failure(done: Result<Result<(), StoreError>, tokio::task::JoinError>) {
    match done {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::error!(%error, "what became of a message could not be recorded"),
        Err(error) => tracing::error!(%error, "sending a message failed"),
    }
}

async fn send_one(app: &App, due: OutboxMessage) -> Result<(), StoreError> {
    let outcome = match &due.message {
        Some(message) => send_in_time(app, message).await,
        None => Err(SendError::Permanent(DeliveryFault::Lost, "sealed under another server key".into())),
    };
    let (company, id) = (due.company, due.id);
    let (kind, now) = (due.medium.as_str(), app.clock.now());
    let (fault, detail) = match outcome {
        Ok(()) => {
            tracing::info!(event = "sent", kind, %id, "sent");
            return record(&app.store, job!(|tx| tx.mark_sent(company, id).await)).await;
        }
        Err(SendError::Temporary(detail)) if due.attempts + 1 < bounds::OUTBOX_TRIES => {
            let pause = bounds::OUTBOX_PAUSE << due.attempts.clamp(0, 16);
            let next = now + pause + clock::jitter(pause / 2);
            tracing::warn!(event = "send_retry", kind, %id, detail, "will be tried again");
            return record(&app.store, job!(|tx| tx.retry_at(company, id, next, &detail).await)).await;
        }
        Err(SendError::Temporary(detail)) => (DeliveryFault::Unreachable, detail),
        Err(SendError::Permanent(fault, detail)) => (fault, detail),
    };
    tracing::error!(event = "dead_letter", kind, %id, fault = fault.as_str(), detail, "given up");
    record(&app.store, job!(|tx| dead_letters::give_up(tx, company, id, fault, detail, now).await)).await
}

async fn send_in_time(app: &App, message: &NewOutboxMessage) -> Result<(), SendError> {
    let time_out = Duration::from_millis(bounds::OUTBOX_TIMEOUT.unsigned_abs());
    tokio::time::timeout(time_out, app.outbox.send(message))
        .await
        .unwrap_or_else(|_| Err(SendError::Temporary("no answer in time".into())))
}

async fn record<F>(store: &Store, job: F) -> Result<(), StoreError>
where
    F: for<'t> FnOnce(
            &'t mut Tx,
        ) -> std::pin::Pin<Box<dyn Future<Output = Result<(), StoreError>> + Send + 't>>
        + Clone
        + Send
        + 'static,
{
    store.write(job).await
}
