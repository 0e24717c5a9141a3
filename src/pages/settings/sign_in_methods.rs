//! What someone signs in with beside the password: authenticator app, passkeys and recovery codes.

use super::{
    authenticator::SetUpAuthenticator, new_passkey::NewPasskeyDialog, recovery_codes::RecoveryCodesDialog,
};
use crate::{
    client,
    components::{
        base::{
            empty::{Empty, EmptyKind},
            icon::Icon,
        },
        form::dialog::Dialog,
    },
    i18n::{self, Arg, t, tx},
    pages::{explain, sign_in::confirm_again::ConfirmAgain},
    state::{passkeys, toasts::Toasts},
};
use causeway_api::{
    ProblemCode,
    second_factors::{AuthenticatorSetup, Passkey, RecoveryCodes, SecondFactors},
    validate::Fault,
};
use leptos::{prelude::*, task::spawn_local};
use uuid::Uuid;

/// What someone wants to do. Confirming once more may come before it.
#[derive(Clone, Debug, PartialEq)]
enum Wanted {
    Authenticator,
    RemoveAuthenticator,
    Passkey,
    RemovePasskey(Uuid),
    RecoveryCodes,
}

/// The dialog that is open.
#[derive(Clone, PartialEq)]
enum Open {
    Nothing,
    Sure(Wanted, String),
    ConfirmAgain(Wanted),
    Authenticator(AuthenticatorSetup),
    Passkey,
    RecoveryCodes(RecoveryCodes),
}

/// What the parts share.
#[derive(Clone, Copy)]
struct Methods {
    list: RwSignal<Option<SecondFactors>>,
    error: RwSignal<Option<String>>,
    open: RwSignal<Open>,
    toasts: Toasts,
    on_change: Callback<()>,
}

impl Methods {
    fn load(self) {
        spawn_local(async move {
            match client::second_factors::list_second_factors().await {
                Ok(list) => {
                    self.error.try_set(None);
                    self.list.try_set(Some(list));
                }
                Err(refused) => drop(self.error.try_set(Some(explain(&refused)))),
            }
        });
    }

    /// Something was added: recovery codes are shown once, before anything goes on.
    fn added(self, codes: RecoveryCodes) {
        self.load();
        if codes.codes.is_empty() {
            self.close();
        } else {
            self.open.set(Open::RecoveryCodes(codes));
        }
    }

    fn close(self) {
        self.open.set(Open::Nothing);
        self.on_change.run(());
    }

    fn want(self, wanted: Wanted) {
        spawn_local(async move {
            use client::second_factors as ask;
            let done = match &wanted {
                Wanted::Authenticator => ask::begin_authenticator().await.map(Open::Authenticator),
                Wanted::RecoveryCodes => ask::renew_recovery_codes().await.map(Open::RecoveryCodes),
                Wanted::RemoveAuthenticator => ask::remove_authenticator().await.map(|()| Open::Nothing),
                Wanted::RemovePasskey(id) => ask::remove_passkey(*id).await.map(|()| Open::Nothing),
                // Asked for once to see whether it may be; the dialog asks again for the one it makes.
                Wanted::Passkey => ask::begin_passkey().await.map(|_| Open::Passkey),
            };
            match done {
                Ok(open) => drop(self.open.try_set(open)),
                Err(refused) if refused.code() == Some(ProblemCode::ConfirmAgain) => {
                    self.open.try_set(Open::ConfirmAgain(wanted));
                }
                Err(refused) => {
                    self.open.try_set(Open::Nothing);
                    let fault = ["second_factor", "authenticator", "passkey"]
                        .into_iter()
                        .find_map(|field| crate::pages::field_fault(&refused, field));
                    self.toasts.error(fault.unwrap_or_else(|| explain(&refused)));
                }
            }
            self.load();
        });
    }
}

/// What the person signs in with in addition to the password: set up and removed here.
#[component]
pub(crate) fn SignInMethods(
    /// Something was set up or taken away.
    #[prop(into)]
    on_change: Callback<()>,
) -> impl IntoView {
    let methods = Methods {
        list: RwSignal::new(None),
        error: RwSignal::new(None),
        open: RwSignal::new(Open::Nothing),
        toasts: expect_context::<Toasts>(),
        on_change,
    };
    methods.load();
    let close = move |()| methods.close();
    view! {
        <section aria-labelledby="methods-title" class="settings__section">
            <div class="settings__head">
                <h2 class="profile__name" id="methods-title">
                    {t("methods-title")}
                </h2>
                <p class="muted">{t("methods-text")}</p>
            </div>
            {move || match (methods.list.get(), methods.error.get()) {
                (Some(list), _) => view! { <List list=list methods=methods /> }.into_any(),
                (None, Some(error)) => {
                    view! {
                        <Empty title=t("failed-title") text=error kind=EmptyKind::Failed>
                            <button class="btn" type="button" on:click=move |_| methods.load()>
                                {t("try-again")}
                            </button>
                        </Empty>
                    }
                        .into_any()
                }
                (None, None) => {
                    view! {
                        <p role="status" aria-busy="true">
                            {t("loading")}
                        </p>
                    }
                        .into_any()
                }
            }}
            {move || match methods.open.get() {
                Open::Nothing => ().into_any(),
                Open::Sure(wanted, text) => {
                    let go_on = StoredValue::new(wanted);
                    view! {
                        <Dialog title=t("methods-remove") on_close=close>
                            <div class="dialog__body">
                                <p>{text}</p>
                            </div>
                            <footer class="dialog__foot">
                                <button class="btn" type="button" on:click=move |_| methods.close()>
                                    {t("cancel")}
                                </button>
                                <button
                                    class="btn btn--danger"
                                    type="button"
                                    on:click=move |_| methods.want(go_on.get_value())
                                >
                                    {t("methods-remove")}
                                </button>
                            </footer>
                        </Dialog>
                    }
                        .into_any()
                }
                Open::ConfirmAgain(wanted) => {
                    let wanted = StoredValue::new(wanted);
                    view! { <ConfirmAgain on_done=move |()| methods.want(wanted.get_value()) on_close=close /> }
                        .into_any()
                }
                Open::Authenticator(setup) => {
                    view! {
                        <SetUpAuthenticator setup=setup on_done=move |codes| methods.added(codes) on_close=close />
                    }
                        .into_any()
                }
                Open::Passkey => {
                    view! { <NewPasskeyDialog on_done=move |codes| methods.added(codes) on_close=close /> }.into_any()
                }
                Open::RecoveryCodes(codes) => view! { <RecoveryCodesDialog codes=codes on_close=close /> }.into_any(),
            }}
        </section>
    }
}

/// Authenticator app, passkeys and recovery codes, each with its buttons.
#[component]
fn List(list: SecondFactors, methods: Methods) -> impl IntoView {
    let can_use = list.can_use_passkeys && passkeys::are_supported();
    let is_strong = list.is_strong();
    let app = match list.authenticator_since {
        Some(at) => (tx("authenticator-since", &[("day", Arg::Text(&i18n::list_time(at)))]), true),
        None => (t("authenticator-none"), false),
    };
    let app_button = if app.1 {
        view! {
            <button
                class="btn btn--sm btn--danger"
                type="button"
                aria-label=t("authenticator-remove")
                on:click=move |_| {
                    methods.open.set(Open::Sure(Wanted::RemoveAuthenticator, t("authenticator-remove-text")));
                }
            >
                {t("methods-remove")}
            </button>
        }
        .into_any()
    } else {
        view! {
            <button
                class="btn btn--sm"
                type="button"
                aria-haspopup="dialog"
                aria-label=t("authenticator-set-up")
                on:click=move |_| methods.want(Wanted::Authenticator)
            >
                {t("set-up")}
            </button>
        }
        .into_any()
    };
    let passkeys_text = if list.can_use_passkeys { "passkeys-none" } else { Fault::PasskeyAddress.as_str() };
    view! {
        {(list.is_required && !is_strong)
            .then(|| {
                view! {
                    <p class="banner banner--info banner--inset">
                        <Icon name="i-shield" />
                        <span>{t("methods-required")}</span>
                    </p>
                }
            })}
        <ul class="config">
            <li class="device">
                <span class="device__icon">
                    <Icon name="i-mobile" />
                </span>
                <div>
                    <p class="device__name">{t("authenticator")}</p>
                    <p class="device__meta">{app.0}</p>
                </div>
                <div class="device__end">{app_button}</div>
            </li>
            <li class="device">
                <span class="device__icon">
                    <Icon name="i-lock" />
                </span>
                <div>
                    <p class="device__name">{t("passkeys")}</p>
                    <p class="device__meta">
                        {t(if list.passkeys.is_empty() { passkeys_text } else { "passkeys-text" })}
                    </p>
                </div>
                <div class="device__end">
                    {can_use
                        .then(|| {
                            view! {
                                <button
                                    class="btn btn--sm"
                                    type="button"
                                    aria-haspopup="dialog"
                                    on:click=move |_| methods.want(Wanted::Passkey)
                                >
                                    {t("passkey-add")}
                                </button>
                            }
                        })}
                </div>
            </li>
            {list
                .passkeys
                .into_iter()
                .map(|passkey| view! { <PasskeyRow passkey=passkey methods=methods /> })
                .collect_view()}
            {is_strong
                .then(|| {
                    view! {
                        <li class="device">
                            <span class="device__icon">
                                <Icon name="i-copy" />
                            </span>
                            <div>
                                <p class="device__name">{t("recovery-codes")}</p>
                                <p class="device__meta">
                                    {tx(
                                        "recovery-codes-left",
                                        &[("count", Arg::Number(list.recovery_codes_left as i64))],
                                    )}
                                </p>
                            </div>
                            <div class="device__end">
                                <button
                                    class="btn btn--sm"
                                    type="button"
                                    aria-haspopup="dialog"
                                    on:click=move |_| methods.want(Wanted::RecoveryCodes)
                                >
                                    {t("recovery-codes-renew")}
                                </button>
                            </div>
                        </li>
                    }
                })}
        </ul>
    }
}

/// A passkey: when it was added and last used, and the button that removes it.
#[component]
fn PasskeyRow(passkey: Passkey, methods: Methods) -> impl IntoView {
    let (id, name) = (passkey.id, passkey.name.clone());
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
                <button
                    class="btn btn--sm btn--danger"
                    type="button"
                    aria-label=label
                    on:click=move |_| {
                        methods.open.set(Open::Sure(Wanted::RemovePasskey(id), text.clone()));
                    }
                >
                    {t("methods-remove")}
                </button>
            </div>
        </li>
    }
}
