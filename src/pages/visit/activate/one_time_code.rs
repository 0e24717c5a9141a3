//! The sign-in code on the phone, or whatever else was set up.

use super::{Activating, Step, keep_code};
use crate::{
    client,
    components::{base::banner::ErrorBanner, form::resend::ResendButton},
    pages::{
        code_step::Resend,
        sign_in::second_factor::{Answering, OtherWays, SecondFactorFields},
    },
};
use causeway_api::{ProblemCode, auth::CodeSent, devices::LinkStep};
use leptos::{prelude::*, task::spawn_local};

/// The sign-in code, or another way that is open to the person.
#[component]
pub(super) fn OneTimeCodeStep(activating: Activating, sent: CodeSent) -> impl IntoView {
    let resend_in = sent.resend_in;
    let answering = Answering::to(sent, "activate");
    let another = Resend::after(resend_in, answering.step);
    let confirm = move || {
        spawn_local(async move {
            let Some(answer) = answering.collect().await else { return };
            match client::devices::confirm_activation_code(&answer).await {
                Ok(activation) => activating.follow(activation),
                Err(refused) if refused.code() == Some(ProblemCode::CodeSpent) => {
                    activating.step.set(Step::Over(LinkStep::Expired));
                }
                Err(refused) => answering.refuse(&refused, "code-spent"),
            }
        });
    };
    let resend = move |()| {
        spawn_local(async move {
            match client::devices::resend_activation_code().await {
                Ok(sent) => {
                    keep_code(&sent);
                    another.sent(sent.resend_in);
                }
                Err(refused) => another.refuse(&refused, "code-spent"),
            }
        });
    };
    view! {
        <section aria-labelledby="code-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="code-title">
                    {move || answering.title()}
                </h2>
                <p class="auth__text num">{move || answering.text()}</p>
            </div>
            <ErrorBanner text=answering.step.error />
            <form
                class="auth__form"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    confirm();
                }
            >
                <SecondFactorFields answering=answering on_complete=move |()| confirm() />
                <button
                    class="btn btn--primary btn--lg btn--block"
                    type="submit"
                    aria-busy=move || answering.step.is_busy.get().then_some("true")
                >
                    {move || answering.verb()}
                </button>
                <OtherWays answering=answering />
                {answering.is_sent().then(|| view! { <ResendButton left=another.left on_click=resend /> })}
            </form>
        </section>
    }
}
