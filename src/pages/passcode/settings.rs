//! The passcode in the settings: set, change, remove.

use super::SetPasscode;
use crate::{
    i18n::t,
    state::{passcode, session::CurrentSession, toasts::Toasts},
};
use leptos::prelude::*;

/// Sets, changes or removes the passcode of this device.
#[component]
pub(crate) fn PasscodeSettings() -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let me = StoredValue::new(expect_context::<CurrentSession>().get().me);
    let kept = RwSignal::new(passcode::kept(me.with_value(|me| me.id)));
    let is_setting = RwSignal::new(false);
    let load = move || kept.set(passcode::kept(me.with_value(|me| me.id)));
    let done = move |()| {
        is_setting.set(false);
        load();
        toasts.say(t("passcode-is-set"));
    };
    let remove = move |_| {
        passcode::remove();
        load();
        toasts.warn(t("passcode-is-gone"));
    };
    let status = move || match kept.get() {
        Some(kept) if kept.is_device() => t("passcode-status-device"),
        Some(_) => t("passcode-status-digits"),
        None => t("passcode-status-none"),
    };
    view! {
        <section aria-labelledby="passcode-title" class="settings__section">
            <div class="settings__head">
                <h2 class="profile__name" id="passcode-title">
                    {t("passcode-title")}
                </h2>
                <p class="muted">{t("passcode-text")}</p>
            </div>
            <p>{status}</p>
            {move || {
                if is_setting.get() {
                    view! {
                        <div class="settings__narrow">
                            <SetPasscode me=me.get_value() on_done=done on_cancel=move |()| is_setting.set(false) />
                        </div>
                    }
                        .into_any()
                } else {
                    view! {
                        <p class="btn-row">
                            <button class="btn" type="button" on:click=move |_| is_setting.set(true)>
                                {move || t(if kept.get().is_some() { "passcode-change" } else { "passcode-set" })}
                            </button>
                            <Show when=move || kept.get().is_some()>
                                <button class="btn btn--danger" type="button" on:click=remove>
                                    {t("passcode-remove")}
                                </button>
                            </Show>
                        </p>
                    }
                        .into_any()
                }
            }}
        </section>
    }
}
