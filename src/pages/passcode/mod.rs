//! The passcode of this device: setting one, and the screen that asks for it.

mod locked;
mod offer;
mod settings;

pub(crate) use locked::{Locked, follow_background};
pub use offer::OfferPasscode;
pub(crate) use settings::PasscodeSettings;

use crate::{
    components::{base::banner::ErrorBanner, form::field::PasscodeField},
    i18n::t,
    pages::submission::{Form, SubmitButton},
    state::{passcode, passkeys},
};
use causeway_api::{people::Person, validate::Fault};
use leptos::{prelude::*, task::spawn_local};

/// Six digits twice, or the device's own lock.
#[component]
pub fn SetPasscode(
    /// Whose device it is.
    me: Person,
    /// It is set.
    #[prop(into)]
    on_done: Callback<()>,
    /// It is not to be set after all.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let (first, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (first_fault, again_fault) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let (error, is_busy, has_lock) =
        (RwSignal::new(None::<String>), RwSignal::new(false), RwSignal::new(false));
    spawn_local(async move {
        let has = passkeys::has_device_lock().await;
        has_lock.try_set(has);
    });
    let (person, name) = (me.id, StoredValue::new(me.name));
    let submit = move |()| {
        let digits = first.get_untracked();
        first_fault.set((!passcode::is_passcode(&digits)).then(|| t(Fault::Passcode)));
        let differs = again.with_untracked(|again| *again != digits);
        again_fault.set(differs.then(|| t(Fault::PasscodeDiffers)));
        if is_busy.get_untracked() || differs || first_fault.with_untracked(Option::is_some) {
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            let done = passcode::set_digits(person, &digits).await;
            is_busy.try_set(false);
            match done {
                Ok(()) => on_done.run(()),
                Err(why) => {
                    web_sys::console::warn_2(&"passcode".into(), &why);
                    error.try_set(Some(t("passcode-failed")));
                }
            }
        });
    };
    let use_device = move |_| {
        spawn_local(async move {
            error.try_set(None);
            match passcode::set_device(person, &name.get_value()).await {
                Ok(()) => on_done.run(()),
                Err(fault) => drop(error.try_set(Some(t(fault)))),
            }
        });
    };
    view! {
        <Form class="auth__form" on_submit=submit>
            <ErrorBanner text=error />
            <PasscodeField id="passcode" label=t("passcode-new") value=first error=first_fault autofocus=true />
            <PasscodeField id="passcode-again" label=t("passcode-again") value=again error=again_fault />
            <SubmitButton label=t("passcode-set") is_busy=is_busy />
            <Show when=move || has_lock.get()>
                <button class="btn btn--lg btn--block" type="button" on:click=use_device>
                    {t("passcode-use-device")}
                </button>
            </Show>
            <button class="btn btn--ghost btn--lg btn--block" type="button" on:click=move |_| on_cancel.run(())>
                {t("cancel")}
            </button>
        </Form>
    }
}
