//! The dialog that sets up an authenticator app: QR code, the same to type, and the first code.

use crate::{
    client,
    components::{banner::ErrorBanner, code_input::CodeInput, dialog::Dialog, qr::QrCodeImage},
    i18n::t,
    pages::explain,
};
use causeway_api::{
    ProblemCode,
    second_factors::{AuthenticatorSetup, RecoveryCodes},
    validate,
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(super) fn SetUpAuthenticator(
    setup: AuthenticatorSetup,
    #[prop(into)] on_done: Callback<RecoveryCodes>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let (code, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let (is_wrong, is_busy) = (RwSignal::new(false), RwSignal::new(false));
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
            let done = client::second_factors::confirm_authenticator(code.get_untracked()).await;
            is_busy.try_set(false);
            match done {
                Ok(codes) => on_done.run(codes),
                Err(refused) => {
                    is_wrong.try_set(refused.code() == Some(ProblemCode::CodeRefused));
                    error.try_set(Some(match refused.code() {
                        Some(ProblemCode::CodeRefused) => t("authenticator-code-wrong"),
                        Some(ProblemCode::CodeSpent | ProblemCode::ConfirmAgain) => {
                            t("authenticator-too-late")
                        }
                        _ => explain(&refused),
                    }));
                }
            }
        });
    };
    view! {
        <Dialog title=t("authenticator-set-up") on_close=on_close>
            <form
                class="dialog__body"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    confirm();
                }
            >
                <p>{t("authenticator-scan")}</p>
                <div class="center">
                    <QrCodeImage text=setup.address label=t("authenticator-qr")/>
                    <p class="muted">{t("authenticator-type")}</p>
                    <p class="secret num" translate="no">{setup.secret}</p>
                </div>
                <ErrorBanner text=error/>
                <div class="field">
                    <label class="field__label" for="first-code">{t("code-label")}</label>
                    <CodeInput id="first-code" value=code is_invalid=is_wrong described_by="first-code-hint" on_complete=move |()| confirm()/>
                    <p class="field__hint" id="first-code-hint">{t("authenticator-first-code")}</p>
                </div>
                <div class="dialog__foot">
                    <button class="btn" type="button" on:click=move |_| on_close.run(())>{t("cancel")}</button>
                    <button class="btn btn--primary" type="submit" aria-busy=move || is_busy.get().then_some("true")>{t("confirm")}</button>
                </div>
            </form>
        </Dialog>
    }
}
