//! The last screen of onboarding.

use crate::{
    components::base::avatar::{Avatar, AvatarSize, spoken_kind},
    i18n::{Arg, t, tx},
};
use causeway_api::onboarding::Onboarded;
use leptos::prelude::*;

/// Says that the channel is linked, with a link to the chat.
#[component]
pub(super) fn Linked(done: Onboarded) -> impl IntoView {
    let args = [("host", Arg::Text(done.host.name.as_str())), ("company", Arg::Text(&done.company))];
    view! {
        <section aria-labelledby="linked-title" class="auth__step auth__step--center">
            <Avatar
                name=done.host.name.clone()
                kind=done.host.kind
                size=AvatarSize::Xl
                spoken=spoken_kind(done.host.kind)
            />
            <div>
                <h2 class="auth__title" id="linked-title" role="status">
                    {t("linked-title")}
                </h2>
                <p class="auth__text">{tx("linked-text", &args)}</p>
            </div>
            <a class="btn btn--primary btn--lg btn--block" href="/c" rel="external">
                {t("open-chat")}
            </a>
        </section>
    }
}
