//! The link of a forgotten password: its owner chooses another one.

use crate::pages::{
    public::PublicFrame,
    sign_in::ask_for_link::{Account, AskForLink},
};
use crate::{
    client,
    components::{
        base::{
            banner::ErrorBanner,
            empty::{Empty, EmptyKind},
        },
        form::{field::PasswordField, strength::StrengthHint},
    },
    i18n::{Arg, keep, t, tx},
    routes::{self, Route},
    state::preferences,
};
use causeway_api::{ProblemCode, auth::Welcome, validate};
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
                    State::Opening => view! { <p role="status">{t("loading")}</p> }.into_any(),
                    State::Open(whose) => view! { <Choose whose=whose token=token.get_value() state=state/> }.into_any(),
                    State::Done => view! {
                        <Empty title=t("reset-done-title") text=t("reset-done-text")>
                            <a class="btn btn--primary" href=Route::Login.href() rel="external">{t("sign-in")}</a>
                        </Empty>
                    }
                    .into_any(),
                    State::Spent => view! { <Spent account=account/> }.into_any(),
                    State::Failed(why) => view! { <Empty title=t("failed-title") text=why kind=EmptyKind::Failed/> }.into_any(),
                }}
            </div>
        </PublicFrame>
    }
}

/// The link was used, has expired, or a newer one was sent: another one is asked for right here.
#[component]
fn Spent(account: Account) -> impl IntoView {
    view! {
        <section aria-labelledby="forgot-title" class="auth__step">
            <AskForLink title="link-spent-title" text=t("reset-spent-text") account=account asks_company=true verb="reset-send-another"/>
            <p class="auth__foot"><a class="link" href=Route::Login.href() rel="external">{t("back-to-sign-in")}</a></p>
        </section>
    }
}

#[component]
fn Choose(whose: Welcome, token: String, state: RwSignal<State>) -> impl IntoView {
    let (password, fault, error) =
        (keep("reset.password", String::new), RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let is_busy = RwSignal::new(false);
    let company_name = whose.company_name.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = password.get_untracked();
        if let Err(wrong) = validate::password_length(&typed) {
            return fault.set(Some(t(wrong)));
        }
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let (token, company) = (token.clone(), company_name.clone());
        spawn_local(async move {
            let done = client::auth::reset_password(token, typed).await;
            is_busy.try_set(false);
            match done {
                Ok(()) => {
                    preferences::set_company(&company);
                    state.set(State::Done);
                }
                Err(refused) if refused.code() == Some(ProblemCode::LinkSpent) => state.set(State::Spent),
                Err(refused) => {
                    let at_field = crate::pages::field_fault(&refused, "password");
                    error.try_set(at_field.is_none().then(|| crate::pages::explain(&refused)));
                    fault.try_set(at_field);
                }
            }
        });
    };
    let who = [("company", Arg::Text(&whose.company)), ("username", Arg::Text(&whose.username))];
    view! {
        <section aria-labelledby="reset-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="reset-title">{t("choose-password")}</h2>
                <p class="auth__text">{tx("reset-text", &who)}</p>
            </div>
            <ErrorBanner text=error/>
            <form class="auth__form" on:submit=submit novalidate>
                <input class="visually-hidden" name="username" autocomplete="username" value=whose.username.clone() readonly tabindex="-1" aria-hidden="true"/>
                <div>
                    <PasswordField id="new-password" label=t("new-password") value=password error=fault autocomplete="new-password" hint=t("password-hint")/>
                    <StrengthHint password=password/>
                </div>
                <button class="btn btn--primary btn--lg btn--block" type="submit" aria-busy=move || is_busy.get().then_some("true")>
                    {t("save-password")}
                </button>
            </form>
        </section>
    }
}
