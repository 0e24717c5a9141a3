//! The offer to set a passcode, right after a phone was linked.

use super::SetPasscode;
use crate::i18n::t;
use causeway_api::people::Person;
use leptos::prelude::*;

/// Asks whether to set a passcode on this phone.
#[component]
pub fn OfferPasscode(
    /// Whose device it is.
    me: Person,
    /// Set or declined.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let is_yes = RwSignal::new(false);
    let me = StoredValue::new(me);
    view! {
        <section aria-labelledby="passcode-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="passcode-title">
                    {t("passcode-offer")}
                </h2>
                <p class="auth__text">{t("passcode-offer-text")}</p>
            </div>
            {move || {
                if is_yes.get() {
                    view! { <SetPasscode me=me.get_value() on_done=on_done on_cancel=move |()| is_yes.set(false) /> }
                        .into_any()
                } else {
                    view! {
                        <button
                            class="btn btn--primary btn--lg btn--block"
                            type="button"
                            on:click=move |_| is_yes.set(true)
                        >
                            {t("yes")}
                        </button>
                        <button class="btn btn--lg btn--block" type="button" on:click=move |_| on_done.run(())>
                            {t("no")}
                        </button>
                    }
                        .into_any()
                }
            }}
        </section>
    }
}
