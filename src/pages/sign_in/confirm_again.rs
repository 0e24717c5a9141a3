//! The step-up dialog: a code is confirmed again before an act that governs the company or the account.

use crate::{
    client,
    components::{
        base::banner::ErrorBanner,
        form::{dialog::Dialog, resend::ResendButton},
    },
    i18n::t,
    pages::{
        code_step::Resend,
        explain,
        sign_in::second_factor::{Answering, OtherWays, SecondFactorFields},
        submission::{Form, Submission, SubmitButton},
    },
};
use causeway_api::auth::{CodeSent, ConfirmCode};
use leptos::{prelude::*, task::spawn_local};

/// Asks for a code while a submission waits for one, then resumes it.
#[component]
pub(crate) fn Confirming(
    /// The submission that may wait.
    submission: Submission,
) -> impl IntoView {
    let waiting = submission.waiting();
    move || {
        waiting.get().map(|go_on| {
            let done = move |()| {
                waiting.set(None);
                go_on.run(());
            };
            view! { <ConfirmAgain on_done=done on_close=move |()| waiting.set(None) /> }
        })
    }
}

/// The dialog that asks for a second factor.
#[component]
pub(crate) fn ConfirmAgain(
    /// It was confirmed.
    #[prop(into)]
    on_done: Callback<()>,
    /// It was closed.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let asked = RwSignal::new(None::<Result<CodeSent, String>>);
    spawn_local(async move {
        let answer = client::second_factors::begin_step_up().await;
        asked.try_set(Some(answer.map_err(|refused| explain(&refused))));
    });
    view! {
        <Dialog title=t("confirm-again-title") on_close=on_close>
            {move || match asked.get() {
                Some(Ok(sent)) => view! { <Ask sent=sent on_done=on_done on_close=on_close /> }.into_any(),
                other => {
                    let error = Signal::stored(other.and_then(Result::err));
                    view! {
                        <div class="dialog__body">
                            <p>{t("confirm-again-text")}</p>
                            <ErrorBanner text=error />
                        </div>
                    }
                        .into_any()
                }
            }}
        </Dialog>
    }
}

/// The form of the dialog: a code, or another way that is open to the person.
#[component]
fn Ask(sent: CodeSent, on_done: Callback<()>, on_close: Callback<()>) -> impl IntoView {
    let resend_in = sent.resend_in;
    let answering = Answering::to(sent, "step-up");
    let another = Resend::after(resend_in, answering.step);
    let confirm = move |()| {
        let ask = |answer: ConfirmCode| async move { client::second_factors::confirm_step_up(&answer).await };
        answering.send("code-spent-again", ask, move |()| on_done.run(()), |_| false);
    };
    let resend = move |()| {
        let sent = move |sent: CodeSent| another.sent(sent.resend_in);
        another.send("code-spent-again", client::second_factors::begin_step_up, sent, |_| false);
    };
    view! {
        <Form class="dialog__body" on_submit=confirm>
            <p>{t("confirm-again-text")} " " {move || answering.text()}</p>
            <ErrorBanner text=answering.step.error />
            <SecondFactorFields answering=answering on_complete=confirm />
            <OtherWays answering=answering />
            <div class="dialog__foot">
                {answering.is_sent().then(|| view! { <ResendButton left=another.left class="btn" on_click=resend /> })}
                <span class="push"></span> <button class="btn" type="button" on:click=move |_| on_close.run(())>
                    {t("cancel")}
                </button>
                <SubmitButton
                    label=Signal::derive(move || answering.verb())
                    is_busy=answering.step.is_busy
                    class="btn btn--primary"
                />
            </div>
        </Form>
    }
}
