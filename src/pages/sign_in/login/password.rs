//! Screen 2: username and password. A refusal says nothing about which of the three was wrong.

use super::{CODE_WAITS, SigningIn, Step, USERNAME};
use crate::{
    client::{self, ClientError},
    components::{
        base::banner::ErrorBanner,
        form::field::{PasswordField, TextField},
    },
    i18n::{Arg, t, tx},
    pages::{
        explain,
        submission::{Form, Submission, SubmitButton},
    },
    state::storage,
};
use causeway_api::{
    ProblemCode,
    auth::{CodeSent, LogIn},
};
use leptos::prelude::*;

/// The second screen: username and password.
#[component]
pub(super) fn PasswordStep(signing_in: SigningIn) -> impl IntoView {
    let submission = Submission::new().in_words(words);
    let company = signing_in.company.get_untracked();
    // What was wrong is shown above the form, for all of it.
    let no_error = Signal::derive(|| None::<String>);
    let verb = Signal::derive(move || t(if submission.is_busy().get() { "signing-in" } else { "sign-in" }));
    view! {
        <section aria-labelledby="password-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="password-title">
                    {tx("sign-in-to", &[("company", Arg::Text(company.trim()))])}
                </h2>
                <p class="auth__text">
                    {t("not-your-company")} " "
                    <StepLink signing_in=signing_in to=Step::Company label="change-company" />
                </p>
            </div>
            <ErrorBanner text=submission.error() />
            <Form class="auth__form" on_submit=move |()| sign_in(signing_in, submission)>
                <TextField
                    id="username"
                    label=t("username")
                    value=signing_in.username
                    error=no_error
                    autocomplete="username"
                    autofocus=true
                />
                <PasswordField
                    id="password"
                    label=t("password")
                    value=signing_in.password
                    error=no_error
                    autocomplete="current-password"
                />
                <SubmitButton label=verb is_busy=submission.is_busy() />
            </Form>
            <p class="auth__foot">
                <StepLink signing_in=signing_in to=Step::Forgot label="forgot-password" />
            </p>
        </section>
    }
}

/// Signs in with what was typed; the next step is the code.
fn sign_in(signing_in: SigningIn, submission: Submission) {
    let log_in = LogIn {
        company: signing_in.company.get_untracked(),
        username: signing_in.username.get_untracked(),
        password: signing_in.password.get_untracked(),
    };
    if log_in.username.trim().is_empty() || log_in.password.is_empty() {
        return submission.fail(t("login-incomplete"));
    }
    let username = log_in.username.clone();
    let ask = move || {
        let log_in = log_in.clone();
        async move { client::auth::log_in(&log_in).await }
    };
    submission.send(ask, move |sent: CodeSent| {
        signing_in.password.set(String::new());
        storage::write_for_tab(USERNAME, &username);
        storage::write(CODE_WAITS, &true);
        signing_in.go(Step::Code(sent));
    });
}

/// Returns what was wrong, without revealing which of the three.
fn words(refused: &ClientError) -> String {
    if refused.code() == Some(ProblemCode::LoginRefused) { t("login-refused") } else { explain(refused) }
}

/// A link to another step of the same page.
#[component]
fn StepLink(signing_in: SigningIn, to: Step, label: &'static str) -> impl IntoView {
    let to = StoredValue::new(to);
    let go = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        signing_in.go(to.get_value());
    };
    view! {
        <a class="link" href="/login" on:click=go>
            {t(label)}
        </a>
    }
}
