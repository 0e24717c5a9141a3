//! How members arrange their chats: pinned, muted, put away, marked to come back to. Only the own list is changed by it.

use super::access::require_member;
use crate::{
    App,
    actor::{Actor, By},
    error::AppError,
    job,
    store::{StoreError, Tx},
};
use causeway_api::{
    ChatId, Millis,
    chats::{
        AllChatSettings, ChangeChatSettings, ChatSettings, MUTED_FOR_GOOD, PINNED_CHATS_MAX, SettingsOfChat,
    },
    signals::Signal,
    validate::Fault,
};

/// The chats that the caller has arranged.
pub async fn all(app: &App, actor: &Actor) -> Result<AllChatSettings, AppError> {
    let arranged = app.store.all_chat_settings(actor.company, actor.person).await?;
    let chats = arranged.into_iter().map(|(chat, settings)| SettingsOfChat { chat, settings }).collect();
    Ok(AllChatSettings { chats })
}

/// Changes how the caller has arranged a chat, and tells the other pages of the caller.
pub async fn change(
    app: &App,
    actor: &Actor,
    chat: ChatId,
    change: ChangeChatSettings,
) -> Result<ChatSettings, AppError> {
    if let ChangeChatSettings::Mute { until: Some(until) } = change
        && !(app.clock.now()..=MUTED_FOR_GOOD).contains(&until)
    {
        return Err(AppError::Invalid("until", Fault::Range));
    }
    require_member(&app.store.members(actor.company, vec![chat]).await?, actor.person)?;
    let changed = app
        .by(actor)
        .write(job!(|tx, By { author, now }| {
            tx.leave_sessions();
            write(tx, &author, chat, change, now).await
        }))
        .await?;
    changed.ok_or(AppError::Conflict("chat", Fault::PinnedFull))
}

/// Returns `None` when as many chats are pinned as can be.
async fn write(
    tx: &mut Tx,
    actor: &Actor,
    chat: ChatId,
    change: ChangeChatSettings,
    now: Millis,
) -> Result<Option<ChatSettings>, StoreError> {
    // Changes come one behind the other from here on: none overwrites another, and pins are counted.
    tx.next_seq(actor.company).await?;
    let Some(row) = tx.chat(actor.company, chat).await? else { return Ok(Some(ChatSettings::default())) };
    let before = tx.chat_settings(actor.company, actor.person, chat).await?;
    let after = changed(before, change, row.last_ordinal, now);
    if after == before {
        return Ok(Some(after));
    }
    let is_pinned = after.pinned_at.is_some() && before.pinned_at.is_none();
    if is_pinned && tx.pinned_chats(actor.company, actor.person).await? >= PINNED_CHATS_MAX {
        return Ok(None);
    }
    tx.set_chat_settings(actor.company, actor.person, chat, after).await?;
    let signal = Signal::ChatSettingsChanged { chat, settings: after };
    tx.signal(actor.person, now, signal, [actor.person])?;
    Ok(Some(after))
}

/// A chat that is pinned is not put away, and the other way round.
fn changed(before: ChatSettings, change: ChangeChatSettings, last_ordinal: i64, now: Millis) -> ChatSettings {
    match change {
        ChangeChatSettings::Pin { is_on: true } => {
            ChatSettings { pinned_at: before.pinned_at.or(Some(now)), archived_through: None, ..before }
        }
        ChangeChatSettings::Pin { is_on: false } => ChatSettings { pinned_at: None, ..before },
        ChangeChatSettings::Mute { until } => ChatSettings { muted_until: until, ..before },
        ChangeChatSettings::Archive { is_on: true } => ChatSettings {
            archived_through: Some(last_ordinal),
            pinned_at: None,
            is_marked_unread: false,
            ..before
        },
        ChangeChatSettings::Archive { is_on: false } => ChatSettings { archived_through: None, ..before },
        ChangeChatSettings::MarkUnread { is_on } => ChatSettings { is_marked_unread: is_on, ..before },
    }
}
