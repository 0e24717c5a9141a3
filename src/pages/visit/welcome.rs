//! The one-time link of the onboarding mail: its owner chooses the first password.

use crate::pages::public::PublicFrame;
use crate::{
    client,
    components::{
        base::{
            banner::ErrorBanner,
            empty::{Empty, EmptyKind},
        },
        form::field::PasswordField,
    },
    i18n::{Arg, keep, t, tx},
    routes::{self, Route},
    state::preferences,
};
use causeway_api::{ProblemCode, auth::Welcome as Invitation, validate};
use leptos::{prelude::*, task::spawn_local};

#[derive(Clone)]
enum State {
    Opening,
    Open(Invitation),
    Done,
    Spent,
    Failed(String),
}

/// The page behind the link.
#[component]
pub fn Welcome() -> impl IntoView {
    crate::pages::set_title(&t("welcome-title"));
    let token = routes::link_token().unwrap_or_default();
    let state = RwSignal::new(State::Opening);
    let asked = token.clone();
    spawn_local(async move {
        state.set(match client::auth::open_welcome(asked).await {
            Ok(invitation) => State::Open(invitation),
            Err(error) if error.code() == Some(ProblemCode::LinkSpent) => State::Spent,
            Err(error) => State::Failed(crate::pages::explain(&error)),
        });
    });
    let token = StoredValue::new(token);
    view! {
        <PublicFrame>
            <h1 class="visually-hidden">{t("welcome-title")}</h1>
            <div class="auth">
                {move || match state.get() {
                    State::Opening => view! { <p role="status">{t("loading")}</p> }.into_any(),
                    State::Open(invitation) => {
                        view! { <ChoosePassword invitation=invitation token=token.get_value() state=state/> }.into_any()
                    }
                    State::Done => view! {
                        <Empty title=t("welcome-done-title") text=t("welcome-done-text")>
                            <a class="btn btn--primary" href=Route::Login.href() rel="external">{t("sign-in")}</a>
                        </Empty>
                    }
                    .into_any(),
                    State::Spent => view! {
                        <Empty title=t("link-spent-title") text=t("welcome-spent-text") kind=EmptyKind::Failed>
                            <a class="btn" href=Route::Login.href() rel="external">{t("sign-in")}</a>
                        </Empty>
                    }
                    .into_any(),
                    State::Failed(why) => {
                        view! { <Empty title=t("failed-title") text=why kind=EmptyKind::Failed/> }.into_any()
                    }
                }}
            </div>
        </PublicFrame>
    }
}

#[component]
fn ChoosePassword(invitation: Invitation, token: String, state: RwSignal<State>) -> impl IntoView {
    let (password, fault, error) =
        (keep("welcome.password", String::new), RwSignal::new(None), RwSignal::new(None::<String>));
    let is_busy = RwSignal::new(false);
    let company_name = invitation.company_name.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = password.get_untracked();
        if let Err(wrong) = validate::password_length(&typed) {
            fault.set(Some(t(wrong)));
            return;
        }
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let (token, company) = (token.clone(), company_name.clone());
        spawn_local(async move {
            match client::auth::set_password(token, typed).await {
                Ok(()) => {
                    preferences::set_company(&company);
                    state.set(State::Done);
                }
                Err(refused) if refused.code() == Some(ProblemCode::LinkSpent) => state.set(State::Spent),
                Err(refused) => {
                    let at_field = crate::pages::field_fault(&refused, "password");
                    error.set(at_field.is_none().then(|| crate::pages::explain(&refused)));
                    fault.set(at_field);
                }
            }
            is_busy.try_set(false);
        });
    };
    let who = [("company", Arg::Text(&invitation.company)), ("username", Arg::Text(&invitation.username))];
    view! {
        <div>
            <h2 class="auth__title">{t("choose-password")}</h2>
            <p class="auth__text">{tx("welcome-text", &who)}</p>
        </div>
        <ErrorBanner text=error/>
        <form class="auth__form" on:submit=submit novalidate>
            <input class="visually-hidden" name="username" autocomplete="username" value=invitation.username.clone() readonly tabindex="-1" aria-hidden="true"/>
            <PasswordField
                id="new-password"
                label=t("new-password")
                value=password
                error=fault
                autocomplete="new-password"
                hint=t("password-hint")
            />
            <button
                class="btn btn--primary btn--lg btn--block"
                type="submit"
                aria-busy=move || is_busy.get().then_some("true")
            >
                {t("save-password")}
            </button>
        </form>
    }
}
