//! Reactions: an emoji that a reader leaves at a message. They are recorded like everything else, and count as nothing unread.

use super::visibility;
use crate::{
    App,
    actor::{Actor, By},
    error::AppError,
    job,
    store::{StoreError, Tx},
};
use causeway_api::{
    ChatId, EventBody, MessageId, Millis,
    chats::{Message, REACTIONS_MAX, React, react},
    validate::Fault,
};

/// What became of a reaction.
enum Reacted {
    /// The message as it is now.
    Message(Box<Message>),
    /// It has many different ones already.
    Full,
    /// It was deleted meanwhile.
    Gone,
}

/// Leaves an emoji of the caller at a message, or takes it away.
pub async fn set(
    app: &App,
    actor: &Actor,
    chat: ChatId,
    id: MessageId,
    asked: React,
) -> Result<Message, AppError> {
    actor.may_write()?;
    let known = emojis::get(&asked.emoji).ok_or(AppError::Invalid("emoji", Fault::Emoji))?;
    let asked = React { emoji: known.as_str().to_owned(), ..asked };
    let shown = visibility::seen_by(app, actor.company, actor.person, id).await?;
    let shown = shown.filter(|message| message.chat == chat).ok_or(AppError::NotFound)?;
    if shown.deleted_at.is_some() {
        return Err(AppError::Conflict("message", Fault::Deleted));
    }
    let reacted = app
        .by(actor)
        .write(job!(|tx, By { author, now }| write(tx, &author, (chat, id), &asked, now).await))
        .await?;
    match reacted {
        Reacted::Message(message) => Ok(*message),
        Reacted::Full => Err(AppError::Conflict("emoji", Fault::TooManyReactions)),
        Reacted::Gone => Err(AppError::Conflict("message", Fault::Deleted)),
    }
}

async fn write(
    tx: &mut Tx,
    actor: &Actor,
    (chat, id): (ChatId, MessageId),
    asked: &React,
    now: Millis,
) -> Result<Reacted, StoreError> {
    // Reactions of a company come one behind the other from here on: none overwrites another.
    tx.next_seq(actor.company).await?;
    let found = tx.message_in(actor.company, chat, id).await?;
    let Some(mut message) = found.filter(|message| message.deleted_at.is_none()) else {
        return Ok(Reacted::Gone);
    };
    let Some(reactions) = react(&message, actor.person, asked) else {
        return Ok(Reacted::Message(Box::new(message)));
    };
    if reactions.len() > REACTIONS_MAX {
        return Ok(Reacted::Full);
    }
    message.reactions = reactions;
    tx.set_reactions(actor.company, &message).await?;
    let audience = visibility::audience(&tx.members(actor.company, chat).await?, &message);
    let React { emoji, is_on } = asked.clone();
    let body = EventBody::MessageReacted { message: message.clone(), person: actor.person, emoji, is_on };
    tx.append(actor.company, actor.person, now, body, audience).await?;
    Ok(Reacted::Message(Box::new(message)))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    #[test]
    fn every_emoji_of_the_picker_is_known_here_and_written_in_full() {
        for file in [
            include_str!("../../../../public/emoji/en.json"),
            include_str!("../../../../public/emoji/ja.json"),
            include_str!("../../../../public/emoji/zh-Hans.json"),
            include_str!("../../../../public/emoji/zh-Hant.json"),
        ] {
            let groups: Vec<Value> = serde_json::from_str(file).unwrap();
            let all: Vec<&str> = groups
                .iter()
                .flat_map(|group| group["emoji"].as_array().unwrap())
                .map(|emoji| emoji[0].as_str().unwrap())
                .collect();
            assert!(all.len() > 1_500, "{}", all.len());
            for emoji in all {
                assert_eq!(emojis::get(emoji).map(emojis::Emoji::as_str), Some(emoji));
            }
        }
    }
}
