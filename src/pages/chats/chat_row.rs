//! A row of the list of chats.

use crate::components::chat::words::message_words;
use crate::{
    components::{
        base::{
            avatar::{Avatar, spoken_kind},
            channel::ChannelBadge,
            icon::{Icon, IconSize},
            rail::{shown_count, unread_words},
        },
        chat::tick::{Tick, TickState},
        form::{menu::MenuPlace, touch::Touch},
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

/// Returns the kind of people that a chat's ring shows: a group with a client counts as clients.
pub(crate) fn ring(chat: &Chat, me: PersonId) -> PersonKind {
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

/// Returns the line below the name: who wrote what.
pub(crate) fn preview(chat: &Chat, me: PersonId) -> String {
    let Some(last) = &chat.last_message else { return t("no-messages-yet") };
    let words = message_words(last);
    if last.deleted_at.is_some() || chat.kind == ChatKind::Direct || last.sender == me {
        return words;
    }
    let sender = chat.members.iter().find(|member| member.person.id == last.sender);
    match sender.and_then(|member| member.person.name.split_whitespace().next()) {
        Some(first) => format!("{first}: {words}"),
        None => words,
    }
}

/// Returns how far the last message has been delivered, if it is the reader's own.
fn own_tick(chat: &Chat, me: PersonId) -> Option<TickState> {
    let last = chat.last_message.as_ref().filter(|last| last.sender == me)?;
    Some(match delivery::delivery(last.ordinal, delivery::marks_of_others(chat, me)) {
        Delivery::Sent => TickState::Sent,
        Delivery::Delivered => TickState::Delivered,
        Delivery::Read => TickState::Read,
    })
}

/// Returns the language of a direct chat's name, if it is known.
fn name_lang(chat: &Chat, me: PersonId) -> Option<String> {
    delivery::counterpart(chat, me)?.name_lang.clone().filter(|lang| !lang.is_empty())
}

fn is_muted(chat: &Chat, _: PersonId) -> bool {
    chat.settings.is_muted(i18n::now())
}

/// The chat of a row, read part by part: only what changed is drawn again.
#[derive(Clone)]
struct Shown {
    chat: ArcRwSignal<Chat>,
    me: PersonId,
}

impl Shown {
    fn memo<T: PartialEq + Send + Sync + 'static>(&self, part: fn(&Chat, PersonId) -> T) -> Memo<T> {
        let (chat, me) = (self.chat.clone(), self.me);
        Memo::new(move |_| chat.with(|chat| part(chat, me)))
    }
}

/// A chat in the list: who, when, what was written last, and how much of it is unread.
#[component]
pub(super) fn ChatRow(
    id: ChatId,
    is_selected: Signal<bool>,
    /// Its menu is asked for.
    #[prop(into)]
    on_menu: Callback<(ChatId, MenuPlace)>,
) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let me = chats.me();
    chats.row(id).map(|chat| {
        let (kind, spoken, channel) =
            chat.with_untracked(|chat| (ring(chat, me), spoken(chat, me), chat.channel));
        let shown = Shown { chat, me };
        let (title, unread) = (shown.memo(delivery::title), shown.memo(delivery::unread));
        // Safari on phones sends no `contextmenu` for a finger that stays.
        let touch = Touch::new(Callback::new(move |(x, y)| on_menu.run((id, MenuPlace::at(x, y)))), None);
        let has_unread = shown.memo(delivery::is_unread);
        let has_count = Memo::new(move |_| unread.get() > 0);
        let is_muted = shown.memo(is_muted);
        let is_mentioned = shown.memo(delivery::is_mentioned);
        view! {
            <a
                    class=move || if has_unread.get() { "row row--unread" } else { "row" }
                    href=Route::Chat(id).href()
                    aria-current=move || is_selected.get().then_some("true")
                    on:pointerdown=move |event| touch.down(&event)
                    on:pointermove=move |event| touch.moved(&event)
                    on:pointerup=move |_| touch.up()
                    on:pointercancel=move |_| touch.end()
                    on:click=move |event| touch.click(&event)
                    on:contextmenu=move |event| {
                        event.prevent_default();
                        on_menu.run((id, MenuPlace::of(&event)));
                    }
                >
                    {move || view! { <Avatar name=title.get() kind=kind spoken=spoken /> }}
                    <span>
                        <NameAndTime title=title shown=shown.clone() />
                        <span class="row__bottom">
                            <ChannelBadge channel=channel />
                            <LastLine id=id is_selected=is_selected shown=shown />
                            <Show when=move || is_mentioned.get()>
                                <span class="count" aria-hidden="true">
                                    "@"
                                </span>
                                <span class="visually-hidden">" " {t("mentioned")}</span>
                            </Show>
                            <Show when=move || has_unread.get() && !has_count.get()>
                                <span class="count count--dot" aria-hidden="true"></span>
                                <span class="visually-hidden">" " {t("marked-unread")}</span>
                            </Show>
                            <Show when=move || has_count.get()>
                                <span class=move || if is_muted.get() { "count count--quiet" } else { "count" } aria-hidden="true">
                                    {move || shown_count(unread.get())}
                                </span>
                                <span class="visually-hidden">" " {move || unread_words(unread.get())}</span>
                            </Show>
                        </span>
                    </span>
                </a>
        }
    })
}

/// The first line of a row: whom the chat is with, and when something last happened.
#[component]
fn NameAndTime(title: Memo<String>, shown: Shown) -> impl IntoView {
    let lang = shown.memo(name_lang);
    let time = shown.memo(|chat, _| i18n::list_time(delivery::activity(chat)));
    let machine = shown.memo(|chat, _| i18n::machine_time(delivery::activity(chat)));
    let is_muted = shown.memo(is_muted);
    let is_pinned = shown.memo(|chat, _| chat.settings.pinned_at.is_some());
    let is_archived = shown.memo(|chat, _| delivery::is_archived(chat, i18n::now()));
    view! {
        <span class="row__top">
            <span class="row__name" dir="auto" lang=move || lang.get()>
                {move || title.get()}
            </span>
            " "
            <Sign icon="i-pin" words="pinned" when=is_pinned />
            <Sign icon="i-mute" words="muted" when=is_muted />
            <Sign icon="i-archive" words="archived" when=is_archived />
            <time class="row__time" datetime=move || machine.get()>
                {move || time.get()}
            </time>
        </span>
    }
}

/// How the viewer has arranged the chat, as an icon and in words.
#[component]
fn Sign(icon: &'static str, words: &'static str, when: Memo<bool>) -> impl IntoView {
    view! {
        <Show when=move || when.get()>
            <Icon name=icon size=IconSize::Xs />
            <span class="visually-hidden">{t(words)} " "</span>
        </Show>
    }
}

/// The draft of a chat that is not open, else its last message, with a tick if it is the reader's own.
#[component]
fn LastLine(id: ChatId, is_selected: Signal<bool>, shown: Shown) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let (text, tick) = (shown.memo(preview), shown.memo(own_tick));
    let draft = Memo::new(move |_| {
        chats.drafts.with(|drafts| drafts.get(&id).cloned()).filter(|_| !is_selected.get())
    });
    move || match draft.get() {
        Some(draft) => view! {
            <span class="row__draft">{t("draft")}</span>
            <span class="row__text" dir="auto">
                {draft}
            </span>
        }
        .into_any(),
        None => view! {
            <Show when=move || tick.with(Option::is_some)>
                <Tick state=Signal::derive(move || tick.get().unwrap_or(TickState::Sent)) />
            </Show>
            <span class="row__text" dir="auto">
                {move || text.get()}
            </span>
        }
        .into_any(),
    }
}
