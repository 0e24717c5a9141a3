//! Messages: reading and sending.

use super::{
    access::require_member,
    batch::{self, Content, Post, Refused, Written},
    content::{attachments, forwarding, mentions, texts::check_text},
    lines::{self, LineSight},
    visibility::{self, Sight, retention_start},
};
use crate::{App, actor::Actor, error::AppError};
use causeway_api::{
    ChatId, CompanyId, MessageId,
    chats::{Channel, ChatKind, Message, MessagePage, MessageQuery, SendMessage},
    contacts::LinkState,
    paths::Side,
    validate::Fault,
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

/// Sends a message. The same id again returns the message that was sent the first time.
pub async fn send(app: &App, actor: &Actor, id: ChatId, new: SendMessage) -> Result<Message, AppError> {
    actor.may_write()?;
    let post = match checked(app, actor, id, &new).await {
        Ok(post) => post,
        // Its answer was lost, and what it forwards, replies to or carries would be refused by now: it was sent all the same.
        Err(refused @ AppError::Invalid(..)) if !says_nothing(&new) => {
            return sent_before(app, actor, id, &new).await?.ok_or(refused);
        }
        Err(error) => return Err(error),
    };
    match batch::write(app, actor.company, post).await {
        Ok(Written::Message(message)) => Ok(*message),
        Err(Refused::IdTaken) => {
            sent_before(app, actor, id, &new).await?.ok_or(AppError::Conflict("id", Fault::Taken))
        }
        Err(Refused::FileGone) => Err(AppError::Invalid("files", Fault::FileGone)),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(Refused::NotMember) | Ok(Written::Marks) => Err(AppError::NotFound),
    }
}

/// Such a message was never sent, so nobody needs to look for it.
fn says_nothing(new: &SendMessage) -> bool {
    new.text.trim().is_empty() && new.files.is_empty() && new.forwarded_from.is_none()
}

/// What is to be written for a new message that may be sent now.
pub(super) async fn checked(
    app: &App,
    actor: &Actor,
    id: ChatId,
    new: &SendMessage,
) -> Result<Post, AppError> {
    let forwarded = forwarding::forwarded(app, actor, id, new).await?;
    if forwarded.is_none() {
        check_text(app, actor, &new.text, !new.files.is_empty()).await?;
        attachments::check(app, actor, id, new).await?;
        mentions::check(app, actor, id, &new.text, &new.mentions).await?;
    }
    let channel = match actor.side {
        Side::Client => actor.channel,
        Side::Portal => reply_channel(app, actor, id, new.channel).await?,
    };
    if let Some(other) = new.reply_to {
        require_shown(app, actor, id, other).await?;
    }
    let content = Content::Message {
        id: new.id,
        text: forwarded.as_ref().map_or_else(|| new.text.clone(), |message| message.text.clone()),
        channel,
        reply_to: new.reply_to,
        files: new.files.clone(),
        mentions: if forwarded.is_none() { new.mentions.clone() } else { Vec::new() },
        forwarded: forwarded.map(|message| (message.id, message.content)),
    };
    Ok(Post { author: actor.person, at: app.clock.now(), chat: id, content })
}

/// The message of that id, if it is the one that is being sent again.
async fn sent_before(
    app: &App,
    actor: &Actor,
    id: ChatId,
    new: &SendMessage,
) -> Result<Option<Message>, AppError> {
    let Some(first) = app.store.message(actor.company, new.id).await? else { return Ok(None) };
    let is_changed = first.edited_at.is_some() || first.deleted_at.is_some();
    let says_the_same = first.text == new.text && attachments::are(&first, &new.files);
    let is_same = first.sender == actor.person
        && first.chat == id
        && first.reply_to == new.reply_to
        && first.forwarded_from == new.forwarded_from
        && (is_changed || first.forwarded_from.is_some() || says_the_same);
    Ok(is_same.then_some(first))
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
