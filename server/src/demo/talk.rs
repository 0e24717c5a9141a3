//! A conversation of the demo, written through the same store functions as every other.

use crate::{
    clock,
    store::{Batch, ChatInBatch, ChatRow, MovedChat, MovedMarks, NewEvent, StoreError, Tx},
};
use causeway_api::{
    ChatId, CompanyId, EventBody, MessageId, Millis,
    chats::{Channel, Chat, ChatKind, ChatSettings, Member, Message, MessageContent},
    people::Person,
};
use std::collections::HashMap;

/// Everyone, by the number of the company in the cast, and the name.
pub(super) type Names = HashMap<(usize, String), Person>;

/// A message: when, the name of its sender, and what it says.
pub(super) type Line = (Millis, &'static str, String);

/// A conversation that was begun.
#[derive(Clone)]
pub(super) struct Talk {
    company: CompanyId,
    pub(super) chat: ChatId,
    /// The first one began it.
    members: Vec<Person>,
}

impl Talk {
    /// Begins a group with that name, or a conversation of two.
    pub(super) async fn begin(
        tx: &mut Tx,
        index: usize,
        company: CompanyId,
        group: Option<&str>,
        members: &[&str],
        names: &Names,
        at: Millis,
    ) -> Result<Self, StoreError> {
        // What was said long ago takes no turn of those who write now.
        tx.write_unasked();
        let find = |name: &&str| {
            let found = names.get(&(index, (*name).to_owned())).cloned();
            found.ok_or_else(|| StoreError::Vanished(format!("the cast has no {name}")))
        };
        let members = members.iter().map(find).collect::<Result<Vec<Person>, _>>()?;
        let owner = members[0].id;
        let row = ChatRow {
            id: ChatId(clock::new_id()),
            company,
            kind: if group.is_some() { ChatKind::Group } else { ChatKind::Direct },
            name: group.unwrap_or_default().to_owned(),
            channel: Channel::Causeway,
            last_ordinal: 0,
            created_at: at,
            created_by: owner,
        };
        let joined = tx.next_seq(company).await?;
        tx.add_chat(&row, group.is_none().then(|| (owner, members[1].id))).await?;
        let mut chat = Chat {
            id: row.id,
            kind: row.kind,
            name: row.name.clone(),
            members: Vec::new(),
            channel: row.channel,
            created_at: at,
            created_by: Some(owner),
            last_ordinal: 0,
            last_message: None,
            deleted_unread: Vec::new(),
            mentioned_unread: Vec::new(),
            settings: ChatSettings::default(),
        };
        for person in &members {
            tx.add_member(company, row.id, person.id, joined, 1).await?;
            chat.members.push(Member { person: person.clone(), from: 1, delivered: 0, read: 0 });
        }
        // No one listens yet: the audience is empty.
        tx.append(company, owner, at, EventBody::ChatCreated { chat }, [].into()).await?;
        Ok(Self { company, chat: row.id, members })
    }

    /// Writes what was said.
    pub(super) async fn say(&self, tx: &mut Tx, lines: Vec<Line>) -> Result<(), StoreError> {
        let chat = self.as_it_stands(tx).await?;
        let mut said = Batch::default();
        for (ordinal, (at, who, text)) in (chat.last_ordinal + 1..).zip(lines) {
            let sender = self.members.iter().find(|member| member.name == who).map(|member| member.id);
            let sender = sender.ok_or_else(|| StoreError::Vanished(format!("{who} is not of this talk")))?;
            let message = Message {
                id: MessageId(clock::new_id()),
                chat: self.chat,
                ordinal,
                sender,
                text,
                channel: chat.channel,
                content: MessageContent::Text,
                reply_to: None,
                forwarded_from: None,
                mentions: Vec::new(),
                reactions: Vec::new(),
                sent_at: at,
                edited_at: None,
                deleted_at: None,
            };
            said.chats =
                vec![MovedChat { id: self.chat, last_ordinal: ordinal, activity_at: at, channel: None }];
            said.messages.push(message.clone());
            let body = EventBody::MessageSent { message };
            said.events.push(NewEvent { actor: sender, at, body, audience: [].into() });
        }
        tx.write_batch(self.company, said).await
    }

    /// Notes that everyone has read `said` messages; the one who began it has the last `unread` yet to read.
    pub(super) async fn read(&self, tx: &mut Tx, said: i64, unread: i64) -> Result<(), StoreError> {
        let marks = self.members.iter().enumerate().map(|(number, person)| {
            let read = if number == 0 { said - unread } else { said };
            MovedMarks { chat: self.chat, person: person.id, delivered: read, read }
        });
        tx.write_batch(self.company, Batch { marks: marks.collect(), ..Batch::default() }).await
    }

    async fn as_it_stands(&self, tx: &mut Tx) -> Result<ChatInBatch, StoreError> {
        tx.next_seq(self.company).await?;
        let mut found = tx.chats_in_batch(self.company, &[self.chat]).await?;
        found.remove(&self.chat).ok_or_else(|| StoreError::Vanished("the conversation".to_owned()))
    }
}
