//! What a batch of posts comes to: each is judged after those before it, and what they move is written once.

use super::{Content, Outcome, Post, Refused, Written};
use crate::{
    domain::chats::{access::may_write, visibility},
    store::{
        Batch, CarriedFile, ChatInBatch, FileRow, MemberRow, MovedChat, MovedMarks, NewEvent, StoreError,
    },
};
use causeway_api::{
    ChatId, EventBody, FileId, MessageId, Millis, PersonId,
    chats::{Channel, MarkReceipts, Message, MessageContent},
    files::Attachment,
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

/// The chats that posts are for.
pub(super) fn chats_of(posts: &[Post]) -> Vec<ChatId> {
    posts.iter().map(|post| post.chat).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The ids of the messages among posts.
pub(super) fn ids_of(posts: &[Post]) -> Vec<MessageId> {
    let id = |post: &Post| match post.content {
        Content::Message { id, .. } => Some(id),
        Content::Marks(_) => None,
    };
    posts.iter().filter_map(id).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The files that messages among posts carry.
pub(super) fn files_of(posts: &[Post]) -> Vec<FileId> {
    let files = |post: &Post| match &post.content {
        Content::Message { files, .. } => files.clone(),
        Content::Marks(_) => Vec::new(),
    };
    posts.iter().flat_map(files).collect::<BTreeSet<_>>().into_iter().collect()
}

/// What the database has of what posts are about.
pub(super) struct Found {
    /// The chats.
    pub(super) chats: HashMap<ChatId, ChatInBatch>,
    /// The ids that messages have already.
    pub(super) known: HashSet<MessageId>,
    /// The files that no message carries yet.
    pub(super) files: HashMap<FileId, FileRow>,
}

/// A turn of an author, for an event, at a time.
pub(super) trait Turns: FnMut(PersonId, &EventBody, Millis) -> Result<(), StoreError> {}

impl<F: FnMut(PersonId, &EventBody, Millis) -> Result<(), StoreError>> Turns for F {}

/// Judges posts in their order. Returns what became of each, and what is to be written.
pub(super) fn plan(
    posts: Vec<Post>,
    Found { chats, known, files }: Found,
    turns: impl Turns,
) -> (Vec<Outcome>, Batch) {
    let mut plan = Plan {
        chats,
        known,
        files,
        turns,
        batch: Batch::default(),
        moved: BTreeMap::new(),
        marked: BTreeSet::new(),
    };
    let outcomes = posts.into_iter().map(|post| plan.judge(post)).collect();
    (outcomes, plan.finish())
}

struct Plan<T> {
    chats: HashMap<ChatId, ChatInBatch>,
    known: HashSet<MessageId>,
    files: HashMap<FileId, FileRow>,
    turns: T,
    batch: Batch,
    /// The chats with a new message: when it was sent, and the channel to move to.
    moved: BTreeMap<ChatId, (Millis, Option<Channel>)>,
    /// The members whose marks have moved.
    marked: BTreeSet<(ChatId, PersonId)>,
}

impl<T: Turns> Plan<T> {
    fn judge(&mut self, Post { author, at, chat, content }: Post) -> Outcome {
        let found = self.chats.get_mut(&chat).ok_or(Refused::NotMember)?;
        let place = may_write(&found.members, author).ok_or(Refused::NotMember)?;
        match content {
            Content::Message { id, text, channel, reply_to, files, mentions, forwarded } => {
                if self.known.contains(&id) {
                    return Err(Refused::IdTaken);
                }
                let (forwarded_from, content) = match forwarded {
                    Some((from, content)) => (Some(from), content),
                    None => (None, carried(&self.files, author, chat, &files)?),
                };
                let new = Message {
                    id,
                    chat,
                    ordinal: found.last_ordinal + 1,
                    sender: author,
                    text,
                    content,
                    channel: channel.unwrap_or(found.channel),
                    reply_to,
                    forwarded_from,
                    mentions,
                    reactions: Vec::new(),
                    sent_at: at,
                    edited_at: None,
                    deleted_at: None,
                };
                self.send(new, place, channel)
            }
            Content::Marks(marks) => self.mark((chat, place), at, marks),
        }
    }

    fn send(&mut self, message: Message, place: usize, came_on: Option<Channel>) -> Outcome {
        let Message { id, chat, ordinal, sender: author, sent_at: at, .. } = message;
        let body = EventBody::MessageSent { message: message.clone() };
        (self.turns)(author, &body, at)?;
        let Some(found) = self.chats.get_mut(&chat) else { return Err(Refused::NotMember) };
        self.known.insert(id);
        for (place, file) in message.content.files().iter().enumerate() {
            self.files.remove(&file.id);
            let place = i64::try_from(place).unwrap_or(i64::MAX);
            self.batch.files.push(CarriedFile { message: id, place, file: file.id, chat, ordinal });
        }
        found.last_ordinal = ordinal;
        found.channel = message.channel;
        // Who writes has read what stands above.
        let member = &mut found.members[place];
        (member.delivered, member.read) = (ordinal, ordinal);
        self.marked.insert((chat, author));
        let moved = self.moved.entry(chat).or_insert((at, None));
        *moved = (at, came_on.or(moved.1));
        let audience = visibility::audience(&found.members, &message);
        self.batch.messages.push(message.clone());
        self.batch.events.push(NewEvent { actor: author, at, body, audience });
        Ok(Written::Message(Box::new(message)))
    }

    /// Moves marks forward. A mark that is there already, or that no message of the chat has reached, stays.
    fn mark(&mut self, (chat, place): (ChatId, usize), at: Millis, marks: MarkReceipts) -> Outcome {
        let Some(found) = self.chats.get_mut(&chat) else { return Err(Refused::NotMember) };
        let MemberRow { person, delivered: had_delivered, read: had_read, .. } = found.members[place];
        let newest = found.last_ordinal;
        let moves = |from: i64, to: i64| from < to && to <= newest;
        let (delivered, read) = (marks.delivered.max(marks.read), marks.read);
        let mut bodies = Vec::new();
        if moves(had_delivered, delivered) {
            bodies.push(EventBody::Delivered { chat, person, up_to: delivered });
        }
        if moves(had_read, read) {
            bodies.push(EventBody::Read { chat, person, up_to: read });
        }
        for body in &bodies {
            (self.turns)(person, body, at)?;
        }
        if bodies.is_empty() {
            return Ok(Written::Marks);
        }
        let audience: Arc<[PersonId]> = found.members.iter().map(|member| member.person).collect();
        let member = &mut found.members[place];
        for body in bodies {
            match body {
                EventBody::Delivered { up_to, .. } => member.delivered = up_to,
                _ => member.read = read,
            }
            self.batch.events.push(NewEvent { actor: person, at, body, audience: audience.clone() });
        }
        self.marked.insert((chat, person));
        Ok(Written::Marks)
    }

    /// What is to be written, each chat and member once.
    fn finish(self) -> Batch {
        let Self { chats, mut batch, moved, marked, .. } = self;
        batch.chats = moved
            .into_iter()
            .filter_map(|(id, (activity_at, channel))| {
                let last_ordinal = chats.get(&id)?.last_ordinal;
                Some(MovedChat { id, last_ordinal, activity_at, channel })
            })
            .collect();
        batch.marks = marked
            .into_iter()
            .filter_map(|(chat, person)| {
                let member = chats.get(&chat)?.members.iter().find(|member| member.person == person)?;
                Some(MovedMarks { chat, person, delivered: member.delivered, read: member.read })
            })
            .collect();
        batch
    }
}

/// What a message of an author to a chat carries: each file once, uploaded by the author to this chat, and carried by no
/// message yet.
fn carried(
    there: &HashMap<FileId, FileRow>,
    author: PersonId,
    chat: ChatId,
    ids: &[FileId],
) -> Result<MessageContent, Refused> {
    if ids.is_empty() {
        return Ok(MessageContent::Text);
    }
    let mut files = Vec::<Attachment>::with_capacity(ids.len());
    for id in ids {
        let file = there.get(id).filter(|file| file.person == author && file.chat == chat);
        let attachment = file.and_then(FileRow::attachment).ok_or(Refused::FileGone)?;
        if files.iter().any(|file| file.id == *id) {
            return Err(Refused::FileGone);
        }
        files.push(attachment);
    }
    let is_voice = |file: &Attachment| file.voice.is_some();
    match files.pop_if(|file| is_voice(file)) {
        Some(file) if files.is_empty() => Ok(MessageContent::Voice { file: Box::new(file) }),
        // That a note goes alone was checked before.
        Some(_) => Err(Refused::FileGone),
        None => Ok(MessageContent::Files { files }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const CHAT: ChatId = ChatId(Uuid::from_u128(1));
    const ONE: PersonId = PersonId(Uuid::from_u128(10));
    const OTHER: PersonId = PersonId(Uuid::from_u128(11));
    const STRANGER: PersonId = PersonId(Uuid::from_u128(12));

    fn chats() -> HashMap<ChatId, ChatInBatch> {
        let member = |person| MemberRow { chat: CHAT, person, joined_seq: 1, from: 1, delivered: 3, read: 2 };
        let members = vec![member(ONE), member(OTHER)];
        HashMap::from([(CHAT, ChatInBatch { channel: Channel::Causeway, last_ordinal: 3, members })])
    }

    fn message(author: PersonId, id: u128, channel: Option<Channel>) -> Post {
        let text = format!("text {id}");
        let content = Content::Message {
            id: MessageId(Uuid::from_u128(id)),
            text,
            channel,
            reply_to: None,
            files: Vec::new(),
            mentions: Vec::new(),
            forwarded: None,
        };
        Post { author, at: 100 + i64::try_from(id).unwrap(), chat: CHAT, content }
    }

    fn marks(author: PersonId, delivered: i64, read: i64) -> Post {
        Post { author, at: 200, chat: CHAT, content: Content::Marks(MarkReceipts { delivered, read }) }
    }

    fn all(posts: Vec<Post>) -> (Vec<Outcome>, Batch) {
        let known = HashSet::from([MessageId(Uuid::from_u128(7))]);
        plan(posts, Found { chats: chats(), known, files: HashMap::new() }, |_, _, _| Ok(()))
    }

    #[test]
    fn messages_of_a_chat_follow_each_other_and_move_chat_and_sender_once() {
        let (outcomes, batch) =
            all(vec![message(ONE, 1, None), message(OTHER, 2, Some(Channel::Wechat)), message(ONE, 3, None)]);
        let ordinals: Vec<i64> = batch.messages.iter().map(|message| message.ordinal).collect();
        let channels: Vec<Channel> = batch.messages.iter().map(|message| message.channel).collect();
        assert_eq!(ordinals, [4, 5, 6]);
        assert_eq!(channels, [Channel::Causeway, Channel::Wechat, Channel::Wechat]);
        let [MovedChat { last_ordinal: 6, activity_at: 103, channel: Some(Channel::Wechat), .. }] =
            batch.chats[..]
        else {
            panic!("{:?}", batch.chats)
        };
        let marks: Vec<_> =
            batch.marks.iter().map(|moved| (moved.person, moved.delivered, moved.read)).collect();
        assert_eq!(marks, [(ONE, 6, 6), (OTHER, 5, 5)]);
        assert_eq!(batch.events.len(), 3);
        assert!(outcomes.iter().all(|outcome| matches!(outcome, Ok(Written::Message(_)))));
    }

    #[test]
    fn who_is_refused_takes_no_one_along_and_no_ordinal() {
        let (outcomes, batch) = all(vec![
            message(STRANGER, 1, None),
            message(ONE, 7, None),
            message(ONE, 2, None),
            message(ONE, 2, None),
        ]);
        assert!(matches!(outcomes[0], Err(Refused::NotMember)));
        assert!(matches!(outcomes[1], Err(Refused::IdTaken)), "known before");
        assert!(matches!(outcomes[3], Err(Refused::IdTaken)), "twice in one batch");
        assert_eq!(batch.messages.iter().map(|message| message.ordinal).collect::<Vec<_>>(), [4]);
    }

    #[test]
    fn who_writes_too_fast_is_refused_alone() {
        let is_slow = |author, _: &EventBody, _| {
            if author == ONE { Err(StoreError::TooFast(1)) } else { Ok(()) }
        };
        let posts = vec![message(ONE, 1, None), message(OTHER, 2, None)];
        let (outcomes, batch) =
            plan(posts, Found { chats: chats(), known: HashSet::new(), files: HashMap::new() }, is_slow);
        assert!(matches!(outcomes[0], Err(Refused::Store(StoreError::TooFast(1)))));
        assert_eq!((batch.messages.len(), batch.messages[0].ordinal), (1, 4));
    }

    #[test]
    fn marks_move_forward_only_and_never_beyond_the_newest_message() {
        let (_, batch) = all(vec![marks(ONE, 2, 1), marks(ONE, 9, 9), marks(OTHER, 0, 3)]);
        let moved: Vec<_> =
            batch.marks.iter().map(|moved| (moved.person, moved.delivered, moved.read)).collect();
        assert_eq!(moved, [(OTHER, 3, 3)], "what was read has arrived, which was known");
        assert_eq!(batch.events.len(), 1);
        let (_, batch) = all(vec![message(ONE, 1, None), marks(OTHER, 4, 4)]);
        assert_eq!(batch.events.len(), 3, "a message of the same batch can be read");
    }
}
