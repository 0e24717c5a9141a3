//! Announces events that another process has appended to a company's log: the command line while the server runs. Its
//! numbers would be waited for in vain.

use crate::{
    App, clock,
    domain::chats::visibility,
    store::{Committed, EventRow, StoreError},
};
use causeway_api::{CompanyId, EventBody, PersonId};
use std::sync::Arc;

/// How long an event of this process may take from its commit to its announcement.
const PATIENCE: i64 = 200;
/// How often the logs are looked at when nothing waits.
const LOOK_EVERY: i64 = 1_000;
/// Events that are read at a time.
const PAGE: u64 = 500;

/// Follows the logs, for as long as the server runs.
pub async fn run(app: Arc<App>) {
    loop {
        tokio::select! {
            () = app.announcer.gap() => {}
            () = clock::pause(LOOK_EVERY) => {}
        }
        let behind = match behind(&app).await {
            Ok(behind) => behind,
            Err(error) => {
                tracing::error!(%error, "the ends of the logs could not be read");
                continue;
            }
        };
        if behind.is_empty() {
            continue;
        }
        clock::pause(PATIENCE).await;
        if let Err(error) = announce(&app, behind).await {
            tracing::error!(%error, "events could not be announced from the log");
        }
    }
}

/// The companies whose logs have gone further than what was announced, and how far.
pub async fn behind(app: &App) -> Result<Vec<(CompanyId, i64)>, StoreError> {
    let ends = app.store.companies().await?.into_iter().map(|(company, seq)| (company.id, seq));
    Ok(ends.filter(|(company, seq)| app.announcer.passed(*company) < *seq).collect())
}

/// Announces what is missing up to these numbers.
pub async fn announce(app: &App, behind: Vec<(CompanyId, i64)>) -> Result<(), StoreError> {
    for (company, until) in behind {
        loop {
            let passed = app.announcer.passed(company);
            if passed >= until {
                break;
            }
            let page = app.store.log_after(company, passed, PAGE).await?;
            if page.is_empty() {
                break;
            }
            tracing::info!(event = "announced_from_log", %company, passed, "another process wrote to the log");
            for row in page {
                let audience = audience(app, &row).await?;
                app.announcer.committed(Committed { entry: row.entry, audience });
            }
        }
    }
    Ok(())
}

/// Who learns of an event, as far as the database tells afterwards.
async fn audience(app: &App, row: &EventRow) -> Result<Arc<[PersonId]>, StoreError> {
    let entry = &row.entry;
    Ok(match &entry.body {
        EventBody::HashFormChanged => Arc::default(),
        EventBody::MessageSent { message }
        | EventBody::MessageEdited { message }
        | EventBody::MessageDeleted { message }
        | EventBody::MessageReacted { message, .. } => visibility::audience(
            &app.store.members_at(entry.company, message.chat, entry.seq).await?,
            message,
        ),
        body @ (EventBody::ChatCreated { .. }
        | EventBody::MemberJoined { .. }
        | EventBody::MemberLeft { .. }
        | EventBody::MemberRemoved { .. }
        | EventBody::GroupRenamed { .. }
        | EventBody::MessagePinned { .. }
        | EventBody::Delivered { .. }
        | EventBody::Read { .. }) => {
            let members = app.store.members_at(entry.company, body.chat(), entry.seq).await?;
            members.iter().map(|member| member.person).collect()
        }
    })
}
