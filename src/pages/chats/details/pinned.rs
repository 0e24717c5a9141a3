//! The pinned messages of a conversation, the one that was pinned last first.

use crate::{
    components::{
        base::icon::{Icon, IconSize},
        chat::words::message_words,
    },
    i18n::{self, t},
    routes::Route,
    state::chats::Chats,
};
use causeway_api::chats::{Chat, Pin};
use leptos::prelude::*;

/// The list, where there is something in it. A row leads to its message.
#[component]
pub(super) fn Pinned(chat: ArcRwSignal<Chat>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let id = chat.with_untracked(|chat| chat.id);
    let pins = Memo::new(move |_| chats.pins_of(id));
    let row = move |pin: Pin| {
        let message = pin.message;
        let name = chat.with_untracked(|chat| {
            let sender = chat.members.iter().find(|member| member.person.id == message.sender);
            sender.map_or_else(|| t("former-member"), |member| member.person.name.clone())
        });
        view! {
            <li>
                <a class="mini pinned" href=format!("{}?at={}", Route::Chat(id).href(), message.ordinal)>
                    <Icon name="i-pin" size=IconSize::Sm />
                    <span class="pinned__words">
                        <b dir="auto">{name}</b>
                        <span class="muted truncate" dir="auto">
                            {message_words(&message)}
                        </span>
                    </span>
                    <time class="muted" datetime=i18n::machine_time(message.sent_at)>
                        {i18n::list_time(message.sent_at)}
                    </time>
                </a>
            </li>
        }
    };
    view! {
        <Show when=move || pins.with(|pins| !pins.is_empty())>
            <section class="section" aria-labelledby="details-pinned">
                <h3 class="overline" id="details-pinned">
                    {t("pinned-messages")}
                </h3>
                <ul>{let row = row.clone(); move || pins.get().into_iter().map(row.clone()).collect_view()}</ul>
            </section>
        </Show>
    }
}
