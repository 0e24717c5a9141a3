//! The banner that asks someone who has just registered for a password.

use crate::i18n::t;
use leptos::prelude::*;

/// Says how long the code of the registration is a password, with the button that leads to one of one's own.
#[component]
pub(super) fn PasswordBanner(#[prop(into)] on_choose: Callback<()>) -> impl IntoView {
    view! {
        <div class="banner" role="status">
            <p>{t("password-banner")}</p>
            <button class="btn btn--sm push" type="button" on:click=move |_| on_choose.run(())>
                {t("choose-password")}
            </button>
        </div>
    }
}
