//! What was found: people, and messages with the words in them.

use super::behind;
use crate::{
    client,
    components::{
        base::{
            avatar::{Avatar, spoken_kind},
            channel::ChannelBadge,
        },
        list::marked::MarkedText,
    },
    i18n::{self, Arg, t, tx},
    pages::chats::chat_row::ring,
    routes::Route,
    state::{chats::Chats, delivery},
};
use causeway_api::{
    chats::Chat,
    contacts::ContactRow,
    people::PersonKind,
    search::{FoundMessages, MessageHit, SearchMessages},
};
use leptos::{prelude::*, task::spawn_local};

/// People that are shown above messages.
const PEOPLE: usize = 5;

/// The people whose names match.
#[component]
pub(super) fn People(people: Vec<ContactRow>) -> impl IntoView {
    let row = |row: ContactRow| {
        let person = row.person;
        let href = match person.kind {
            PersonKind::Client => Route::Contact(person.id),
            PersonKind::Colleague => Route::Colleague(person.id),
        };
        view! {
            <li>
                <a class="hit" href=href.href()>
                    <Avatar name=person.name.clone() kind=person.kind spoken=spoken_kind(person.kind) />
                    <span>
                        <span class="hit__top">
                            <b dir="auto" lang=person.name_lang.clone()>
                                {person.name.clone()}
                            </b>
                        </span>
                        <span class="hit__note">{person.line().to_owned()}</span>
                    </span>
                </a>
            </li>
        }
    };
    let rows: Vec<_> = people.into_iter().take(PEOPLE).map(row).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="hits-people">
                <h2 class="overline hits__head" id="hits-people">
                    {t("people")}
                </h2>
                <ul>{rows}</ul>
            </section>
        }
    })
}

/// The messages, with a button to more of them.
#[component]
pub(super) fn Hits(first: FoundMessages, asked: RwSignal<SearchMessages>) -> impl IntoView {
    let (hits, next) = (RwSignal::new(first.hits), RwSignal::new(first.next));
    let is_loading = RwSignal::new(false);
    let more = move |_| {
        let Some(cursor) = next.get_untracked().filter(|_| !is_loading.get_untracked()) else { return };
        is_loading.set(true);
        let asked = asked.with_untracked(|asked| behind(asked, cursor));
        spawn_local(async move {
            let found = client::search::search_messages(&asked).await;
            is_loading.try_set(false);
            // Where it failed the button stays, and can be pressed again.
            if let Ok(found) = found {
                next.try_set(found.next);
                hits.try_update(|hits| hits.extend(found.hits));
            }
        });
    };
    view! {
        <Show when=move || !hits.with(Vec::is_empty)>
            <section aria-labelledby="hits-messages">
                <h2 class="overline hits__head" id="hits-messages">
                    {t("messages")}
                </h2>
                <ul>
                    <For each=move || hits.get() key=|hit| hit.message.id let:hit>
                        <li>
                            <Hit hit=hit />
                        </li>
                    </For>
                </ul>
            </section>
        </Show>
        <Show when=move || next.with(Option::is_some)>
            <button
                class="btn"
                type="button"
                aria-busy=move || is_loading.get().then_some("true")
                on:click=more
            >
                {t("search-more")}
            </button>
        </Show>
    }
}

/// Who wrote a message to whom: "You to Ka Man", or the name of the chat and of the sender.
fn heading(hit: &MessageHit, chat: &Chat, chats: Chats) -> String {
    let me = chats.me();
    let title = delivery::title(chat, me);
    if hit.message.sender == me {
        return tx("you-to", &[("name", Arg::Text(&title))]);
    }
    let sender = chat.members.iter().find(|member| member.person.id == hit.message.sender);
    match sender.map(|member| member.person.name.clone()) {
        Some(name) if name != title => format!("{title}: {name}"),
        _ => title,
    }
}

/// A message that was found. A press leads to it.
#[component]
pub(crate) fn Hit(hit: MessageHit) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let id = hit.message.chat;
    let known = chats.get(id).map(|chat| chat.get_untracked());
    let (name, kind) = known.map_or_else(
        || (t("a-conversation"), PersonKind::Colleague),
        |chat| (heading(&hit, &chat, chats), ring(&chat, chats.me())),
    );
    let href = format!("{}?at={}", Route::Chat(id).href(), hit.message.ordinal);
    let files = hit.files.into_iter().map(|file| {
        view! {
            <span class="hit__note" dir="auto">
                <MarkedText marked=file />
            </span>
        }
    });
    view! {
        <a class="hit" href=href>
            <Avatar name=name.clone() kind=kind spoken=spoken_kind(kind) />
            <span>
                <span class="hit__top">
                    <b dir="auto">{name}</b>
                    <ChannelBadge channel=hit.message.channel />
                    <time datetime=i18n::machine_time(hit.message.sent_at)>{i18n::list_time(hit.message.sent_at)}</time>
                </span>
                <span class="hit__text" dir="auto">
                    <MarkedText marked=hit.text />
                </span>
                {files.collect_view()}
            </span>
        </a>
    }
}
