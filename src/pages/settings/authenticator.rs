//! The dialog that sets up an authenticator app: QR code, the same to type, and the first code.

use crate::{
    client::{self, ClientError},
    components::{
        base::{banner::ErrorBanner, qr::QrCodeImage},
        form::dialog_form::DialogForm,
    },
    i18n::t,
    pages::{
        code_step::{CodeField, CodeStep, Refusals},
        submission::Failure,
    },
};
use causeway_api::{
    ProblemCode,
    second_factors::{AuthenticatorSetup, RecoveryCodes},
};
use leptos::prelude::*;

const REFUSALS: Refusals = Refusals { wrong: "authenticator-code-wrong", spent: "authenticator-too-late" };

/// What was begun has to be confirmed within a while, and so has the code that let it begin: another code does not help.
fn late_or_refused(refused: ClientError) -> Failure {
    if refused.code() == Some(ProblemCode::ConfirmAgain) {
        Failure::Local(REFUSALS.spent)
    } else {
        refused.into()
    }
}

/// The dialog with the QR code of an authenticator app; its first code completes the setup.
#[component]
pub(super) fn SetUpAuthenticator(
    setup: AuthenticatorSetup,
    #[prop(into)] on_done: Callback<RecoveryCodes>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let step = CodeStep::new(RwSignal::new(String::new()));
    let confirm = move || {
        let ask = |code| async move {
            client::second_factors::confirm_authenticator(code).await.map_err(late_or_refused)
        };
        step.send(REFUSALS, ask, move |codes| on_done.run(codes), |_| false);
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
