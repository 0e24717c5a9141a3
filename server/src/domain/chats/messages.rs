//! Messages: reading, sending, editing and deleting. What the screen shows may change; the archive never does.

use super::{
    access::require_member,
    attachments,
    batch::{self, Content, Post, Refused, Written},
    lines::{self, LineSight},
    visibility::{self, Sight, retention_start},
};
use crate::{
    App,
    actor::{Actor, By},
    domain::features::{self, keys},
    error::AppError,
    job, limits,
    store::{MessageKey, StoreError, Tx},
};
use causeway_api::{
    ChatId, CompanyId, EventBody, MessageId, Millis,
    chats::{
        Channel, ChatKind, EditMessage, Message, MessageContent, MessagePage, MessageQuery, SendMessage,
    },
    contacts::LinkState,
    paths::Side,
    validate::{self, Fault},
};
use std::collections::{BTreeSet, HashSet};

/// The messages that a query asks for and the caller may see.
pub async fn page(
    app: &App,
    actor: &Actor,
    id: ChatId,
    query: MessageQuery,
) -> Result<MessagePage, AppError> {
    let row = app.store.chat(actor.company, id).await?.ok_or(AppError::NotFound)?;
    let members = app.store.members(actor.company, vec![id]).await?;
    let member = require_member(&members, actor.person)?;
    let since = retention_start(app, actor.company).await?;
    let sight = Sight::of(member, since);
    let shown_from = match since {
        Some(start) => app
            .store
            .first_since(actor.company, std::slice::from_ref(&row), start)
            .await?
            .remove(&id)
            .unwrap_or(row.last_ordinal + 1),
        None => 1,
    };
    let from = query.from.get().max(member.from).max(shown_from);
    let found = app.store.messages(actor.company, id, from, query.limit.size() as u64).await?;
    let messages: Vec<Message> = found.iter().filter_map(|message| sight.version(message)).collect();
    let last_ordinal = messages.last().map_or(row.last_ordinal, |last| last.ordinal.max(row.last_ordinal));
    let last = messages.last().map_or(from - 1, |last| last.ordinal);
    let line_sight = LineSight { joined: member.joined_seq, since };
    let lines = lines::between(app, actor.company, id, from - 1..=last, line_sight).await?;
    let replied_to = replied_to_by(app, actor.company, &messages, &sight).await?;
    Ok(MessagePage { messages, last_ordinal, lines, replied_to })
}

/// What messages reply to and what is not among them, as a member sees it.
async fn replied_to_by(
    app: &App,
    company: CompanyId,
    messages: &[Message],
    sight: &Sight,
) -> Result<Vec<Message>, AppError> {
    let here: HashSet<MessageId> = messages.iter().map(|message| message.id).collect();
    let others: BTreeSet<MessageId> =
        messages.iter().filter_map(|message| message.reply_to).filter(|id| !here.contains(id)).collect();
    if others.is_empty() {
        return Ok(Vec::new());
    }
    let others: Vec<MessageId> = others.into_iter().collect();
    let found = app.store.messages_by_ids(company, &others).await?;
    Ok(found.iter().filter_map(|message| sight.version(message)).collect())
}

/// A message can be replied to by who is shown it, where it stands, and while it has not been deleted.
async fn require_shown(app: &App, actor: &Actor, chat: ChatId, id: MessageId) -> Result<(), AppError> {
    let shown = visibility::seen_by(app, actor.company, actor.person, id).await?;
    let is_here = shown.is_some_and(|message| message.chat == chat && message.deleted_at.is_none());
    if is_here { Ok(()) } else { Err(AppError::Invalid("reply_to", Fault::NotShown)) }
}

/// Checks the text of a message; a caption may be empty.
async fn check_text(app: &App, actor: &Actor, text: &str, is_caption: bool) -> Result<(), AppError> {
    if is_caption && text.is_empty() {
        return Ok(());
    }
    let most = features::of(app, actor.company).await?.get(keys::MESSAGE_LIMIT);
    validate::message_text(text).map_err(|fault| AppError::Invalid("text", fault))?;
    let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    if length > most { Err(AppError::Invalid("text", Fault::TooLong)) } else { Ok(()) }
}

/// Sends a message. The same id again returns the message that was sent the first time.
pub async fn send(app: &App, actor: &Actor, id: ChatId, new: SendMessage) -> Result<Message, AppError> {
    actor.may_write()?;
    check_text(app, actor, &new.text, !new.files.is_empty()).await?;
    attachments::check(app, actor, id, &new).await?;
    let channel = match actor.side {
        Side::Client => actor.channel,
        Side::Portal => reply_channel(app, actor, id, new.channel).await?,
    };
    if let Some(other) = new.reply_to {
        require_shown(app, actor, id, other).await?;
    }
    let content = Content::Message {
        id: new.id,
        text: new.text.clone(),
        channel,
        reply_to: new.reply_to,
        files: new.files.clone(),
    };
    let post = Post { author: actor.person, at: app.clock.now(), chat: id, content };
    match batch::write(app, actor.company, post).await {
        Ok(Written::Message(message)) => Ok(message),
        Err(Refused::IdTaken) => {
            let first = app.store.message(actor.company, new.id).await?.ok_or(AppError::NotFound)?;
            let is_changed = first.edited_at.is_some() || first.deleted_at.is_some();
            let same = first.sender == actor.person
                && first.chat == id
                && first.reply_to == new.reply_to
                && (is_changed || (first.text == new.text && attachments::are(&first, &new.files)));
            if same { Ok(first) } else { Err(AppError::Conflict("id", Fault::Taken)) }
        }
        Err(Refused::FileGone) => Err(AppError::Invalid("files", Fault::FileGone)),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(Refused::NotMember) | Ok(Written::Marks) => Err(AppError::NotFound),
    }
}

/// Checks the channel that an employee chose to reply on: that of the chat, or one on which its client is linked.
async fn reply_channel(
    app: &App,
    actor: &Actor,
    id: ChatId,
    chosen: Option<Channel>,
) -> Result<Option<Channel>, AppError> {
    let Some(chosen) = chosen else { return Ok(None) };
    let chat = app.store.chat(actor.company, id).await?.ok_or(AppError::NotFound)?;
    let members = app.store.members(actor.company, vec![id]).await?;
    require_member(&members, actor.person)?;
    if chat.channel == chosen {
        return Ok(Some(chosen));
    }
    let other = members.iter().find(|member| member.person != actor.person);
    let other = other.filter(|_| chat.kind == ChatKind::Direct);
    let links = match other {
        Some(other) => app.store.channel_links(actor.company, other.person).await?,
        None => Vec::new(),
    };
    let is_linked = links.iter().any(|link| link.channel == chosen && link.state == LinkState::Linked);
    if is_linked { Ok(Some(chosen)) } else { Err(AppError::Invalid("channel", Fault::ChannelNotLinked)) }
}

/// Gives a message of the caller another text. Members see the new one; the archive keeps both.
pub async fn edit(
    app: &App,
    actor: &Actor,
    chat: ChatId,
    id: MessageId,
    new: EditMessage,
) -> Result<Message, AppError> {
    let found = app.store.message(actor.company, id).await?;
    if found.as_ref().is_some_and(|message| matches!(message.content, MessageContent::Voice { .. })) {
        return Err(AppError::Invalid("text", Fault::VoiceAlone));
    }
    let is_caption = found.is_some_and(|message| !message.content.is_text());
    check_text(app, actor, &new.text, is_caption).await?;
    change(app, actor, chat, id, Some(new.text)).await
}

/// Deletes a message of the caller from the screens of all members; the archive keeps it.
pub async fn delete(app: &App, actor: &Actor, chat: ChatId, id: MessageId) -> Result<Message, AppError> {
    change(app, actor, chat, id, None).await
}

async fn change(
    app: &App,
    actor: &Actor,
    chat: ChatId,
    id: MessageId,
    text: Option<String>,
) -> Result<Message, AppError> {
    actor.may_write()?;
    require_member(&app.store.members(actor.company, vec![chat]).await?, actor.person)?;
    let changed = app
        .by(actor)
        .write(job!(|tx, By { author, now }| write_change(tx, &author, chat, id, text, now).await))
        .await?;
    if let Some(message) = changed {
        return Ok(message);
    }
    let found = app.store.message(actor.company, id).await?;
    let own = found.filter(|message| message.sender == actor.person && message.chat == chat);
    match own.ok_or(AppError::NotFound)? {
        gone if gone.deleted_at.is_some() => Err(AppError::Conflict("message", Fault::Deleted)),
        _ => Err(AppError::Conflict("message", Fault::TooLate)),
    }
}

async fn write_change(
    tx: &mut Tx,
    actor: &Actor,
    chat: ChatId,
    id: MessageId,
    text: Option<String>,
    now: Millis,
) -> Result<Option<Message>, StoreError> {
    tx.next_seq(actor.company).await?;
    let sent_after = now - limits::MESSAGE_CHANGE_WINDOW;
    let key = MessageKey { chat, id, sender: actor.person };
    let Some(message) = tx.change_message(actor.company, key, text.as_deref(), sent_after, now).await? else {
        return Ok(None);
    };
    let audience = visibility::audience(&tx.members(actor.company, chat).await?, &message);
    let body = match text {
        Some(_) => EventBody::MessageEdited { message: message.clone() },
        None => EventBody::MessageDeleted { message: message.clone() },
    };
    tx.append(actor.company, actor.person, now, body, audience).await?;
    Ok(Some(message))
}
