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
    pages::submission::{Form, Submission, SubmitButton},
    state::{passcode, passkeys},
};
use causeway_api::{
    people::Person,
    validate::{self, Fault},
};
use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsValue};

/// The form that sets a passcode: six digits twice, or the device's own lock.
#[component]
pub fn SetPasscode(
    /// Whose device it is.
    me: Person,
    /// It is set.
    #[prop(into)]
    on_done: Callback<()>,
    /// Cancelled.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let (first, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (submission, person) = (Submission::new(), me.id);
    let submit = move |()| {
        let digits = first.get_untracked();
        let refused = validate::new_passcode(&digits).err().map(|fault| ("passcode", fault));
        let differs = again.with_untracked(|again| *again != digits);
        let differs = differs.then_some(("passcode-again", Fault::PasscodeDiffers));
        if submission.passes(refused.into_iter().chain(differs)) {
            let set = move || {
                let digits = digits.clone();
                async move { passcode::set_digits(person, &digits).await.map_err(|why| not_kept(&why)) }
            };
            submission.send(set, move |()| on_done.run(()));
        }
    };
    view! {
        <Form class="auth__form" on_submit=submit>
            <ErrorBanner text=submission.error() />
            <PasscodeField
                id="passcode"
                label=t("passcode-new")
                value=first
                error=submission.fault("passcode")
                autofocus=true
            />
            <PasscodeField
                id="passcode-again"
                label=t("passcode-again")
                value=again
                error=submission.fault("passcode-again")
            />
            <SubmitButton label=t("passcode-set") is_busy=submission.is_busy() />
            <UseDeviceLock me=me submission=submission on_done=on_done />
            <button class="btn btn--ghost btn--lg btn--block" type="button" on:click=move |_| on_cancel.run(())>
                {t("cancel")}
            </button>
        </Form>
    }
}

/// The button that sets the device's own lock as the passcode; hidden where it has none.
#[component]
fn UseDeviceLock(me: Person, submission: Submission, on_done: Callback<()>) -> impl IntoView {
    let has_lock = RwSignal::new(false);
    spawn_local(async move {
        let has = passkeys::has_device_lock().await;
        has_lock.try_set(has);
    });
    let (person, name) = (me.id, StoredValue::new(me.name));
    let use_device = move |_| {
        let set = move || async move { passcode::set_device(person, &name.get_value()).await };
        submission.send(set, move |()| on_done.run(()));
    };
    view! {
        <Show when=move || has_lock.get()>
            <button class="btn btn--lg btn--block" type="button" on:click=use_device>
                {t("passcode-use-device")}
            </button>
        </Show>
    }
}

/// Returns the text for a browser that could not hash or keep a passcode, and logs why.
fn not_kept(why: &JsValue) -> &'static str {
    web_sys::console::warn_2(&"passcode".into(), why);
    "passcode-failed"
}
