//! Screen 3: the code, and another one after a while; or whatever else was set up.

use super::{SigningIn, Step};
use crate::{
    client,
    components::{base::banner::ErrorBanner, form::resend::ResendButton},
    i18n::t,
    pages::{
        code_step::Resend,
        sign_in::second_factor::{Answering, OtherWays, SecondFactorFields},
        submission::{Form, SubmitButton},
    },
};
use causeway_api::auth::{CodeSent, ConfirmCode};
use leptos::prelude::*;

/// The third screen: the code, or another way that is open to the person.
#[component]
pub(super) fn CodeStep(sent: CodeSent, signing_in: SigningIn, on_done: Callback<()>) -> impl IntoView {
    let resend_in = sent.resend_in;
    let answering = Answering::to(sent, "login");
    let another = Resend::after(resend_in, answering.step);
    let confirm = move |()| {
        let ask = |answer: ConfirmCode| async move { client::auth::confirm_code(&answer).await };
        answering.send("code-spent", ask, move |_| on_done.run(()), |_| false);
    };
    let resend = move |()| {
        let sent = move |sent: CodeSent| another.sent(sent.resend_in);
        another.send("code-spent", client::auth::resend_code, sent, |_| false);
    };
    let start_over = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        signing_in.username.set(String::new());
        signing_in.go(Step::Password);
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
            </Form>
            <p class="auth__foot">
                {answering
                    .is_sent()
                    .then(|| view! { <ResendButton left=another.left class="btn btn--sm" on_click=resend /> })}
                <a class="link" href="/login" on:click=start_over>
                    {t("use-another-account")}
                </a>
            </p>
        </section>
    }
}
