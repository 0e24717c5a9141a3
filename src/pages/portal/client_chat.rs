//! The client's own web chat, opened by a personal link: only its conversations, made for a phone first.

use super::{live, offline::OfflineBanner, update::UpdatePrompt};
use crate::pages::{
    chats::conversation::Conversation,
    public::{LanguageSelect, PublicFrame},
    sign_in::other_person::AskToReplace,
};
use crate::{
    client::{self, ClientError, OtherSession, identity},
    components::base::{
        avatar::{Avatar, spoken_kind},
        empty::{Empty, EmptyKind},
        icon::Icon,
        rail::{shown_count, unread_words},
    },
    i18n::{self, t},
    routes,
    state::{
        chats::{Chats, Loading},
        delivery, preferences,
        session::CurrentSession,
    },
};
use causeway_api::{ChatId, ProblemCode, auth::Session, paths::Side};
use leptos::{prelude::*, task::spawn_local};

/// Where the page is.
#[derive(Clone)]
enum State {
    Opening,
    Open(Session),
    /// The link is of another client than the one who is signed in.
    Asking(String),
    Failed(ClientError),
}

/// Opens the link, or goes on with the session that this browser has.
#[component]
pub fn ClientChat() -> impl IntoView {
    let state = RwSignal::new(State::Opening);
    let begin = move || spawn_local(async move { drop(state.try_set(enter().await)) });
    begin();
    // The same page may be given another link.
    let changed = window_event_listener_untyped("hashchange", move |_| begin());
    on_cleanup(move || changed.remove());
    let keep = move |()| {
        forget_token();
        begin();
    };
    let replace = move |token: String| {
        spawn_local(async move { drop(state.try_set(open(token, OtherSession::Replace).await)) });
    };
    move || {
        match state.get() {
        State::Opening => ().into_any(),
        State::Open(session) => view! { <Screen session=session /> }.into_any(),
        State::Asking(token) => view! {
            <PublicFrame>
                <h1 class="visually-hidden">"Causeway"</h1>
                <div class="auth">
                    <AskToReplace side=Side::Client on_keep=keep on_replace=move |()| replace(token.clone()) />
                </div>
            </PublicFrame>
        }
        .into_any(),
        State::Failed(error) => {
            let is_over = matches!(error.code(), Some(ProblemCode::LinkSpent | ProblemCode::SignedOut));
            let (title, text) = if is_over {
                (t("link-spent-title"), t("client-link-spent-text"))
            } else {
                (t("failed-title"), crate::pages::explain(&error))
            };
            view! {
                <PublicFrame>
                    <h1 class="visually-hidden">"Causeway"</h1>
                    <Empty title=title text=text kind=EmptyKind::Failed>
                        {(!is_over)
                            .then(|| {
                                view! {
                                    <button class="btn btn--primary" type="button" on:click=move |_| begin()>
                                        {t("try-again")}
                                    </button>
                                }
                            })}
                    </Empty>
                </PublicFrame>
            }
            .into_any()
        }
    }
    }
}

/// Opens the link in the address; without one, shows whoever is signed in.
async fn enter() -> State {
    match routes::link_token() {
        Some(token) => open(token, OtherSession::Keep).await,
        None => signed_in().await,
    }
}

async fn open(token: String, other: OtherSession) -> State {
    match client::auth::open_client_link(token.clone(), other).await {
        // A page is for one person for as long as it lives: the link opens another one.
        Ok(()) if identity::person().is_some() => {
            routes::leave_for("/c");
            State::Opening
        }
        Ok(()) => {
            forget_token();
            signed_in().await
        }
        Err(error) if error.is_other_person() => State::Asking(token),
        // A link that was withdrawn or replaced: whoever is still signed in has a chat all the same.
        Err(error) if error.code() == Some(ProblemCode::LinkSpent) => match signed_in().await {
            State::Open(session) => {
                forget_token();
                State::Open(session)
            }
            _ => State::Failed(error),
        },
        Err(error) => State::Failed(error),
    }
}

async fn signed_in() -> State {
    client::auth::session(Side::Client).await.map_or_else(State::Failed, State::Open)
}

/// Takes the token out of the address bar and the history: the cookie has taken over.
fn forget_token() {
    if let Ok(history) = window().history() {
        // Where the browser refuses, the link stays in view; it works as before.
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some("/c"));
    }
}

/// The client's chat: the conversation at once where there is one, else the list first.
#[component]
fn Screen(session: Session) -> impl IntoView {
    let chats = Chats::provide(Side::Client, &session);
    CurrentSession::provide(session.clone());
    live::follow(chats);
    let chosen = RwSignal::new(None::<ChatId>);
    let is_details_open = RwSignal::new(false);
    // Whoever has one conversation is in it at once.
    let shown = Memo::new(move |_| {
        chosen.get().or_else(|| chats.order.with(|order| (order.len() == 1).then(|| order[0])))
    });
    let company = session.company.clone();
    let title = company.clone();
    crate::pages::set_title(&title);
    Effect::new(move |_| crate::pages::set_title_count(chats.unread_total()));
    let has_several = Memo::new(move |_| chats.order.with(Vec::len) > 1);
    move || {
        if chats.signed_out.get() {
            return view! {
                <PublicFrame>
                    <Empty title=t("link-spent-title") text=t("client-link-spent-text") kind=EmptyKind::Failed />
                </PublicFrame>
            }
            .into_any();
        }
        let company = company.clone();
        view! {
            <a class="skip-link" href="#main">
                {t("skip-to-content")}
            </a>
            <div class="client">
                <header class="screen__head">
                    {move || {
                        (has_several.get() && shown.get().is_some())
                            .then(|| {
                                view! {
                                    <button
                                        class="icon-btn"
                                        type="button"
                                        aria-label=t("back-to-chats")
                                        on:click=move |_| chosen.set(None)
                                    >
                                        <Icon name="i-left" />
                                    </button>
                                }
                            })
                    }} <span class="brand">
                        <span class="brand__mark">
                            <Icon name="c-causeway" />
                        </span>
                        {company.clone()}
                    </span> <span class="push"></span> <LanguageSelect />
                    <button
                        class="icon-btn"
                        type="button"
                        aria-label=t("switch-theme")
                        on:click=|_| preferences::switch_theme()
                    >
                        <Icon name="i-theme" />
                    </button>
                </header>
                <OfflineBanner connection=chats.connection.into() />
                <UpdatePrompt />
                <main
                    class="client__main"
                    id="main"
                    tabindex="-1"
                    data-details=move || is_details_open.get().then_some("open")
                >
                    <h1 class="visually-hidden">{company}</h1>
                    {move || match shown.get() {
                        Some(id) => {
                            view! {
                                <Conversation id=id is_details_open=is_details_open />
                                <Show when=move || is_details_open.get()>
                                    <crate::pages::chats::Details id=id on_close=move |()| is_details_open.set(false) />
                                </Show>
                            }
                                .into_any()
                        }
                        None => view! { <ClientList chosen=chosen /> }.into_any(),
                    }}
                </main>
            </div>
        }
        .into_any()
    }
}

/// The conversations of a client who has several, or none yet.
#[component]
fn ClientList(chosen: RwSignal<Option<ChatId>>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let me = chats.me();
    let row = move |id: ChatId| {
        chats.row(id).map(|chat| {
            move || {
                let chat = chat.get();
                let (title, unread) = (delivery::title(&chat, me), delivery::unread(&chat, me));
                let kind = delivery::counterpart(&chat, me).map_or(causeway_api::people::PersonKind::Colleague, |person| person.kind);
                let text = chat.last_message.as_ref().map(|last| {
                    if last.deleted_at.is_some() { t("message-deleted") } else { last.text.clone() }
                });
                view! {
                    <li>
                        <button class="row" type="button" on:click=move |_| chosen.set(Some(id))>
                            <Avatar name=title.clone() kind=kind spoken=spoken_kind(kind) />
                            <span>
                                <span class="row__top">
                                    <span class="row__name" dir="auto">
                                        {title}
                                    </span>
                                    <time class="row__time">{i18n::list_time(delivery::activity(&chat))}</time>
                                </span>
                                <span class="row__bottom">
                                    <span class="row__text" dir="auto">
                                        {text}
                                    </span>
                                    {(unread > 0)
                                        .then(|| {
                                            view! {
                                                <span class="count" aria-hidden="true">
                                                    {shown_count(unread)}
                                                </span>
                                                <span class="visually-hidden">{unread_words(unread)}</span>
                                            }
                                        })}
                                </span>
                            </span>
                        </button>
                    </li>
                }
            }
        })
    };
    view! {
        <section class="pane" aria-labelledby="list-title">
            <header class="pane__head">
                <h2 class="pane__title" id="list-title">
                    {t("nav-chats")}
                </h2>
            </header>
            <div class="pane__scroll">
                <Show
                    when=move || !chats.order.with(Vec::is_empty) || chats.loading.get() != Loading::Done
                    fallback=|| view! { <Empty title=t("client-empty-title") text=t("client-empty-text") /> }
                >
                    <ul class="rows">
                        <For each=move || chats.order.get() key=|id| *id children=row />
                    </ul>
                </Show>
            </div>
        </section>
    }
}
