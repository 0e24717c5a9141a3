//! A row of the list of chats.

use crate::{
    components::{
        base::{
            avatar::{Avatar, spoken_kind},
            channel::ChannelBadge,
            rail::{shown_count, unread_words},
        },
        chat::tick::{Tick, TickState},
    },
    i18n::{self, t},
    routes::Route,
    state::{
        chats::Chats,
        delivery::{self, Delivery},
    },
};
use causeway_api::{
    ChatId, PersonId,
    chats::{Chat, ChatKind},
    people::PersonKind,
};
use leptos::prelude::*;

/// Whose ring a chat wears: a group with a client in it is one of clients.
pub(super) fn ring(chat: &Chat, me: PersonId) -> PersonKind {
    match delivery::counterpart(chat, me) {
        Some(person) => person.kind,
        None if delivery::has_client(chat) => PersonKind::Client,
        None => PersonKind::Colleague,
    }
}

fn spoken(chat: &Chat, me: PersonId) -> &'static str {
    match (chat.kind, ring(chat, me)) {
        (ChatKind::Direct, kind) => spoken_kind(kind),
        (ChatKind::Group, PersonKind::Client) => "who-group-clients",
        (ChatKind::Group, PersonKind::Colleague) => "who-group",
    }
}

/// The line under the name: who wrote what.
fn preview(chat: &Chat, me: PersonId) -> String {
    let Some(last) = &chat.last_message else { return t("no-messages-yet") };
    if last.deleted_at.is_some() {
        return t("message-deleted");
    }
    if chat.kind == ChatKind::Direct || last.sender == me {
        return last.text.clone();
    }
    let sender = chat.members.iter().find(|member| member.person.id == last.sender);
    match sender.and_then(|member| member.person.name.split_whitespace().next()) {
        Some(first) => format!("{first}: {}", last.text),
        None => last.text.clone(),
    }
}

/// A chat in the list: who, when, what was written last, and how much of it is unread.
#[component]
pub(super) fn ChatRow(id: ChatId, is_selected: Signal<bool>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let me = chats.me();
    chats.row(id).map(|chat| {
        let read = move |what: fn(&Chat, PersonId) -> String| {
            let chat = chat.clone();
            Memo::new(move |_| chat.with(|chat| what(chat, me)))
        };
        let title = read(delivery::title);
        let text = read(preview);
        let time = read(|chat, _| i18n::list_time(delivery::activity(chat)));
        let machine = read(|chat, _| i18n::machine_time(delivery::activity(chat)));
        let lang = read(|chat, me| {
            delivery::counterpart(chat, me).and_then(|person| person.name_lang.clone()).unwrap_or_default()
        });
        let chat = chats.row(id);
        let of = move |what: fn(&Chat, PersonId) -> i64| {
            let chat = chat.clone();
            Memo::new(move |_| chat.as_ref().map_or(0, |chat| chat.with(|chat| what(chat, me))))
        };
        let unread = of.clone()(delivery::unread);
        let has_unread = Memo::new(move |_| unread.get() > 0);
        let tick = of(|chat, me| match &chat.last_message {
            Some(last) if last.sender == me => {
                match delivery::delivery(last.ordinal, delivery::marks_of_others(chat, me)) {
                    Delivery::Sent => 1,
                    Delivery::Delivered => 2,
                    Delivery::Read => 3,
                }
            }
            _ => 0,
        });
        let first = chats.peek(id);
        let (kind, spoken, channel) = first
            .as_ref()
            .map_or((PersonKind::Colleague, "who-group", causeway_api::chats::Channel::Causeway), |chat| {
                (ring(chat, me), spoken(chat, me), chat.channel)
            });
        let draft = Memo::new(move |_| {
            chats.drafts.with(|drafts| drafts.get(&id).cloned()).filter(|_| !is_selected.get())
        });
        view! {
            <li>
                <a
                    class=move || if has_unread.get() { "row row--unread" } else { "row" }
                    href=Route::Chat(id).href()
                    aria-current=move || is_selected.get().then_some("true")
                >
                    {move || view! { <Avatar name=title.get() kind=kind spoken=spoken /> }}
                    <span>
                        <span class="row__top">
                            <span
                                class="row__name"
                                dir="auto"
                                lang=move || Some(lang.get()).filter(|lang| !lang.is_empty())
                            >
                                {move || title.get()}
                            </span>
                            " "
                            <time class="row__time" datetime=move || machine.get()>
                                {move || time.get()}
                            </time>
                        </span>
                        <span class="row__bottom">
                            <ChannelBadge channel=channel />
                            {move || match draft.get() {
                                Some(draft) => {
                                    view! {
                                        <span class="row__draft">{t("draft")}</span>
                                        <span class="row__text" dir="auto">
                                            {draft}
                                        </span>
                                    }
                                        .into_any()
                                }
                                None => {
                                    view! {
                                        <Show when=move || tick.get() != 0>
                                            <Tick state=Signal::derive(move || match tick.get() {
                                                3 => TickState::Read,
                                                2 => TickState::Delivered,
                                                _ => TickState::Sent,
                                            }) />
                                        </Show>
                                        <span class="row__text" dir="auto">
                                            {move || text.get()}
                                        </span>
                                    }
                                        .into_any()
                                }
                            }}
                            <Show when=move || has_unread.get()>
                                <span class="count" aria-hidden="true">
                                    {move || shown_count(unread.get())}
                                </span>
                                <span class="visually-hidden">" " {move || unread_words(unread.get())}</span>
                            </Show>
                        </span>
                    </span>
                </a>
            </li>
        }
    })
}
