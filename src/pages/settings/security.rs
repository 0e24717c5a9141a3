//! Security: sign-in methods, passcode and password.

use super::SignInMethods;
use crate::{
    client,
    components::{
        base::banner::ErrorBanner,
        form::{field::PasswordField, strength::StrengthHint},
    },
    i18n::{keep, t},
    pages::{
        passcode::PasscodeSettings,
        submission::{Form, Submission, SubmitButton},
    },
    state::toasts::Toasts,
};
use causeway_api::validate::{self, Fault};
use leptos::prelude::*;

/// Sign-in methods, the passcode, and the form that changes the password.
#[component]
pub(super) fn Security() -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let (old, new) = (keep("security.old", String::new), keep("security.new", String::new));
    let submission = Submission::new();
    let change = move |()| {
        let missing = old.with_untracked(String::is_empty).then_some(("old", Fault::Required));
        let length = validate::password_length(&new.get_untracked()).err().map(|fault| ("new", fault));
        if !submission.passes(missing.into_iter().chain(length)) {
            return;
        }
        let ask = move || client::auth::change_password(Some(old.get_untracked()), new.get_untracked());
        submission.send(ask, move |()| {
            old.set(String::new());
            new.set(String::new());
            toasts.say(t("password-changed"));
        });
    };
    view! {
        <SignInMethods on_change=|()| () />
        <PasscodeSettings />
        <section aria-labelledby="security-title" class="settings__narrow">
            <h2 class="profile__name" id="security-title">
                {t("change-password")}
            </h2>
            <ErrorBanner text=submission.error() />
            <Form class="auth__form" on_submit=change>
                <PasswordField
                    id="old-password"
                    label=t("old-password")
                    value=old
                    error=submission.fault("old")
                    autocomplete="current-password"
                />
                <div>
                    <PasswordField
                        id="new-password"
                        label=t("new-password")
                        value=new
                        error=submission.fault("new")
                        autocomplete="new-password"
                        hint=t("password-hint")
                    />
                    <StrengthHint password=new />
                </div>
                <p>
                    <SubmitButton label=t("change-password") is_busy=submission.is_busy() class="btn btn--primary" />
                </p>
            </Form>
        </section>
    }
}
