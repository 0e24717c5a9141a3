//! Screen 3: the code, and another one after a while; or whatever else was set up.

use super::{SigningIn, Step};
use crate::{
    client,
    components::{base::banner::ErrorBanner, form::resend::ResendButton},
    i18n::t,
    pages::{
        code_step::Resend,
        sign_in::second_factor::{Answering, OtherWays, SecondFactorFields},
    },
};
use causeway_api::auth::CodeSent;
use leptos::{prelude::*, task::spawn_local};

/// The third screen: the code, or another way that is open to the person.
#[component]
pub(super) fn CodeStep(sent: CodeSent, signing_in: SigningIn, on_done: Callback<()>) -> impl IntoView {
    let resend_in = sent.resend_in;
    let answering = Answering::to(sent, "login");
    let another = Resend::after(resend_in, answering.step);
    let confirm = move || {
        spawn_local(async move {
            let Some(answer) = answering.collect().await else { return };
            match client::auth::confirm_code(&answer).await {
                Ok(_) => on_done.run(()),
                Err(refused) => answering.refuse(&refused, "code-spent"),
            }
        });
    };
    let resend = move |()| {
        spawn_local(async move {
            match client::auth::resend_code().await {
                Ok(sent) => {
                    another.sent(sent.resend_in);
                }
                Err(refused) => another.refuse(&refused, "code-spent"),
            }
        });
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
            </form>
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
