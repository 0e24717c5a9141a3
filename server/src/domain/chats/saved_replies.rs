//! Saved replies: each employee has some of one's own; those of the team are kept by who governs the company.

use crate::{
    App,
    actor::{Actor, By},
    error::AppError,
    input::names,
    job,
    store::{AuditEntry, ReplyOwner, StoreError, Tx},
};
use causeway_api::{
    Millis, SavedReplyId,
    audit::AuditAction,
    chats::saved_replies::{SAVED_REPLIES_MAX, SaveReply, SavedReplies, SavedReply, saved_text, shortcut},
    validate::Fault,
};

/// What the caller can write again.
pub async fn list(app: &App, actor: &Actor) -> Result<SavedReplies, AppError> {
    Ok(SavedReplies { replies: app.store.saved_replies(actor.company, actor.person).await? })
}

/// What was typed, in the form in which it is kept.
fn read(id: SavedReplyId, new: &SaveReply) -> Result<SavedReply, AppError> {
    let wrong = |field: &'static str| move |fault| AppError::Invalid(field, fault);
    let short = names::clean(new.shortcut.trim().trim_start_matches('/'));
    shortcut(&short).map_err(wrong("shortcut"))?;
    let title = names::read(&new.title).map_err(wrong("title"))?;
    saved_text(&new.text).map_err(wrong("text"))?;
    Ok(SavedReply { id, shortcut: short, title, text: new.text.clone(), is_team: new.is_team })
}

/// Keeps a saved reply: a new one, or what one says from now on.
pub async fn save(
    app: &App,
    actor: &Actor,
    id: SavedReplyId,
    new: SaveReply,
) -> Result<SavedReply, AppError> {
    actor.may_write()?;
    if new.is_team {
        actor.may_govern()?;
    }
    let reply = read(id, &new)?;
    let kept = reply.clone();
    app.by(actor).write(job!(|tx, By { author, now }| keep(tx, &author, &reply, now).await)).await?;
    Ok(kept)
}

async fn keep(tx: &mut Tx, author: &Actor, reply: &SavedReply, now: Millis) -> Result<(), AppError> {
    let owner = if reply.is_team { ReplyOwner::Team } else { ReplyOwner::Person(author.person) };
    // Whoever keeps another one meanwhile comes before or after, so they are counted.
    tx.next_seq(author.company).await?;
    let before = tx.saved_reply(author.company, reply.id).await?;
    if before.as_ref().is_some_and(|(other, _)| *other != owner) {
        return Err(AppError::NotFound);
    }
    if before.is_none() && tx.count_saved_replies(author.company, owner).await? >= SAVED_REPLIES_MAX {
        return Err(AppError::Conflict("shortcut", Fault::TooMany));
    }
    tx.keep_saved_reply(author.company, owner, reply).await.map_err(|error| match error {
        StoreError::Conflict(_) => AppError::Conflict("shortcut", Fault::Taken),
        other => other.into(),
    })?;
    let before = before.map(|(_, before)| before);
    if owner == ReplyOwner::Team && before.as_ref() != Some(reply) {
        let entry = AuditEntry::new(author, AuditAction::TeamReplySaved, reply.id, now);
        tx.audit(entry.changed(&before, reply)?).await?;
    }
    Ok(())
}

/// Removes a saved reply of the caller, or of the team.
pub async fn remove(app: &App, actor: &Actor, id: SavedReplyId) -> Result<(), AppError> {
    actor.may_write()?;
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            let (owner, reply) = tx.saved_reply(author.company, id).await?.ok_or(AppError::NotFound)?;
            match owner {
                ReplyOwner::Person(person) if person == author.person => {}
                ReplyOwner::Person(_) => return Err(AppError::NotFound),
                ReplyOwner::Team => author.may_govern()?,
            }
            tx.remove_saved_reply(author.company, id).await?;
            if owner == ReplyOwner::Team {
                let entry = AuditEntry::new(&author, AuditAction::TeamReplyRemoved, id, now);
                tx.audit(entry.changed(&reply, &())?).await?;
            }
            Ok(())
        }))
        .await
}
