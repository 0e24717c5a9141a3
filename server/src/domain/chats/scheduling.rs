//! Messages that go out later. When one is due everything is checked as if it were written then; what is refused stays with
//! its writer, with the reason.

use super::{
    access::require_member,
    batch::{self, Refused, Written},
    content, messages,
};
use crate::{
    App,
    actor::{Actor, By},
    clock::{self, SECOND},
    error::AppError,
    job,
    store::{ScheduledRow, StoreError, Tx},
};
use causeway_api::{
    ChatId, CompanyId, MessageId, Millis,
    chats::{
        Message, Reschedule, SCHEDULED_AHEAD, SCHEDULED_MAX, ScheduleMessage, ScheduledMessage,
        ScheduledMessages, SendMessage,
    },
    signals::Signal,
    validate::Fault,
};
use std::sync::Arc;

/// How often it is looked what is due.
const PAUSE: Millis = 2 * SECOND;
/// Messages of a company that are sent in one go.
const AT_ONCE: u64 = 50;

/// What became of a message that is to wait.
enum Kept {
    /// It waits.
    Waits,
    /// The person has as many waiting as can be.
    Full,
    /// The id is that of another one.
    Taken,
}

/// The caller's messages that wait in a chat.
pub async fn list(app: &App, actor: &Actor, chat: ChatId) -> Result<ScheduledMessages, AppError> {
    require_member(&app.store.members(actor.company, vec![chat]).await?, actor.person)?;
    Ok(ScheduledMessages { messages: app.store.scheduled(actor.company, actor.person, chat).await? })
}

/// Keeps a message until it is due.
pub async fn schedule(
    app: &App,
    actor: &Actor,
    chat: ChatId,
    new: ScheduleMessage,
) -> Result<ScheduledMessage, AppError> {
    actor.may_write()?;
    require_member(&app.store.members(actor.company, vec![chat]).await?, actor.person)?;
    check_time(app, new.at)?;
    let ScheduleMessage { message, at } = new;
    if !message.files.is_empty() || message.forwarded_from.is_some() {
        return Err(AppError::Invalid("files", Fault::ScheduledFiles));
    }
    content::texts::check_text(app, actor, &message.text, false).await?;
    content::mentions::check(app, actor, chat, &message.text, &message.mentions).await?;
    let shown = ScheduledMessage { message, chat, at, refused: None };
    let row = ScheduledRow { person: actor.person, shown };
    let for_job = row.clone();
    let kept =
        app.by(actor).write(job!(|tx, By { author, now }| keep(tx, &author, &for_job, now).await)).await?;
    match kept {
        Kept::Waits => Ok(row.shown),
        Kept::Full => Err(AppError::Conflict("message", Fault::ScheduledFull)),
        Kept::Taken => Err(AppError::Conflict("id", Fault::Taken)),
    }
}

async fn keep(tx: &mut Tx, actor: &Actor, row: &ScheduledRow, now: Millis) -> Result<Kept, StoreError> {
    // Whoever keeps another one meanwhile comes before or after, so they are counted.
    tx.next_seq(actor.company).await?;
    let waiting = tx.count_scheduled(actor.company, actor.person).await?;
    if !tx.add_scheduled(actor.company, row).await? {
        // Asked for again because the answer was lost, it has the time that was asked for last.
        let (id, at) = (row.shown.message.id, row.shown.at);
        let is_own = tx.reschedule(actor.company, actor.person, id, at).await?;
        return Ok(if is_own { Kept::Waits } else { Kept::Taken });
    }
    if waiting >= SCHEDULED_MAX {
        tx.remove_scheduled(actor.company, actor.person, row.shown.message.id).await?;
        return Ok(Kept::Full);
    }
    tell(tx, actor, row.shown.chat, now)?;
    Ok(Kept::Waits)
}

fn tell(tx: &mut Tx, actor: &Actor, chat: ChatId, now: Millis) -> Result<(), StoreError> {
    tx.signal(actor.person, now, Signal::ScheduledChanged { chat }, [actor.person])
}

/// A time that has not passed, and is not too far ahead.
fn check_time(app: &App, at: Millis) -> Result<(), AppError> {
    let now = app.clock.now();
    if (now..=now + SCHEDULED_AHEAD).contains(&at) {
        Ok(())
    } else {
        Err(AppError::Invalid("at", Fault::ScheduledTime))
    }
}

/// The caller's message of that id.
async fn own(app: &App, actor: &Actor, id: MessageId) -> Result<ScheduledMessage, AppError> {
    let found = app.store.scheduled_one(actor.company, id).await?;
    found.filter(|row| row.person == actor.person).map(|row| row.shown).ok_or(AppError::NotFound)
}

/// Gives a message another time.
pub async fn reschedule(app: &App, actor: &Actor, id: MessageId, new: Reschedule) -> Result<(), AppError> {
    check_time(app, new.at)?;
    let chat = own(app, actor, id).await?.chat;
    let is_done = app
        .by(actor)
        .write(job!(|tx, By { author, now }| {
            tx.next_seq(author.company).await?;
            let is_done = tx.reschedule(author.company, author.person, id, new.at).await?;
            tell(tx, &author, chat, now)?;
            Ok::<_, StoreError>(is_done)
        }))
        .await?;
    if is_done { Ok(()) } else { Err(AppError::NotFound) }
}

/// Takes a message back before it goes out.
pub async fn cancel(app: &App, actor: &Actor, id: MessageId) -> Result<(), AppError> {
    let chat = own(app, actor, id).await?.chat;
    let is_done = app
        .by(actor)
        .write(job!(|tx, By { author, now }| {
            tx.next_seq(author.company).await?;
            let is_done = tx.remove_scheduled(author.company, author.person, id).await?;
            tell(tx, &author, chat, now)?;
            Ok::<_, StoreError>(is_done)
        }))
        .await?;
    if is_done { Ok(()) } else { Err(AppError::NotFound) }
}

/// Sends a message that waits at once.
pub async fn send_now(app: &App, actor: &Actor, id: MessageId) -> Result<Message, AppError> {
    let ScheduledMessage { message, chat, .. } = own(app, actor, id).await?;
    go_out(app, actor, chat, message, Millis::MAX).await?.ok_or(AppError::NotFound)
}

/// Sends a message that is due by a time, and has it wait no more, in one transaction: what was taken back or moved before
/// does not go out, and what has gone out is not taken back. Returns `None` when it does not wait any more.
async fn go_out(
    app: &App,
    actor: &Actor,
    chat: ChatId,
    message: SendMessage,
    due: Millis,
) -> Result<Option<Message>, AppError> {
    actor.may_write()?;
    let post = messages::checked(app, actor, chat, &message).await?;
    let (id, now) = (message.id, app.clock.now());
    let actor = actor.clone();
    let sent = app
        .store
        .write(job!(|tx| {
            tx.next_seq(actor.company).await?;
            if !tx.is_scheduled(actor.company, actor.person, id, due).await? {
                return Ok(Ok(None));
            }
            let sent = match batch::write_one(tx, actor.company, post).await {
                Ok(Written::Message(message)) => Some(*message),
                Err(Refused::Store(error)) => return Err(error),
                // It was sent by its id before.
                Err(Refused::IdTaken) => None,
                Ok(Written::Marks) | Err(Refused::NotMember | Refused::FileGone) => return Ok(Err(())),
            };
            tx.remove_scheduled(actor.company, actor.person, id).await?;
            tell(tx, &actor, chat, now)?;
            Ok::<_, StoreError>(Ok(sent))
        }))
        .await?;
    sent.map_err(|()| AppError::NotFound)
}

/// Sends what is due, for as long as the server runs.
pub async fn run(app: Arc<App>) {
    loop {
        if let Err(error) = send_due(&app).await {
            tracing::error!(%error, "messages that are due could not be sent, and are tried again");
        }
        clock::pause(PAUSE).await;
    }
}

/// Sends what is due.
pub async fn send_due(app: &App) -> Result<(), AppError> {
    let now = app.clock.now();
    let mut done = Ok(());
    for company in app.store.companies_with_due(now).await? {
        // What fails in one company, or for one message, holds no other up.
        for row in app.store.due_messages(company, now, AT_ONCE).await? {
            done = send_one(app, company, row).await.and(done);
        }
    }
    done
}

/// Sends a message that is due, or notes why it is refused.
async fn send_one(app: &App, company: CompanyId, row: ScheduledRow) -> Result<(), AppError> {
    let ScheduledMessage { message, chat, .. } = row.shown;
    let (id, person) = (message.id, row.person);
    let writer = app.store.people_by_ids(company, vec![person]).await?.pop();
    let Some(writer) = writer else { return Ok(()) };
    let actor = Actor::later(company, &writer.person);
    let sent = match writer.inactive_at {
        Some(_) => Err(AppError::Conflict("message", Fault::Inactive)),
        None => go_out(app, &actor, chat, message, app.clock.now()).await,
    };
    let why = match sent {
        Ok(_) => return Ok(()),
        Err(error) => refusal(&error),
    };
    // Otherwise the database does not get to it, or the person writes too fast: it is tried again.
    if let Some(why) = why {
        let now = app.clock.now();
        app.store
            .write(job!(|tx| {
                tx.refuse_scheduled(actor.company, id, why).await?;
                tell(tx, &actor, chat, now)
            }))
            .await?;
    }
    Ok(())
}

/// Why a message is refused for good, as the id of a text; `None` when it may go out later.
fn refusal(error: &AppError) -> Option<&'static str> {
    match error {
        AppError::Invalid(_, fault) | AppError::Conflict(_, fault) => Some(fault.as_str()),
        AppError::NotFound => Some("not-sent-left"),
        AppError::Forbidden => Some("only-reads"),
        _ => None,
    }
}
