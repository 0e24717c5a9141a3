//! The welcome link of a new user, who chooses the first password.

use crate::{
    client,
    components::base::empty::{Empty, EmptyKind},
    i18n::{Arg, keep, t, tx},
    pages::{new_password::NewPasswordForm, public::PublicFrame, submission::Submission},
    routes::{self, Route},
    shell::Opening,
    state::preferences,
};
use causeway_api::{ProblemCode, auth::Welcome as Invitation};
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
                    State::Opening => view! { <Opening /> }.into_any(),
                    State::Open(invitation) => {
                        view! { <ChoosePassword invitation=invitation token=token.get_value() state=state /> }
                            .into_any()
                    }
                    State::Done => {
                        view! {
                            <Empty title=t("welcome-done-title") text=t("welcome-done-text")>
                                <a class="btn btn--primary" href=Route::Login.href() rel="external">
                                    {t("sign-in")}
                                </a>
                            </Empty>
                        }
                            .into_any()
                    }
                    State::Spent => {
                        view! {
                            <Empty title=t("link-spent-title") text=t("welcome-spent-text") kind=EmptyKind::Failed>
                                <a class="btn" href=Route::Login.href() rel="external">
                                    {t("sign-in")}
                                </a>
                            </Empty>
                        }
                            .into_any()
                    }
                    State::Failed(why) => {
                        view! { <Empty title=t("failed-title") text=why kind=EmptyKind::Failed /> }.into_any()
                    }
                }}
            </div>
        </PublicFrame>
    }
}

/// The form of the first password.
#[component]
fn ChoosePassword(invitation: Invitation, token: String, state: RwSignal<State>) -> impl IntoView {
    let (password, submission) = (keep("welcome.password", String::new), Submission::new());
    let (token, company) = (StoredValue::new(token), StoredValue::new(invitation.company_name.clone()));
    let save = move |typed: String| {
        let done = move |()| {
            company.with_value(|company| preferences::set_company(company));
            state.set(State::Done);
        };
        submission.send_or(
            move || client::auth::set_password(token.get_value(), typed.clone()),
            done,
            move |refused| {
                let is_spent = refused.code() == Some(ProblemCode::LinkSpent);
                if is_spent {
                    state.set(State::Spent);
                }
                is_spent
            },
        );
    };
    let who = [("company", Arg::Text(&invitation.company)), ("username", Arg::Text(&invitation.username))];
    view! {
        <div>
            <h2 class="auth__title">{t("choose-password")}</h2>
            <p class="auth__text">{tx("welcome-text", &who)}</p>
        </div>
        <NewPasswordForm
            password=password
            submission=submission
            field="password"
            username=invitation.username.clone()
            on_submit=save
        />
    }
}
