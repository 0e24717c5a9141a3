//! Step 3: registered. The session is already open.

use crate::{
    components::base::avatar::{Avatar, AvatarSize, spoken_kind},
    i18n::{Arg, t, tx},
    routes::Route,
    state::preferences,
};
use causeway_api::registration::Registered;
use leptos::prelude::*;

/// Shows the person in charge and how to sign in again, with a link to the chat.
#[component]
pub(super) fn DoneStep(done: Registered) -> impl IntoView {
    preferences::set_company(&done.company_name);
    let args = [("host", Arg::Text(done.host.name.as_str())), ("company", Arg::Text(&done.company))];
    let password = if done.is_code_password { "join-password-code" } else { "join-password-chosen" };
    view! {
        <section aria-labelledby="done-title" class="auth__step auth__step--center">
            <Avatar
                name=done.host.name.clone()
                kind=done.host.kind
                size=AvatarSize::Xl
                spoken=spoken_kind(done.host.kind)
            />
            <div>
                <h2 class="auth__title" id="done-title">
                    {tx("join-done-title", &[("name", Arg::Text(&done.name))])}
                </h2>
                <p class="auth__text" role="status">
                    {tx("join-done-text", &args)}
                </p>
            </div>
            <dl class="facts facts--start">
                <dt>{t("company-name")}</dt>
                <dd>{done.company_name.clone()}</dd>
                <dt>{t("join-login")}</dt>
                <dd>{done.username.clone()}</dd>
                <dt>{t("password")}</dt>
                <dd>{t(password)}</dd>
            </dl>
            <a class="btn btn--primary btn--lg btn--block" href=Route::Chat(done.chat).href() rel="external">
                {t("join-chat")}
            </a>
        </section>
    }
}
