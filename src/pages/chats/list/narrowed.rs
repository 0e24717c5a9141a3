//! What the list of chats is narrowed to: a search, and unread ones, clients or the team.

use crate::{
    i18n::{self, fold, t},
    state::{chats::Chats, delivery},
};
use causeway_api::{ChatId, PersonId, chats::Chat};
use leptos::prelude::*;

/// Which chats are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    All,
    Unread,
    Clients,
    Team,
    Archived,
}

impl Filter {
    const ALL: [(Self, &'static str); 5] = [
        (Self::All, "filter-all"),
        (Self::Unread, "filter-unread"),
        (Self::Clients, "filter-clients"),
        (Self::Team, "filter-team"),
        (Self::Archived, "archived"),
    ];

    /// What is put away shows where it is asked for, and where something is searched for.
    fn shows(self, chat: &Chat, me: PersonId, is_searching: bool) -> bool {
        let is_archived = delivery::is_archived(chat, i18n::now());
        match self {
            Self::Archived => is_archived,
            _ if is_archived && !is_searching => false,
            Self::All => true,
            Self::Unread => delivery::is_unread(chat, me),
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
pub(super) fn Chips(
    filter: RwSignal<Filter>,
    /// All chats of an external user are with the team.
    is_external: bool,
) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let me = chats.me();
    let unread_chats = Memo::new(move |_| {
        chats.order.with(|order| {
            let all = order.iter().filter_map(|id| chats.get(*id));
            all.filter(|chat| chat.with(|chat| Filter::Unread.shows(chat, me, false))).count()
        })
    });
    let has_archived = Memo::new(move |_| {
        chats.order.with(|order| {
            order
                .iter()
                .filter_map(|id| chats.get(*id))
                .any(|chat| chat.with(|chat| Filter::Archived.shows(chat, me, false)))
        })
    });
    // The last one that comes back takes its filter along.
    Effect::new(move |_| {
        if !has_archived.get() && filter.get_untracked() == Filter::Archived {
            filter.set(Filter::All);
        }
    });
    let is_offered = move |choice: Filter| match choice {
        Filter::Archived => has_archived.get(),
        Filter::Clients | Filter::Team => !is_external,
        Filter::All | Filter::Unread => true,
    };
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
                .map(|(choice, label)| {
                    view! { <Show when=move || is_offered(choice)>{chip((choice, label))}</Show> }
                })
                .collect_view()}
        </div>
    }
}

/// The search and the filter of the list.
#[derive(Clone, Copy)]
pub(super) struct Narrowed {
    pub(super) search: RwSignal<String>,
    pub(super) filter: RwSignal<Filter>,
}

impl Narrowed {
    /// Every chat is shown.
    pub(super) fn nothing() -> Self {
        Self { search: RwSignal::new(String::new()), filter: RwSignal::new(Filter::All) }
    }

    /// The chats that are left.
    pub(super) fn shown(self, chats: Chats) -> Memo<Vec<ChatId>> {
        let me = chats.me();
        Memo::new(move |_| {
            let (wanted, filter) = (fold(&self.search.get()), self.filter.get());
            let keep = |id: &ChatId| {
                chats.get(*id).is_some_and(|chat| {
                    chat.with(|chat| filter.shows(chat, me, !wanted.is_empty()) && finds(chat, me, &wanted))
                })
            };
            chats.order.with(|order| order.iter().copied().filter(keep).collect())
        })
    }

    /// Something is searched for or left out.
    pub(super) fn is_searching(self) -> bool {
        !self.search.with(String::is_empty) || self.filter.get() != Filter::All
    }

    /// Shows every chat again.
    pub(super) fn clear(self) {
        self.search.set(String::new());
        self.filter.set(Filter::All);
    }
}
