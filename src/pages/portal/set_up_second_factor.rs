//! Setting up an authenticator app or a passkey before anything else, where the company asks for one.

use crate::pages::{public::PublicFrame, settings::SignInMethods, sign_in::sign_out::sign_out_then};
use crate::{i18n::t, state::toasts::Toasts};
use leptos::prelude::*;

/// Asks for an authenticator app or a passkey before the portal opens, and offers to sign out.
#[component]
pub(super) fn SetUpSecondFactor(
    /// A second factor was set up.
    #[prop(into)]
    on_done: Callback<()>,
    /// The person signed out instead.
    #[prop(into)]
    on_signed_out: Callback<()>,
) -> impl IntoView {
    crate::pages::set_title(&t("set-up-title"));
    let toasts = expect_context::<Toasts>();
    view! {
        <PublicFrame>
            <div class="auth">
                <h1 class="auth__title">{t("set-up-title")}</h1>
                <SignInMethods on_change=on_done />
                <p>
                    <button class="btn" type="button" on:click=move |_| sign_out_then(toasts, on_signed_out)>
                        {t("sign-out")}
                    </button>
                </p>
            </div>
        </PublicFrame>
    }
}
