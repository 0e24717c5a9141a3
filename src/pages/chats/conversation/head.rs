//! The head of a conversation: whom it is with, that it is recorded, and what can be opened from here.

use super::super::{
    arranging::{self, MuteDialog},
    chat_row::ring,
};
use crate::{
    components::{
        base::{
            avatar::{Avatar, spoken_kind},
            icon::{Icon, IconSize},
        },
        form::menu::MenuButton,
    },
    i18n::{Arg, t, tx},
    pages::presence::presence_of,
    routes::Route,
    state::{chats::Chats, delivery, session::CurrentSession, toasts::Toasts},
};
use causeway_api::{
    ChatId, PersonId,
    chats::{Chat, Within},
    paths::Side,
    people::{PersonKind, Role},
};
use leptos::prelude::*;

/// Returns the line below the name: the other member's description, or the number of members.
fn about(chat: &Chat, me: PersonId) -> String {
    let people =
        tx("people-count", &[("count", Arg::Number(i64::try_from(chat.members.len()).unwrap_or(0)))]);
    match delivery::counterpart(chat, me) {
        Some(person) if person.line().is_empty() => people,
        Some(person) => person.line().to_owned(),
        None => people,
    }
}

/// Returns who is writing, in words; nothing while no one is.
fn typing(chat: &Chat, typists: &[PersonId]) -> Option<String> {
    let (first, others) = typists.split_first()?;
    if !others.is_empty() {
        return Some(t("typing-several"));
    }
    let member = chat.members.iter().find(|member| member.person.id == *first)?;
    Some(tx("typing", &[("name", Arg::Text(&member.person.name))]))
}

/// Returns the colleague with whom the viewer talks alone.
fn colleague(chat: &Chat, me: PersonId) -> Option<PersonId> {
    delivery::counterpart(chat, me)
        .filter(|person| person.kind == PersonKind::Colleague)
        .map(|person| person.id)
}

/// Returns how soon the viewer is usually answered, if that is a client or an external user.
fn answered_within(chats: Chats, id: ChatId) -> Signal<Option<String>> {
    let role = expect_context::<CurrentSession>().get().me.role;
    if role.is_some_and(|role| role != Role::ExternalUser) {
        return Signal::stored(None);
    }
    let time = chats.answer_time(id);
    let words = |within: Within| match within {
        Within::Minutes => t("answered-minutes"),
        Within::Quarter => t("answered-quarter"),
        Within::Hour => t("answered-hour"),
        Within::Hours => t("answered-hours"),
        Within::Day => t("answered-day"),
    };
    Signal::derive(move || time.get().and_then(|time| time.within).map(words))
}

/// The head of a conversation: its members, the note that it is recorded, and the buttons of its search and its details.
#[component]
pub(super) fn Head(
    chat: ArcRwSignal<Chat>,
    is_details_open: RwSignal<bool>,
    /// Whether the conversation is being searched.
    is_finding: RwSignal<bool>,
) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let me = chats.me();
    let kind = chat.with_untracked(|chat| ring(chat, me));
    let for_title = chat.clone();
    let title = Memo::new(move |_| for_title.with(|chat| delivery::title(chat, me)));
    let id = chat.with_untracked(|chat| chat.id);
    let for_other = chat.clone();
    let other = Signal::derive(move || for_other.with(|chat| colleague(chat, me)));
    let (presence, answered) = (presence_of(other), answered_within(chats, id));
    let meta = Memo::new(move |_| {
        let typists = chats.typists(id);
        let known = presence.get().or_else(|| answered.get());
        chat.with(|chat| {
            typing(chat, &typists).unwrap_or_else(|| match known {
                Some(known) => format!("{} · {known}", about(chat, me)),
                None => about(chat, me),
            })
        })
    });
    let back = (chats.side == Side::Portal).then(|| {
        view! {
            <a class="icon-btn only-narrow" href=Route::Chats.href() aria-label=t("back-to-chats")>
                <Icon name="i-left" />
            </a>
        }
    });
    view! {
        <header class="conv-head">
            {back} {move || view! { <Avatar name=title.get() kind=kind spoken=spoken_kind(kind) /> }}
            <div class="conv-head__who">
                <h2 class="conv-head__name" id="conversation-title" dir="auto">
                    {move || title.get()}
                </h2>
                <p class="conv-head__meta">
                    <span class="truncate">{move || meta.get()}</span>
                </p>
            </div> <span class="pill only-wide">
                <Icon name="i-shield" size=IconSize::Xs />
                {t("recorded")}
            </span>
            {(chats.side == Side::Portal)
                .then(|| {
                    view! {
                        <button
                            class="icon-btn"
                            type="button"
                            aria-label=t("find-in-conversation")
                            aria-pressed=move || if is_finding.get() { "true" } else { "false" }
                            on:click=move |_| is_finding.update(|open| *open = !*open)
                        >
                            <Icon name="i-search" />
                        </button>
                    }
                })}
            {(chats.side == Side::Portal).then(|| view! { <Arranging id=id title=title /> })}
            <button
                class="icon-btn"
                type="button"
                aria-label=t("conversation-details")
                aria-pressed=move || if is_details_open.get() { "true" } else { "false" }
                on:click=move |_| is_details_open.update(|open| *open = !*open)
            >
                <Icon name="i-panel" />
            </button>
        </header>
    }
}

/// The menu by which the viewer arranges the conversation, and what it asks.
#[component]
fn Arranging(id: ChatId, title: Memo<String>) -> impl IntoView {
    let (chats, toasts) = (expect_context::<Chats>(), expect_context::<Toasts>());
    let muting = RwSignal::new(None::<ChatId>);
    let label = tx("chat-actions", &[("name", Arg::Text(&title.get_untracked()))]);
    view! {
        <MenuButton
            label=label
            class="conv-head__more"
            button_class="icon-btn"
            menu_class="menu--below"
            entries=Signal::derive(move || arranging::entries(chats, toasts, id, muting))
        >
            <Icon name="i-more" />
        </MenuButton>
        <MuteDialog muting=muting />
    }
}
