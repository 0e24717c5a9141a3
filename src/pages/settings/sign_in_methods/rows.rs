//! The rows of the sign-in methods: authenticator app, passkeys and recovery codes, each with its buttons.

use super::methods::{Methods, Open, Wanted};
use crate::{
    components::base::icon::Icon,
    i18n::{self, Arg, t, tx},
    state::passkeys,
};
use causeway_api::{
    Millis,
    second_factors::{Passkey, SecondFactors},
    validate::Fault,
};
use leptos::prelude::*;

/// Authenticator app, passkeys and recovery codes.
#[component]
pub(super) fn MethodList(list: SecondFactors, methods: Methods) -> impl IntoView {
    let is_strong = list.is_strong();
    let is_missing = list.is_required && !is_strong;
    let passkeys_text = match (list.passkeys.is_empty(), list.can_use_passkeys) {
        (false, _) => "passkeys-text",
        (true, true) => "passkeys-none",
        (true, false) => Fault::PasskeyAddress.as_str(),
    };
    let can_add_passkey = list.can_use_passkeys && passkeys::are_supported();
    let passkey_row = move |passkey| view! { <PasskeyRow passkey=passkey methods=methods /> };
    view! {
        {is_missing
            .then(|| {
                view! {
                    <p class="banner banner--info banner--inset">
                        <Icon name="i-shield" />
                        <span>{t("methods-required")}</span>
                    </p>
                }
            })}
        <ul class="config">
            <Method icon="i-mobile" name="authenticator" about=authenticator_about(list.authenticator_since)>
                {if list.authenticator_since.is_some() {
                    let sure = Open::Sure(Wanted::RemoveAuthenticator, t("authenticator-remove-text"));
                    view! { <RemoveButton label=t("authenticator-remove") sure=sure methods=methods /> }.into_any()
                } else {
                    view! {
                        <SetUpButton
                            text="set-up"
                            label=t("authenticator-set-up")
                            wanted=Wanted::Authenticator
                            methods=methods
                        />
                    }
                        .into_any()
                }}
            </Method>
            <Method icon="i-lock" name="passkeys" about=t(passkeys_text)>
                {can_add_passkey
                    .then(|| view! { <SetUpButton text="passkey-add" wanted=Wanted::Passkey methods=methods /> })}
            </Method>
            {list.passkeys.into_iter().map(passkey_row).collect_view()}
            {is_strong.then(|| view! { <RecoveryCodesRow left=list.recovery_codes_left as i64 methods=methods /> })}
        </ul>
    }
}

/// Since when the authenticator app is set up, or that it is not.
fn authenticator_about(since: Option<Millis>) -> String {
    match since {
        Some(at) => tx("authenticator-since", &[("day", Arg::Text(&i18n::list_time(at)))]),
        None => t("authenticator-none"),
    }
}

/// A method: what it is, how it is set up, and its button at the end.
#[component]
fn Method(
    icon: &'static str,
    /// The id of the text that names it.
    name: &'static str,
    /// How it is set up.
    about: String,
    children: Children,
) -> impl IntoView {
    view! {
        <li class="device">
            <span class="device__icon">
                <Icon name=icon />
            </span>
            <div>
                <p class="device__name">{t(name)}</p>
                <p class="device__meta">{about}</p>
            </div>
            <div class="device__end">{children()}</div>
        </li>
    }
}

/// The button that opens the dialog in which a method is set up.
#[component]
fn SetUpButton(
    /// The id of the text that it shows.
    text: &'static str,
    /// Its name for screen readers, where the text does not say enough.
    #[prop(optional, into)]
    label: Option<String>,
    wanted: Wanted,
    methods: Methods,
) -> impl IntoView {
    view! {
        <button
            class="btn btn--sm"
            type="button"
            aria-haspopup="dialog"
            aria-label=label
            on:click=move |_| methods.act(wanted.clone())
        >
            {t(text)}
        </button>
    }
}

/// The button that asks before a method is removed.
#[component]
fn RemoveButton(
    /// Its name for screen readers: it says which method.
    label: String,
    /// The question, with what is done then.
    sure: Open,
    methods: Methods,
) -> impl IntoView {
    view! {
        <button
            class="btn btn--sm btn--danger"
            type="button"
            aria-label=label
            on:click=move |_| methods.open.set(sure.clone())
        >
            {t("methods-remove")}
        </button>
    }
}

/// A passkey: when it was added and last used, and the button that removes it.
#[component]
fn PasskeyRow(passkey: Passkey, methods: Methods) -> impl IntoView {
    let (id, name) = (passkey.id, passkey.name);
    let used = match passkey.used_at {
        Some(at) => tx("passkey-used", &[("day", Arg::Text(&i18n::list_time(at)))]),
        None => t("passkey-never-used"),
    };
    let added = tx("passkey-since", &[("day", Arg::Text(&i18n::list_time(passkey.created_at)))]);
    let label = tx("passkey-remove-name", &[("name", Arg::Text(&name))]);
    let text = tx("passkey-remove-text", &[("name", Arg::Text(&name))]);
    view! {
        <li class="device device--nested">
            <span></span>
            <div>
                <p class="device__name">{name}</p>
                <p class="device__meta">{format!("{added} · {used}")}</p>
            </div>
            <div class="device__end">
                <RemoveButton label=label sure=Open::Sure(Wanted::RemovePasskey(id), text) methods=methods />
            </div>
        </li>
    }
}

/// How many recovery codes are left, and the button that renews them.
#[component]
fn RecoveryCodesRow(left: i64, methods: Methods) -> impl IntoView {
    view! {
        <Method icon="i-copy" name="recovery-codes" about=tx("recovery-codes-left", &[("count", Arg::Number(left))])>
            <SetUpButton text="recovery-codes-renew" wanted=Wanted::RecoveryCodes methods=methods />
        </Method>
    }
}
