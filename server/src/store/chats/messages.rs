//! Messages.

use crate::store::{ChatRow, Result, Store, Tx, entity::message, raw, words};
use causeway_api::{
    ChatId, CompanyId, MessageId, Millis, PersonId,
    chats::{Mention, Message, mentions_person},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use std::collections::HashMap;

/// A message that its sender changes.
#[derive(Clone, Copy, Debug)]
pub struct MessageKey {
    /// The chat it is in.
    pub chat: ChatId,
    /// The message.
    pub id: MessageId,
    /// Who has sent it.
    pub sender: PersonId,
}

/// Ordinals of unread messages that count differently.
#[derive(Clone, Debug, Default)]
pub struct UnreadBehind {
    /// Those that were deleted.
    pub deleted: Vec<i64>,
    /// Those that name the person.
    pub mentioned: Vec<i64>,
}

/// What a message is changed to.
#[derive(Clone, Debug)]
pub struct NewText {
    /// The text.
    pub text: String,
    /// Whom it names.
    pub mentions: Vec<Mention>,
}

pub(in crate::store) fn from_row(row: message::Model) -> Result<Message> {
    Ok(Message {
        id: row.id.into(),
        chat: row.chat_id.into(),
        ordinal: row.ordinal,
        sender: row.sender_id.into(),
        text: row.text,
        content: words::content(row.content.as_deref())?,
        channel: words::parse("message.channel", &row.channel)?,
        reply_to: row.reply_to.map(MessageId),
        forwarded_from: row.forwarded_from.map(MessageId),
        mentions: words::mentions(row.mentions.as_deref())?,
        reactions: words::reactions(row.reactions.as_deref())?,
        sent_at: row.sent_at,
        edited_at: row.edited_at,
        deleted_at: row.deleted_at,
    })
}

impl Store {
    /// The message of that id, which its sender made.
    pub async fn message(&self, company: CompanyId, id: MessageId) -> Result<Option<Message>> {
        message::Entity::find_by_id((company.0, id.0)).one(&self.read).await?.map(from_row).transpose()
    }

    /// Those of `ids` that belong to the company, as they are now.
    pub async fn messages_by_ids(&self, company: CompanyId, ids: &[MessageId]) -> Result<Vec<Message>> {
        let rows = message::Entity::find()
            .filter(message::Column::CompanyId.eq(company.0))
            .filter(message::Column::Id.is_in(ids.iter().map(|id| id.0)));
        rows.all(&self.read).await?.into_iter().map(from_row).collect()
    }

    /// The ordinal of the first message since an instant, for those chats that have one.
    pub async fn first_since(
        &self,
        company: CompanyId,
        chats: &[ChatRow],
        since: Millis,
    ) -> Result<HashMap<ChatId, i64>> {
        let rows: Vec<(uuid::Uuid, i64)> = message::Entity::find()
            .select_only()
            .column(message::Column::ChatId)
            .column_as(message::Column::Ordinal.min(), "first")
            .filter(message::Column::CompanyId.eq(company.0))
            .filter(message::Column::ChatId.is_in(chats.iter().map(|chat| chat.id.0)))
            .filter(message::Column::SentAt.gte(since))
            .group_by(message::Column::ChatId)
            .into_tuple()
            .all(&self.read)
            .await?;
        Ok(rows.into_iter().map(|(chat, first)| (chat.into(), first)).collect())
    }

    /// What counts differently of the messages behind a person's mark in each of several chats.
    pub async fn unread_behind(
        &self,
        company: CompanyId,
        person: PersonId,
        marks: &[(ChatId, i64)],
    ) -> Result<HashMap<ChatId, UnreadBehind>> {
        let mut found = HashMap::<ChatId, UnreadBehind>::new();
        for noted in raw::chats::noted_behind(&self.read, company.0, marks).await? {
            let unread = found.entry(noted.chat).or_default();
            if noted.is_deleted {
                unread.deleted.push(noted.ordinal);
            } else if mentions_person(&words::mentions(noted.mentions.as_deref())?, person) {
                unread.mentioned.push(noted.ordinal);
            }
        }
        Ok(found)
    }

    /// Who wrote the newest messages of a chat, and when, the oldest of them first.
    pub async fn newest_senders(
        &self,
        company: CompanyId,
        chat: ChatId,
        most: u64,
    ) -> Result<Vec<(PersonId, Millis)>> {
        let newest = message::Entity::find()
            .select_only()
            .column(message::Column::SenderId)
            .column(message::Column::SentAt)
            .filter(message::Column::CompanyId.eq(company.0))
            .filter(message::Column::ChatId.eq(chat.0))
            .order_by_desc(message::Column::Ordinal)
            .limit(most);
        let rows: Vec<(uuid::Uuid, Millis)> = newest.into_tuple().all(&self.read).await?;
        Ok(rows.into_iter().rev().map(|(person, at)| (person.into(), at)).collect())
    }

    /// At most `most` messages of a chat with ordinals from `from` on, oldest first.
    pub async fn messages(
        &self,
        company: CompanyId,
        chat: ChatId,
        from: i64,
        most: u64,
    ) -> Result<Vec<Message>> {
        let rows = message::Entity::find()
            .filter(message::Column::CompanyId.eq(company.0))
            .filter(message::Column::ChatId.eq(chat.0))
            .filter(message::Column::Ordinal.gte(from))
            .order_by_asc(message::Column::Ordinal)
            .limit(most);
        rows.all(&self.read).await?.into_iter().map(from_row).collect()
    }
}

impl Tx {
    /// Gives a message another text (`Some`), or deletes it (`None`): only its sender, only when it was sent after
    /// `sent_after`, and never one that was deleted. Returns the message as it is now.
    pub async fn change_message(
        &mut self,
        company: CompanyId,
        key: MessageKey,
        new: Option<&NewText>,
        sent_after: Millis,
        now: Millis,
    ) -> Result<Option<Message>> {
        let stamp = if new.is_some() { message::Column::EditedAt } else { message::Column::DeletedAt };
        let mentions = words::stored_mentions(new.map_or(&[], |new| &new.mentions))?;
        let mentions = Some(mentions).filter(|json| !json.is_empty());
        let mut update = message::Entity::update_many();
        if new.is_none() {
            // What it carried is seen by no one any more; the log keeps it.
            update = update
                .col_expr(message::Column::Content, Expr::value(None::<String>))
                .col_expr(message::Column::Reactions, Expr::value(None::<String>));
        }
        let rows = update
            .col_expr(message::Column::Text, Expr::value(new.map_or("", |new| new.text.as_str())))
            .col_expr(message::Column::Mentions, Expr::value(mentions))
            .col_expr(stamp, Expr::value(Some(now)))
            .filter(message::Column::CompanyId.eq(company.0))
            .filter(message::Column::Id.eq(key.id.0))
            .filter(message::Column::ChatId.eq(key.chat.0))
            .filter(message::Column::SenderId.eq(key.sender.0))
            .filter(message::Column::SentAt.gt(sent_after))
            .filter(message::Column::DeletedAt.is_null())
            .exec_with_returning(&self.db)
            .await?;
        rows.into_iter().next().map(from_row).transpose()
    }

    /// A message as it stands in this transaction, in the chat it is said to be in.
    pub async fn message_in(
        &self,
        company: CompanyId,
        chat: ChatId,
        id: MessageId,
    ) -> Result<Option<Message>> {
        let found = message::Entity::find_by_id((company.0, id.0)).filter(message::Column::ChatId.eq(chat.0));
        found.one(&self.db).await?.map(from_row).transpose()
    }

    /// Writes the reactions to a message. The log of the company is held by this transaction, so no one else does.
    pub async fn set_reactions(&mut self, company: CompanyId, message: &Message) -> Result<()> {
        message::Entity::update_many()
            .col_expr(message::Column::Reactions, Expr::value(words::stored_reactions(&message.reactions)?))
            .filter(message::Column::CompanyId.eq(company.0))
            .filter(message::Column::Id.eq(message.id.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
