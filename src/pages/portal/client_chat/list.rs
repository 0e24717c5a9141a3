//! The conversations of a client who has several, or none yet.

use super::CLIENT;
use crate::components::chat::words::message_words;
use crate::{
    components::base::{
        avatar::{Avatar, spoken_kind},
        empty::Empty,
        rail::{shown_count, unread_words},
    },
    i18n::{self, t},
    state::{
        chats::{Chats, Loading},
        delivery,
    },
};
use causeway_api::{ChatId, PersonId, chats::Chat, people::PersonKind};
use leptos::prelude::*;

/// The list from which a conversation is chosen.
#[component]
pub(super) fn ClientList() -> impl IntoView {
    let chats = expect_context::<Chats>();
    let me = chats.me();
    let row = move |id: ChatId| {
        let chat = chats.row(id)?;
        Some(move || row(&chat.get(), me))
    };
    view! {
        <section class="pane" aria-labelledby="list-title">
            <header class="pane__head">
                <h2 class="pane__title" id="list-title">
                    {t("nav-chats")}
                </h2>
            </header>
            <div class="pane__scroll">
                <Show
                    when=move || !chats.order.with(Vec::is_empty) || chats.loading.get() != Loading::Done
                    fallback=|| view! { <Empty title=t("client-empty-title") text=t("client-empty-text") /> }
                >
                    <ul class="rows">
                        <For each=move || chats.order.get() key=|id| *id children=row />
                    </ul>
                </Show>
            </div>
        </section>
    }
}

/// Draws a conversation: its name and time, its last message, and the number of unread ones.
fn row(chat: &Chat, me: PersonId) -> impl IntoView + use<> {
    let (id, title, unread) = (chat.id, delivery::title(chat, me), delivery::unread(chat, me));
    let kind = delivery::counterpart(chat, me).map_or(PersonKind::Colleague, |person| person.kind);
    let text = chat.last_message.as_ref().map(message_words);
    view! {
        <li>
            <a class="row" href=format!("{CLIENT}/{id}")>
                <Avatar name=title.clone() kind=kind spoken=spoken_kind(kind) />
                <span>
                    <span class="row__top">
                        <span class="row__name" dir="auto">
                            {title}
                        </span>
                        <time class="row__time">{i18n::list_time(delivery::activity(chat))}</time>
                    </span>
                    <span class="row__bottom">
                        <span class="row__text" dir="auto">
                            {text}
                        </span>
                        {(unread > 0)
                            .then(|| {
                                view! {
                                    <span class="count" aria-hidden="true">
                                        {shown_count(unread)}
                                    </span>
                                    <span class="visually-hidden">{unread_words(unread)}</span>
                                }
                            })}
                    </span>
                </span>
            </a>
        </li>
    }
}
