//! Messages on their way out: on the screen at once, kept in the browser until the server has them, sent one
//! after the other.

use super::Chats;
use crate::{
    client::{self, ClientError},
    state::storage,
};
use causeway_api::{
    ChatId, EventBody, MessageId, Millis, ProblemCode,
    chats::{Channel, Mention, SendMessage},
    files::Attachment,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

/// Why a message was refused whose client is not on the chosen channel any more: tried again, it goes on that of the chat.
const NOT_LINKED: &str = "not-sent-channel";

/// Why a message was refused that replies to what is not shown any more: tried again, it goes without.
const NOT_SHOWN: &str = "not-sent-reply";

/// A message on its way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsentMessage {
    /// Made here, so that a repeated send is recognised.
    pub id: MessageId,
    /// The chat that it is for.
    pub chat: ChatId,
    /// The text as it was typed.
    pub text: String,
    /// The channel that was chosen for it; `None` for that of the chat.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// The message that it replies to.
    #[serde(default)]
    pub reply_to: Option<MessageId>,
    /// The files that it carries.
    #[serde(default)]
    pub files: Vec<Attachment>,
    /// Whom its text names.
    #[serde(default)]
    pub mentions: Vec<Mention>,
    /// The message that it forwards, whose text and files are shown meanwhile.
    #[serde(default)]
    pub forwarded_from: Option<MessageId>,
    /// Its writer was asked whether its documents are meant for the client.
    #[serde(default)]
    pub is_confirmed: bool,
    /// When it was written.
    pub at: Millis,
    /// Why it was refused, as the id of a text; nothing while it is being sent.
    pub failed: Option<String>,
}

/// What was written.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// The text.
    pub text: String,
    /// The channel that was chosen for it; `None` for that of the chat.
    pub channel: Option<Channel>,
    /// The message that it replies to.
    pub reply_to: Option<MessageId>,
    /// The files that it carries.
    pub files: Vec<Attachment>,
    /// The message that it forwards, text and files and all.
    pub forwarded_from: Option<MessageId>,
    /// Its writer was asked whether its documents are meant for the client.
    pub is_confirmed: bool,
}

impl UnsentMessage {
    /// What the server is sent: of what is forwarded it knows the text and the files.
    fn to_send(&self) -> SendMessage {
        let is_own = self.forwarded_from.is_none();
        SendMessage {
            id: self.id,
            text: if is_own { self.text.clone() } else { String::new() },
            channel: self.channel,
            reply_to: self.reply_to,
            forwarded_from: self.forwarded_from,
            files: self.files.iter().filter(|_| is_own).map(|file| file.id).collect(),
            mentions: self.mentions.clone(),
            is_confirmed: self.is_confirmed,
        }
    }
}

impl Chats {
    /// Sends a message: it is on the screen at once, and goes out when the server can be reached.
    pub fn send(self, chat: ChatId, written: Written) {
        let Written { text, channel, reply_to, files, forwarded_from, is_confirmed } = written;
        let id = window().crypto().ok().and_then(|crypto| crypto.random_uuid().parse().ok());
        let Some(id) = id else { return };
        let at = js_sys::Date::now() as Millis;
        let failed = None;
        let mentions = if forwarded_from.is_none() { self.mentions_in(chat, &text) } else { Vec::new() };
        let unsent = UnsentMessage {
            id,
            chat,
            text,
            channel,
            reply_to,
            files,
            mentions,
            forwarded_from,
            is_confirmed,
            at,
            failed,
        };
        self.change_outgoing(|outgoing| outgoing.push(unsent));
        self.flush_outbox();
    }

    /// Tries a refused message again.
    pub fn retry(self, id: MessageId) {
        self.change_outgoing(|outgoing| {
            let again = outgoing.iter_mut().find(|message| message.id == id);
            let Some(again) = again else { return };
            match again.failed.take().as_deref() {
                Some(NOT_LINKED) => again.channel = None,
                Some(NOT_SHOWN) => again.reply_to = None,
                _ => {}
            }
        });
        self.flush_outbox();
    }

    /// Gives a message up, or has seen it arrive.
    pub fn forget_outgoing(self, id: MessageId) {
        if self.outgoing.with_untracked(|outgoing| outgoing.iter().any(|message| message.id == id)) {
            self.change_outgoing(|outgoing| outgoing.retain(|message| message.id != id));
        }
    }

    fn change_outgoing(self, change: impl FnOnce(&mut Vec<UnsentMessage>)) {
        self.outgoing.update(change);
        self.outgoing
            .with_untracked(|outgoing| storage::write(&storage::personal("outgoing", self.me()), outgoing));
    }

    /// Sends what waits, one after the other, so that the order stays; pauses while the server is out of reach.
    pub(super) fn flush_outbox(self) {
        if self.is_sending.get_value() {
            return;
        }
        self.is_sending.set_value(true);
        spawn_local(async move {
            while let Some(next) = self.next_outgoing() {
                let answer = client::chats::send_message(self.side, next.chat, &next.to_send()).await;
                // What was taken is kept as waiting, and taken again under the same id: nothing is doubled.
                if self.has_gone() {
                    return;
                }
                match answer {
                    Ok(message) => self.apply(&EventBody::MessageSent { message }),
                    Err(error) if error.is_passing() => {
                        self.on_error(&error);
                        TimeoutFuture::new(1_500 + (js_sys::Math::random() * 1_000.0) as u32).await;
                    }
                    // It waits for its writer, who finds it after signing in again.
                    Err(error) if error.is_other_person() => return,
                    Err(error) => {
                        self.on_error(&error);
                        self.refuse(next.id, &error);
                    }
                }
            }
            self.is_sending.try_update_value(|sending| *sending = false);
        });
    }

    fn next_outgoing(self) -> Option<UnsentMessage> {
        // The page may have gone meanwhile; what waits is kept in the browser.
        self.outgoing
            .try_with_untracked(|all| all.iter().find(|message| message.failed.is_none()).cloned())?
    }

    fn refuse(self, id: MessageId, error: &ClientError) {
        let reason = match error.code() {
            Some(ProblemCode::Forbidden) => "not-sent-forbidden",
            Some(ProblemCode::NotFound) => "not-sent-left",
            Some(ProblemCode::Invalid) if error.field("channel").is_some() => NOT_LINKED,
            Some(ProblemCode::Invalid) if error.field("forwarded_from").is_some() => "not-sent-forwarded",
            Some(ProblemCode::Invalid) if error.field("reply_to").is_some() => NOT_SHOWN,
            Some(ProblemCode::Invalid) if error.field("files").is_some() => {
                return self.refuse_as(id, error.field("files").unwrap_or_default());
            }
            Some(ProblemCode::Invalid) => "not-sent-invalid",
            Some(ProblemCode::SignedOut) => "not-sent-signed-out",
            _ => "not-sent",
        };
        self.refuse_as(id, reason.to_owned());
    }

    fn refuse_as(self, id: MessageId, reason: String) {
        self.change_outgoing(|outgoing| {
            if let Some(refused) = outgoing.iter_mut().find(|message| message.id == id) {
                refused.failed = Some(reason);
            }
        });
    }
}
