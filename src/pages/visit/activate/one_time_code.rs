//! The sign-in code on the phone, or whatever else was set up.

use super::{Activating, Step, keep_code};
use crate::{
    client,
    components::{base::banner::ErrorBanner, form::resend::ResendButton},
    pages::{
        code_step::Resend,
        sign_in::second_factor::{Answering, OtherWays, SecondFactorFields},
        submission::{Form, SubmitButton},
    },
};
use causeway_api::{
    ProblemCode,
    auth::{CodeSent, ConfirmCode},
    devices::LinkStep,
};
use leptos::prelude::*;

/// The sign-in code, or another way that is open to the person.
#[component]
pub(super) fn OneTimeCodeStep(activating: Activating, sent: CodeSent) -> impl IntoView {
    let resend_in = sent.resend_in;
    let answering = Answering::to(sent, "activate");
    let another = Resend::after(resend_in, answering.step);
    let confirm = move |()| {
        let ask =
            |answer: ConfirmCode| async move { client::devices::confirm_activation_code(&answer).await };
        answering.send(
            "code-spent",
            ask,
            move |activation| activating.follow(activation),
            move |refused| {
                let is_spent = refused.code() == Some(ProblemCode::CodeSpent);
                if is_spent {
                    activating.step.set(Step::Over(LinkStep::Expired));
                }
                is_spent
            },
        );
    };
    let resend = move |()| {
        let sent = move |sent: CodeSent| {
            keep_code(&sent);
            another.sent(sent.resend_in);
        };
        another.send("code-spent", client::devices::resend_activation_code, sent, |_| false);
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
            <Form class="auth__form" on_submit=confirm>
                <SecondFactorFields answering=answering on_complete=confirm />
                <SubmitButton label=Signal::derive(move || answering.verb()) is_busy=answering.step.is_busy />
                <OtherWays answering=answering />
                {answering.is_sent().then(|| view! { <ResendButton left=another.left on_click=resend /> })}
            </Form>
        </section>
    }
}
