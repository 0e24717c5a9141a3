//! The list of chats: search, filters, and a row per chat.

use super::new_chat::NewChat;
use crate::{
    components::{
        avatar::{Avatar, spoken_kind},
        channel::ChannelBadge,
        empty::{Empty, EmptyKind},
        icon::{Icon, IconSize},
        rail::{shown_count, unread_words},
        tick::{Tick, TickState},
    },
    i18n::{self, fold, t},
    routes::Route,
    state::{
        chats::{Chats, Connection, Loading},
        delivery::{self, Delivery},
        session::CurrentSession,
    },
};
use causeway_api::{
    ChatId, PersonId,
    chats::{Chat, ChatKind},
    people::{PersonKind, Role},
};
use leptos::prelude::*;

/// Which chats are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filter {
    All,
    Unread,
    Clients,
    Team,
}

impl Filter {
    const ALL: [(Self, &'static str); 4] = [
        (Self::All, "filter-all"),
        (Self::Unread, "filter-unread"),
        (Self::Clients, "filter-clients"),
        (Self::Team, "filter-team"),
    ];

    fn shows(self, chat: &Chat, me: PersonId) -> bool {
        match self {
            Self::All => true,
            Self::Unread => delivery::unread(chat, me) > 0,
            Self::Clients => delivery::has_client(chat),
            Self::Team => !delivery::has_client(chat),
        }
    }
}

/// Whether a search finds a chat: every word is in its name, its people and what they are known by, or its last message.
fn finds(chat: &Chat, me: PersonId, wanted: &str) -> bool {
    if wanted.is_empty() {
        return true;
    }
    let mut texts = vec![fold(&delivery::title(chat, me))];
    for member in chat.members.iter().filter(|member| member.person.id != me) {
        texts.extend([fold(&member.person.name), fold(&member.person.about)]);
    }
    texts.extend(chat.last_message.as_ref().map(|message| fold(&message.text)));
    wanted.split(' ').all(|word| texts.iter().any(|text| text.contains(word)))
}

#[component]
pub(super) fn ChatListPane(#[prop(into)] selected: Signal<Option<ChatId>>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let (search, filter) = (RwSignal::new(String::new()), RwSignal::new(Filter::All));
    let is_new_open = RwSignal::new(false);
    // External users answer; they begin nothing.
    let is_external = expect_context::<CurrentSession>().get().me.role == Some(Role::ExternalUser);
    let me = chats.me();
    let shown = Memo::new(move |_| {
        let (wanted, filter) = (fold(&search.get()), filter.get());
        let keep = |id: &ChatId| {
            chats
                .get(*id)
                .is_some_and(|chat| chat.with(|chat| filter.shows(chat, me) && finds(chat, me, &wanted)))
        };
        chats.order.with(|order| order.iter().copied().filter(keep).collect::<Vec<_>>())
    });
    let unread_chats = Memo::new(move |_| {
        chats.order.with(|order| {
            order
                .iter()
                .filter_map(|id| chats.get(*id))
                .filter(|chat| chat.with(|chat| delivery::unread(chat, me) > 0))
                .count()
        })
    });
    let chip = move |(choice, label): (Filter, &'static str)| {
        let count = move || (choice == Filter::Unread && unread_chats.get() > 0).then(|| unread_chats.get());
        view! {
            <button
                class="chip"
                type="button"
                aria-pressed=move || if filter.get() == choice { "true" } else { "false" }
                on:click=move |_| filter.set(choice)
            >
                {t(label)} {move || count().map(|count| view! { " " <span class="num" aria-hidden="true">{count}</span> })}
            </button>
        }
    };
    let is_searching = move || !search.with(String::is_empty) || filter.get() != Filter::All;
    let clear = move |_| {
        search.set(String::new());
        filter.set(Filter::All);
    };
    view! {
        <section class="pane pane--list" id="list" aria-labelledby="list-title">
            <header class="pane__head">
                <h2 class="pane__title" id="list-title">{t("nav-chats")}</h2>
                {(!is_external).then(|| view! {
                    <button class="icon-btn push" type="button" aria-label=t("new-chat") on:click=move |_| is_new_open.set(true)>
                        <span class="only-wide"><Icon name="i-group-add"/></span><span class="only-narrow"><Icon name="i-plus"/></span>
                    </button>
                })}
            </header>
            <div class="pane__tools">
                <div class="search">
                    <Icon name="i-search" size=IconSize::Sm/>
                    <input
                        class="input"
                        type="search"
                        aria-label=t("search-chats")
                        placeholder=t("search-placeholder")
                        prop:value=move || search.get()
                        on:input=move |event| search.set(event_target_value(&event))
                    />
                </div>
                <div class="chip-row" role="group" aria-label=t("show")>{Filter::ALL.map(chip).collect_view()}</div>
            </div>
            <div class="pane__scroll">
                {move || match (chats.loading.get(), shown.with(Vec::is_empty)) {
                    (Loading::Failed, true) => view! {
                        <Empty title=t("failed-title") text=t("error-offline") kind=EmptyKind::Failed/>
                    }
                    .into_any(),
                    (Loading::Waiting, true) if chats.connection.get() == Connection::Connecting => {
                        view! { <Skeleton/> }.into_any()
                    }
                    (_, true) if is_searching() => view! {
                        <Empty title=t("no-results-title") text=t("no-results-text")>
                            <button class="btn" type="button" on:click=clear>{t("clear-search")}</button>
                        </Empty>
                    }
                    .into_any(),
                    (_, true) => view! {
                        <Empty title=t("no-chats-title") text=t("no-chats-text")>
                            <button class="btn btn--primary" type="button" on:click=move |_| is_new_open.set(true)>
                                {t("new-chat")}
                            </button>
                        </Empty>
                    }
                    .into_any(),
                    (_, false) => view! {
                        <ul class="rows">
                            <For each=move || shown.get() key=|id| *id let:id>
                                <ChatRow id=id is_selected=Signal::derive(move || selected.get() == Some(id))/>
                            </For>
                        </ul>
                    }
                    .into_any(),
                }}
            </div>
            <Show when=move || is_new_open.get()><NewChat on_close=move |()| is_new_open.set(false)/></Show>
        </section>
    }
}

/// Grey rows while the list is on its way; they appear only when that takes a moment.
#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeleton-rows" aria-busy="true" aria-label=t("loading") role="status">
            {(0..6)
                .map(|_| view! { <div class="row"><span class="skeleton skeleton--circle"></span><span class="skeleton"></span></div> })
                .collect_view()}
        </div>
    }
}

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

#[component]
fn ChatRow(id: ChatId, is_selected: Signal<bool>) -> impl IntoView {
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
            Some(last) if last.sender == me => match delivery::delivery(last.ordinal, delivery::marks_of_others(chat, me)) {
                Delivery::Sent => 1,
                Delivery::Delivered => 2,
                Delivery::Read => 3,
            },
            _ => 0,
        });
        let first = chats.peek(id);
        let (kind, spoken, channel) = first.as_ref().map_or(
            (PersonKind::Colleague, "who-group", causeway_api::chats::Channel::Causeway),
            |chat| (ring(chat, me), spoken(chat, me), chat.channel),
        );
        let draft = Memo::new(move |_| chats.drafts.with(|drafts| drafts.get(&id).cloned()).filter(|_| !is_selected.get()));
        view! {
            <li>
                <a
                    class=move || if has_unread.get() { "row row--unread" } else { "row" }
                    href=Route::Chat(id).href()
                    aria-current=move || is_selected.get().then_some("true")
                >
                    {move || view! { <Avatar name=title.get() kind=kind spoken=spoken/> }}
                    <span>
                        <span class="row__top">
                            <span class="row__name" dir="auto" lang=move || Some(lang.get()).filter(|lang| !lang.is_empty())>
                                {move || title.get()}
                            </span>
                            " "
                            <time class="row__time" datetime=move || machine.get()>{move || time.get()}</time>
                        </span>
                        <span class="row__bottom">
                            <ChannelBadge channel=channel/>
                            {move || match draft.get() {
                                Some(draft) => view! {
                                    <span class="row__draft">{t("draft")}</span>
                                    <span class="row__text" dir="auto">{draft}</span>
                                }
                                .into_any(),
                                None => view! {
                                    <Show when=move || tick.get() != 0>
                                        <Tick state=Signal::derive(move || match tick.get() {
                                            3 => TickState::Read,
                                            2 => TickState::Delivered,
                                            _ => TickState::Sent,
                                        })/>
                                    </Show>
                                    <span class="row__text" dir="auto">{move || text.get()}</span>
                                }
                                .into_any(),
                            }}
                            <Show when=move || has_unread.get()>
                                <span class="count" aria-hidden="true">{move || shown_count(unread.get())}</span>
                                <span class="visually-hidden">" " {move || unread_words(unread.get())}</span>
                            </Show>
                        </span>
                    </span>
                </a>
            </li>
        }
    })
}
