//! The first screen behind the link of an invitation. A code is sent when the client asks for it, never by opening the link:
//! phones reload pages as they please.

use super::{Onboarding, refused};
use crate::{
    client,
    i18n::{Arg, t, tx},
    pages::submission::Submission,
};
use causeway_api::onboarding::OpenedInvitation;
use leptos::{prelude::*, task::spawn_local};

/// Who invites, and the button that sends the code to the invited address.
#[component]
pub(super) fn InvitedStep(invitation: OpenedInvitation, onboarding: Onboarding) -> impl IntoView {
    let submission = Submission::new();
    let is_busy = submission.is_busy();
    let send = move |_| {
        submission.send_or(
            move || client::onboarding::send_code(onboarding.link.get_value()),
            move |sent| spawn_local(onboarding.sent(sent)),
            move |error| {
                onboarding.state.try_set(refused(error));
                true
            },
        );
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
