//! The form in which a password is chosen: after a welcome, after it was forgotten, and at the first sign-in.

use super::submission::{Form, Submission, SubmitButton};
use crate::{
    components::{
        base::banner::ErrorBanner,
        form::{field::PasswordField, strength::StrengthHint},
    },
    i18n::t,
};
use causeway_api::validate;
use leptos::prelude::*;

/// A field for the new password and a hint at its strength. What is far too short is not sent.
#[component]
pub(crate) fn NewPasswordForm(
    /// What is typed.
    password: RwSignal<String>,
    /// How far sending it is.
    submission: Submission,
    /// How the server calls the password when it refuses it.
    field: &'static str,
    /// The account, for password managers.
    #[prop(optional, into)]
    username: Option<String>,
    /// A password that is long enough.
    #[prop(into)]
    on_submit: Callback<String>,
    /// What else can be done.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let submit = move |()| {
        let typed = password.get_untracked();
        if submission.passes(validate::password_length(&typed).err().map(|fault| (field, fault))) {
            on_submit.run(typed);
        }
    };
    view! {
        <ErrorBanner text=submission.error() />
        <Form class="auth__form" on_submit=submit>
            {username
                .map(|name| {
                    view! {
                        <input
                            class="visually-hidden"
                            name="username"
                            autocomplete="username"
                            value=name
                            readonly
                            tabindex="-1"
                            aria-hidden="true"
                        />
                    }
                })}
            <div>
                <PasswordField
                    id="new-password"
                    label=t("new-password")
                    value=password
                    error=submission.fault(field)
                    autocomplete="new-password"
                    hint=t("password-hint")
                />
                <StrengthHint password=password />
            </div>
            <SubmitButton label=t("save-password") is_busy=submission.is_busy() />
            {children.map(|children| children())}
        </Form>
    }
}
