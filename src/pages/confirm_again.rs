//! The dialog that asks for a code again before something that governs the company.

use crate::{
    client,
    components::{banner::ErrorBanner, code_input::CodeInput, dialog::Dialog},
    i18n::{Arg, t, tx},
    pages::explain,
};
use causeway_api::{ProblemCode, validate};
use leptos::{prelude::*, task::spawn_local};

/// Sends a code and takes it; what waited for it goes on afterwards.
#[component]
pub(crate) fn ConfirmAgain(
    /// The code was right.
    #[prop(into)]
    on_done: Callback<()>,
    /// It was closed.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let (code, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let (is_wrong, is_busy) = (RwSignal::new(false), RwSignal::new(false));
    let sent_to = RwSignal::new(None::<String>);
    let send = move || {
        spawn_local(async move {
            match client::features::send_step_up_code().await {
                Ok(sent) => {
                    let to = if sent.phone.is_empty() { sent.email } else { sent.phone };
                    sent_to.try_set(Some(tx("code-sent-one", &[("address", Arg::Text(&to))])));
                }
                Err(refused) => drop(error.try_set(Some(explain(&refused)))),
            }
        });
    };
    send();
    let confirm = move || {
        if is_busy.get_untracked() {
            return;
        }
        if let Err(fault) = validate::code(&code.get_untracked()) {
            return error.set(Some(t(fault)));
        }
        is_busy.set(true);
        error.set(None);
        spawn_local(async move {
            let done = client::features::confirm_step_up_code(code.get_untracked()).await;
            is_busy.try_set(false);
            match done {
                Ok(()) => on_done.run(()),
                Err(refused) => {
                    is_wrong.try_set(refused.code() == Some(ProblemCode::CodeRefused));
                    error.try_set(Some(match refused.code() {
                        Some(ProblemCode::CodeRefused) => t("code-wrong"),
                        Some(ProblemCode::CodeSpent) => t("code-spent-again"),
                        _ => explain(&refused),
                    }));
                }
            }
        });
    };
    view! {
        <Dialog title=t("confirm-again-title") on_close=on_close>
            <form
                class="dialog__body"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    confirm();
                }
            >
                <p>{t("confirm-again-text")} " " {move || sent_to.get()}</p>
                <ErrorBanner text=error/>
                <div class="field">
                    <label class="field__label" for="step-up">{t("code-label")}</label>
                    <CodeInput id="step-up" value=code is_invalid=is_wrong described_by="step-up-hint" on_complete=move |()| confirm()/>
                    <p class="field__hint" id="step-up-hint">{t("confirm-again-hint")}</p>
                </div>
                <div class="dialog__foot">
                    <button class="btn" type="button" on:click=move |_| send()>{t("resend-code")}</button>
                    <span class="push"></span>
                    <button class="btn" type="button" on:click=move |_| on_close.run(())>{t("cancel")}</button>
                    <button class="btn btn--primary" type="submit" aria-busy=move || is_busy.get().then_some("true")>{t("confirm")}</button>
                </div>
            </form>
        </Dialog>
    }
}
