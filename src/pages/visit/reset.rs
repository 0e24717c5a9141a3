//! The password link, behind which a user chooses a new password.

use crate::{
    client,
    components::base::empty::{Empty, EmptyKind},
    i18n::{Arg, keep, t, tx},
    pages::{
        new_password::NewPasswordForm,
        public::PublicFrame,
        sign_in::ask_for_link::{Account, AskForLink},
        submission::Submission,
    },
    routes::{self, Route},
    shell::Opening,
    state::preferences,
};
use causeway_api::{ProblemCode, auth::Welcome};
use leptos::{prelude::*, task::spawn_local};

#[derive(Clone, PartialEq)]
enum State {
    Opening,
    Open(Welcome),
    Done,
    Spent,
    Failed(String),
}

/// The page behind the link.
#[component]
pub fn Reset() -> impl IntoView {
    crate::pages::set_title(&t("reset-title"));
    let token = routes::link_token().unwrap_or_default();
    let state = keep("reset.state", || State::Opening);
    let account = Account {
        company: keep("reset.company", preferences::company),
        username: keep("reset.username", String::new),
    };
    let asked = token.clone();
    if state.with_untracked(|state| *state == State::Opening) {
        spawn_local(async move {
            state.set(match client::auth::open_reset(asked).await {
                Ok(whose) => {
                    account.company.set(whose.company_name.clone());
                    account.username.set(whose.username.clone());
                    State::Open(whose)
                }
                Err(error) if error.code() == Some(ProblemCode::LinkSpent) => State::Spent,
                Err(error) => State::Failed(crate::pages::explain(&error)),
            });
        });
    }
    let token = StoredValue::new(token);
    view! {
        <PublicFrame>
            <h1 class="visually-hidden">{t("reset-title")}</h1>
            <div class="auth">
                {move || match state.get() {
                    State::Opening => view! { <Opening /> }.into_any(),
                    State::Open(whose) => {
                        view! { <Choose whose=whose token=token.get_value() state=state /> }.into_any()
                    }
                    State::Done => {
                        view! {
                            <Empty title=t("reset-done-title") text=t("reset-done-text")>
                                <a class="btn btn--primary" href=Route::Login.href() rel="external">
                                    {t("sign-in")}
                                </a>
                            </Empty>
                        }
                            .into_any()
                    }
                    State::Spent => view! { <Spent account=account /> }.into_any(),
                    State::Failed(why) => {
                        view! { <Empty title=t("failed-title") text=why kind=EmptyKind::Failed /> }.into_any()
                    }
                }}
            </div>
        </PublicFrame>
    }
}

/// The link was used, has expired, or was replaced: a form asks for another one.
#[component]
fn Spent(account: Account) -> impl IntoView {
    view! {
        <section aria-labelledby="forgot-title" class="auth__step">
            <AskForLink
                title="link-spent-title"
                text=t("reset-spent-text")
                account=account
                asks_company=true
                verb="reset-send-another"
            />
            <p class="auth__foot">
                <a class="link" href=Route::Login.href() rel="external">
                    {t("back-to-sign-in")}
                </a>
            </p>
        </section>
    }
}

/// The form of the new password.
#[component]
fn Choose(whose: Welcome, token: String, state: RwSignal<State>) -> impl IntoView {
    let (password, submission) = (keep("reset.password", String::new), Submission::new());
    let (token, company) = (StoredValue::new(token), StoredValue::new(whose.company_name.clone()));
    let save = move |typed: String| {
        let done = move |()| {
            company.with_value(|company| preferences::set_company(company));
            state.set(State::Done);
        };
        submission.send_or(
            move || client::auth::reset_password(token.get_value(), typed.clone()),
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
    let who = [("company", Arg::Text(&whose.company)), ("username", Arg::Text(&whose.username))];
    view! {
        <section aria-labelledby="reset-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="reset-title">
                    {t("choose-password")}
                </h2>
                <p class="auth__text">{tx("reset-text", &who)}</p>
            </div>
            <NewPasswordForm
                password=password
                submission=submission
                field="password"
                username=whose.username.clone()
                on_submit=save
            />
        </section>
    }
}
