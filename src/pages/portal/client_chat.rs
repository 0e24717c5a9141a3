//! The client's own web chat, opened by a personal link: only its conversations, made for a phone first.

mod list;
mod screen;

use crate::pages::{public::PublicFrame, sign_in::other_person::AskToReplace};
use crate::{
    client::{self, ClientError, OtherSession, identity},
    components::base::empty::{Empty, EmptyKind},
    i18n::{Language, keep, t},
    routes,
    state::preferences,
};
use causeway_api::{ProblemCode, auth::Session, paths::Side};
use leptos::{prelude::*, task::spawn_local};
use screen::Screen;

/// The address of a client's conversations.
const CLIENT: &str = "/c";

/// What the page shows.
#[derive(Clone)]
enum State {
    Opening,
    Open(Session),
    /// The link belongs to another client than the one who is signed in.
    Asking(String),
    Failed(ClientError),
}

/// Opens the link, or continues the session of this browser.
#[component]
pub fn ClientChat() -> impl IntoView {
    let state = keep("client.state", || State::Opening);
    let language = expect_context::<Language>();
    let begin = move || {
        spawn_local(async move {
            let entered = enter().await;
            if let State::Open(Session { language: Some(own), .. }) = &entered {
                // Another language makes this page anew, which finds the session here and does not ask for it again.
                state.try_update_untracked(|state| *state = entered.clone());
                preferences::suggest_language(language, own).await;
            }
            state.try_set(entered);
        });
    };
    if matches!(state.get_untracked(), State::Opening) {
        begin();
    }
    // Another link may be opened in the same page.
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
        State::Failed(error) => view! { <Failed error=error on_again=move |()| begin() /> }.into_any(),
    }
    }
}

/// Says why there is no chat, with a button to try again unless the link is spent.
#[component]
fn Failed(error: ClientError, #[prop(into)] on_again: Callback<()>) -> impl IntoView {
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
                            <button class="btn btn--primary" type="button" on:click=move |_| on_again.run(())>
                                {t("try-again")}
                            </button>
                        }
                    })}
            </Empty>
        </PublicFrame>
    }
}

/// Opens the link in the address, or the session if there is none.
async fn enter() -> State {
    match routes::link_token() {
        Some(token) => open(token, OtherSession::Keep).await,
        None => signed_in().await,
    }
}

async fn open(token: String, other: OtherSession) -> State {
    match client::auth::open_client_link(token.clone(), other).await {
        // A page belongs to one person as long as it is open: the link opens another page.
        Ok(()) if identity::person().is_some() => {
            routes::leave_for("/c");
            State::Opening
        }
        Ok(()) => {
            forget_token();
            signed_in().await
        }
        Err(error) if error.is_other_person() => State::Asking(token),
        // The link was withdrawn or replaced: someone who is still signed in keeps their chat.
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

/// Removes the token from the address and the history: the session has replaced it.
fn forget_token() {
    if let Ok(history) = window().history() {
        // If the browser refuses, the link stays visible and still works.
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some("/c"));
    }
}
