//! A conversation of the demo, written through the same store functions as every other.

use crate::{
    clock,
    store::{ChatRow, StoreError, Tx},
};
use causeway_api::{
    ChatId, CompanyId, EventBody, MessageId, Millis,
    chats::{Channel, Chat, ChatKind, Member, Message},
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
        tx.write_unasked();
        for (at, who, text) in lines {
            let sender = self.members.iter().find(|member| member.name == who).map(|member| member.id);
            let sender = sender.ok_or_else(|| StoreError::Vanished(format!("{who} is not of this talk")))?;
            let moved = tx.next_ordinal(self.company, self.chat, None, at).await?;
            let moved = moved.ok_or_else(|| StoreError::Vanished("the conversation".to_owned()))?;
            let message = Message {
                id: MessageId(clock::new_id()),
                chat: self.chat,
                ordinal: moved.last_ordinal,
                sender,
                text,
                channel: moved.channel,
                sent_at: at,
                edited_at: None,
                deleted_at: None,
            };
            tx.add_message(self.company, &message).await?;
            tx.append(self.company, sender, at, EventBody::MessageSent { message }, [].into()).await?;
        }
        Ok(())
    }

    /// Notes that everyone has read `said` messages; the one who began it has the last `unread` yet to read.
    pub(super) async fn read(&self, tx: &mut Tx, said: i64, unread: i64) -> Result<(), StoreError> {
        for (number, person) in self.members.iter().enumerate() {
            let read = if number == 0 { said - unread } else { said };
            tx.catch_up(self.company, self.chat, person.id, read).await?;
        }
        Ok(())
    }
}
