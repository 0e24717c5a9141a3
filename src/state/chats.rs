//! The chats of the signed-in person, kept current by events, and the messages on their way out.

mod announced;
mod news;
mod offline;
mod outgoing;
mod receipts;

pub use news::News;
pub use outgoing::Outgoing;

use super::{delivery, storage, timeline::Timeline};
use crate::client::{self, ClientError, events::Signal as StreamSignal};
use causeway_api::{
    ChatId, EventBody, PersonId,
    auth::Session,
    chats::{Chat, Message},
    paths::Side,
    people::Person,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::collections::{BTreeMap, HashMap};

/// The connection to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// The first load.
    Connecting,
    /// Live.
    Live,
    /// Lost, and being tried again.
    Lost,
}

/// How the first load went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loading {
    /// On its way.
    Waiting,
    /// Done.
    Done,
    /// Failed; it can be tried again.
    Failed,
}

/// The conversation on the screen.
#[derive(Clone, Copy)]
struct Opened(ChatId, RwSignal<Timeline>);

/// The chats, shared by every page of one side.
#[derive(Clone, Copy)]
pub struct Chats {
    /// Portal or client's web chat.
    pub side: Side,
    me: StoredValue<Person>,
    entries: RwSignal<HashMap<ChatId, ArcRwSignal<Chat>>>,
    /// Newest activity first.
    pub order: RwSignal<Vec<ChatId>>,
    /// What was typed and not sent, per chat.
    pub drafts: RwSignal<BTreeMap<ChatId, String>>,
    /// Messages on their way out, oldest first.
    pub outgoing: RwSignal<Vec<Outgoing>>,
    /// What arrived in the conversation on the screen and is being said to those who listen, oldest first.
    pub heard: RwSignal<Vec<Message>>,
    /// The connection.
    pub connection: RwSignal<Connection>,
    /// The first load.
    pub loading: RwSignal<Loading>,
    /// The session has ended.
    pub signed_out: RwSignal<bool>,
    /// The longest message, in characters.
    pub text_limit: RwSignal<usize>,
    news: StoredValue<News>,
    opened: StoredValue<Option<Opened>>,
    is_sending: StoredValue<bool>,
    marks: StoredValue<HashMap<ChatId, (i64, i64)>>,
}

impl Chats {
    /// Provides the chats of a person to everything below; nothing is loaded yet.
    pub fn provide(side: Side, session: &Session) -> Self {
        let me = session.me.clone();
        let drafts = storage::read(&storage::personal("drafts", me.id)).unwrap_or_default();
        let outgoing = storage::read(&storage::personal("outgoing", me.id)).unwrap_or_default();
        let chats = Self {
            side,
            me: StoredValue::new(me),
            entries: RwSignal::default(),
            order: RwSignal::default(),
            drafts: RwSignal::new(drafts),
            outgoing: RwSignal::new(outgoing),
            heard: RwSignal::default(),
            connection: RwSignal::new(Connection::Connecting),
            loading: RwSignal::new(Loading::Waiting),
            signed_out: RwSignal::new(false),
            text_limit: RwSignal::new(session.text_limit),
            news: StoredValue::new(News::none()),
            opened: StoredValue::new(None),
            is_sending: StoredValue::new(false),
            marks: StoredValue::default(),
        };
        provide_context(chats);
        chats
    }

    /// What the page is told of beside the chats.
    pub fn news(self) -> News {
        self.news.get_value()
    }

    /// The viewer.
    pub fn me(self) -> PersonId {
        self.me.with_value(|me| me.id)
    }

    /// Loads the list; answers the event from which to follow.
    pub async fn load(self) -> Option<i64> {
        if self.order.with_untracked(Vec::is_empty) {
            self.loading.set(Loading::Waiting);
        }
        let answer = client::chats::list_chats(self.side).await;
        if self.has_gone() {
            return None;
        }
        match answer {
            Ok(list) => {
                self.keep(&list);
                self.entries.update(|entries| {
                    entries.retain(|id, _| list.chats.iter().any(|chat| chat.id == *id));
                });
                for chat in list.chats {
                    self.put(chat);
                }
                self.sort();
                self.loading.set(Loading::Done);
                self.acknowledge_all();
                self.pump();
                Some(list.cursor)
            }
            Err(error) => {
                self.note(&error);
                if error.is_passing() {
                    self.show_kept();
                }
                self.loading.set(Loading::Failed);
                None
            }
        }
    }

    /// One chat, as a signal of its own.
    pub fn get(self, id: ChatId) -> Option<ArcRwSignal<Chat>> {
        self.entries.with(|entries| entries.get(&id).cloned())
    }

    /// One chat that is there, as a signal of its own, for components that stand for that chat: they do not follow
    /// whether it is there.
    pub fn row(self, id: ChatId) -> Option<ArcRwSignal<Chat>> {
        self.entries.with_untracked(|entries| entries.get(&id).cloned())
    }

    /// One chat, without following it.
    pub fn peek(self, id: ChatId) -> Option<Chat> {
        self.entries.with_untracked(|entries| entries.get(&id).map(|chat| chat.get_untracked()))
    }

    /// How many messages are unread over all chats.
    pub fn unread_total(self) -> i64 {
        let me = self.me();
        self.order.with(|order| {
            order
                .iter()
                .filter_map(|id| self.get(*id))
                .map(|chat| chat.with(|chat| delivery::unread(chat, me)))
                .sum()
        })
    }

    /// Takes a chat in, new or newer.
    pub fn put(self, chat: Chat) {
        let known = self.entries.with_untracked(|entries| entries.get(&chat.id).cloned());
        if let Some(Opened(id, timeline)) = self.opened.get_value()
            && id == chat.id
        {
            // Behind too long an absence the stream does not fill the gap: the pages will be fetched.
            timeline.update(|timeline| timeline.last = timeline.last.max(chat.last_ordinal));
        }
        if let Some(known) = known {
            known.set(chat);
            return;
        }
        let id = chat.id;
        self.entries.update(|entries| drop(entries.insert(id, ArcRwSignal::new(chat))));
        self.sort();
    }

    fn sort(self) {
        let mut order: Vec<(i64, ChatId)> = self.entries.with_untracked(|entries| {
            entries.iter().map(|(id, chat)| (chat.with_untracked(delivery::activity), *id)).collect()
        });
        order.sort_unstable_by(|one, other| other.cmp(one));
        let order: Vec<ChatId> = order.into_iter().map(|(_, id)| id).collect();
        if self.order.with_untracked(|current| *current != order) {
            self.order.set(order);
        }
    }

    /// The conversation on the screen, which new messages are added to.
    pub fn open(self, chat: ChatId, timeline: RwSignal<Timeline>) {
        self.opened.set_value(Some(Opened(chat, timeline)));
        self.heard.set(Vec::new());
    }

    /// The conversation has left the screen.
    pub fn close(self, timeline: RwSignal<Timeline>) {
        self.opened.try_update_value(|opened| {
            if opened.is_some_and(|opened| opened.1 == timeline) {
                *opened = None;
            }
        });
    }

    /// Takes what the stream tells.
    pub fn take(self, signal: StreamSignal) {
        match signal {
            StreamSignal::Live => {
                // What concerns no chat is not told again to those who were away.
                if self.connection.get_untracked() == Connection::Lost {
                    self.governed();
                    self.news().contact_changed.set(None);
                    self.news().notified.update(|count| *count += 1);
                }
                self.connection.set(Connection::Live);
                self.pump();
                self.flush_marks();
            }
            StreamSignal::Lost => self.connection.set(Connection::Lost),
            StreamSignal::SignedOut => self.signed_out.set(true),
            StreamSignal::Event(event) => self.apply(&event.body),
            StreamSignal::Reload => {}
        }
    }

    fn apply(self, body: &EventBody) {
        match body {
            EventBody::FeatureChanged { .. } => return self.governed(),
            EventBody::ContactChanged { person } => return self.news().contact_changed.set(Some(*person)),
            EventBody::Notified { .. } => return self.news().notified.update(|count| *count += 1),
            EventBody::RegistrationChanged => {
                return self.news().governed_changed.update(|count| *count += 1);
            }
            EventBody::DevicesChanged { .. } => return self.news().devices.update(|news| news.changes += 1),
            EventBody::DeviceLinkChanged { link } => {
                return self.news().devices.update(|news| news.link = Some(link.clone()));
            }
            _ => {}
        }
        let (id, me) = (body.chat(), self.me());
        if let EventBody::MemberLeft { person, .. } = body
            && *person == me
        {
            self.entries.update(|entries| drop(entries.remove(&id)));
            self.sort();
            return;
        }
        let known = self.entries.with_untracked(|entries| entries.get(&id).cloned());
        match (known, body) {
            (Some(known), _) => known.update(|chat| delivery::apply(chat, body)),
            (None, EventBody::ChatCreated { chat }) => self.put(chat.clone()),
            // Somebody added the viewer to a group: everything about it is there to be asked for.
            (None, _) => self.fetch(id),
        }
        match body {
            EventBody::MessageSent { message } => self.arrived(message),
            EventBody::MessageEdited { message } | EventBody::MessageDeleted { message } => {
                self.changed(message);
            }
            _ => {}
        }
    }

    /// Something governs this page differently from now on.
    fn governed(self) {
        self.news().governed_changed.update(|count| *count += 1);
        self.check_session();
    }

    /// Looks who is signed in: another tab may have ended or replaced the session.
    pub fn check_session(self) {
        spawn_local(async move {
            match client::auth::session(self.side).await {
                Ok(session) => drop(self.text_limit.try_set(session.text_limit)),
                Err(error) => self.note(&error),
            }
        });
    }

    fn fetch(self, id: ChatId) {
        spawn_local(async move {
            // Nothing else would tell of this chat: it is asked for until the server answers.
            loop {
                let answer = client::chats::get_chat(self.side, id).await;
                if self.has_gone() {
                    return;
                }
                match answer {
                    Ok(chat) => return self.put(chat),
                    Err(error) if error.is_passing() => TimeoutFuture::new(2_000).await,
                    Err(error) => return self.note(&error),
                }
                if self.signed_out.try_get_untracked() != Some(false) {
                    return; // The page has gone, or its session has ended.
                }
            }
        });
    }

    fn arrived(self, message: &Message) {
        if message.sender == self.me() {
            self.forget_outgoing(message.id);
        } else {
            self.mark(message.chat, message.ordinal, 0);
        }
        if let Some(Opened(chat, timeline)) = self.opened.get_value()
            && chat == message.chat
        {
            timeline.update(|timeline| timeline.insert([message.clone()]));
            if message.sender != self.me() {
                self.say(message.clone());
            }
        }
        self.sort();
    }

    /// A message on the screen has another text, or none.
    pub fn changed(self, message: &Message) {
        if let Some(Opened(chat, timeline)) = self.opened.get_value()
            && chat == message.chat
        {
            timeline.update(|timeline| timeline.replace(message));
            self.heard.update(|heard| heard.retain(|said| said.id != message.id));
        }
    }

    fn note(self, error: &ClientError) {
        if error.is_signed_out() {
            self.signed_out.try_set(true);
        }
    }

    /// What was typed and not sent.
    pub fn set_draft(self, chat: ChatId, text: &str) {
        self.drafts.update(|drafts| {
            if text.trim().is_empty() {
                drafts.remove(&chat);
            } else {
                drafts.insert(chat, text.to_owned());
            }
        });
        self.drafts.with_untracked(|drafts| storage::write(&storage::personal("drafts", self.me()), drafts));
    }
}
