//! Username and password; the company is known from the code.

use super::{Activating, Step, keep_code};
use crate::{
    client::{self, ClientError},
    components::{
        base::banner::ErrorBanner,
        form::field::{PasswordField, TextField},
    },
    i18n::{Arg, keep, t, tx},
    pages::{
        explain,
        submission::{Form, Submission, SubmitButton},
    },
};
use causeway_api::{
    ProblemCode,
    auth::CodeSent,
    devices::{Activation, ActivationLogIn, LinkStep},
};
use leptos::prelude::*;

/// Username and password of the person who asked for the code.
#[component]
pub(super) fn SignInStep(activating: Activating, activation: Activation) -> impl IntoView {
    let (username, password) = (keep("activate.username", String::new), RwSignal::new(String::new()));
    let submission = Submission::new().in_words(words);
    let submit = move |()| {
        let typed =
            ActivationLogIn { username: username.get_untracked(), password: password.get_untracked() };
        if typed.username.trim().is_empty() || typed.password.is_empty() {
            return submission.fail(t("login-incomplete"));
        }
        send(typed, activating, submission);
    };
    // What was wrong is shown above the form, for all of it.
    let no_error = Signal::derive(|| None::<String>);
    view! {
        <section aria-labelledby="sign-in-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="sign-in-title">
                    {tx("activate-login-title", &[("company", Arg::Text(&activation.company))])}
                </h2>
                <p class="auth__text">{t("activate-login-text")}</p>
            </div>
            <ErrorBanner text=submission.error() />
            <Form class="auth__form" on_submit=submit>
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
                <SubmitButton label=t("sign-in") is_busy=submission.is_busy() />
            </Form>
        </section>
    }
}

/// Signs in; the next step is the code.
fn send(typed: ActivationLogIn, activating: Activating, submission: Submission) {
    let ask = move || {
        let typed = typed.clone();
        async move { client::devices::activation_log_in(&typed).await }
    };
    let done = move |sent: CodeSent| {
        keep_code(&sent);
        activating.step.set(Step::OneTimeCode(sent));
    };
    submission.send_or(ask, done, move |refused| {
        let is_over = refused.code() == Some(ProblemCode::CodeSpent);
        if is_over {
            activating.step.set(Step::Over(LinkStep::Expired));
        }
        is_over
    });
}

/// Returns what was wrong, without revealing which of the two.
fn words(refused: &ClientError) -> String {
    if refused.code() == Some(ProblemCode::LoginRefused) { t("login-refused") } else { explain(refused) }
}
