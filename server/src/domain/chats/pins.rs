//! Pinned messages: what employees want to find again at once. That someone pinned one is recorded, with a line in the
//! timeline.

use super::{
    access::require_member,
    visibility::{self, Sight, retention_start},
};
use crate::{
    App,
    actor::{Actor, By},
    error::AppError,
    job,
    store::{PinRow, StoreError, Tx},
};
use causeway_api::{
    ChatId, EventBody, MessageId, Millis,
    chats::{PINS_MAX, Pin, PinMessage, Pins},
    validate::Fault,
};
use std::collections::HashMap;

/// What became of a pin.
enum Pinned {
    /// It is as it was asked for.
    Done,
    /// As many messages are pinned as can be.
    Full,
    /// The message was deleted meanwhile.
    Gone,
}

/// The pinned messages of a chat, as the caller sees them.
pub async fn list(app: &App, actor: &Actor, chat: ChatId) -> Result<Pins, AppError> {
    let members = app.store.members(actor.company, vec![chat]).await?;
    let member = require_member(&members, actor.person)?;
    let sight = Sight::of(member, retention_start(app, actor.company).await?);
    let rows = app.store.pins(actor.company, chat).await?;
    let ids: Vec<MessageId> = rows.iter().map(|row| row.message).collect();
    let found = app.store.messages_by_ids(actor.company, &ids).await?;
    let mut shown: HashMap<MessageId, _> = found
        .iter()
        .filter_map(|message| sight.version(message))
        .map(|message| (message.id, message))
        .collect();
    let pin = |PinRow { message, by, at }: PinRow| {
        shown.remove(&message).filter(|message| message.deleted_at.is_none()).map(|message| Pin {
            message,
            by,
            at,
        })
    };
    Ok(Pins { pins: rows.into_iter().filter_map(pin).collect() })
}

/// Pins a message that the caller is shown, or takes the pin away.
pub async fn set(
    app: &App,
    actor: &Actor,
    chat: ChatId,
    id: MessageId,
    asked: PinMessage,
) -> Result<(), AppError> {
    actor.may_write()?;
    let shown = visibility::seen_by(app, actor.company, actor.person, id).await?;
    shown.filter(|message| message.chat == chat).ok_or(AppError::NotFound)?;
    let pinned = app
        .by(actor)
        .write(job!(|tx, By { author, now }| write(tx, &author, (chat, id), asked, now).await))
        .await?;
    match pinned {
        Pinned::Done => Ok(()),
        Pinned::Full => Err(AppError::Conflict("message", Fault::PinsFull)),
        Pinned::Gone => Err(AppError::Conflict("message", Fault::Deleted)),
    }
}

async fn write(
    tx: &mut Tx,
    actor: &Actor,
    (chat, id): (ChatId, MessageId),
    PinMessage { is_on }: PinMessage,
    now: Millis,
) -> Result<Pinned, StoreError> {
    // Pins of a company come one behind the other from here on, so they are counted.
    tx.next_seq(actor.company).await?;
    let found = tx.message_in(actor.company, chat, id).await?;
    let Some(message) = found.filter(|message| message.deleted_at.is_none()) else { return Ok(Pinned::Gone) };
    let row = PinRow { message: id, by: actor.person, at: now };
    let has_changed = if is_on {
        tx.add_pin(actor.company, chat, row).await?
    } else {
        tx.remove_pin(actor.company, chat, id).await?
    };
    if !has_changed {
        return Ok(Pinned::Done);
    }
    if is_on && tx.count_pins(actor.company, chat).await? > PINS_MAX {
        tx.remove_pin(actor.company, chat, id).await?;
        return Ok(Pinned::Full);
    }
    let Some(row) = tx.chat(actor.company, chat).await? else { return Ok(Pinned::Gone) };
    let audience = visibility::audience(&tx.members(actor.company, chat).await?, &message);
    let body = EventBody::MessagePinned {
        chat,
        message: id,
        ordinal: message.ordinal,
        by: actor.person,
        is_on,
        after: row.last_ordinal,
    };
    tx.append(actor.company, actor.person, now, body, audience).await?;
    Ok(Pinned::Done)
}
