//! Follows the log and keeps the index of messages up to date, beside everything else: sending waits for none of it, and
//! a fault in it refuses no message. It can be built anew at any time, by beginning at the first event.

use super::terms::{Filter, terms};
use crate::{
    App,
    clock::{self, MINUTE},
    error::AppError,
    job,
    store::{EventRow, NewDocument, Progress, StoreError},
};
use causeway_api::{CompanyId, EventBody, MessageId, Millis, chats::Message};
use std::{
    collections::HashSet,
    mem,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::Notify;

/// The rules by which texts are cut. Another number has every index built anew.
const RULES: i64 = 1;
/// Events that are indexed together.
const EVENTS_AT_ONCE: u64 = 200;
/// What is written within this time is indexed together.
const PAUSE: Millis = 200;
/// After this long every company is looked at, whoever wrote there.
const ROUND: Millis = MINUTE;

/// The companies in which something was written that is not in their index.
#[derive(Default)]
pub struct Written {
    companies: Mutex<HashSet<CompanyId>>,
    bell: Notify,
}

impl Written {
    /// Something was written in a company.
    pub fn add(&self, company: CompanyId) {
        self.companies.lock().unwrap_or_else(PoisonError::into_inner).insert(company);
        self.bell.notify_one();
    }

    fn take(&self) -> HashSet<CompanyId> {
        mem::take(&mut *self.companies.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Indexes what is written, for as long as the server runs. Companies in which nothing happens are left alone.
pub async fn run(app: Arc<App>) {
    let mut done = catch_up(&app).await;
    loop {
        if let Err(error) = done {
            tracing::error!(%error, "the index of messages is behind, and is tried again");
        }
        tokio::select! {
            () = app.written.bell.notified() => {
                clock::pause(PAUSE).await;
                done = catch_up_with(&app, app.written.take()).await;
            }
            () = clock::pause(ROUND) => done = catch_up(&app).await,
        }
    }
}

/// Indexes what was written in some companies.
async fn catch_up_with(app: &App, companies: HashSet<CompanyId>) -> Result<(), AppError> {
    let mut done = Ok(());
    for company in companies {
        done = done.and(of_company(app, company, None).await);
    }
    done
}

/// Indexes everything that was written so far.
pub async fn catch_up(app: &App) -> Result<(), AppError> {
    let mut done = Ok(());
    for (company, last) in app.store.companies().await? {
        done = done.and(of_company(app, company.id, Some(last)).await);
    }
    done
}

/// Indexes what was written in a company, up to an event or to the newest. That it could not go on in one company stops no
/// other.
async fn of_company(app: &App, company: CompanyId, last: Option<i64>) -> Result<(), AppError> {
    let going = async {
        let last = match last {
            Some(last) => last,
            None => app.store.head(company).await?.map_or(0, |head| head.seq),
        };
        while go_on(app, company, last).await? {}
        Ok::<_, AppError>(())
    };
    going.await.inspect_err(|error| {
        tracing::error!(%error, %company, "the index of messages of a company could not go on");
    })
}

/// Indexes the next events of a company. Returns whether there are more.
async fn go_on(app: &App, company: CompanyId, last: i64) -> Result<bool, AppError> {
    let progress = app.store.search_progress(company).await?;
    let progress = match progress.filter(|progress| progress.rules == RULES) {
        Some(progress) => progress,
        None => {
            app.store
                .write(job!(|tx| {
                    tx.leave_sessions();
                    tx.clear_index(company, RULES).await
                }))
                .await
                .map_err(|error: StoreError| AppError::from(error))?;
            Progress { seq: 0, rules: RULES }
        }
    };
    if progress.seq >= last {
        return Ok(false);
    }
    let rows = app.store.log_after(company, progress.seq, EVENTS_AT_ONCE).await?;
    let Some(newest) = rows.last().map(|row| row.entry.seq) else { return Ok(false) };
    let (new, deleted) = documents(&rows);
    app.store
        .write(job!(|tx| {
            tx.leave_sessions();
            tx.index_messages(company, &new, &deleted, Progress { seq: newest, rules: RULES }).await
        }))
        .await
        .map_err(|error: StoreError| AppError::from(error))?;
    Ok((rows.len() as u64) == EVENTS_AT_ONCE)
}

/// What events have for the index: texts of messages, and messages that were deleted.
fn documents(rows: &[EventRow]) -> (Vec<NewDocument>, Vec<MessageId>) {
    let (mut new, mut deleted) = (Vec::new(), Vec::new());
    for row in rows {
        match &row.entry.body {
            EventBody::MessageSent { message } | EventBody::MessageEdited { message } => {
                new.push(NewDocument { seq: row.entry.seq, message: message.id, terms: of_message(message) });
            }
            EventBody::MessageDeleted { message } => deleted.push(message.id),
            _ => {}
        }
    }
    (new, deleted)
}

/// The terms of a message: those of the filters, its text, the names of its files.
fn of_message(message: &Message) -> Vec<String> {
    let files = message.content.files();
    let mut all = vec![
        Filter::In(message.chat).term(),
        Filter::From(message.sender).term(),
        Filter::On(message.channel).term(),
    ];
    if !files.is_empty() {
        all.push(Filter::HasFile.term());
    }
    all.extend(terms(&message.text));
    for file in files {
        all.extend(terms(&file.name));
    }
    all
}
