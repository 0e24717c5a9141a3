//! The dialog that makes a passkey.

use crate::{
    client,
    components::{
        base::banner::ErrorBanner,
        form::{dialog_form::DialogForm, field::TextField},
    },
    i18n::t,
    pages::{explain, field_fault},
    state::passkeys,
};
use causeway_api::second_factors::{NewPasskey, RecoveryCodes};
use leptos::{prelude::*, task::spawn_local};

/// The dialog that names a passkey and has the browser create it.
#[component]
pub(super) fn NewPasskeyDialog(
    #[prop(into)] on_done: Callback<RecoveryCodes>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let (name, fault) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let (error, is_busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let make = move |()| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        error.set(None);
        fault.set(None);
        spawn_local(async move {
            let done = made(name.get_untracked()).await;
            is_busy.try_set(false);
            match done {
                Ok(codes) => on_done.run(codes),
                Err(Failed::Browser(text)) => drop(error.try_set(Some(t(text)))),
                Err(Failed::Server(refused)) => {
                    let at_name = field_fault(&refused, "name");
                    let whole = field_fault(&refused, "passkey").unwrap_or_else(|| explain(&refused));
                    error.try_set(at_name.is_none().then_some(whole));
                    fault.try_set(at_name);
                }
            }
        });
    };
    view! {
        <DialogForm title=t("passkey-add") verb=t("passkey-create") is_busy=is_busy on_submit=make on_close=on_close>
            <p>{t("passkey-add-text")}</p>
            <ErrorBanner text=error />
            <div>
                <TextField id="passkey-name" label=t("passkey-name") value=name error=fault autofocus=true />
                <p class="field__hint">{t("passkey-name-hint")}</p>
            </div>
        </DialogForm>
    }
}

enum Failed {
    Browser(passkeys::Reason),
    Server(client::ClientError),
}

/// Asks the server, then the browser, then the server again.
async fn made(name: String) -> Result<RecoveryCodes, Failed> {
    let begun = client::second_factors::begin_passkey().await.map_err(Failed::Server)?;
    let credential = passkeys::create(&begun.options).await.map_err(Failed::Browser)?;
    client::second_factors::add_passkey(&NewPasskey { name, credential }).await.map_err(Failed::Server)
}
