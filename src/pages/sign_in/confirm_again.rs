//! The dialog that asks once more who is there before something that governs the company or the account.

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
        submission::Submission,
    },
};
use causeway_api::auth::CodeSent;
use leptos::{prelude::*, task::spawn_local};

/// Asks for a code while a submission waits for one; then it goes on.
#[component]
pub(crate) fn Confirming(
    /// What may have to wait.
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

/// Asks for a second factor and takes it; what waited for it goes on afterwards.
#[component]
pub(crate) fn ConfirmAgain(
    /// The answer was right.
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
    let confirm = move || {
        spawn_local(async move {
            let Some(answer) = answering.collect().await else { return };
            match client::second_factors::confirm_step_up(&answer).await {
                Ok(()) => on_done.run(()),
                Err(refused) => answering.refuse(&refused, "code-spent-again"),
            }
        });
    };
    let resend = move |()| {
        spawn_local(async move {
            match client::second_factors::begin_step_up().await {
                Ok(sent) => {
                    another.sent(sent.resend_in);
                }
                Err(refused) => another.refuse(&refused, "code-spent-again"),
            }
        });
    };
    view! {
        <form
            class="dialog__body"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                confirm();
            }
        >
            <p>{t("confirm-again-text")} " " {move || answering.text()}</p>
            <ErrorBanner text=answering.step.error />
            <SecondFactorFields answering=answering on_complete=move |()| confirm() />
            <OtherWays answering=answering />
            <div class="dialog__foot">
                {answering.is_sent().then(|| view! { <ResendButton left=another.left class="btn" on_click=resend /> })}
                <span class="push"></span> <button class="btn" type="button" on:click=move |_| on_close.run(())>
                    {t("cancel")}
                </button>
                <button
                    class="btn btn--primary"
                    type="submit"
                    aria-busy=move || answering.step.is_busy.get().then_some("true")
                >
                    {move || answering.verb()}
                </button>
            </div>
        </form>
    }
}
