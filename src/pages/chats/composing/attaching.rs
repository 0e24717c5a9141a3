//! Attaching files to the next message of a conversation: by the button, by pasting, by dropping them on it.

use crate::{
    components::{
        base::icon::Icon,
        chat::{attach_button::Attaching, chosen_files, tray::TrayActions, words::size_words},
    },
    i18n::{Arg, t, tx},
    state::{toasts::Toasts, uploads::Uploads},
};
use causeway_api::{ChatId, FileId};
use leptos::{html::Input, prelude::*};
use web_sys::{DragEvent, File, Node};

/// The tray of a conversation, for its composer.
pub(in crate::pages::chats) fn of(chat: ChatId, uploads: Uploads) -> Attaching {
    let chooser = NodeRef::<Input>::new();
    let choose = move |()| {
        if let Some(chooser) = chooser.get_untracked() {
            chooser.click();
        }
    };
    let actions = TrayActions {
        remove: Callback::new(move |id: FileId| uploads.remove(id)),
        retry: Callback::new(move |id: FileId| uploads.retry(id)),
        choose: Callback::new(choose),
        file: Callback::new(move |id: FileId| uploads.file(id)),
    };
    Attaching {
        items: Signal::derive(move || uploads.of(chat)),
        actions,
        on_files: Callback::new(move |files: Vec<File>| uploads.attach(chat, files)),
        chooser,
    }
}

/// Files that are being dragged over a conversation.
#[derive(Clone, Copy)]
pub(in crate::pages::chats) struct Dropping {
    /// The chat that takes them, where one does.
    into: Option<(ChatId, Uploads)>,
    is_over: RwSignal<bool>,
    toasts: Option<Toasts>,
}

impl Dropping {
    /// Where files can be dropped on.
    pub(in crate::pages::chats) fn new(into: Option<(ChatId, Uploads)>) -> Self {
        // A file that is dropped beside it would take the page away.
        let miss = |event: DragEvent| {
            if chosen_files::are_dragged(&event) {
                event.prevent_default();
            }
        };
        let (over, dropped) = (
            window_event_listener(leptos::ev::dragover, miss),
            window_event_listener(leptos::ev::drop, miss),
        );
        on_cleanup(move || {
            over.remove();
            dropped.remove();
        });
        Self { into, is_over: RwSignal::new(false), toasts: use_context::<Toasts>() }
    }

    /// Something is over the conversation.
    pub(in crate::pages::chats) fn over(self, event: &DragEvent) {
        if self.into.is_some() && chosen_files::are_dragged(event) {
            event.prevent_default();
            self.is_over.set(true);
        }
    }

    /// It has left the conversation, and not only for a part of it.
    pub(in crate::pages::chats) fn leave(self, event: &DragEvent) {
        use leptos::wasm_bindgen::JsCast as _;
        let here = event.current_target().and_then(|here| here.dyn_into::<Node>().ok());
        let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
        if !here.is_some_and(|here| here.contains(to.as_ref())) {
            self.is_over.set(false);
        }
    }

    /// It was dropped.
    pub(in crate::pages::chats) fn drop(self, event: &DragEvent) {
        self.is_over.set(false);
        let (Some((chat, uploads)), Some(data)) = (self.into, event.data_transfer()) else { return };
        event.prevent_default();
        let (files, has_folder) = chosen_files::dropped(&data);
        if has_folder && let Some(toasts) = self.toasts {
            toasts.error(t("folder-refused"));
        }
        uploads.attach(chat, files);
    }
}

/// Over the conversation while files are dragged across it: that they can be dropped here.
#[component]
pub(in crate::pages::chats) fn DropHint(dropping: Dropping) -> impl IntoView {
    move || {
        dropping.into.filter(|_| dropping.is_over.get()).map(|(_, uploads)| {
            let size = size_words(uploads.limit);
            view! {
                <div class="drop">
                    <Icon name="i-attach" />
                    <p class="drop__title">{t("drop-title")}</p>
                    <p class="drop__text">{tx("drop-text", &[("size", Arg::Text(&size))])}</p>
                </div>
            }
        })
    }
}
