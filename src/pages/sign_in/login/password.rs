//! Screen 2: user name and password. A refusal says nothing about which of the three was wrong.

use super::{SigningIn, Step, USERNAME};
use crate::{
    client,
    components::{
        base::banner::ErrorBanner,
        form::field::{PasswordField, TextField},
    },
    i18n::{Arg, t, tx},
    state::storage,
};
use causeway_api::{ProblemCode, auth::LogIn};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(super) fn PasswordStep(signing_in: SigningIn) -> impl IntoView {
    let (error, is_busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        let log_in = LogIn {
            company: signing_in.company.get_untracked(),
            username: signing_in.username.get_untracked(),
            password: signing_in.password.get_untracked(),
        };
        if log_in.username.trim().is_empty() || log_in.password.is_empty() {
            error.set(Some(t("login-incomplete")));
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            match client::auth::log_in(&log_in).await {
                Ok(sent) => {
                    signing_in.password.set(String::new());
                    storage::write_for_tab(USERNAME, &log_in.username);
                    signing_in.go(Step::Code(sent));
                }
                Err(refused) if refused.code() == Some(ProblemCode::LoginRefused) => {
                    error.set(Some(t("login-refused")));
                }
                Err(other) => error.set(Some(crate::pages::explain(&other))),
            }
            is_busy.try_set(false);
        });
    };
    let company = signing_in.company.get_untracked();
    // What was wrong is said above the form, for all of it.
    let no_error = Signal::derive(|| None::<String>);
    view! {
        <section aria-labelledby="password-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="password-title">{tx("sign-in-to", &[("company", Arg::Text(company.trim()))])}</h2>
                <p class="auth__text">
                    {t("not-your-company")} " "
                    <a
                        class="link"
                        href="/login"
                        on:click=move |event| {
                            event.prevent_default();
                            signing_in.go(Step::Company);
                        }
                    >
                        {t("change-company")}
                    </a>
                </p>
            </div>
            <ErrorBanner text=error/>
            <form class="auth__form" on:submit=submit novalidate>
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
                <button
                    class="btn btn--primary btn--lg btn--block"
                    type="submit"
                    aria-busy=move || is_busy.get().then_some("true")
                >
                    {move || if is_busy.get() { t("signing-in") } else { t("sign-in") }}
                </button>
            </form>
            <p class="auth__foot">
                <a
                    class="link"
                    href="/login"
                    on:click=move |event| {
                        event.prevent_default();
                        signing_in.go(Step::Forgot);
                    }
                >
                    {t("forgot-password")}
                </a>
            </p>
        </section>
    }
}
