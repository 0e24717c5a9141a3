//! The chats of the signed-in person, kept current by events, and the messages on their way out.

mod announced;
mod drafts;
mod mentions;
mod news;
mod offline;
mod outbox;
mod pins;
mod presence;
mod receipts;
mod scheduled;
mod settings;
mod store;
mod stream;
mod typing;

pub use news::News;
pub use outbox::{UnsentMessage, Written};

use super::{storage, timeline::Timeline, uploads::Uploads};
use crate::{client::ClientError, components::chat::tray::VoiceSending};
use causeway_api::{
    ChatId, PersonId,
    auth::Session,
    chats::{Chat, Message},
    paths::Side,
    people::Person,
};
use leptos::prelude::*;
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
    /// What the next message replies to, per chat.
    pub replying: RwSignal<BTreeMap<ChatId, Message>>,
    /// Messages on their way out, oldest first.
    pub outgoing: RwSignal<Vec<UnsentMessage>>,
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
        let replying = storage::read(&storage::personal("replying", me.id)).unwrap_or_default();
        let outgoing = storage::read(&storage::personal("outgoing", me.id)).unwrap_or_default();
        let chats = Self {
            side,
            me: StoredValue::new(me),
            entries: RwSignal::default(),
            order: RwSignal::default(),
            drafts: RwSignal::new(drafts),
            replying: RwSignal::new(replying),
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
        Uploads::provide(side, session).send_voice_notes(move |chat, sending, note| {
            let VoiceSending { channel, reply_to } = sending;
            let (text, files) = (String::new(), vec![note]);
            chats.send(chat, Written { text, channel, reply_to, files, ..Written::default() });
        });
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

    fn on_error(self, error: &ClientError) {
        if error.is_signed_out() {
            self.signed_out.try_set(true);
        }
    }
}
