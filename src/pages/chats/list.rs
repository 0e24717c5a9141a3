//! The list of chats: search, filters, and a row per chat.

use super::{chat_row::ChatRow, new_chat::NewChat};
use crate::{
    components::{
        base::{
            empty::{Empty, EmptyKind},
            icon::Icon,
        },
        list::{arrow_keys::move_focus, search_field::SearchField},
    },
    i18n::{fold, t},
    state::{
        chats::{Chats, Connection, Loading},
        delivery,
        session::CurrentSession,
    },
};
use causeway_api::{ChatId, PersonId, chats::Chat, people::Role};
use leptos::{html::Div, prelude::*};
use web_sys::KeyboardEvent;

/// What the arrow keys go through.
const ROW: &str = "a.row";

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

/// Whether a search finds a chat: every word is in its name, its members' names and descriptions, or its last message.
fn finds(chat: &Chat, me: PersonId, wanted: &str) -> bool {
    if wanted.is_empty() {
        return true;
    }
    let mut texts = vec![fold(&delivery::title(chat, me))];
    for member in chat.members.iter().filter(|member| member.person.id != me) {
        let person = &member.person;
        texts.extend([fold(&person.name), fold(&person.company_role), fold(&person.about)]);
    }
    texts.extend(chat.last_message.as_ref().map(|message| fold(&message.text)));
    wanted.split(' ').all(|word| texts.iter().any(|text| text.contains(word)))
}

/// The chips that choose which chats are shown.
#[component]
fn Chips(
    filter: RwSignal<Filter>,
    /// All chats of an external user are with the team.
    is_external: bool,
) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let me = chats.me();
    let unread_chats = Memo::new(move |_| {
        chats.order.with(|order| {
            let all = order.iter().filter_map(|id| chats.get(*id));
            all.filter(|chat| chat.with(|chat| delivery::unread(chat, me) > 0)).count()
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
                {t(label)}
                {move || {
                    count()
                        .map(|count| {
                            view! {
                                " "
                                <span class="num" aria-hidden="true">
                                    {count}
                                </span>
                            }
                        })
                }}
            </button>
        }
    };
    view! {
        <div class="chip-row" role="group" aria-label=t("show")>
            {Filter::ALL
                .into_iter()
                .filter(|(choice, _)| !is_external || matches!(choice, Filter::All | Filter::Unread))
                .map(chip)
                .collect_view()}
        </div>
    }
}

/// The search and the filter of the list.
#[derive(Clone, Copy)]
struct Narrowed {
    search: RwSignal<String>,
    filter: RwSignal<Filter>,
}

impl Narrowed {
    fn shown(self, chats: Chats) -> Memo<Vec<ChatId>> {
        let me = chats.me();
        Memo::new(move |_| {
            let (wanted, filter) = (fold(&self.search.get()), self.filter.get());
            let keep = |id: &ChatId| {
                chats
                    .get(*id)
                    .is_some_and(|chat| chat.with(|chat| filter.shows(chat, me) && finds(chat, me, &wanted)))
            };
            chats.order.with(|order| order.iter().copied().filter(keep).collect())
        })
    }

    fn is_searching(self) -> bool {
        !self.search.with(String::is_empty) || self.filter.get() != Filter::All
    }

    fn clear(self) {
        self.search.set(String::new());
        self.filter.set(Filter::All);
    }
}

/// The list of chats: searched, narrowed to unread ones, clients or the team, with the button for a new chat.
#[component]
pub(super) fn ChatListPane(#[prop(into)] selected: Signal<Option<ChatId>>) -> impl IntoView {
    let narrowed = Narrowed { search: RwSignal::new(String::new()), filter: RwSignal::new(Filter::All) };
    let is_new_open = RwSignal::new(false);
    let rows = NodeRef::<Div>::new();
    // From the search field down to what it found.
    let into_rows = move |event: KeyboardEvent| {
        if let Some(rows) = rows.get_untracked().filter(|_| event.key() == "ArrowDown") {
            move_focus(&rows, ROW, &event);
        }
    };
    let move_in_rows = move |event: KeyboardEvent| {
        if let Some(rows) = rows.get_untracked() {
            move_focus(&rows, ROW, &event);
        }
    };
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
            </div>
            <div node_ref=rows class="pane__scroll" on:keydown=move_in_rows>
                <Rows narrowed=narrowed selected=selected is_new_open=is_new_open />
            </div>
            <Show when=move || is_new_open.get()>
                <NewChat on_close=move |()| is_new_open.set(false) />
            </Show>
        </section>
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
    selected: Signal<Option<ChatId>>,
    /// Whether the dialog for a new chat is open.
    is_new_open: RwSignal<bool>,
) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let shown = narrowed.shown(chats);
    move || match (chats.loading.get(), shown.with(Vec::is_empty)) {
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
            <ul class="rows">
                <For each=move || shown.get() key=|id| *id let:id>
                    <ChatRow id=id is_selected=Signal::derive(move || selected.get() == Some(id)) />
                </For>
            </ul>
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
