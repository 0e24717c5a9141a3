//! Follows the log and keeps the index of messages up to date, beside everything else: sending waits for none of it, and
//! a fault in it refuses no message. It can be built anew at any time, by beginning at the first event.

use super::terms::{Filter, terms};
use crate::{
    App, clock,
    error::AppError,
    job,
    store::{EventRow, NewDocument, Progress, StoreError},
};
use causeway_api::{CompanyId, EventBody, MessageId, chats::Message};
use std::sync::Arc;

/// The rules by which texts are cut. Another number has every index built anew.
const RULES: i64 = 1;
/// Events that are indexed together.
const EVENTS_AT_ONCE: u64 = 200;
/// The pause until it is looked for new events, in milliseconds.
const PAUSE: i64 = 200;

/// Indexes what is written, for as long as the server runs.
pub async fn run(app: Arc<App>) {
    loop {
        if let Err(error) = catch_up(&app).await {
            tracing::error!(%error, "the index of messages could not go on");
        }
        clock::pause(PAUSE).await;
    }
}

/// Indexes everything that was written so far.
pub async fn catch_up(app: &App) -> Result<(), AppError> {
    for (company, last) in app.store.companies().await? {
        while go_on(app, company.id, last).await? {}
    }
    Ok(())
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
