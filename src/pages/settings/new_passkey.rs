//! The dialog that creates a passkey.

use crate::{
    client::{self, ClientError},
    components::{
        base::banner::ErrorBanner,
        form::{dialog_form::DialogForm, field::TextField},
    },
    i18n::t,
    pages::{sign_in::confirm_again::Confirming, submission::Submission},
    state::passkeys,
};
use causeway_api::second_factors::{NewPasskey, RecoveryCodes};
use leptos::prelude::*;

/// The dialog that names a passkey and has the browser create it.
#[component]
pub(super) fn NewPasskeyDialog(
    #[prop(into)] on_done: Callback<RecoveryCodes>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let submission = Submission::new();
    let create = move |()| {
        let created = move |created| match created {
            Ok(codes) => on_done.run(codes),
            Err(reason) => submission.fail(t(reason)),
        };
        submission.send(move || create_passkey(name.get_untracked()), created);
    };
    view! {
        <DialogForm
            title=t("passkey-add")
            verb=t("passkey-create")
            is_busy=submission.is_busy()
            on_submit=create
            on_close=on_close
        >
            <p>{t("passkey-add-text")}</p>
            <ErrorBanner text=submission.error() />
            <TextField
                id="passkey-name"
                label=t("passkey-name")
                value=name
                error=submission.fault("name")
                hint=t("passkey-name-hint")
                autofocus=true
                is_optional=true
            />
        </DialogForm>
        <Confirming submission=submission />
    }
}

/// Creates a passkey in the browser and adds it to the account. The inner error is the browser's.
async fn create_passkey(name: String) -> Result<Result<RecoveryCodes, passkeys::Reason>, ClientError> {
    let begun = client::second_factors::begin_passkey().await?;
    match passkeys::create(&begun.options).await {
        Ok(credential) => client::second_factors::add_passkey(&NewPasskey { name, credential }).await.map(Ok),
        Err(reason) => Ok(Err(reason)),
    }
}
