//! The question before a document goes to a client, where the company wants it.

use crate::{
    components::form::dialog_form::ConfirmDialog,
    i18n::{Arg, t, tx},
    state::{chats::Chats, delivery, session::CurrentSession, uploads::Uploads},
};
use causeway_api::{chats::Chat, files::Attachment};
use leptos::prelude::*;

/// Whether and what is asked before a message of a conversation goes.
#[derive(Clone, Copy)]
pub(in crate::pages::chats) struct Question {
    chat: StoredValue<ArcRwSignal<Chat>>,
    uploads: Uploads,
    is_wanted: bool,
    /// The message that waits for the answer.
    waiting: RwSignal<Option<Callback<()>>>,
    is_confirmed: StoredValue<bool>,
}

impl Question {
    /// The question of a conversation.
    pub(in crate::pages::chats) fn new(chat: ArcRwSignal<Chat>, uploads: Uploads) -> Self {
        Self {
            chat: StoredValue::new(chat),
            uploads,
            is_wanted: expect_context::<CurrentSession>().get().confirms_documents,
            waiting: RwSignal::new(None),
            is_confirmed: StoredValue::new(false),
        }
    }

    /// Asks, or lets the message go where nothing is to be asked.
    pub(in crate::pages::chats) fn ask_first(self) -> Callback<Callback<()>> {
        Callback::new(move |go: Callback<()>| {
            let has_client = self.chat.with_value(|chat| chat.with_untracked(delivery::has_client));
            let is_asked = self.is_wanted && has_client && !self.documents().is_empty();
            if is_asked { self.waiting.set(Some(go)) } else { go.run(()) }
        })
    }

    /// Whether it was answered for the message that goes now.
    pub(in crate::pages::chats) fn is_confirmed(self) -> bool {
        self.is_confirmed.try_update_value(std::mem::take).unwrap_or_default()
    }

    fn documents(self) -> Vec<Attachment> {
        let id = self.chat.with_value(|chat| chat.with_untracked(|chat| chat.id));
        let ready = untrack(|| self.uploads.ready(id)).unwrap_or_default();
        ready.into_iter().filter(|file| file.group.is_document()).collect()
    }
}

/// The question, while one is asked.
#[component]
pub(in crate::pages::chats) fn ConfirmDocument(question: Question) -> impl IntoView {
    let me = expect_context::<Chats>().me();
    let title =
        move || question.chat.with_value(|chat| chat.with_untracked(|chat| delivery::title(chat, me)));
    move || {
        question.waiting.get().map(|go| {
            let names =
                question.documents().into_iter().map(|file| view! { <li dir="auto">{file.name}</li> });
            let names = names.collect_view();
            view! {
                <ConfirmDialog
                    title=t("send-document-title")
                    verb=t("send-document")
                    on_confirm=move |()| {
                        question.is_confirmed.set_value(true);
                        question.waiting.set(None);
                        go.run(());
                    }
                    on_close=move |()| {
                        question.waiting.try_set(None);
                    }
                >
                    <p>{tx("confirm-document", &[("name", Arg::Text(&title()))])}</p>
                    <ul class="names">{names}</ul>
                </ConfirmDialog>
            }
        })
    }
}
