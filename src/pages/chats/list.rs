//! The list of chats: search, filters, and a row per chat.

mod narrowed;

use super::{
    arranging::{self, MuteDialog},
    chat_row::ChatRow,
    new_chat::NewChat,
};
use crate::{
    components::{
        base::{
            empty::{Empty, EmptyKind},
            icon::{Icon, IconSize},
        },
        form::menu::{ContextMenu, MenuPlace},
        list::{
            arrow_keys::move_focus,
            search_field::SearchField,
            virtual_rows::{RowWindow, VirtualRows},
        },
    },
    i18n::{Arg, t, tx},
    routes::Route,
    state::{
        chats::{Chats, Connection, Loading},
        delivery,
        session::CurrentSession,
        toasts::Toasts,
    },
};
use causeway_api::{ChatId, people::Role, search::SearchMessages};
use leptos::prelude::*;
use narrowed::{Chips, Narrowed};
use std::collections::BTreeMap;
use web_sys::KeyboardEvent;

/// What the arrow keys go through.
const ROW: &str = "a.row";

/// The height of a row in rem, as `.rows--even` has it (style/components/pane.css).
const ROW_REM: f64 = 4.0;

/// The list of chats: searched, narrowed to unread ones, clients or the team, with the button for a new chat.
#[component]
pub(super) fn ChatListPane(#[prop(into)] selected: Signal<Option<ChatId>>) -> impl IntoView {
    let narrowed = Narrowed::nothing();
    let chats = expect_context::<Chats>();
    let is_new_open = RwSignal::new(false);
    let menu = RwSignal::new(None::<(ChatId, MenuPlace)>);
    let window = RowWindow::in_rem(ROW_REM);
    let rows = window.view();
    // From the search field down to what it found.
    let into_rows = move |event: KeyboardEvent| {
        if let Some(rows) = rows.get_untracked().filter(|_| event.key() == "ArrowDown") {
            move_focus(&rows, ROW, &event);
        }
    };
    let move_in_rows = move |event: KeyboardEvent| {
        let Some(rows) = rows.get_untracked() else { return };
        // The ends of the list may be out of view, where nothing is drawn until the list is scrolled there.
        let is_other = match event.key().as_str() {
            "Home" => window.scroll_to(0),
            "End" => window.scroll_to(chats.order.with_untracked(Vec::len)),
            _ => false,
        };
        if is_other {
            event.prevent_default();
            request_animation_frame(move || move_focus(&rows, ROW, &event));
        } else {
            move_focus(&rows, ROW, &event);
        }
    };
    // What is narrowed begins at the top.
    Effect::new(move |_| {
        narrowed.search.track();
        narrowed.filter.track();
        window.scroll_to(0);
    });
    // External users cannot start chats.
    let is_external = expect_context::<CurrentSession>().get().me.role == Some(Role::ExternalUser);
    view! {
        <section class="pane pane--list" id="list" aria-labelledby="list-title">
            <header class="pane__head">
                <h2 class="pane__title" id="list-title">
                    {t("nav-chats")}
                </h2>
                {(!is_external).then(|| view! { <NewChatButton is_open=is_new_open /> })}
            </header>
            <div class="pane__tools" on:keydown=into_rows>
                <SearchField
                    label=t("search-chats")
                    placeholder=t("search-placeholder")
                    value=narrowed.search
                    on_input=move |typed: String| narrowed.search.set(typed)
                />
                <Chips filter=narrowed.filter is_external=is_external />
                <InMessages typed=narrowed.search />
            </div>
            <div node_ref=rows class="pane__scroll" on:keydown=move_in_rows on:scroll=move |_| {
                window.scrolled();
            }>
                <Rows
                    narrowed=narrowed
                    window=window
                    selected=selected
                    is_new_open=is_new_open
                    menu=menu
                />
            </div>
            <ChatMenu menu=menu />
            <Show when=move || is_new_open.get()>
                <NewChat on_close=move |()| is_new_open.set(false) />
            </Show>
        </section>
    }
}

/// The menu of a row, while it is open, and what it asks.
#[component]
fn ChatMenu(menu: RwSignal<Option<(ChatId, MenuPlace)>>) -> impl IntoView {
    let (chats, toasts) = (expect_context::<Chats>(), expect_context::<Toasts>());
    let muting = RwSignal::new(None::<ChatId>);
    view! {
        {move || {
            menu.get().map(|(id, place)| {
                let title = chats.peek(id).map_or_else(String::new, |chat| delivery::title(&chat, chats.me()));
                view! {
                    <ContextMenu
                        label=tx("chat-actions", &[("name", Arg::Text(&title))])
                        place=place
                        entries=Signal::derive(move || arranging::entries(chats, toasts, id, muting))
                        on_close=move |()| menu.set(None)
                    />
                }
            })
        }}
        <MuteDialog muting=muting />
    }
}

/// What is typed can be looked for in messages as well, on the page of the search.
#[component]
fn InMessages(typed: RwSignal<String>) -> impl IntoView {
    move || {
        let text = typed.get();
        (!text.trim().is_empty()).then(|| {
            let asked = SearchMessages { q: text.clone(), ..SearchMessages::default() };
            let query = serde_urlencoded::to_string(&asked).unwrap_or_default();
            view! {
                <a class="link in-messages" href=format!("{}?{query}", Route::Search.href())>
                    <Icon name="i-search" size=IconSize::Sm />
                    {tx("search-messages-for", &[("text", Arg::Text(&text))])}
                </a>
            }
        })
    }
}

/// The button that opens the dialog for a new chat.
#[component]
fn NewChatButton(is_open: RwSignal<bool>) -> impl IntoView {
    view! {
        <button class="icon-btn push" type="button" aria-label=t("new-chat") on:click=move |_| is_open.set(true)>
            <span class="only-wide">
                <Icon name="i-group-add" />
            </span>
            <span class="only-narrow">
                <Icon name="i-plus" />
            </span>
        </button>
    }
}

/// The rows of the list, or why there are none.
#[component]
fn Rows(
    narrowed: Narrowed,
    window: RowWindow,
    selected: Signal<Option<ChatId>>,
    /// Whether the dialog for a new chat is open.
    is_new_open: RwSignal<bool>,
    /// The row whose menu is open.
    menu: RwSignal<Option<(ChatId, MenuPlace)>>,
) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let shown = narrowed.shown(chats);
    let places =
        Memo::new(move |_| shown.with(|shown| shown.iter().copied().enumerate().collect::<BTreeMap<_, _>>()));
    let total = Signal::derive(move || shown.with(Vec::len));
    let row = Callback::new(move |id: ChatId| {
        view! {
            <ChatRow
                id=id
                is_selected=Signal::derive(move || selected.get() == Some(id))
                on_menu=move |(id, place): (ChatId, MenuPlace)| {
                    // A finger that stays may be told of twice.
                    if menu.with_untracked(|open| open.is_none_or(|(open, _)| open != id)) {
                        menu.set(Some((id, place)));
                    }
                }
            />
        }
        .into_any()
    });
    let is_empty = Memo::new(move |_| shown.with(Vec::is_empty));
    // The list is drawn once, and not anew with every message.
    move || match (chats.loading.get(), is_empty.get()) {
        (Loading::Failed, true) => {
            view! { <Empty title=t("failed-title") text=t("error-offline") kind=EmptyKind::Failed /> }
                .into_any()
        }
        (Loading::Waiting, true) if chats.connection.get() == Connection::Connecting => {
            view! { <Skeleton /> }.into_any()
        }
        (_, true) if narrowed.is_searching() => view! {
            <Empty title=t("no-results-title") text=t("no-results-text")>
                <button class="btn" type="button" on:click=move |_| narrowed.clear()>
                    {t("clear-search")}
                </button>
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
            <VirtualRows window=window rows=places total=total key=|id| *id row=row class="rows rows--even" />
        }
        .into_any(),
    }
}

/// Grey rows while the list loads; they appear only if that takes a moment.
#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeleton-rows" aria-busy="true" aria-label=t("loading") role="status">
            {(0..6)
                .map(|_| {
                    view! {
                        <div class="row">
                            <span class="skeleton skeleton--circle"></span>
                            <span class="skeleton"></span>
                        </div>
                    }
                })
                .collect_view()}
        </div>
    }
}
