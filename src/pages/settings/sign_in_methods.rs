//! What a user signs in with in addition to the password: authenticator app, passkeys and recovery codes.

mod methods;
mod rows;

use super::{
    authenticator::SetUpAuthenticator, new_passkey::NewPasskeyDialog, recovery_codes::RecoveryCodesDialog,
};
use crate::{
    components::{
        base::empty::{Failed, Loading},
        form::dialog_form::{Act, ConfirmDialog},
    },
    i18n::t,
    pages::sign_in::confirm_again::Confirming,
};
use leptos::prelude::*;
use methods::{Methods, Open, Wanted};
use rows::MethodList;

/// What the user signs in with in addition to the password: set up and removed here.
#[component]
pub fn SignInMethods(
    /// Something was set up or removed.
    #[prop(into)]
    on_change: Callback<()>,
) -> impl IntoView {
    let methods = Methods::follow(on_change);
    view! {
        <section aria-labelledby="methods-title" class="settings__section">
            <div class="settings__head">
                <h2 class="profile__name" id="methods-title">
                    {t("methods-title")}
                </h2>
                <p class="muted">{t("methods-text")}</p>
            </div>
            {move || match (methods.list.get(), methods.error.get()) {
                (Some(list), _) => view! { <MethodList list=list methods=methods /> }.into_any(),
                (None, Some(error)) => view! { <Failed text=error on_retry=move |()| methods.load() /> }.into_any(),
                (None, None) => view! { <Loading /> }.into_any(),
            }}
            <OpenDialog methods=methods />
            <Confirming submission=methods.acting />
        </section>
    }
}

/// The dialog that is open.
#[component]
fn OpenDialog(methods: Methods) -> impl IntoView {
    let close = move |()| methods.close();
    let added = move |codes| methods.added(codes);
    move || match methods.open.get() {
        Open::Nothing => ().into_any(),
        Open::Sure(wanted, text) => {
            view! { <RemoveDialog wanted=wanted text=text methods=methods /> }.into_any()
        }
        Open::Authenticator(setup) => {
            view! { <SetUpAuthenticator setup=setup on_done=added on_close=close /> }.into_any()
        }
        Open::Passkey => view! { <NewPasskeyDialog on_done=added on_close=close /> }.into_any(),
        Open::RecoveryCodes(codes) => view! { <RecoveryCodesDialog codes=codes on_close=close /> }.into_any(),
    }
}

/// Asks before a method is removed.
#[component]
fn RemoveDialog(
    wanted: Wanted,
    /// What follows from it.
    text: String,
    methods: Methods,
) -> impl IntoView {
    view! {
        <ConfirmDialog
            title=t("methods-remove")
            verb=t("methods-remove")
            act=Act::Dangerous
            on_confirm=move |()| methods.act(wanted.clone())
            on_close=move |()| methods.close()
        >
            <p>{text}</p>
        </ConfirmDialog>
    }
}
