//! The first screen behind the link of an invitation. A code is sent when the client asks for it, never by opening the link:
//! phones load a page anew as they please.

use super::{Onboarding, refused};
use crate::{
    client,
    i18n::{Arg, t, tx},
};
use causeway_api::onboarding::OpenedInvitation;
use leptos::{prelude::*, task::spawn_local};

/// Who invites, and the button that sends the code to the invited address.
#[component]
pub(super) fn InvitedStep(invitation: OpenedInvitation, onboarding: Onboarding) -> impl IntoView {
    let is_busy = RwSignal::new(false);
    let send = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            let sent = client::onboarding::send_code(onboarding.link.get_value()).await;
            is_busy.try_set(false);
            match sent {
                Ok(sent) => onboarding.sent(sent).await,
                Err(error) => drop(onboarding.state.try_set(refused(&error))),
            }
        });
    };
    let company = [("company", Arg::Text(&invitation.company))];
    let host = [("host", Arg::Text(&invitation.host)), ("company", Arg::Text(&invitation.company))];
    view! {
        <section aria-labelledby="invited-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="invited-title">
                    {tx("miniapp-connect", &company)}
                </h2>
                <p class="auth__text">{tx("invitation-text", &host)}</p>
                <p class="auth__text num">
                    {tx("invitation-code-goes-to", &[("address", Arg::Text(&invitation.address))])}
                </p>
            </div>
            <button
                class="btn btn--primary btn--lg btn--block"
                type="button"
                aria-busy=move || is_busy.get().then_some("true")
                on:click=send
            >
                {t("send-code")}
            </button>
            <p class="field__hint">{tx("recorded-by", &company)}</p>
        </section>
    }
}
