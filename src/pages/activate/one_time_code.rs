//! The sign-in code on the phone, or whatever else was set up.

use super::{Activating, Step, keep_code};
use crate::{
    client,
    components::{banner::ErrorBanner, resend::ResendButton},
    pages::{
        explain,
        second_factor::{Answering, OtherWays, SecondFactorFields},
    },
    state::countdown::count_down,
};
use causeway_api::{ProblemCode, auth::CodeSent, devices::LinkStep};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(super) fn OneTimeCodeStep(activating: Activating, sent: CodeSent) -> impl IntoView {
    let (left, restart) = count_down(sent.resend_in);
    let answering = Answering::to(sent, "activate");
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
                    restart(sent.resend_in);
                    answering.start_again();
                }
                Err(refused) => drop(answering.error.try_set(Some(explain(&refused)))),
            }
        });
    };
    view! {
        <section aria-labelledby="code-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="code-title">{move || answering.title()}</h2>
                <p class="auth__text num">{move || answering.text()}</p>
            </div>
            <ErrorBanner text=answering.error/>
            <form
                class="auth__form"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    confirm();
                }
            >
                <SecondFactorFields answering=answering on_complete=move |()| confirm()/>
                <button class="btn btn--primary btn--lg btn--block" type="submit" aria-busy=move || answering.is_busy.get().then_some("true")>{move || answering.verb()}</button>
                <OtherWays answering=answering/>
                {answering.is_sent().then(|| view! { <ResendButton left=left on_click=resend/> })}
            </form>
        </section>
    }
}
