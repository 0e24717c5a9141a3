//! The code that the computer shows, typed.

use super::{Activating, Step, refusal_words};
use crate::{
    client,
    components::{
        base::{banner::ErrorBanner, icon::Icon},
        form::{
            field::{ErrorOf, Field, described_by},
            focus::focus_when_drawn,
        },
    },
    i18n::t,
    pages::submission::{Form, Submission, SubmitButton},
};
use causeway_api::{devices::OpenActivation, validate};
use leptos::prelude::*;

/// The activation code, typed.
#[component]
pub(super) fn CodeStep(activating: Activating) -> impl IntoView {
    let submission = Submission::new().in_words(refusal_words).in_banner(activating.error);
    let submit = move |()| {
        let typed = activating.code.get_untracked();
        if !submission.passes(validate::activation_code(&typed).err().map(|fault| ("code", fault))) {
            return;
        }
        let ask = move || {
            let shown = OpenActivation::Code(typed.clone());
            async move { client::devices::open_activation(&shown).await }
        };
        submission.send(ask, move |activation| activating.opened(activation));
    };
    let scan = move |_| {
        activating.error.set(None);
        activating.step.set(Step::Scan);
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
            <Form class="auth__form" on_submit=submit>
                <ActivationCodeField code=activating.code error=submission.fault("code") />
                <SubmitButton label=t("activate-next") is_busy=submission.is_busy() />
            </Form>
            <p class="or" aria-hidden="true">
                {t("or")}
            </p>
            <button class="btn btn--lg btn--block" type="button" on:click=scan>
                <Icon name="i-camera" />
                {t("scan-title")}
            </button>
        </section>
    }
}

/// The field for an activation code: letters and digits, however they are typed.
#[component]
fn ActivationCodeField(code: RwSignal<String>, error: ErrorOf) -> impl IntoView {
    let input = move |event| {
        error.correct();
        code.set(event_target_value(&event));
    };
    let field = NodeRef::new();
    focus_when_drawn(field);
    view! {
        <Field id="activation-code" label=t("link-code-label") error=error hint=Some(t("activate-code-hint"))>
            <input
                node_ref=field
                class="input input--lg activation-code"
                id="activation-code"
                name="activation-code"
                autocomplete="off"
                autocapitalize="characters"
                spellcheck="false"
                required
                prop:value=move || code.get()
                on:input=input
                aria-invalid=move || error.invalid()
                aria-describedby=described_by("activation-code", error, true)
            />
        </Field>
    }
}
