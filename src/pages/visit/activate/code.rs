//! The code that the computer shows, typed.

use super::{Activating, Step};
use crate::{
    components::{
        base::{banner::ErrorBanner, icon::Icon},
        form::field::FieldError,
    },
    i18n::t,
};
use causeway_api::{devices::OpenActivation, validate};
use leptos::{prelude::*, task::spawn_local};

/// The activation code, typed.
#[component]
pub(super) fn CodeStep(activating: Activating) -> impl IntoView {
    let (fault, is_busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let code = activating.code;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        let typed = code.get_untracked();
        fault.set(validate::activation_code(&typed).err().map(t));
        if fault.with_untracked(Option::is_some) {
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            activating.open(OpenActivation::Code(typed)).await;
            is_busy.try_set(false);
        });
    };
    view! {
        <section aria-labelledby="activate-code-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="activate-code-title">
                    {t("activate-title")}
                </h2>
                <p class="auth__text">{t("activate-code-text")}</p>
            </div>
            <ErrorBanner text=activating.error />
            <form class="auth__form" novalidate on:submit=submit>
                <div class="field">
                    <label class="field__label" for="activation-code">
                        {t("link-code-label")}
                    </label>
                    <input
                        class="input input--lg activation-code"
                        id="activation-code"
                        name="activation-code"
                        autocomplete="off"
                        autocapitalize="characters"
                        spellcheck="false"
                        autofocus
                        required
                        prop:value=move || code.get()
                        on:input=move |event| code.set(event_target_value(&event))
                        aria-invalid=move || fault.with(Option::is_some).then_some("true")
                        aria-describedby="activation-code-hint activation-code-error"
                    />
                    <FieldError id="activation-code-error".to_owned() error=fault.into() />
                    <p class="field__hint" id="activation-code-hint">
                        {t("activate-code-hint")}
                    </p>
                </div>
                <button
                    class="btn btn--primary btn--lg btn--block"
                    type="submit"
                    aria-busy=move || is_busy.get().then_some("true")
                >
                    {t("activate-next")}
                </button>
            </form>
            <p class="or" aria-hidden="true">
                {t("or")}
            </p>
            <button
                class="btn btn--lg btn--block"
                type="button"
                on:click=move |_| {
                    activating.error.set(None);
                    activating.step.set(Step::Scan);
                }
            >
                <Icon name="i-camera" />
                {t("scan-title")}
            </button>
        </section>
    }
}
