//! Forgot password: asks for a link.

use super::{SigningIn, Step};
use crate::{
    i18n::{Arg, t, tx},
    pages::sign_in::ask_for_link::{Account, AskForLink},
};
use leptos::prelude::*;

/// Asks for a link to set a new password, with what was typed already.
#[component]
pub(super) fn ForgotStep(signing_in: SigningIn) -> impl IntoView {
    let back = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        signing_in.go(Step::Password);
    };
    let company = signing_in.company.get_untracked();
    let text = tx("forgot-text", &[("company", Arg::Text(company.trim()))]);
    let account = Account { company: signing_in.company, username: signing_in.username };
    view! {
        <section aria-labelledby="forgot-title" class="auth__step">
            <AskForLink title="forgot-title" text=text account=account asks_company=false verb="forgot-send" />
            <p class="auth__foot">
                <a class="link" href="/login" on:click=back>
                    {t("back-to-sign-in")}
                </a>
            </p>
        </section>
    }
}
