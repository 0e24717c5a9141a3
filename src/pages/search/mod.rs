//! Finding messages and people again: one field, filters, and what was found. The search stands in the address, so that a
//! reload, a link and the way back show the same.

mod filters;
mod hits;

use crate::{
    client,
    components::{
        base::empty::{Empty, EmptyKind},
        list::search_field::SearchField,
    },
    i18n::{Arg, t, tx},
    state::session::CurrentSession,
};
use causeway_api::{
    contacts::{ContactQuery, ContactRow, ContactTab},
    people::Role,
    query::Seq,
    search::{FoundMessages, SearchMessages},
};
use filters::Filters;
use gloo_timers::future::TimeoutFuture;
use hits::{Hits, People};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
    params::ParamsMap,
};

/// The pause after a letter before it is searched, in milliseconds.
const PAUSE: u32 = 250;

/// What was found.
#[derive(Clone, Default, PartialEq)]
struct Found {
    messages: FoundMessages,
    people: Vec<ContactRow>,
}

/// How a search went.
#[derive(Clone, PartialEq)]
enum Outcome {
    /// Nothing is looked for.
    Nothing,
    /// It is on its way.
    Waiting,
    /// It was answered.
    Done(Found),
    /// It was not.
    Failed,
}

/// The address of a search.
fn address(asked: &SearchMessages) -> String {
    let query = serde_urlencoded::to_string(asked).unwrap_or_default();
    format!("/search?{query}")
}

/// The page.
#[component]
pub fn Search() -> impl IntoView {
    let query = use_query_map();
    let read = move || {
        let text = query.with(ParamsMap::to_query_string);
        serde_urlencoded::from_str::<SearchMessages>(text.trim_start_matches('?')).unwrap_or_default()
    };
    let asked = RwSignal::new(untrack(read));
    // The way back, or another link.
    Effect::new(move |_| {
        let there = read();
        if asked.with_untracked(|asked| *asked != there) {
            asked.set(there);
        }
    });
    let navigate = use_navigate();
    Effect::new(move |before: Option<()>| {
        let to = asked.with(address);
        if before.is_some() {
            navigate(&to, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        }
    });
    let outcome = RwSignal::new(Outcome::Nothing);
    follow(asked, outcome);
    crate::pages::set_title(&t("search"));
    let typed = Signal::derive(move || asked.with(|asked| asked.q.clone()));
    view! {
        <main class="portal__main finder" id="main" tabindex="-1">
            <header class="finder__head">
                <h1 class="visually-hidden">{t("search")}</h1>
                <SearchField
                    label=t("search-everything")
                    placeholder=t("search-everything-placeholder")
                    value=typed
                    on_input=move |text: String| asked.update(|asked| asked.q = text)
                />
                <Filters asked=asked />
            </header>
            <div class="finder__list">
                <p class="visually-hidden" role="status">
                    {move || outcome.with(spoken)}
                </p>
                {move || outcome.with(|outcome| shown(outcome, asked))}
            </div>
        </main>
    }
}

/// Searches whenever something else is looked for. An answer that was overtaken is not shown.
fn follow(asked: RwSignal<SearchMessages>, outcome: RwSignal<Outcome>) {
    let turn = StoredValue::new(0_u32);
    let sees_contacts = expect_context::<CurrentSession>().get().me.role != Some(Role::ExternalUser);
    Effect::new(move |before: Option<bool>| {
        let wanted = asked.get();
        let mine = turn
            .try_update_value(|turn| {
                *turn += 1;
                *turn
            })
            .unwrap_or_default();
        if wanted.q.trim().is_empty() {
            outcome.set(Outcome::Nothing);
            return true;
        }
        let is_current = move || turn.try_get_value() == Some(mine);
        spawn_local(async move {
            if before.is_some() {
                TimeoutFuture::new(PAUSE).await;
            }
            if !is_current() {
                return;
            }
            if outcome.with_untracked(|outcome| !matches!(outcome, Outcome::Done(_))) {
                outcome.try_set(Outcome::Waiting);
            }
            let messages = client::search::search_messages(&wanted).await;
            let people =
                if sees_contacts && is_plain(&wanted) { people(&wanted.q).await } else { Vec::new() };
            if is_current() {
                outcome.try_set(
                    messages.map_or(Outcome::Failed, |messages| Outcome::Done(Found { messages, people })),
                );
            }
        });
        true
    });
}

/// The clients and colleagues whose names match; none where they cannot be asked for now: messages are shown all the same.
async fn people(wanted: &str) -> Vec<ContactRow> {
    let mut found = Vec::new();
    for tab in [ContactTab::Clients, ContactTab::Team] {
        let query = ContactQuery { tab, search: wanted.to_owned(), ..ContactQuery::default() };
        if let Ok(page) = client::contacts::list_contacts(&query).await {
            found.extend(page.page.items);
        }
    }
    found
}

/// Whether no filter is set that only messages have.
fn is_plain(asked: &SearchMessages) -> bool {
    SearchMessages { q: String::new(), cursor: None, ..asked.clone() } == SearchMessages::default()
}

/// What is said about an outcome to those who do not see it.
fn spoken(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Done(found) => {
            let count = found.messages.hits.len() + found.people.len();
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            let id = if found.messages.next.is_some() { "search-found-more" } else { "search-found" };
            tx(id, &[("count", Arg::Number(count))])
        }
        Outcome::Failed => t("search-failed-title"),
        Outcome::Nothing | Outcome::Waiting => String::new(),
    }
}

fn shown(outcome: &Outcome, asked: RwSignal<SearchMessages>) -> AnyView {
    match outcome {
        Outcome::Nothing => {
            view! { <Empty title=t("search-start-title") text=t("search-start-text") /> }.into_any()
        }
        Outcome::Waiting => view! { <p class="muted" aria-busy="true">{t("loading")}</p> }.into_any(),
        Outcome::Failed => view! {
            <Empty title=t("search-failed-title") text=t("search-failed-text") kind=EmptyKind::Failed>
                <button class="btn" type="button" on:click=move |_| asked.notify()>
                    {t("try-again")}
                </button>
            </Empty>
        }
        .into_any(),
        Outcome::Done(found) if found.messages.hits.is_empty() && found.people.is_empty() => {
            let wanted = asked.with_untracked(|asked| asked.q.clone());
            let is_filtered = asked.with_untracked(|asked| !is_plain(asked));
            view! {
                <Empty
                    title=tx("search-none-title", &[("text", Arg::Text(&wanted))])
                    text=t(if is_filtered { "search-none-filtered" } else { "search-none-text" })
                >
                    {is_filtered
                        .then(|| {
                            view! {
                                <button class="btn" type="button" on:click=move |_| filters::clear(asked)>
                                    {t("clear-filters")}
                                </button>
                            }
                        })}
                </Empty>
            }
            .into_any()
        }
        Outcome::Done(found) => {
            let Found { messages, people } = found.clone();
            view! {
                {messages.behind_since.is_some().then(|| view! { <p class="muted">{t("search-behind")}</p> })}
                <People people=people />
                <Hits first=messages asked=asked />
            }
            .into_any()
        }
    }
}

/// The same search behind the page that ended with a cursor.
fn behind(asked: &SearchMessages, cursor: i64) -> SearchMessages {
    SearchMessages { cursor: Seq::new(cursor), ..asked.clone() }
}
