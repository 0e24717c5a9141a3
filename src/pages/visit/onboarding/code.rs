//! The code that was sent, and another one after a while.

use super::{ASKED, Onboarding, State, refused};
use crate::{
    client::{self, OtherSession},
    i18n::{Arg, keep, t, tx},
    pages::{
        code_step::{CodeStep, Refusals, Resend, SentCodeForm},
        sign_in::other_person::AskToReplace,
    },
    routes,
    state::storage,
};
use causeway_api::{ProblemCode, onboarding::OnboardingCode, paths::Side};
use leptos::{prelude::*, task::spawn_local};

const REFUSALS: Refusals = Refusals { wrong: "code-wrong", spent: "code-spent-again" };

/// The code that was sent to the client; the right one links the channel.
#[component]
pub(super) fn InvitationCode(sent: OnboardingCode, onboarding: Onboarding) -> impl IntoView {
    let step = CodeStep::new(keep("miniapp.code", String::new));
    let another = Resend::after(sent.resend_in, step);
    let state = onboarding.state;
    // Someone else is signed in here, and has to agree first.
    let asks = RwSignal::new(false);
    let confirm_with = move |other: OtherSession| {
        let Some(code) = step.begin() else { return };
        spawn_local(async move {
            let done = client::onboarding::confirm(code, other).await;
            step.end();
            let is_other = done.as_ref().is_err_and(client::ClientError::is_other_person);
            asks.try_set(is_other);
            match done {
                Ok(done) => {
                    crate::routes::portal_soon();
                    storage::remove(ASKED);
                    state.set(State::Done(done));
                }
                Err(_) if is_other => {}
                Err(failed) if failed.code() == Some(ProblemCode::TooMany) => state.set(refused(&failed)),
                Err(failed) => step.refuse(&failed, REFUSALS),
            }
        });
    };
    let confirm = move || confirm_with(OtherSession::Keep);
    let resend = move |()| {
        spawn_local(async move {
            match client::onboarding::resend().await {
                Ok(sent) => another.sent(sent.resend_in),
                Err(failed) if failed.code() == Some(ProblemCode::TooMany) => state.set(refused(&failed)),
                Err(failed) => another.refuse(&failed, REFUSALS.spent),
            }
        });
    };
    let lifetime = i64::from(sent.expires_in.div_ceil(60));
    let form = move || {
        view! {
            <section aria-labelledby="code-title" class="auth__step">
                <div>
                    <h2 class="auth__title" id="code-title">
                        {t("code-title")}
                    </h2>
                    <p class="auth__text num">{tx("miniapp-code-text", &[("address", Arg::Text(&sent.address))])}</p>
                </div>
                <SentCodeForm
                    step=step
                    resend=another
                    hint=tx("code-hint", &[("minutes", Arg::Number(lifetime))])
                    on_complete=move |()| confirm()
                    on_submit=move |()| confirm()
                    on_resend=resend
                />
            </section>
        }
    };
    let replace = move |()| confirm_with(OtherSession::Replace);
    let keep_session = |()| routes::leave_for("/c");
    move || {
        if asks.get() {
            view! { <AskToReplace side=Side::Client on_replace=replace on_keep=keep_session /> }.into_any()
        } else {
            form().into_any()
        }
    }
}
