//! The first load, and what the stream of events changes afterwards.

use super::{Chats, Connection, Loading, Opened};
use crate::{
    client::{self, events::Signal as StreamSignal},
    state::{delivery, timeline::lines},
};
use causeway_api::{
    ChatId, Event, EventBody,
    chats::{ChatsQuery, Message},
    page::ChatsLimit,
    signals::Signal,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::collections::HashSet;

/// How many chats are loaded first: more than a screen shows.
const FIRST: ChatsLimit = match ChatsLimit::new(50) {
    Some(first) => first,
    None => ChatsLimit::MOST,
};

/// A list that was loaded.
struct Loaded {
    count: usize,
    /// The event from which to follow.
    cursor: i64,
}

impl Chats {
    /// Loads the list; returns the event from which to follow.
    pub async fn load(self) -> Option<i64> {
        if self.order.with_untracked(Vec::is_empty) {
            self.loading.set(Loading::Waiting);
            let first = self.load_newest(FIRST).await?;
            if first.count < FIRST.size() {
                return Some(first.cursor);
            }
        }
        self.load_newest(ChatsLimit::MOST).await.map(|all| all.cursor)
    }

    /// Loads the newest so many chats. What there is beyond them goes.
    async fn load_newest(self, limit: ChatsLimit) -> Option<Loaded> {
        let answer = client::chats::list_chats(self.side, ChatsQuery { limit }).await;
        if self.has_gone() {
            return None;
        }
        match answer {
            Ok(list) => {
                self.keep(&list);
                let loaded = Loaded { count: list.chats.len(), cursor: list.cursor };
                let ids: HashSet<ChatId> = list.chats.iter().map(|chat| chat.id).collect();
                self.entries.update(|entries| entries.retain(|id, _| ids.contains(id)));
                for chat in list.chats {
                    self.upsert(chat);
                }
                self.sort();
                // A chat that is not among the first may be among the others.
                if limit == ChatsLimit::MOST || loaded.count < limit.size() {
                    self.loading.set(Loading::Done);
                }
                self.acknowledge_all();
                self.flush_outbox();
                Some(loaded)
            }
            Err(error) => {
                self.on_error(&error);
                if error.is_passing() {
                    self.show_kept();
                }
                self.loading.set(Loading::Failed);
                None
            }
        }
    }

    /// Takes what the stream tells.
    pub fn on_signal(self, signal: StreamSignal) {
        match signal {
            StreamSignal::Live => {
                // What concerns no chat is not told again to those who were away.
                if self.connection.get_untracked() == Connection::Lost {
                    self.reload_settings();
                    self.reload_chat_settings();
                    self.reload_scheduled(None);
                    self.news().contact_changed.set(None);
                    self.news().import_changed.set(None);
                    self.news().notified.update(|count| *count += 1);
                }
                self.connection.set(Connection::Live);
                self.flush_outbox();
                self.flush_marks();
            }
            StreamSignal::Lost => {
                self.connection.set(Connection::Lost);
                self.forget_presence();
            }
            StreamSignal::SignedOut => self.signed_out.set(true),
            StreamSignal::Event(event) => self.happened(&event),
            StreamSignal::News(news) => self.on_news(news),
            StreamSignal::Reload => {}
        }
    }

    /// Takes news that concern no chat.
    fn on_news(self, signal: Signal) {
        match signal {
            Signal::FeatureChanged { .. } => self.reload_settings(),
            Signal::ContactChanged { person } => self.news().contact_changed.set(Some(person)),
            Signal::NotificationsChanged => self.news().notified.update(|count| *count += 1),
            Signal::RegistrationChanged => self.news().governed_changed.update(|count| *count += 1),
            Signal::ImportChanged { import } => self.news().import_changed.set(Some(import)),
            Signal::Typing { chat, person } => self.hear_typing(chat, person),
            Signal::Presence { presence } => self.hear_presence(presence),
            Signal::ChatSettingsChanged { chat, settings } => self.settings_changed(chat, settings),
            Signal::ScheduledChanged { chat } => self.reload_scheduled(Some(chat)),
            Signal::DevicesChanged => self.news().devices.update(|news| news.changes += 1),
            Signal::DeviceLinkChanged { link } => self.news().devices.update(|news| news.link = Some(link)),
        }
    }

    /// Takes an event: its line in the conversation on the screen, then what it changes.
    fn happened(self, event: &Event) {
        if let Some(Opened(chat, timeline)) = self.opened.get_value()
            && chat == event.body.chat()
            // The names are those of the members, of whom one may be gone afterwards.
            && let Some(line) = self.peek(chat).and_then(|chat| lines::of(event, &chat))
        {
            timeline.update(|timeline| timeline.insert_lines([line]));
        }
        self.apply(&event.body);
    }

    /// Changes the chat that an event is about.
    pub(super) fn apply(self, body: &EventBody) {
        if matches!(body, EventBody::HashFormChanged) {
            return; // Not about a chat.
        }
        let (id, me) = (body.chat(), self.me());
        if body.ended() == Some(me) {
            return self.leave_out(id);
        }
        let known = self.entries.with_untracked(|entries| entries.get(&id).cloned());
        match (known, body) {
            (Some(known), _) => known.update(|chat| {
                delivery::apply(chat, body);
                delivery::note_mention(chat, body, me);
            }),
            (None, EventBody::ChatCreated { chat }) => self.upsert(chat.clone()),
            // Someone added the viewer to a group: everything about it is there to be asked for.
            (None, _) => self.fetch(id),
        }
        self.note_pins(body);
        match body {
            EventBody::MessageSent { message } => {
                self.has_written(message.chat, message.sender);
                self.arrived(message);
            }
            EventBody::MessageEdited { message } | EventBody::MessageDeleted { message } => {
                self.changed(message);
            }
            EventBody::MessageReacted { message, .. } => {
                self.replaced(message);
            }
            _ => {}
        }
    }

    /// Something governs this page differently from now on.
    fn reload_settings(self) {
        self.news().governed_changed.update(|count| *count += 1);
        self.check_session();
    }

    /// Looks who is signed in: another tab may have ended or replaced the session.
    pub fn check_session(self) {
        spawn_local(async move {
            match client::auth::session(self.side).await {
                Ok(session) => drop(self.text_limit.try_set(session.text_limit)),
                Err(error) => self.on_error(&error),
            }
        });
    }

    /// Asks for a chat, new or as it is now.
    pub fn fetch(self, id: ChatId) {
        spawn_local(async move {
            // Nothing else would tell of this chat: it is asked for until the server answers.
            loop {
                let answer = client::chats::get_chat(self.side, id).await;
                if self.has_gone() {
                    return;
                }
                match answer {
                    Ok(chat) => return self.upsert(chat),
                    Err(error) if error.is_passing() => TimeoutFuture::new(2_000).await,
                    Err(error) => return self.on_error(&error),
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
        if self.replaced(message) {
            self.heard.update(|heard| heard.retain(|said| said.id != message.id));
        }
    }

    /// Takes the newer version of a message in. Whether its conversation is on the screen.
    pub fn replaced(self, message: &Message) -> bool {
        match self.opened.get_value() {
            Some(Opened(chat, timeline)) if chat == message.chat => {
                timeline.update(|timeline| timeline.replace(message));
                true
            }
            _ => false,
        }
    }
}
