//! The code that was sent, and another one after a while.

use super::{ASKED, Onboarding, State, refused};
use crate::{
    client::{self, ClientError, OtherSession},
    i18n::{Arg, keep, t, tx},
    pages::{
        code_step::{CodeStep, Refusals, Resend, SentCodeForm},
        sign_in::other_person::AskToReplace,
    },
    routes,
    state::storage,
};
use causeway_api::{
    ProblemCode,
    onboarding::{Onboarded, OnboardingCode},
    paths::Side,
    phones::spaced,
};
use leptos::prelude::*;

const REFUSALS: Refusals = Refusals { wrong: "code-wrong", spent: "code-spent-again" };

/// Confirming the code of a client.
#[derive(Clone, Copy)]
struct Confirming {
    state: RwSignal<State>,
    step: CodeStep,
    another: Resend,
    /// Another person is signed in here, and has to agree first.
    asks: RwSignal<bool>,
}

impl Confirming {
    /// Links the channel with the code.
    fn confirm(self, other: OtherSession) {
        let done = move |done: Onboarded| {
            routes::portal_soon();
            storage::remove(ASKED);
            self.state.set(State::Done(done));
        };
        let ask = move |code| client::onboarding::confirm(code, other);
        self.step.send(REFUSALS, ask, done, move |failed| {
            let is_other = failed.is_other_person();
            self.asks.try_set(is_other);
            is_other || self.has_to_wait(failed)
        });
    }

    /// Requests another code.
    fn resend(self) {
        let sent = move |sent: OnboardingCode| self.another.sent(sent.resend_in);
        self.another
            .send(REFUSALS.spent, client::onboarding::resend, sent, move |failed| self.has_to_wait(failed));
    }

    /// Shows the time until the next attempt after too many. Returns `false` for any other refusal.
    fn has_to_wait(self, failed: &ClientError) -> bool {
        let is_locked = failed.code() == Some(ProblemCode::TooMany);
        if is_locked {
            self.state.set(refused(failed));
        }
        is_locked
    }
}

/// The code that was sent to the client; the right one links the channel.
#[component]
pub(super) fn InvitationCode(sent: OnboardingCode, onboarding: Onboarding) -> impl IntoView {
    let step = CodeStep::new(keep("miniapp.code", String::new));
    let another = Resend::after(sent.resend_in, step);
    let confirming = Confirming { state: onboarding.state, step, another, asks: RwSignal::new(false) };
    let replace = move |()| confirming.confirm(OtherSession::Replace);
    let keep_session = |()| routes::leave_for("/c");
    move || {
        if confirming.asks.get() {
            view! { <AskToReplace side=Side::Client on_replace=replace on_keep=keep_session /> }.into_any()
        } else {
            view! { <CodeForm confirming=confirming sent=sent.clone() /> }.into_any()
        }
    }
}

/// Where the code went, and the field for it.
#[component]
fn CodeForm(confirming: Confirming, sent: OnboardingCode) -> impl IntoView {
    let confirm = move |()| confirming.confirm(OtherSession::Keep);
    let lifetime = i64::from(sent.expires_in.div_ceil(60));
    view! {
        <section aria-labelledby="code-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="code-title">
                    {t("code-title")}
                </h2>
                <p class="auth__text num">
                    {tx("miniapp-code-text", &[("address", Arg::Text(&spaced(&sent.address)))])}
                </p>
            </div>
            <SentCodeForm
                step=confirming.step
                resend=confirming.another
                hint=tx("code-hint", &[("minutes", Arg::Number(lifetime))])
                on_complete=confirm
                on_submit=confirm
                on_resend=move |()| confirming.resend()
            />
        </section>
    }
}
