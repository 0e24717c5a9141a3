//! The dialog that sets up an authenticator app: QR code, the same to type, and the first code.

use crate::{
    client,
    components::{
        base::{banner::ErrorBanner, qr::QrCodeImage},
        form::dialog_form::DialogForm,
    },
    i18n::t,
    pages::code_step::{CodeField, CodeStep, Refusals},
};
use causeway_api::{
    ProblemCode,
    second_factors::{AuthenticatorSetup, RecoveryCodes},
};
use leptos::{prelude::*, task::spawn_local};

const REFUSALS: Refusals = Refusals { wrong: "authenticator-code-wrong", spent: "authenticator-too-late" };

/// The dialog with the QR code of an authenticator app; its first code completes the setup.
#[component]
pub(super) fn SetUpAuthenticator(
    setup: AuthenticatorSetup,
    #[prop(into)] on_done: Callback<RecoveryCodes>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let step = CodeStep::new(RwSignal::new(String::new()));
    let confirm = move || {
        let Some(code) = step.begin() else { return };
        spawn_local(async move {
            match client::second_factors::confirm_authenticator(code).await {
                Ok(codes) => {
                    step.end();
                    on_done.run(codes);
                }
                // What was begun has to be confirmed within a while, and so has the code that let it begin.
                Err(refused) if refused.code() == Some(ProblemCode::ConfirmAgain) => {
                    step.end();
                    step.error.try_set(Some(t(REFUSALS.spent)));
                }
                Err(refused) => step.refuse(&refused, REFUSALS),
            }
        });
    };
    view! {
        <DialogForm
            title=t("authenticator-set-up")
            verb=t("confirm")
            is_busy=step.is_busy
            on_submit=move |()| confirm()
            on_close=on_close
        >
            <p>{t("authenticator-scan")}</p>
            <div class="center">
                <QrCodeImage text=setup.address label=t("authenticator-qr") />
                <p class="muted">{t("authenticator-type")}</p>
                <p class="secret num" translate="no">
                    {setup.secret}
                </p>
            </div>
            <ErrorBanner text=step.error />
            <CodeField
                step=step
                id="first-code"
                hint_id="first-code-hint"
                hint=t("authenticator-first-code")
                on_complete=move |()| confirm()
            />
        </DialogForm>
    }
}
