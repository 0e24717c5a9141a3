//! The portal: the guard, and what it lets through.

mod choose_password;
pub mod client_chat;
mod keyboard;
mod live;
mod offline;
mod palette;
mod password_banner;
mod set_up_second_factor;
mod shell;
mod update;
mod you_menu;

use crate::{
    client::{self, ClientError, identity},
    components::base::empty::{Empty, EmptyKind},
    i18n::{keep, t},
    pages::{
        explain,
        passcode::{Locked, follow_background},
    },
    routes,
    state::{
        kept, passcode,
        session::gate::{Circumstances, Gate, gate},
    },
};
use causeway_api::{auth::Session, paths::Side};
use choose_password::ChoosePassword;
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;
use set_up_second_factor::SetUpSecondFactor;
use shell::Shell;

/// Where the installed app of a phone that is not linked starts.
const ACTIVATION: &str = "/activate";

/// The pause between two attempts to read the session while the server is unreachable.
const ASK_AGAIN_MILLIS: u32 = 2_000;

/// The session, once the server has answered.
type Known = Option<Result<Session, ClientError>>;

/// Reads the session, again and again while the server is unreachable.
async fn ask_until_known(session: RwSignal<Known>) {
    loop {
        let answer = client::auth::session(Side::Portal).await;
        let is_passing = answer.as_ref().is_err_and(ClientError::is_passing);
        // The installed app opens offline, and reads the session once it is online.
        let is_kept = |known: &Known| is_passing && matches!(known, Some(Ok(_)));
        let Some(is_news) =
            session.try_with_untracked(|known| known.as_ref() != Some(&answer) && !is_kept(known))
        else {
            return; // The page was closed.
        };
        if is_news {
            session.try_set(Some(shown(answer)));
        }
        if !is_passing {
            return;
        }
        TimeoutFuture::new(ASK_AGAIN_MILLIS).await;
    }
}

/// Locks a device that has a passcode, when the app opens and each time it returns.
fn follow_lock(session: RwSignal<Known>) -> RwSignal<bool> {
    let is_locked = RwSignal::new(false);
    let owner = Memo::new(move |_| session.with(|it| Some(it.as_ref()?.as_ref().ok()?.me.id)));
    Effect::new(move |_| {
        if let Some(person) = owner.get() {
            // Setting it draws the portal again, so it is set only on a change.
            if passcode::is_locked(person) {
                is_locked.set(true);
            }
            follow_background(person, is_locked);
        }
    });
    is_locked
}

/// Returns what leads to sign-in, and from there back to this address; in the installed app of a phone that is not linked,
/// to its activation, where nothing is kept of anyone.
fn leads_to_login() -> Callback<()> {
    let location = use_location();
    Callback::new(move |()| {
        // The router's query has no question mark.
        let (path, query) = (location.pathname.get_untracked(), location.search.get_untracked());
        let query = query.trim_start_matches('?');
        let wanted = if query.is_empty() { path } else { format!("{path}?{query}") };
        spawn_local(async move {
            // A server that is only out of reach ends nothing.
            let answer = client::auth::session(Side::Portal).await;
            let has_ended = answer.is_err_and(|error| error.is_signed_out());
            if has_ended {
                kept::session_ended();
            }
            let is_unlinked = has_ended
                && kept::is_installed()
                && client::devices::this_device().await.is_ok_and(|device| !device.is_linked);
            if is_unlinked {
                kept::erase();
            }
            routes::leave_for(&if is_unlinked { ACTIVATION.to_owned() } else { routes::login_for(&wanted) });
        });
    })
}

/// The guard: reads the session, and leads to sign-in if there is none.
#[component]
pub fn Portal() -> impl IntoView {
    let session = keep("portal.session", || Known::None);
    let ask = move || spawn_local(ask_until_known(session));
    if session.with_untracked(Option::is_none) {
        ask();
    }
    let is_locked = follow_lock(session);
    let chooses_password = RwSignal::new(false);
    let to_login = leads_to_login();
    // The stream ends with the session, or because a second factor must be set up first.
    let on_ended = Callback::new(move |()| {
        spawn_local(async move {
            let answer = client::auth::session(Side::Portal).await;
            if answer.as_ref().is_ok_and(|session| session.must_set_up_second_factor) {
                session.try_set(Some(answer));
            } else {
                to_login.run(());
            }
        });
    });
    let gate = Memo::new(move |_| {
        let known = session.get();
        let person = known.as_ref().and_then(|it| Some(it.as_ref().ok()?.me.id));
        gate(
            known,
            Circumstances {
                is_locked: is_locked.get() && person.is_some_and(|person| passcode::kept(person).is_some()),
                chooses_password: chooses_password.get(),
            },
        )
    });
    let choose = move |can_postpone: bool| {
        let later = Callback::new(move |()| chooses_password.set(false));
        view! { <ChoosePassword on_done=move |()| ask() on_later=can_postpone.then_some(later) /> }
    };
    move || match gate.get() {
        Gate::Asking => ().into_any(),
        Gate::ChoosePassword { can_postpone } => choose(can_postpone).into_any(),
        Gate::SetUpSecondFactor => {
            view! { <SetUpSecondFactor on_done=move |()| ask() on_signed_out=to_login /> }.into_any()
        }
        Gate::Locked(person) => {
            let open = move |()| is_locked.set(false);
            view! { <Locked person=person on_open=open on_signed_out=to_login /> }.into_any()
        }
        Gate::Open(session) => {
            let choose = Callback::new(move |()| chooses_password.set(true));
            view! { <Shell session=*session on_signed_out=to_login on_ended=on_ended on_choose_password=choose /> }
                .into_any()
        }
        Gate::SignIn => {
            to_login.run(());
            ().into_any()
        }
        Gate::Failed(error) => view! { <Failed error=error on_again=move |()| ask() /> }.into_any(),
    }
}

/// Says that the session could not be read.
#[component]
fn Failed(error: ClientError, #[prop(into)] on_again: Callback<()>) -> impl IntoView {
    view! {
        <main class="public__main">
            <Empty title=t("failed-title") text=explain(&error) kind=EmptyKind::Failed>
                <button class="btn btn--primary" type="button" on:click=move |_| on_again.run(())>
                    {t("try-again")}
                </button>
            </Empty>
        </main>
    }
}

/// Returns the session to show: while the server is unreachable, the installed app continues with the last one.
fn shown(answer: Result<Session, ClientError>) -> Result<Session, ClientError> {
    match answer {
        Ok(session) => {
            kept::keep_session(&session);
            Ok(session)
        }
        Err(error) if error.is_passing() && kept::is_installed() => {
            let session = kept::session().ok_or(error)?;
            identity::adopt(session.me.id)?;
            Ok(session)
        }
        Err(error) => Err(error),
    }
}
