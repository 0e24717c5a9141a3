//! Setting up an authenticator app or a passkey before anything else, where the company asks for one.

use super::{public::PublicFrame, settings::SignInMethods};
use crate::{client, i18n::t, state::toasts::Toasts};
use causeway_api::paths::Side;
use leptos::{prelude::*, task::spawn_local};

/// The page.
#[component]
pub(super) fn SetUpSecondFactor(
    /// Something has changed.
    #[prop(into)]
    on_done: Callback<()>,
    /// Somebody signs out instead.
    #[prop(into)]
    on_signed_out: Callback<()>,
) -> impl IntoView {
    super::set_title(&t("set-up-title"));
    let toasts = expect_context::<Toasts>();
    let sign_out = move |_| {
        spawn_local(async move {
            match client::auth::sign_out(Side::Portal).await {
                Ok(()) => on_signed_out.run(()),
                Err(refused) => toasts.error(super::explain(&refused)),
            }
        });
    };
    view! {
        <PublicFrame>
            <div class="auth auth--wide">
                <h1 class="auth__title">{t("set-up-title")}</h1>
                <SignInMethods on_change=on_done/>
                <p><button class="btn" type="button" on:click=sign_out>{t("sign-out")}</button></p>
            </div>
        </PublicFrame>
    }
}
