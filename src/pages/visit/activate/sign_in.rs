//! User name and password; the company is known from the code.

use super::{Activating, Step, keep_code};
use crate::{
    client,
    components::{
        base::banner::ErrorBanner,
        form::field::{PasswordField, TextField},
    },
    i18n::{Arg, keep, t, tx},
    pages::explain,
};
use causeway_api::{
    ProblemCode,
    devices::{Activation, ActivationLogIn, LinkStep},
};
use leptos::{prelude::*, task::spawn_local};

/// User name and password of the person who asked for the code.
#[component]
pub(super) fn SignInStep(activating: Activating, activation: Activation) -> impl IntoView {
    let (username, password) = (keep("activate.username", String::new), RwSignal::new(String::new()));
    let (error, is_busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        let typed =
            ActivationLogIn { username: username.get_untracked(), password: password.get_untracked() };
        if typed.username.trim().is_empty() || typed.password.is_empty() {
            return error.set(Some(t("login-incomplete")));
        }
        is_busy.set(true);
        error.set(None);
        spawn_local(async move {
            let sent = client::devices::activation_log_in(&typed).await;
            is_busy.try_set(false);
            match sent {
                Ok(sent) => {
                    keep_code(&sent);
                    activating.step.set(Step::OneTimeCode(sent));
                }
                Err(refused) => match refused.code() {
                    Some(ProblemCode::CodeSpent) => activating.step.set(Step::Over(LinkStep::Expired)),
                    Some(ProblemCode::LoginRefused) => drop(error.try_set(Some(t("login-refused")))),
                    _ => drop(error.try_set(Some(explain(&refused)))),
                },
            }
        });
    };
    // What was wrong is said above the form, for all of it.
    let no_error = Signal::derive(|| None::<String>);
    view! {
        <section aria-labelledby="sign-in-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="sign-in-title">
                    {tx("activate-login-title", &[("company", Arg::Text(&activation.company))])}
                </h2>
                <p class="auth__text">{t("activate-login-text")}</p>
            </div>
            <ErrorBanner text=error />
            <form class="auth__form" novalidate on:submit=submit>
                <TextField
                    id="username"
                    label=t("username")
                    value=username
                    error=no_error
                    autocomplete="username"
                    autofocus=true
                />
                <PasswordField
                    id="password"
                    label=t("password")
                    value=password
                    error=no_error
                    autocomplete="current-password"
                />
                <button
                    class="btn btn--primary btn--lg btn--block"
                    type="submit"
                    aria-busy=move || is_busy.get().then_some("true")
                >
                    {t("sign-in")}
                </button>
            </form>
        </section>
    }
}
