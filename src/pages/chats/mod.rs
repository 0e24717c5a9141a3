//! Chats: the list, the conversation, its details; on a phone one at a time.

mod announcer;
mod arranging;
mod between;
pub(crate) mod chat_row;
mod composing;
pub(crate) mod conversation;
mod details;
mod list;
pub mod message;
mod new_chat;
mod print;
mod reply_via;
mod timeline;
mod window;

pub(in crate::pages) use details::Files;
pub(crate) use details::{Details, is_details_open};

use crate::{
    components::base::empty::Empty,
    i18n::t,
    state::{
        chats::{Chats as ChatsState, Loading},
        delivery,
    },
};
use causeway_api::ChatId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The list of chats, the open conversation, and its details.
#[component]
pub fn Chats() -> impl IntoView {
    let chats = expect_context::<ChatsState>();
    let params = use_params_map();
    let selected = Memo::new(move |_| params.read().get("chat").and_then(|id| id.parse::<ChatId>().ok()));
    let is_details_open = is_details_open();
    let name = Memo::new(move |_| {
        let me = chats.me();
        selected.get().and_then(|id| chats.get(id)).map(|chat| chat.with(|chat| delivery::title(chat, me)))
    });
    Effect::new(move |_| {
        let page = name.get().map_or_else(|| t("nav-chats"), |name| format!("{} · {name}", t("nav-chats")));
        crate::pages::set_title(&page);
    });
    let view_name = move || if selected.get().is_some() { "content" } else { "list" };
    view! {
        <main
            class=move || if is_details_open.get() { "portal__main split split--details" } else { "portal__main split" }
            id="main"
            tabindex="-1"
            data-view=view_name
            data-details=move || is_details_open.get().then_some("open")
        >
            <h1 class="visually-hidden">
                {move || name.get().map_or_else(|| t("nav-chats"), |name| format!("{}: {name}", t("nav-chats")))}
            </h1>
            <list::ChatListPane selected=selected />
            {move || match selected.get() {
                Some(id) => view! { <OpenChat id=id is_details_open=is_details_open /> }.into_any(),
                None => {
                    view! {
                        <section class="pane pane--content">
                            <Empty title=t("no-chat-title") text=t("no-chat-text") />
                        </section>
                    }
                        .into_any()
                }
            }}
        </main>
    }
}

/// The chat of the address, once the list is loaded.
#[component]
fn OpenChat(id: ChatId, is_details_open: RwSignal<bool>) -> impl IntoView {
    let chats = expect_context::<ChatsState>();
    // Whether there is such a chat; nothing while that is not known. One that is there is drawn once.
    let found = Memo::new(move |_| match chats.get(id) {
        Some(_) => Some(true),
        None => (chats.loading.get() == Loading::Done).then_some(false),
    });
    move || match found.get() {
        Some(true) => view! {
            <conversation::Conversation id=id is_details_open=is_details_open />
            <Show when=move || is_details_open.get()>
                <details::Details id=id on_close=move |()| is_details_open.set(false) />
            </Show>
        }
        .into_any(),
        Some(false) => view! {
            <section class="pane pane--content">
                <Empty title=t("chat-missing-title") text=t("chat-missing-text")>
                    <a class="btn" href="/chats">
                        {t("go-to-chats")}
                    </a>
                </Empty>
            </section>
        }
        .into_any(),
        None => view! { <section class="pane pane--content" aria-busy="true"></section> }.into_any(),
    }
}
